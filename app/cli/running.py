"""Commands that run the service."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select

from app import db, embedded, keys, serve
from app.cli.at import unit_of_work
from app.cli.installation import mark
from app.main import utc_now
from app.readiness import install_command, missing_libraries
from app.settings import Settings, settings
from conferences.models import Area

Port = Annotated[int | None, typer.Option(help="The port, instead of MARAC_PORT.")]
Data = Annotated[Path | None, typer.Option(help="The data folder, instead of MARAC_DATA.")]


def run_server(port: Port = None, data: Data = None) -> None:
    """Run the web server."""
    serve.leave_on_sigterm()
    serve.serve(_chosen(port, data))


def run_worker(data: Data = None) -> None:
    """Run the worker that makes documents."""
    from app import jobs, logs

    chosen = _chosen(None, data)
    serve.leave_on_sigterm()
    serve.end_with_parent()
    logs.start(chosen.log_level)
    jobs.work(chosen, serve.database_url(chosen))


def demo(port: Port = None, data: Data = None) -> None:
    """Set up a fictional area if there is none, and run web server and worker."""
    chosen = _chosen(port, data)
    serve.leave_on_sigterm()
    held = None if chosen.database_url else embedded.start(chosen.data)
    _set_up(chosen)
    raise typer.Exit(serve.run_both(chosen, held, lambda: _greet(chosen)))


def _chosen(port: int | None, data: Path | None) -> Settings:
    given = {"port": port, "data": data}
    return settings().model_copy(update={name: value for name, value in given.items() if value is not None})


def _set_up(chosen: Settings) -> None:
    owner = serve.owner_url(chosen)
    db.migrate(owner)
    mark(owner, demo=True, now=utc_now())
    keys.make_key_once(chosen.sealing_key)
    with unit_of_work(chosen) as session:
        if session.scalar(select(Area.id).limit(1)) is None:
            from app.demo import load

            typer.echo("Making up an area, its people and its next meeting…")
            load(session, now=utc_now())


def _greet(chosen: Settings) -> None:
    from app.demo import sign_ins

    lines = [f"\n  {chosen.address}\n", "  Sign in with one of these. Everybody in here is made up.\n"]
    lines += [f"  {role:<22}{email:<36}{password}" for role, email, password in sign_ins()]
    lines += ["\n  One-time code:  marac code EMAIL" + _data_option(chosen), "  Stop with Ctrl-C.\n"]
    typer.echo("\n".join(lines))
    lacking = missing_libraries()
    if lacking:
        typer.echo(f"Documents cannot be made yet. Run: {install_command(lacking)}", err=True)


def _data_option(chosen: Settings) -> str:
    return "" if chosen.data == Path(".data") or chosen.database_url else f" --data {chosen.data}"


COMMANDS = {"demo": demo, "serve": run_server, "worker": run_worker}
