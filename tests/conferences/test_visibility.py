"""What a person may know of: the WHERE clauses say exactly what the permission table says."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from conferences.errors import NotFound
from conferences.meeting import documents
from conferences.models import Action, Case, Conference, Document, Listing, Referral
from conferences.permissions import Permission, may
from conferences.person import people
from conferences.visibility import find, visible_to
from tests import make
from tests.make import World

VIEW = {
    Referral: Permission.VIEW_REFERRAL,
    Listing: Permission.VIEW_LISTING,
    Action: Permission.VIEW_ACTION,
    Document: Permission.FETCH_DOCUMENT,
}


@pytest.fixture
def busy(world: World) -> World:
    """A world with something of everything, some of it shut to Dana, some to Chidi."""
    turn = make.opened_listing(world, children=("Pim",))
    make.action(world, turn)
    make.draft(world)
    make.draft(world, by=world.dana)
    make.sent_referral(world, by=world.dana, victim="Ilsa Fernhollow")
    hidden = make.listing(world, meeting=make.conference(world, days=16), victim="Marigold Sampleworth")
    for user in (world.dana, world.chidi):
        people.exclude(
            world.session, world.ben, hidden.case, user_id=user.id, reason="Relative", now=world.now
        )
    later = world.now + timedelta(minutes=1)
    documents.ask_for_plan(world.session, world.dana, world.agencies["HSG"], now=later)
    return world


@pytest.mark.parametrize("kind", list(VIEW))
def test_rows_and_permissions_agree_for_everyone(busy: World, kind: Any) -> None:
    for name, user in busy.cast().items():
        rows = busy.session.scalars(select(kind)).all()
        by_rule = {row.id for row in rows if may(user, VIEW[kind], row)}
        by_query = {row.id for row in busy.session.scalars(visible_to(user, kind))}
        assert by_query == by_rule, (name, kind)


def test_cases_are_those_one_may_view_or_opened(busy: World) -> None:
    for name, user in busy.cast().items():
        rows = busy.session.scalars(select(Case)).all()
        by_rule = {
            row.id
            for row in rows
            if may(user, Permission.VIEW_CASE, row)
            or (may(user, Permission.VIEW_CONTACT, row) and row.opened_by_id == user.id)
        }
        assert {row.id for row in busy.session.scalars(visible_to(user, Case))} == by_rule, name


def test_a_hidden_thing_a_missing_thing_and_nonsense_are_the_same_answer(busy: World) -> None:
    theirs = busy.session.scalars(select(Listing).where(Listing.position == 0)).all()
    for reference in [str(row.id) for row in theirs] + ["0" * 32, "nonsense", "", "'; --"]:
        with pytest.raises(NotFound) as missing:
            find(busy.session, busy.dana, Listing, reference)
        assert missing.value.sentence == "Check the reference, or ring the coordinator."


def test_another_areas_coordinator_finds_nothing_here(busy: World) -> None:
    for kind in (Case, Referral, Conference, Listing, Action, Document):
        rows = busy.session.scalars(visible_to(busy.erin, kind)).all()
        assert {getattr(row, "area_id", busy.northmoor.id) for row in rows} <= {busy.northmoor.id}


def test_someone_who_has_left_finds_nothing(busy: World) -> None:
    busy.ben.is_active = False
    for kind in (Case, Referral, Conference, Listing, Action, Document):
        assert busy.session.scalars(visible_to(busy.ben, kind)).all() == []


def test_meetings_are_for_those_they_concern(busy: World) -> None:
    seen = {
        name for name, user in busy.cast().items() if busy.session.scalars(visible_to(user, Conference)).all()
    }
    assert seen == {"ben", "chidi", "dana", "noor"}
