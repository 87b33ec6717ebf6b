"""Commands that set an installation up and look after it."""

import platform
import sys
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db, keys, serve
from app.auth import accounts, links
from app.cli import at
from app.cli.at import Data, unit_of_work
from app.cli.installation import mark
from app.cli.register import waiting_people
from app.main import utc_now
from app.readiness import install_command, missing_libraries
from conferences import audit
from conferences.errors import Refused
from conferences.models import Agency, AgencyKind, Area, Nation, Policy, Role, User
from migrations.roles import database_statements, role_statements, schema_statements


def migrate(data: Data = None) -> None:
    """Bring the database to the newest revision, as its owner."""
    db.migrate(serve.owner_url(at.chosen(data)))
    typer.echo("The database is at the newest revision.")


def init(
    area: Annotated[str, typer.Option(help="The area's name, such as Ashmere.")],
    nation: Annotated[Nation, typer.Option(help="Whose bank holidays count.")],
    email: Annotated[str, typer.Option(help="The first administrator's work address.")],
    name: Annotated[str, typer.Option(help="The first administrator's name.")],
    agency: Annotated[str, typer.Option(help="Who employs the administrator.")] = "Partnership office",
    phone: Annotated[str, typer.Option(help="The number people ring for help.")] = "",
    data: Data = None,
) -> None:
    """Make an empty installation with its first area and administrator."""
    chosen, now = at.chosen(data), utc_now()
    owner = serve.owner_url(chosen)
    db.migrate(owner)
    mark(owner, demo=False, now=now)
    keys.make_key_once(chosen.sealing_key)
    with unit_of_work(chosen) as session:
        if session.scalar(select(Area.id).limit(1)):
            raise Refused("This installation already has an area.")
        first = _first_area(session, area, nation, phone)
        token = links.make(session, _administrator(session, first, agency, name, email), now=now)
    typer.echo(f"Open this link within one hour. It works once.\n{chosen.address}/welcome/{token}")


def _first_area(session: Session, name: str, nation: Nation, phone: str) -> Area:
    now = utc_now()
    first = Area(
        name=name,
        service_name=f"{name} partnership",
        reference_prefix="".join(letter for letter in name.upper() if letter.isalpha())[:2] or "AR",
        nation=nation,
        help_phone=phone,
        created_at=now,
    )
    session.add(first)
    session.flush()
    session.add(Policy(area_id=first.id, effective_from=now.date(), profile=PROFILE))
    audit.record(session, None, "area.created", at=now)
    return first


def _administrator(session: Session, area: Area, agency: str, name: str, email: str) -> User:
    host = Agency(area_id=area.id, name=agency, code="office", kind=AgencyKind.HOST)
    session.add(host)
    session.flush()
    return accounts.add(session, host, Role.ADMINISTRATOR, name=name, email=email, now=utc_now())


def roles() -> None:
    """Print the SQL that makes the database roles on a server, for its administrator to run there."""
    typer.echo("-- Run as an administrator, connected to the service's own database.")
    for statement in (*role_statements(), *database_statements("marac"), *schema_statements()):
        typer.echo(f"{statement};")
    typer.echo("-- Then give each role a password: \\password marac_app")


def doctor(data: Data = None) -> None:
    """Say what this machine lacks, and the command that brings it."""
    lacking = missing_libraries()
    typer.echo(f"Python {platform.python_version()}: {'good' if sys.version_info >= (3, 11) else 'too old'}")
    typer.echo(f"Libraries for documents: {', '.join(lacking) + ' missing' if lacking else 'good'}")
    waiting = waiting_people(at.chosen(data))
    if waiting is not None:
        typer.echo(f"People who can be found: {f'{waiting} missing' if waiting else 'good'}")
    if lacking:
        typer.echo(f"Run: {install_command(lacking)}", err=True)
    if waiting:
        typer.echo("Run: marac reindex", err=True)
    if lacking or waiting:
        raise typer.Exit(1)


def draw_reference() -> None:
    """Draw the reference pages that come from the code."""
    from app import reference

    for page in reference.write():
        typer.echo(str(page))


def vendor_assets(folder: Path) -> None:
    """Take the pinned look from packed archives in a folder (for maintainers)."""
    from app import assets

    for line in assets.vendor_assets(folder):
        typer.echo(line)


PROFILE = "safelives-national"
COMMANDS = {
    "migrate": migrate,
    "init": init,
    "roles": roles,
    "doctor": doctor,
    "reference": draw_reference,
    "vendor-assets": vendor_assets,
}
