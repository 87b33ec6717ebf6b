"""What an area asks of the referral form: shown, and set from a day on."""

from datetime import datetime
from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cli.at import Data, chosen, unit_of_work
from app.main import utc_now
from conferences import fields, policies
from conferences.calendars import local_day
from conferences.errors import Refused
from conferences.models import Area, Policy
from conferences.referral.completeness import level_of


def form(
    area: Annotated[str, typer.Option(help="The area's name, such as Ashmere.")] = "",
    require: Annotated[list[str] | None, typer.Option(help="A field to ask for; may be repeated.")] = None,
    leave_out: Annotated[list[str] | None, typer.Option(help="A field not to insist on.")] = None,
    starting: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"])] = None,
    data: Data = None,
) -> None:
    """List the fields of the referral form, or set what an area asks for from a day on."""
    if not area:
        _list(Policy(fields_required=[], fields_left_out=[]))
        return
    if (require or leave_out) and starting is None:
        raise Refused("Say with --from the day on which it begins.")
    now = utc_now()
    with unit_of_work(chosen(data)) as session:
        found = _area(session, area)
        if starting is None:
            _list(policies.in_force(session, found.id, local_day(now)))
            return
        day = starting.date()
        policies.ask_of_the_form(
            session, found, required=require or [], left_out=leave_out or [], starting=day, now=now
        )
    typer.echo(
        f"From {day.isoformat()} on, {len(require or [])} more required, {len(leave_out or [])} fewer."
    )


def _area(session: Session, name: str) -> Area:
    found = session.scalars(select(Area).where(Area.name == name)).one_or_none()
    if found is None:
        raise Refused("There is no area of that name.")
    return found


def _list(policy: Policy) -> None:
    for sheet in fields.form().sheets.values():
        for one in sheet.fields:
            level = "safety" if one.safety else level_of(one, policy).value
            typer.echo(f"{one.key:24} {one.data_class.value:5} {level:9} {sheet.key:18} {one.label}")


COMMANDS = {"form": form}
