"""Drafts on other checklists than the area's own: the picker, the questions, and the end of each."""

from typing import Any
from uuid import UUID

import pytest

from conferences import policies
from conferences.checklist import assessments
from conferences.checklist.assessments import Answer
from conferences.errors import Refused
from conferences.models import AuditEntry, Referral, Urgency
from conferences.referral import referrals
from tests import make
from tests.browse import Browse
from tests.make import World

BESIDE = ("s-dash", "police-dash", "danger-assessment", "lap-lethality-screen", "maram", "odara",
          "safelives-dash-yp", "viogen-vpr")  # fmt: skip
OFFERED = ("s-dash", "police-dash", "danger-assessment", "lap-lethality-screen", "maram", "odara")


@pytest.fixture
def many(world: World) -> None:
    """An area that works with more than one checklist; one of them is a draft, one has no questions."""
    policies.in_force(world.session, world.area.id, world.now.date()).checklists = list(BESIDE)


def started(client: Browse, world: World, slug: str) -> Referral:
    """A draft begun through the page on one checklist."""
    client.become(world.amara)
    typed = {"safe_to_talk": "alone", "instrument": slug, "form_key": slug}
    answer = client.submit("/referrals/new", typed)
    assert answer.status_code == 303
    ref = answer.headers["location"].split("/")[2]
    return world.session.get_one(Referral, UUID(ref))


def sent(client: Browse, world: World, draft: Referral, answers: dict[str, str], last: dict[str, Any]) -> Any:
    """The page of a draft's result, after all its parts were filled in and it was sent."""
    s, who, now = world.session, world.amara, world.now
    assessments.judge_first(s, who, draft, view="worried", why=None, now=now)
    assessments.answer(s, who, draft, [Answer(item, code) for item, code in answers.items()], now=now)
    assessments.judge_last(s, who, draft, now=now, **last)
    make.with_people(world, draft, who, now)
    urgency = Urgency.STANDARD
    referrals.save_reason(s, who, draft, reason="Now", wishes=None, urgency=urgency, history={}, now=now)
    referrals.save_sharing(s, who, draft, consent="given", basis="public_task", why=None, now=now)
    referrals.submit(s, who, draft, now=now)
    return client.get(f"/referrals/{draft.id.hex}").text


def test_with_one_checklist_nobody_is_asked_which(client: Browse, world: World) -> None:
    client.become(world.amara)
    page = client.get("/referrals/new").text
    assert "Which checklist" not in page
    assert 'name="instrument"' not in page


def test_with_several_the_areas_own_is_chosen_beforehand(client: Browse, world: World, many: None) -> None:
    client.become(world.amara)
    page = client.get("/referrals/new").text
    assert 'value="safelives-dash-ric" checked' in page
    assert page.count('name="instrument"') == 1 + len(OFFERED)
    assert "Eleven questions for any stalking case" in page
    for never in ("safelives-dash-yp", "viogen-vpr", "epv"):
        assert f'value="{never}"' not in page


def test_the_checklist_chosen_is_the_one_begun(client: Browse, world: World, many: None) -> None:
    draft = started(client, world, "lap-lethality-screen")
    begun = draft.assessment
    assert (begun.instrument, begun.profile) == ("lap-lethality-screen", "lap-maryland")
    assert assessments.edition_of(begun).title == "Lethality screen (LAP)"
    kinds = [row.kind for row in world.session.query(AuditEntry).filter_by(subject_id=draft.id)]
    assert sorted(kinds) == ["referral.saved", "referral.started"]


@pytest.mark.parametrize("slug", ["safelives-dash-yp", "viogen-vpr", "no-such-list", "x" * 300])
def test_a_checklist_that_is_not_offered_is_refused(
    client: Browse, world: World, many: None, slug: str
) -> None:
    client.become(world.amara)
    before = world.session.query(Referral).count()
    answer = client.submit("/referrals/new", {"safe_to_talk": "alone", "instrument": slug, "form_key": "k"})
    assert answer.status_code == 422
    assert 'value="alone" checked' in answer.text
    assert world.session.query(Referral).count() == before


def test_starting_twice_makes_one_draft(client: Browse, world: World, many: None) -> None:
    first, second = started(client, world, "s-dash"), started(client, world, "s-dash")
    assert first is second


def test_a_checklist_with_answers_is_not_put_aside(world: World, many: None) -> None:
    draft = make.draft(world)
    assessments.answer(world.session, world.amara, draft, [Answer("1", "yes")], now=world.now)
    with pytest.raises(Refused):
        assessments.choose(world.session, world.amara, draft, "s-dash", now=world.now)
    assert draft.assessment.instrument == "safelives-dash-ric"


@pytest.mark.parametrize("slug", OFFERED)
def test_every_section_of_every_checklist_is_drawn(
    client: Browse, world: World, many: None, slug: str
) -> None:
    draft = started(client, world, slug)
    sections = assessments.edition_of(draft.assessment).sections
    for number, section in enumerate(sections, 1):
        page = client.get(f"/referrals/{draft.id.hex}/checklist/{number}").text
        assert page.count('<fieldset class="om-q-item') == len(section.items)
        choices = sum(len(item.answers) for item in section.items)
        assert page.count('data-part="answer"') == choices
    assert client.get(f"/referrals/{draft.id.hex}/checklist/{len(sections) + 1}").status_code == 404


