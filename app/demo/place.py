"""The areas, agencies and users of the story."""

import secrets
from datetime import UTC, datetime, time
from functools import lru_cache

from app.auth import accounts, codes, passwords
from app.demo import script
from app.demo.days import Shift
from app.demo.script import AreaTold, PlaceTold
from app.demo.stage import Stage
from app.shell import ROLE_LABELS
from conferences import audit
from conferences.models import Agency, Area, Policy, Role, new_id

# Printed by `marac demo` and the same for everybody: it guards nothing but made-up people.
PASSWORD = "seven grey herons wading"  # noqa: S105 - a demonstration's password is public


def sign_ins() -> list[tuple[str, str, str]]:
    """Returns one person per role as (role in words, address, password)."""
    told = script.place(Shift.none())
    found: dict[Role, tuple[str, str, str]] = {}
    for person in told.areas[0].people:
        found.setdefault(person.role, (ROLE_LABELS[person.role], person.email, PASSWORD))
    return list(found.values())


def make_place(stage: Stage) -> None:
    """Makes every area with its policy, agencies and users."""
    told = script.place(stage.shift)
    for area in told.areas:
        _make_area(stage, told, area)


def _make_area(stage: Stage, told: PlaceTold, area: AreaTold) -> None:
    session, now = stage.session, datetime.combine(told.opened_on, time(9), tzinfo=UTC)
    row = Area(
        id=new_id(),
        name=area.name,
        service_name=f"{area.name} partnership",
        reference_prefix=area.prefix,
        nation=area.nation,
        help_phone=area.phone,
        created_at=now,
    )
    session.add(row)
    session.flush()
    session.add(Policy(area_id=row.id, effective_from=told.policy_from, profile="safelives-national"))
    audit.record(session, None, "area.created", row, at=now)
    for agency in area.agencies:
        made = Agency(id=new_id(), area_id=row.id, name=agency.name, code=agency.code, kind=agency.kind)
        session.add(made)
        stage.agencies[area.name, agency.code] = made
    session.flush()
    for person in area.people:
        employer = stage.agencies[area.name, person.agency]
        user = accounts.add(session, employer, person.role, name=person.name, email=person.email, now=now)
        secret = codes.secret_from(secrets.token_bytes(20))
        accounts.give_secrets(session, user, password_hash=_hash(), code_secret=secret)
        stage.users[person.name.split()[0].lower()] = user
    session.flush()


@lru_cache(maxsize=1)
def _hash() -> str:
    return passwords.hash_password(PASSWORD)
