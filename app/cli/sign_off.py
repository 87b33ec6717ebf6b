"""Whose referrals their own manager signs off first: shown, and set from a day on."""

from datetime import datetime
from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cli.at import Data, chosen, unit_of_work
from app.main import utc_now
from conferences import policies
from conferences.calendars import local_day
from conferences.errors import Refused
from conferences.models import Area


def sign_off(
    area: Annotated[str, typer.Option(help="The area's name, such as Ashmere.")],
    agency: Annotated[list[str] | None, typer.Option(help="An agency's code; may be repeated.")] = None,
    days: Annotated[int, typer.Option(min=0, help="Working days before the coordinator is told.")] = 1,
    starting: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"])] = None,
    data: Data = None,
) -> None:
    """Show whose referrals are signed off first, or set it from a day on; no agency turns it off."""
    now = utc_now()
    if agency and starting is None:
        raise Refused("Say with --from the day on which it begins.")
    with unit_of_work(chosen(data)) as session:
        found = _area(session, area)
        if starting is None:
            policy = policies.in_force(session, found.id, local_day(now))
        else:
            policy = policies.sign_off_first(
                session, found, agencies=agency or [], days=days, starting=starting.date(), now=now
            )
        typer.echo(
            f"From {policy.effective_from.isoformat()} on: {_words(policy.sign_off, policy.sign_off_days)}"
        )


def _words(codes: list[str], days: int) -> str:
    if not codes:
        return "nobody signs off first."
    after = "1 working day" if days == 1 else f"{days} working days"
    return f"{', '.join(codes)}; after {after} the coordinator is told."


def _area(session: Session, name: str) -> Area:
    found = session.scalars(select(Area).where(Area.name == name)).one_or_none()
    if found is None:
        raise Refused("There is no area of that name.")
    return found


COMMANDS = {"sign-off": sign_off}