def test_what_an_edition_says_of_an_item_is_said_beside_it(client: Browse, world: World, many: None) -> None:
    where = f"/referrals/{started(client, world, 'danger-assessment').id.hex}/checklist"
    assert "Cannot be yes together with item 3a." in client.get(f"{where}/1").text
    assert "Asked when item 5 is yes." in client.get(f"{where}/2").text
    odara = f"/referrals/{started(client, world, 'odara').id.hex}/checklist"
    pages = " ".join(client.get(f"{odara}/{number}").text for number in range(1, 5))
    assert "Yes when the number is 2 or more." in pages
    assert "Yes when at least 2 of these are so:" in pages


def test_two_items_that_rule_each_other_out_cannot_both_be_yes(
    client: Browse, world: World, many: None
) -> None:
    draft = started(client, world, "danger-assessment")
    here = f"/referrals/{draft.id.hex}"
    both = client.submit(f"{here}/checklist/1", {"answer-3": "yes", "answer-3a": "yes"})
    assert both.status_code == 422
    assert "Questions 3 and 3a cannot both be yes" in both.text
    assert both.text.count('value="yes" data-part="answer" checked') == 2
    assert assessments.answers_of(world.session, draft.assessment) == {}
    assert client.submit(f"{here}/answers", {"item": "3", "answer": "yes"}).status_code == 200
    late = client.submit(f"{here}/answers", {"item": "3a", "answer": "yes"})
    assert (late.status_code, late.json()["error"]) == (422, "Questions 3 and 3a cannot both be yes")
    with pytest.raises(Refused):
        assessments.answer(world.session, world.amara, draft, [Answer("3a", "yes")], now=world.now)


def test_an_answer_of_another_checklist_is_refused(client: Browse, world: World, many: None) -> None:
    draft = started(client, world, "maram")
    here = f"/referrals/{draft.id.hex}"
    bad = client.submit(f"{here}/checklist/1", {"answer-1": "yes"})
    assert bad.status_code == 422
    assert "Select one of the answers shown for question 1" in bad.text
    good = client.submit(f"{here}/checklist/1", {"answer-1": "present", "answer-2": "absent"})
    assert good.status_code == 303
    with pytest.raises(Refused):
        assessments.answer(world.session, world.amara, draft, [Answer("3", "yes")], now=world.now)


def test_where_a_person_chooses_the_level_it_is_asked_with_a_reason(
    client: Browse, world: World, many: None
) -> None:
    draft = started(client, world, "police-dash")
    where = f"/referrals/{draft.id.hex}/final"
    assert "Which level do you find?" in client.get(where).text
    none = client.submit(where, {"refer": "no", "why": "He rang."})
    assert none.status_code == 422
    assert "Choose the level you find" in none.text
    assert "He rang." in none.text
    assert client.submit(where, {"refer": "no", "level": "high"}).status_code == 422
    assert client.submit(where, {"refer": "no", "level": "dire", "why": "He rang."}).status_code == 422
    kept = {"refer": False, "why": "He rang.", "level": "high"}
    page = sent(client, world, draft, {"1": "yes"}, kept)
    title = dict(assessments.levels_to_choose(draft.assessment))["high"]
    client.become(world.ben)
    queue = client.get(f"/queue/{draft.id.hex}").text
    assert "The level found" in queue
    assert title in queue
    result = assessments.result_of(world.session, draft.assessment)
    assert result is not None
    assert (result["level"], result["level_set_by"], result["score"]) == ("high", "chosen", None)
    assert "The level found: " in page


def test_a_computed_level_is_never_asked_for(client: Browse, world: World) -> None:
    draft = make.draft(world)
    client.become(world.amara)
    assert "Which level" not in client.get(f"/referrals/{draft.id.hex}/final").text


def test_a_lethality_screen_refers_on_one_of_the_first_three(
    client: Browse, world: World, many: None
) -> None:
    draft = started(client, world, "lap-lethality-screen")
    page = sent(client, world, draft, {"1": "yes"}, {"refer": False, "why": None})
    assert "This case should go to the meeting" in page
    assert draft.qualifies is True


def test_a_checklist_without_a_line_reassures_nobody(client: Browse, world: World, many: None) -> None:
    draft = started(client, world, "s-dash")
    page = sent(client, world, draft, {"1": "no"}, {"refer": False, "why": None})
    assert "below the line" not in page
    assert "The answers do not settle it yet" in page or "Received. A coordinator will review it." in page


def test_a_weighted_form_is_sent_and_shown(client: Browse, world: World, many: None) -> None:
    draft = started(client, world, "danger-assessment")
    page = sent(client, world, draft, {"3": "yes", "3a": "no", "5": "yes"}, {"refer": True, "why": "Fear"})
    assert "This case should go to the meeting" in page
    assert "What is not known, and who may know" not in page


def test_follow_ups_and_prompts_are_said_with_the_result(client: Browse, world: World) -> None:
    sent_one = make.sent_referral(world)
    client.become(world.amara)
    page = client.get(f"/referrals/{sent_one.id.hex}").text
    assert "Think of this as well" in page
    assert 'href="/instruments/s-dash"' in page
