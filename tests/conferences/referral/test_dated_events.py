"""Dates that change the risk bring the next look forward; both sides of each day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from conferences.births import Born
from conferences.case import risk_views
from conferences.errors import NotAllowed, NotFound, Refused, WrongState
from conferences.models import AuditEntry, Part, Referral, User
from conferences.person.people import in_part
from conferences.referral import dated_events, told
from conferences.referral.dated_events import DatedEvent
from conferences.wall import walls
from tests import make
from tests.make import World

SIGNED = datetime(2026, 11, 20, 14, tzinfo=UTC)
DECEMBER, YEAR = Born(2026, 12), Born(2026)


def event(on: Born, told_at: datetime | None = None) -> DatedEvent:
    return DatedEvent("x", "release", on, False, told_at)


def dated(world: World, row: Referral, on: str, kind: str = "release", **about: Any) -> DatedEvent:
    """A date told by Ben at once, unless a test says otherwise."""
    who: User = about.pop("who", world.ben)
    told_ = {"estimated": False, "now": world.now} | about
    return dated_events.add(world.session, who, row, kind=kind, on=on, **told_)


@pytest.mark.parametrize(
    ("on", "from_"),
    [
        (Born(2026, 11, 20), None),
        (Born(2026, 11, 21), date(2026, 11, 21)),
        (Born(2026, 11), date(2026, 11, 30)),
        (DECEMBER, date(2026, 12, 1)),
        (YEAR, date(2026, 12, 31)),
        (Born(2026, 10), None),
    ],
)
def test_what_the_signer_knew_counts_only_while_it_lies_ahead(on: Born, from_: date | None) -> None:
    assert event(on).reopens_from(SIGNED) == from_
    assert event(on, SIGNED).reopens_from(SIGNED) == from_


@pytest.mark.parametrize(
    ("on", "from_"),
    [
        (Born(2026, 11, 3), date(2026, 11, 20)),
        (Born(2026, 11, 21), date(2026, 11, 21)),
        (DECEMBER, date(2026, 12, 1)),
    ],
)
def test_what_is_told_after_signing_counts_from_that_day_at_the_earliest(on: Born, from_: date) -> None:
    assert event(on, SIGNED + timedelta(seconds=1)).reopens_from(SIGNED) == from_


def test_the_day_of_signing_is_the_day_in_london() -> None:
    late = datetime(2026, 6, 10, 23, 30, tzinfo=UTC)  # 11 June in London
    assert event(Born(2026, 6, 11)).reopens_from(late) is None
    assert event(Born(2026, 6, 12)).reopens_from(late) == date(2026, 6, 12)


def test_a_release_brings_the_review_to_midnight_in_london_of_that_day(world: World) -> None:
    sent = make.sent_referral(world)
    dated(world, sent, "2027-06-03")
    clock = risk_views.clock(world.session, world.ben, sent.case, world.now)
    assert clock is not None
    midnight = datetime(2027, 6, 2, 23, tzinfo=UTC)
    assert (clock.due_at, clock.reopened_by) == (midnight, "release")
    assert clock.is_due(midnight - timedelta(seconds=1)) is False
    assert clock.is_due(midnight) is True


def test_the_soonest_date_comes_first_and_a_past_one_told_late_counts_at_once(world: World) -> None:
    sent = make.sent_referral(world)
    dated(world, sent, "2027-06-03")
    dated(world, sent, "2027-02", "hearing", estimated=True)
    clock = risk_views.clock(world.session, world.ben, sent.case, world.now)
    assert clock is not None
    assert (clock.due_at, clock.reopened_by) == (datetime(2027, 2, 1, tzinfo=UTC), "hearing")
    assert [one.kind for one in clock.dates] == ["hearing", "release"]
    later = world.now + timedelta(days=2)
    dated(world, sent, "2026-01-05", "separation", now=later)
    clock = risk_views.clock(world.session, world.ben, sent.case, later)
    assert clock is not None
    assert (clock.due_at, clock.reopened_by) == (sent.assessment.completed_at, "separation")
    assert clock.event is not None
    assert clock.event.on == Born(2026, 1, 5)


@pytest.mark.parametrize(
    ("part", "sheet", "said", "kind"),
    [
        (Part.PERPETRATOR, "perpetrator", {"custody": "yes", "release_on": "2027-01"}, "release"),
        (Part.VICTIM, "needs", {"pregnant": "yes", "pregnant_due": "2027-01"}, "birth"),
        (Part.CHILD, "child", {"child_due": "2027-01-01"}, "birth"),
    ],
)
def test_what_the_form_says_already_shortens_the_clock(
    world: World, part: Part, sheet: str, said: dict[str, str], kind: str
) -> None:
    draft = make.filled_draft(world, children=("Pim",))
    (row,) = in_part(draft.case, part)
    told.save(world.session, world.amara, draft, told.sheet(sheet), said, row=row, now=world.now)
    make.referrals.submit(world.session, world.amara, draft, now=world.now)
    clock = risk_views.clock(world.session, world.noor, draft.case, world.now)
    assert clock is not None
    assert (clock.due_at, clock.reopened_by) == (datetime(2027, 1, 1, tzinfo=UTC), kind)


def test_a_date_is_told_in_the_draft_and_stays_with_the_referral(world: World) -> None:
    draft = make.filled_draft(world)
    dated(world, draft, "2027-01-09", "birth", who=world.amara)
    make.referrals.submit(world.session, world.amara, draft, now=world.now)
    world.session.expire_all()
    assert [str(one.on) for one in dated_events.of_referral(world.session, draft)] == ["2027-01-09"]
    kinds = [one.kind for one in world.session.query(AuditEntry).filter_by(subject_id=draft.id)]
    assert "referral.date_told" in kinds


def test_saving_another_part_of_the_form_keeps_the_dates(world: World) -> None:
    draft = make.filled_draft(world)
    dated(world, draft, "2027-01-09", who=world.amara)
    told.save(world.session, world.amara, draft, told.sheet("events"), {"before": "Twice."}, now=world.now)
    assert len(dated_events.of_referral(world.session, draft)) == 1
    assert told.read(world.session, draft)["before"] == "Twice."


def test_a_date_is_taken_out_once(world: World) -> None:
    sent = make.sent_referral(world)
    one, two = dated(world, sent, "2027-01-09"), dated(world, sent, "2027-02-09")
    dated_events.take_out(world.session, world.noor, sent, one.id, now=world.now)
    assert [found.id for found in dated_events.of_referral(world.session, sent)] == [two.id]
    with pytest.raises(NotFound):
        dated_events.take_out(world.session, world.noor, sent, one.id, now=world.now)


@pytest.mark.parametrize("on", ["", "2027-02-30", "1066-10-14", "soon"])
def test_a_day_that_cannot_be_is_refused(world: World, on: str) -> None:
    with pytest.raises(Refused) as refusal:
        dated(world, make.sent_referral(world), on)
    assert refusal.value.field == "on"


def test_an_unknown_kind_and_a_twenty_first_date_are_refused(world: World) -> None:
    sent = make.sent_referral(world)
    with pytest.raises(Refused, match="Choose what happens"):
        dated(world, sent, "2027-01-09", "birthday")
    for n in range(20):
        dated(world, sent, f"2027-01-{n + 1:02d}")
    with pytest.raises(Refused, match="20 dates"):
        dated(world, sent, "2027-02-01")


@pytest.mark.parametrize("name", ["chidi", "dana", "ada", "erin"])
def test_others_tell_no_date(world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        dated(world, make.sent_referral(world), "2027-01-09", who=world.cast()[name])


def test_a_closed_referral_takes_no_date(world: World) -> None:
    with pytest.raises(WrongState):
        dated(world, make.declined(world), "2027-01-09")


def test_a_date_of_a_hidden_case_moves_no_clock_that_somebody_sees(world: World) -> None:
    seen, hidden = make.sent_referral(world), make.filled_draft(world)
    walls.exclude(
        world.session, world.amara, hidden.case, user_id=world.noor.id, reason="Aunt", now=world.now
    )
    dated(world, hidden, "2027-01-09", who=world.amara)
    make.referrals.submit(world.session, world.amara, hidden, now=world.now)
    clock = risk_views.clock(world.session, world.noor, seen.case, world.now)
    assert clock is not None
    assert (clock.due_at, clock.dates) == (None, ())
    assert risk_views.clock(world.session, world.noor, hidden.case, world.now) is None
    with pytest.raises(NotAllowed):
        dated(world, hidden, "2027-01-10", who=world.noor)
