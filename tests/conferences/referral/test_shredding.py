"""Drafts put aside long ago are destroyed, by the service’s own role, and nothing else can be."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import ProgrammingError

from conferences import audit
from conferences.errors import CannotOpen
from conferences.models import AuditEntry, DataKey, Involvement, PersonKey, Referral, SafeAddress
from conferences.person import people
from conferences.referral import drafts, referrals, shredding
from conferences.sealing import unseal
from tests import make
from tests.make import World

LONG_AGO = date(2020, 1, 1)


def put_aside(world: World, **about: Any) -> Referral:
    """A draft below the line that was put aside; long ago, as the database reckons."""
    row = make.filled_draft(world, yes=3, judged_high=False, address="1 Hidden Row", **about)
    drafts.tidy(world.session, now=world.now + timedelta(days=15))
    row.expires_on = LONG_AGO
    world.session.flush()
    return row


def destroyed(world: World) -> int:
    return shredding.destroy_put_aside(world.session, now=world.now)


def keys_left(world: World, row: Referral) -> int:
    """Counts the keys with which something of a referral could still be opened."""
    persons = select(Involvement.person_id).where(Involvement.case_id == row.case_id)
    of_homes = select(SafeAddress.data_key_id).where(SafeAddress.person_id.in_(persons))
    ids = {row.data_key_id, row.case.data_key_id, *world.session.scalars(of_homes)}
    ids |= {one.person.data_key_id for one in row.case.involvements}
    left = select(func.count()).where(DataKey.id.in_(ids), DataKey.wrapped.is_not(None))
    return world.session.scalar(left) or 0


def test_nothing_of_it_opens_again_and_nobody_is_found_by_it(world: World) -> None:
    row, other = put_aside(world), make.filled_draft(world, address="2 Other Row")
    kept = keys_left(world, other)
    persons = [one.person_id for one in row.case.involvements]
    assert keys_left(world, row) > 0
    assert destroyed(world) == 1
    assert (keys_left(world, row), keys_left(world, other)) == (0, kept)
    with pytest.raises(CannotOpen):
        referrals.reason_of(world.session, row)
    with pytest.raises(CannotOpen):
        people.name_of(world.session, row.case.involvements[0])
    assert world.session.scalars(select(PersonKey).where(PersonKey.person_id.in_(persons))).all() == []
    assert referrals.reason_of(world.session, other)
    assert destroyed(world) == 0  # twice is harmless
    kind = AuditEntry.kind == "referral.destroyed"
    assert world.session.scalars(select(AuditEntry.subject_id).where(kind)).all() == [row.id]


def test_four_weeks_by_the_databases_own_clock_come_first(world: World) -> None:
    row = put_aside(world)
    today = world.session.scalar(select(func.current_date()))
    row.expires_on = today - timedelta(days=28)
    assert destroyed(world) == 0
    row.expires_on = today - timedelta(days=29)
    assert destroyed(world) == 1


def test_a_draft_in_use_is_left_alone_however_old(world: World) -> None:
    row = make.filled_draft(world)
    row.expires_on = LONG_AGO
    assert destroyed(world) == 0
    assert referrals.reason_of(world.session, row)


def forged(world: World, row: Referral) -> None:
    """Makes a row look like a draft put aside, with everything that the service may write."""
    as_if = (
        "UPDATE referral SET status = 'discarded', submitted_at = NULL, qualifies = NULL, gate = NULL,"
        " scoring = 'not_yet', withheld = true, expires_on = '2020-01-01' WHERE id = :id",
        "UPDATE case_file SET shared_at = NULL, withheld = true WHERE id ="
        " (SELECT case_id FROM referral WHERE id = :id)",
    )
    for words in as_if:
        world.session.execute(text(words), {"id": row.id})
    world.session.expire_all()


def test_what_was_ever_sent_is_out_of_reach_whatever_is_written_on_it(world: World) -> None:
    row = make.sent_referral(world, yes=3, judged_high=False)
    audit.record(world.session, None, "referral.discarded", row, at=world.now)
    world.session.flush()
    kept = keys_left(world, row)
    forged(world, row)
    assert destroyed(world) == 0
    assert keys_left(world, row) == kept > 0


def test_a_draft_nobody_put_aside_is_out_of_reach(world: World) -> None:
    row = make.filled_draft(world)
    forged(world, row)
    assert destroyed(world) == 0


def test_a_person_of_another_case_as_well_keeps_their_key_and_is_found(world: World) -> None:
    row, other = put_aside(world), make.sent_referral(world)
    shared = row.case.involvements[0].person
    other.case.involvements[1].person_id = shared.id
    world.session.flush()
    found_by = select(func.count()).where(PersonKey.person_id == shared.id)
    before = world.session.scalar(found_by)
    assert destroyed(world) == 1
    assert before
    assert world.session.scalar(found_by) == before
    assert unseal(world.session, shared, "name") == "Testa Marrowby"
    with pytest.raises(CannotOpen):
        unseal(world.session, row, "reason")


@pytest.mark.parametrize(
    "words",
    [
        "UPDATE data_key SET wrapped = NULL, destroyed_at = now()",
        "DELETE FROM data_key",
        "DELETE FROM audit_entry",
        "ALTER FUNCTION destroy_put_aside() OWNER TO marac_app",
    ],
)
def test_the_service_destroys_in_no_other_way(world: World, words: str) -> None:
    refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with refused, world.session.begin_nested():
        world.session.execute(text(words))


@pytest.mark.parametrize(
    ("role", "may"), [("marac_app", True), ("marac_auditor", False), ("marac_keeper", False)]
)
def test_nobody_but_the_service_calls_it(world: World, role: str, may: bool) -> None:
    asked = text("SELECT has_function_privilege(:role, 'destroy_put_aside()', 'EXECUTE')")
    assert world.session.scalar(asked, {"role": role}) is may
