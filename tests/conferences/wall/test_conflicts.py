"""Whoever bears the name of somebody in a case is shut out at once, until a person has looked."""

import pytest

from conferences.errors import NotFound
from conferences.meeting import agenda
from conferences.models import AuditEntry, Case, Listing, Role, User
from conferences.permissions import Permission, may
from conferences.person import people
from conferences.triage import triage
from conferences.visibility import find, visible_to
from conferences.wall import conflicts, walls
from tests import make
from tests.make import World


def hired(world: World, name: str, code: str = "HSG", role: Role = Role.REPRESENTATIVE) -> User:
    email = f"{name.split()[0].lower()}@{code.lower()}.example"
    return make.a_user(world.session, world.agencies[code], role, name, email, world.now, None)


def out(case: Case) -> list[object]:
    return [row.user_id for row in case.exclusions]


def test_staff_conflict_before_any_row_exists_for_him(world: World) -> None:
    """Case 6: Ned, named as causing harm, is given an account at Housing after the referral was sent."""
    turn = make.listing(world, victim="Marigold Sampleworth", perpetrator="Ned Sampleworth")
    agenda.issue(world.session, world.ben, turn.conference, now=world.now)
    ned = hired(world, "Ned Sampleworth", role=Role.CHAIR)
    assert out(turn.case) == [ned.id]
    for kind in (Case, Listing):
        assert world.session.scalars(visible_to(ned, kind)).all() == []
    with pytest.raises(NotFound):
        find(world.session, ned, Case, turn.case.id)
    assert agenda.listings_for(world.session, ned, turn.conference) == []
    assert walls.is_shut_out(turn.case, world.agencies["HSG"]) is False  # Housing sends somebody else


def test_staff_conflict_when_the_referral_is_sent(world: World) -> None:
    ned, mina = hired(world, "Edward Sampleworth", role=Role.COORDINATOR), hired(world, "Mina Alderoak")
    row = make.sent_referral(world, perpetrator="Ned Sampleworth")
    assert out(row.case) == [ned.id]
    assert not may(ned, Permission.VIEW_REFERRAL, row)
    assert may(world.ben, Permission.VIEW_REFERRAL, row)
    assert mina.id not in out(row.case)
    entry = world.session.query(AuditEntry).filter_by(kind="person.suspected").one()
    assert entry.actor_id is None


def test_somebody_named_before_they_had_an_account_is_kept_out(world: World) -> None:
    row = make.filled_draft(world)
    people.exclude(
        world.session, world.amara, row.case, named="Lowri Penhale", reason="His sister", now=world.now
    )
    lowri = hired(world, "Lowri Penhale", "IDV", Role.IDVA)
    assert lowri.id in out(row.case)


def test_not_the_same_is_remembered_and_confirmed_is_signed(world: World) -> None:
    s = world.session
    row = make.sent_referral(world, victim="Noor Hadley", perpetrator="Ben Oakhurst")
    case = row.case
    assert {world.noor.id, world.ben.id} == set(out(case))
    shown = {one.who: one for one in walls.shown(s, case)[0]}
    assert shown["Noor Hadley"].to_confirm
    assert "Their name is like one in this case" in shown["Noor Hadley"].why
    # Ben is the only coordinator, so the chair decides.
    assert may(world.chidi, Permission.LIFT_WALL, case)
    walls.lift(s, world.chidi, case, shown["Ben Oakhurst"].id, reason="Another Ben.", now=world.now)
    assert may(world.ben, Permission.VIEW_CASE, case)
    assert not may(world.chidi, Permission.LIFT_WALL, case)
    for _ in range(2):
        walls.confirm(s, world.ben, case, shown["Noor Hadley"].id, now=world.now)
    assert not walls.shown(s, case)[0][0].to_confirm
    assert s.query(AuditEntry).filter_by(kind="person.confirmed").count() == 1
    triage.accept(s, world.ben, row, make.conference(world), now=world.now)

    conflicts.look_at_case(s, case, now=world.now)
    conflicts.look_at_user(s, world.ben, now=world.now)
    assert out(case) == [world.noor.id]


def test_a_family_name_alone_shuts_nobody_out(world: World) -> None:
    row = make.sent_referral(world, perpetrator="Piers Hadley", victim="Testa Wickfield")
    assert out(row.case) == []


def test_the_last_who_can_decide_is_not_shut_out_for_a_name(world: World) -> None:
    """A case that neither coordinator nor chair may know of would be lost."""
    s = world.session
    row = make.sent_referral(world, victim="Ben Oakhurst", perpetrator="Chidi Ravenhall")
    assert len({world.ben.id, world.chidi.id} & set(out(row.case))) == 1
    assert len(walls.deciders(s, row.case)) == 1
    assert s.query(AuditEntry).filter_by(kind="person.left_to_decide").count() == 1
