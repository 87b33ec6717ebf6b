"""Undoing a list leaves everybody with exactly what they had, except what somebody has worked on since."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from conferences.case import case_views
from conferences.errors import NotAllowed, NotFound, WrongState
from conferences.imports import undoing
from conferences.meeting import actions
from conferences.models import Action, BatchStatus, Case, Conference, Involvement, Listing, Person, Referral
from conferences.person import people
from conferences.visibility import find, visible_to
from tests import make
from tests.imports.lists import KEZIA, LOCK, TESTA, checked, rows_of, taken, verdicts
from tests.make import World

OPEN = LOCK | {"Action status": "Open", "Date completed": ""}


def everything(world: World) -> dict[str, Any]:
    """What each of the cast may know of, and whom, by identifier."""
    world.session.flush()
    world.session.expire_all()
    found: dict[str, Any] = {}
    for name, user in world.cast().items():
        for kind in (Case, Referral, Listing, Action, Conference):
            rows = world.session.scalars(visible_to(user, kind).with_only_columns(kind.id))
            found[f"{name} {kind.__tablename__}"] = sorted(row.hex for row in rows)
        cases = visible_to(user, Case).with_only_columns(Case.id)
        persons = select(Person.id).join(Involvement).where(Involvement.case_id.in_(cases))
        found[f"{name} person"] = sorted(row.hex for row in world.session.scalars(persons))
    return found


def undo(world: World, batch: Any, **more: Any) -> tuple[int, int]:
    return undoing.undo(
        world.session,
        more.get("by") or world.ben,
        batch,
        now=more.get("now") or world.now + timedelta(days=1),
    )


def test_everybody_is_left_with_exactly_what_they_had(world: World) -> None:
    make.action(world)
    live = make.sent_referral(world, victim="Kezia Lumley", perpetrator="Anders Vole")
    kezia = KEZIA | {"Victim DOB": "04/05/1992"}
    before = everything(world)
    batch = taken(world, TESTA | OPEN, kezia | LOCK, joins=True)
    assert everything(world) != before
    assert rows_of(world, batch)[1].case_id == live.case_id
    assert undo(world, batch) == (2, 0)
    assert everything(world) == before
    assert batch.status is BatchStatus.UNDONE


def test_undoing_twice_changes_nothing(world: World) -> None:
    batch = taken(world, TESTA)
    assert undo(world, batch) == undo(world, batch) == (1, 0)


def test_a_list_that_was_undone_can_be_taken_again(world: World) -> None:
    undo(world, taken(world, TESTA | LOCK))
    again = taken(world, TESTA | LOCK)
    assert verdicts(world, again) == ["new"]
    assert len(world.session.scalars(visible_to(world.ben, Case)).all()) == 1


def test_a_case_somebody_has_worked_on_is_kept_whole_and_the_others_go(world: World) -> None:
    batch = taken(world, TESTA | OPEN, TESTA | OPEN | {"Action": "Ring her"}, KEZIA)
    later = world.now + timedelta(hours=1)
    (row, _) = world.session.scalars(visible_to(world.dana, Action)).all()
    actions.start(world.session, world.dana, row, now=later)
    assert undo(world, batch) == (1, 2)
    assert [bool(one.kept_at) for one in rows_of(world, batch)] == [True, True, False]
    (left,) = world.session.scalars(visible_to(world.ben, Case)).all()
    assert left.id == row.case_id


def test_looking_is_not_working(world: World) -> None:
    batch = taken(world, TESTA)
    (case,) = world.session.scalars(visible_to(world.ben, Case))
    case_views.look(world.session, world.noor, case, now=world.now + timedelta(hours=1))
    assert undo(world, batch) == (1, 0)


def test_whoever_is_shut_out_of_a_case_cannot_remove_it_and_is_not_told(world: World) -> None:
    batch = taken(world, TESTA, KEZIA)
    case = world.session.scalars(visible_to(world.ben, Case).order_by(Case.id)).first()
    assert case is not None
    later = world.now + timedelta(hours=1)
    people.exclude(world.session, world.ben, case, user_id=world.ben.id, reason="Related", now=later)
    assert undo(world, batch) == (2, 0)
    assert [row.id for row in world.session.scalars(visible_to(world.chidi, Case))] == [case.id]


def test_after_thirty_days_a_list_stays(world: World) -> None:
    batch = taken(world, TESTA)
    with pytest.raises(WrongState, match="within 30 days"):
        undo(world, batch, now=world.now + timedelta(days=31))


def test_only_a_list_that_was_taken_can_be_undone(world: World) -> None:
    with pytest.raises(WrongState):
        undo(world, checked(world, TESTA))


def test_a_list_is_undone_only_by_who_brought_it(world: World) -> None:
    batch = taken(world, TESTA)
    with pytest.raises(NotAllowed):
        undo(world, batch, by=world.chidi)


def test_what_was_undone_is_found_by_nobody_and_allowed_to_nobody(world: World) -> None:
    from conferences.permissions import Permission, may

    batch = taken(world, TESTA | OPEN)
    (row,) = world.session.scalars(visible_to(world.dana, Action)).all()
    case = row.case
    undo(world, batch)
    world.session.expire_all()
    for user in world.cast().values():
        with pytest.raises(NotFound):
            find(world.session, user, Action, row.id)
        assert not any(may(user, permission, thing) for permission in Permission for thing in (row, case))
