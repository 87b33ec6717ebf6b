"""What stored checklists would have come to under another profile: counted, and nothing is changed."""

import pytest
from sqlalchemy import func, select

import risk
from conferences.checklist import rescoring
from conferences.checklist.rescoring import SLICES, Tally
from conferences.errors import Refused
from conferences.models import Assessment, AuditEntry
from tests import make
from tests.make import World


def counted(world: World, slug: str) -> Tally:
    """Every part of the stored checklists under a profile, added up; another area's one always refers."""
    edition, profile = rescoring.chosen(slug)
    found = Tally()
    for place in range(SLICES):
        found = found.plus(rescoring.tally(world.session, edition, profile, place))
    assert found.read + found.unreadable == rescoring.how_many(world.session, edition)
    return found


@pytest.fixture
def three(world: World) -> World:
    """Nine, twelve and fifteen yes, sent without a judgement to refer."""
    for yes in (9, 12, 15):
        make.sent_referral(world, yes=yes, judged_high=False)
    return world


def test_under_the_same_profile_nothing_differs(three: World) -> None:
    found = counted(three, "safelives-national")
    assert (found.read, found.referred, found.would_refer) == (3 + 1, 1 + 1, 1 + 1)
    assert (found.newly, found.no_longer, found.unreadable) == (0, 0, 0)


def test_a_lower_line_would_refer_one_more(three: World) -> None:
    found = counted(three, "local-threshold-10")
    assert (found.read, found.referred, found.would_refer) == (3 + 1, 1 + 1, 2 + 1)
    assert (found.newly, found.no_longer) == (1, 0)


def test_the_older_repeat_would_no_longer_refer_one(three: World) -> None:
    again = {
        "repeat": "yes",
        "last_referral_on": "2026-06-01",
        "incidents": ["2026-11-01"],
        "incident_kind": "breach_of_order",
    }
    make.sent_referral(three, yes=3, judged_high=False, history=again)
    assert counted(three, "safelives-national").referred == 2 + 1
    found = counted(three, "repeat-definition-legacy")
    assert (found.referred, found.would_refer, found.newly, found.no_longer) == (2 + 1, 1 + 1, 0, 1)


def test_judgement_and_events_count_as_on_the_day_it_was_sent(world: World) -> None:
    make.sent_referral(world, yes=3, judged_high=True)
    days = {"incidents": ["2026-11-01", "2026-10-01", "2025-11-24"]}
    make.sent_referral(world, yes=3, judged_high=False, history=days)
    assert counted(world, "local-bands-9-13").would_refer == 2 + 1
    assert counted(world, "kingston").would_refer == 1 + 1


def test_a_draft_is_not_counted_and_nothing_is_changed(three: World) -> None:
    make.filled_draft(three)
    before = three.session.scalars(select(Assessment.result_sealed).order_by(Assessment.id)).all()
    lines = three.session.scalar(select(func.count()).select_from(AuditEntry))
    assert counted(three, "local-threshold-10").read == 3 + 1
    assert three.session.scalars(select(Assessment.result_sealed).order_by(Assessment.id)).all() == before
    assert three.session.scalar(select(func.count()).select_from(AuditEntry)) == lines
    assert not three.session.dirty


def test_what_can_no_longer_be_opened_is_said_and_the_others_are_read(three: World) -> None:
    spoilt = make.sent_referral(three, yes=20).assessment
    assert spoilt.answers_sealed is not None
    spoilt.answers_sealed = spoilt.answers_sealed[:-1] + bytes([spoilt.answers_sealed[-1] ^ 1])
    three.session.flush()
    found = counted(three, "local-threshold-10")
    assert (found.read, found.unreadable, found.would_refer) == (3 + 1, 1, 2 + 1)


def test_checklists_of_another_instrument_are_left_out(three: World) -> None:
    assert counted(three, "dvsat-2014") == Tally()


def test_a_profile_nobody_ships_is_refused() -> None:
    with pytest.raises(Refused, match="No profile is called hull"):
        rescoring.chosen("hull")
    assert rescoring.chosen("kingston")[0] == risk.edition("safelives-dash-ric")
