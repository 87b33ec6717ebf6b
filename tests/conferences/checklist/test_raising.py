"""A later checklist raises a line of the queue and never lowers it; only like is compared with like."""

from datetime import timedelta
from typing import Any

from conferences.checklist import assessments
from conferences.checklist.assessments import Answer
from conferences.checklist.raising import highest
from conferences.models import Assessment, Referral, User
from conferences.referral import reassessing
from conferences.triage import queue_views
from conferences.triage.queue_views import QueueRow
from tests import make
from tests.make import World

DASH, STALKING = "safelives-dash-ric", "s-dash"
LIKE = {
    "instrument": "safelives-dash-ric@2009.1",
    "definition_hash": "x",
    "profile": None,
    "profile_hash": None,
}


def result(low: int, high: int | None = None, **about: Any) -> dict[str, Any]:
    plain = {"score_min": low, "score_max": high or low, "level": None, "grounds": [], "routes": []}
    return LIKE | plain | about


def again(world: World, row: Referral, *, yes: int, refer: bool = False, slug: str = DASH) -> Assessment:
    s, who, now = world.session, world.noor, world.now + timedelta(days=1)
    further = reassessing.begin(s, who, row, slug, now=now)
    items = assessments.edition_of(further).items
    given = [Answer(item.id, "yes" if at < yes else "no") for at, item in enumerate(items)]
    reassessing.answer(s, who, further, given, now=now)
    reassessing.finish(s, who, further, refer=refer, why="He is back." if refer else None, now=now)
    return further


def line(world: World, row: Referral, who: User | None = None) -> QueueRow:
    rows = queue_views.queue(world.session, who or world.ben, now=world.now)
    (found,) = (one for one in rows if one.referral_id == row.id)
    return found


def test_the_higher_count_is_shown_whichever_came_first() -> None:
    for own, other in ((10, 12), (12, 10)):
        found = highest(result(own), [result(other)])
        assert found is not None
        assert found["score_min"] == 12


def test_a_wider_guess_is_not_higher_than_a_surer_count_and_a_level_counts_before_both() -> None:
    found = highest(result(10, 20), [result(11)])
    assert found is not None
    assert (found["score_min"], found["score_max"]) == (11, 11)
    found = highest(result(10, 12), [result(10, 14)])
    assert found is not None
    assert found["score_max"] == 14
    found = highest(result(9, level="high"), [result(13, level="below_threshold")])
    assert found is not None
    assert found["score_min"] == 9


def test_another_kind_lends_its_grounds_and_never_its_count() -> None:
    judged = {"id": "professional_judgement"}
    other = result(11, instrument="s-dash@2009.1", grounds=[judged])
    found = highest(result(4), [other, None])
    assert found is not None
    assert (found["score_min"], found["refer"], found["grounds"]) == (4, True, [judged])
    assert highest(None, [other]) is None


def test_a_line_of_the_queue_is_raised_and_not_lowered(world: World) -> None:
    sent = make.sent_referral(world, yes=4, judged_high=False)
    assert line(world, sent).why_here == ("below_the_line",)
    again(world, sent, yes=16)
    found = line(world, sent)
    assert (found.why_here, found.qualifies) == (("visible_high_risk",), True)
    assert found.result is not None
    assert found.result["score_min"] == 16
    again(world, sent, yes=2)
    assert line(world, sent).why_here == ("visible_high_risk",)


def test_an_unfinished_one_changes_no_line(world: World) -> None:
    sent = make.sent_referral(world, yes=4, judged_high=False)
    further = reassessing.begin(world.session, world.noor, sent, DASH, now=world.now)
    all_ = [Answer(str(n), "yes") for n in range(1, 25)]
    progress = reassessing.answer(world.session, world.noor, further, all_, now=world.now)
    assert (progress.answered, progress.total, progress.certain) == (24, 24, True)
    assert line(world, sent).why_here == ("below_the_line",)


def test_a_stalking_checklist_with_a_judgement_says_why_on_the_line(world: World) -> None:
    sent = make.sent_referral(world, yes=8, judged_high=False)
    again(world, sent, yes=3, refer=True, slug=STALKING)
    found = line(world, sent)
    assert found.why_here == ("professional_judgement",)
    assert found.result is not None
    assert found.result["score_min"] == 8
