"""A further checklist on a case: a follow-up, or the same one again; it stands beside and only raises."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from conferences.case import risk_views
from conferences.checklist import assessments
from conferences.checklist.assessments import Answer
from conferences.errors import NotAllowed, NotFound, Refused, WrongState
from conferences.models import Assessment, Referral, User, new_id
from conferences.referral import reassessing
from conferences.visibility import find
from tests import make
from tests.make import World

DASH, STALKING = "safelives-dash-ric", "s-dash"


def done(world: World, who: User, row: Referral, *, yes: int, days: int = 1, slug: str = DASH) -> Assessment:
    """A further checklist, opened and finished so many days later, with the first items a yes."""
    s, now = world.session, world.now + timedelta(days=days)
    further = reassessing.begin(s, who, row, slug, now=now)
    edition = assessments.edition_of(further)
    given = [Answer(item.id, "yes" if at < yes else "no") for at, item in enumerate(edition.items)]
    reassessing.answer(s, who, further, given, now=now)
    reassessing.finish(s, who, further, refer=False, why=None, now=now)
    return further


def test_stalking_calls_for_its_own_checklist_beside_the_first(world: World) -> None:
    sent = make.sent_referral(world, yes=14)
    offered = reassessing.offered(world.session, world.noor, sent, world.now)
    assert [one.slug for one in offered] == [STALKING, DASH]
    further = reassessing.begin(world.session, world.noor, sent, STALKING, now=world.now)
    world.session.expire_all()
    assert (further.instrument, further.beside_id) == (STALKING, sent.assessment.id)
    assert sent.assessment.instrument == DASH
    assert reassessing.begin(world.session, world.noor, sent, STALKING, now=world.now) is further


def test_a_further_checklist_raises_and_never_lowers(world: World) -> None:
    sent = make.sent_referral(world, yes=4)
    sent.qualifies = False
    first = assessments.result_of(world.session, sent.assessment)
    done(world, world.ben, sent, yes=2)
    assert sent.qualifies is False
    done(world, world.ben, sent, yes=20, days=2)
    assert sent.qualifies is True
    done(world, world.ben, sent, yes=1, days=3)
    assert sent.qualifies is True
    world.session.expire_all()
    assert assessments.result_of(world.session, sent.assessment) == first


def test_the_trend_runs_over_checklists_of_one_kind_only(world: World) -> None:
    sent = make.sent_referral(world, yes=16)
    done(world, world.amara, sent, yes=3, days=2, slug=STALKING)
    later = done(world, world.noor, sent, yes=18, days=5)
    trend = risk_views.trend(world.session, world.ben, sent.case)
    assert trend is not None
    assert [row.low for row in trend.rows] == [18, 16]
    assert trend.rows[0].assessment is later
    assert trend.others == 1
    clock = risk_views.clock(world.session, world.ben, sent.case, world.now + timedelta(days=6))
    assert clock is not None
    assert clock.days == 1


@pytest.mark.parametrize("name", ["chidi", "dana", "ada", "erin"])
def test_others_may_not_assess(world: World, name: str) -> None:
    sent = make.sent_referral(world)
    assert reassessing.offered(world.session, world.cast()[name], sent, world.now) == []
    with pytest.raises(NotAllowed):
        reassessing.begin(world.session, world.cast()[name], sent, DASH, now=world.now)


def test_only_whoever_opened_it_fills_it_in_and_knows_of_it_before_it_is_finished(world: World) -> None:
    sent = make.sent_referral(world)
    further = reassessing.begin(world.session, world.noor, sent, DASH, now=world.now)
    with pytest.raises(NotFound):
        find(world.session, world.ben, Assessment, further.id)
    with pytest.raises(NotAllowed):
        reassessing.answer(world.session, world.ben, further, [Answer("1", "yes")], now=world.now)
    with pytest.raises(Refused):
        reassessing.finish(world.session, world.noor, further, refer=False, why=None, now=world.now)
    reassessing.answer(world.session, world.noor, further, [Answer("1", "yes")], now=world.now)
    with pytest.raises(Refused):
        reassessing.finish(world.session, world.noor, further, refer=True, why=None, now=world.now)
    reassessing.finish(world.session, world.noor, further, refer=True, why="He is back.", now=world.now)
    assert find(world.session, world.ben, Assessment, further.id) is further
    with pytest.raises(NotFound):
        find(world.session, world.dana, Assessment, further.id)
    with pytest.raises(WrongState):
        reassessing.answer(world.session, world.noor, further, [Answer("1", "no")], now=world.now)


def test_a_closed_referral_takes_no_further_checklist(world: World) -> None:
    declined = make.declined(world)
    with pytest.raises(WrongState):
        reassessing.begin(world.session, world.ben, declined, DASH, now=world.now)
    with pytest.raises(Refused):
        reassessing.begin(world.session, world.ben, make.sent_referral(world), "odara", now=world.now)


def test_the_database_keeps_one_checklist_of_a_referrals_own(world: World) -> None:
    sent = make.sent_referral(world)
    own = sent.assessment
    second = Assessment(id=new_id(), referral_id=sent.id, data_key=sent.data_key, instrument=own.instrument)
    second.instrument_version, second.definition_hash = own.instrument_version, own.definition_hash
    world.session.add(second)
    with pytest.raises(IntegrityError, match="uq_assessment_one_primary"):
        world.session.flush()
