"""Commands that run the service."""

from pathlib import Path

import typer
from sqlalchemy import select

from app import db, embedded, keys, serve
from app.cli.at import Data, Port, chosen, unit_of_work
from app.cli.installation import mark
from app.main import utc_now
from app.readiness import install_command, missing_libraries
from app.settings import Settings
from conferences.models import Area


def run_server(port: Port = None, data: Data = None) -> None:
    """Run the web server."""
    serve.leave_on_sigterm()
    serve.serve(chosen(data, port))


def run_worker(data: Data = None) -> None:
    """Run the worker that makes documents."""
    from app import jobs, logs

    at = chosen(data)
    serve.leave_on_sigterm()
    serve.end_with_parent()
    logs.start(at.log_level)
    jobs.work(at, serve.database_url(at))


def demo(port: Port = None, data: Data = None) -> None:
    """Set up a fictional area if there is none, and run web server and worker."""
    at = chosen(data, port)
    serve.refuse_taken_port(at)
    serve.leave_on_sigterm()
    held = None if at.database_url else embedded.start(at.data)
    _set_up(at)
    raise typer.Exit(serve.run_both(at, held, lambda: _greet(at)))


def _set_up(at: Settings) -> None:
    owner = serve.owner_url(at)
    db.migrate(owner)
    mark(owner, demo=True, now=utc_now())
    keys.make_key_once(at.sealing_key)
    with unit_of_work(at) as session:
        if session.scalar(select(Area.id).limit(1)) is None:
            from app.demo import load

            typer.echo("Making up an area, its people and its next meeting…")
            load(session, now=utc_now())


def _greet(at: Settings) -> None:
    from app.demo import sign_ins

    lines = [f"\n  {at.address}\n", "  Sign in with one of these. Everybody in here is made up.\n"]
    lines += [f"  {role:<22}{email:<36}{password}" for role, email, password in sign_ins()]
    lines += ["\n  One-time code:  marac code EMAIL" + _data_option(at), "  Stop with Ctrl-C.\n"]
    typer.echo("\n".join(lines))
    lacking = missing_libraries()
    if lacking:
        typer.echo(f"Documents cannot be made yet. Run: {install_command(lacking)}", err=True)


def _data_option(at: Settings) -> str:
    return "" if at.data == Path(".data") or at.database_url else f" --data {at.data}"


COMMANDS = {"demo": demo, "serve": run_server, "worker": run_worker}
