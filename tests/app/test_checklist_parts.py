"""Items made of several signs, numbers, details and follow-ons: answerable on the page and by programs."""

from typing import Any

import pytest

import risk
from conferences import policies
from conferences.checklist import assessments
from conferences.checklist.answers import Answer, settle
from conferences.errors import Refused
from conferences.models import Referral
from tests import make
from tests.browse import Browse
from tests.make import World

ODARA, DA, DASH = "odara", "danger-assessment", "safelives-dash-ric"


@pytest.fixture
def many(world: World) -> None:
    """An area that works with checklists of several kinds."""
    policies.in_force(world.session, world.area.id, world.now.date()).checklists = [ODARA, DA, "maram"]


def begun(world: World, slug: str) -> Referral:
    draft = make.draft(world)
    if slug != DASH:
        assessments.choose(world.session, world.amara, draft, slug, now=world.now)
    return draft


def kept(world: World, draft: Referral) -> dict[str, dict[str, Any]]:
    world.session.expire_all()
    return assessments.answers_of(world.session, draft.assessment)


def test_two_signs_of_eight_make_a_yes(client: Browse, world: World, many: None) -> None:
    draft = begun(world, ODARA)
    client.become(world.amara)
    where = f"/referrals/{draft.id.hex}/checklist/4"
    one = {"part-11-alc_index": "yes"}
    assert client.submit(where, one).status_code == 303
    assert kept(world, draft)["11"] == {
        "value": None, "source": None, "note": None, "parts": {"alc_index": "yes"}}  # fmt: skip
    assert client.submit(where, one | {"part-11-drug_index": "yes"}).status_code == 303
    assert kept(world, draft)["11"]["value"] == "yes"
    page = client.get(where).text
    assert page.count('data-part="part-alc_index" checked') == 1
    assert page.count('data-part="answer" checked') == 0


def test_what_is_said_of_the_whole_speaks_for_the_signs_left_unmarked(
    client: Browse, world: World, many: None
) -> None:
    draft = begun(world, ODARA)
    client.become(world.amara)
    where = f"/referrals/{draft.id.hex}/checklist/4"
    client.submit(where, {"answer-11": "dont_know", "part-11-alc_index": "yes"})
    stored = kept(world, draft)["11"]
    assert stored["value"] == "dont_know"
    assert stored["parts"]["drug_index"] == "dont_know"
    client.submit(where, {"part-11-drug_problem": "yes"})
    assert kept(world, draft)["11"]["value"] == "yes"


def test_signs_and_an_answer_that_disagree_come_back(client: Browse, world: World, many: None) -> None:
    draft = begun(world, ODARA)
    client.become(world.amara)
    where = f"/referrals/{draft.id.hex}/checklist/4"
    typed = {"answer-13": "no", "part-13-no_phone": "yes"}
    answer = client.submit(where, typed)
    assert answer.status_code == 422
    assert "Question 13: What is marked and the answer do not agree. Change one of them." in answer.text
    assert 'data-part="part-no_phone" checked' in answer.text
    assert kept(world, draft) == {}
    bad = client.submit(where, {"part-13-no_phone": "perhaps"})
    assert bad.status_code == 422
    assert "Select one of the answers shown under question 13" in bad.text


def test_a_number_says_yes_or_no_by_itself(client: Browse, world: World, many: None) -> None:
    draft = begun(world, ODARA)
    client.become(world.amara)
    where = f"/referrals/{draft.id.hex}/checklist/3"
    assert "How many?" in client.get(where).text
    client.submit(where, {"number-8": "3"})
    assert kept(world, draft)["8"] == {"value": "yes", "source": None, "note": None, "number": 3}
    assert 'data-part="number" value="3"' in client.get(where).text
    client.submit(where, {"number-8": "1"})
    assert kept(world, draft)["8"]["value"] == "no"
    client.submit(where, {"number-8": ""})
    assert kept(world, draft)["8"]["value"] is None
    client.submit(where, {"answer-8": "dont_know", "number-8": ""})
    assert kept(world, draft)["8"]["value"] == "dont_know"
    client.submit(where, {"answer-8": "dont_know", "number-8": "0"})
    assert kept(world, draft)["8"]["value"] == "no"


@pytest.mark.parametrize("typed", ["two", "-1", "1.5", "99999", "²", "51"])
def test_a_number_that_cannot_be_comes_back(client: Browse, world: World, many: None, typed: str) -> None:
    draft = begun(world, ODARA)
    client.become(world.amara)
    answer = client.submit(f"/referrals/{draft.id.hex}/checklist/3", {"number-8": typed})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    assert kept(world, draft) == {}


def test_details_are_kept_beside_the_answer_and_add_nothing(client: Browse, world: World) -> None:
    draft = begun(world, DASH)
    client.become(world.amara)
    here = f"/referrals/{draft.id.hex}"
    client.submit(f"{here}/checklist/2", {"answer-9": "yes", "parts-9": ["", "pregnant", "baby"]})
    assert kept(world, draft)["9"]["parts"] == {"pregnant": "yes", "baby": "yes"}
    assert "Yes: Pregnant now; Baby under 18 months" in client.get(f"{here}/check").text
    client.submit(f"{here}/checklist/2", {"answer-9": "yes", "parts-9": [""]})
    assert kept(world, draft)["9"] == {"value": "yes", "source": None, "note": None}
    wrong = client.submit(f"{here}/checklist/2", {"parts-9": ["twins"]})
    assert wrong.status_code == 422
    assert "Mark only what is listed with this question" in wrong.text


def test_an_answer_saved_by_itself_brings_its_parts(client: Browse, world: World, many: None) -> None:
    draft = begun(world, ODARA)
    client.become(world.amara)
    where = f"/referrals/{draft.id.hex}/answers"
    typed = {"item": "11", "answer": "", "part-alc_index": "yes", "part-drug_index": "yes"}
    assert client.submit(where, typed).json()["answered"] == 1
    assert client.submit(where, {"item": "8", "answer": "", "number": "2"}).json()["answered"] == 2
    refused = client.submit(where, {"item": "8", "answer": "no", "number": "2"})
    assert (refused.status_code, list(refused.json())) == (422, ["error"])


def test_a_follow_on_is_shown_until_the_answer_before_it_rules_it_out(
    client: Browse, world: World, many: None
) -> None:
    draft = begun(world, DA)
    client.become(world.amara)
    where = f"/referrals/{draft.id.hex}/checklist/2"
    page = client.get(where).text
    assert 'data-item="5a" data-after="5" data-after-codes="yes"' in page
    client.submit(where, {"answer-5": "no"})
    assert 'data-item="5a"' not in client.get(where).text
    assert assessments.progress(world.session, draft).total == len(risk.edition(DA).items) - 1
    assert "The weapon was a gun" not in client.get(f"/referrals/{draft.id.hex}/check").text
    client.submit(where, {"answer-5": "yes"})
    assert 'data-item="5a"' in client.get(where).text


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Answer("11", None, parts={"alc_index": "yes", "drug_index": "yes"}), "yes"),
        (Answer("11", "yes", parts={"alc_index": "yes"}), "yes"),
        (Answer("11", "no", parts={"alc_index": "yes"}), "no"),
        (Answer("11", "refused", parts={"alc_index": "yes"}), "refused"),
        (Answer("11", None, parts={"alc_index": "dont_know"}), None),
        (Answer("8", None, number=2), "yes"),
        (Answer("8", None, number=1), "no"),
        (Answer("8", "not_asked", note="The children were in the room."), None),
        (Answer("1", "not_applicable", note="No such record can exist."), "not_applicable"),
    ],
)
def test_what_an_answer_comes_to(given: Answer, code: str | None) -> None:
    assert settle(risk.edition(ODARA), given).value == code


@pytest.mark.parametrize(
    "given",
    [
        Answer("99", "yes"),
        Answer("1", "present"),
        Answer("1", None, number=2),
        Answer("1", None, parts={"alc_index": "yes"}),
        Answer("8", "no", number=2),
        Answer("8", None, number=51),
        Answer("11", "no", parts={"alc_index": "yes", "drug_index": "yes"}),
        Answer("11", "no", parts={"alc_index": "dont_know", "drug_index": "dont_know"}),
        Answer("11", "yes", parts=dict.fromkeys(("alc_index", "nonsense"), "yes")),
        Answer("11", None, parts={"alc_index": "perhaps"}),
        Answer("1", "not_applicable"),
        Answer("11", "not_applicable", note="None.", parts={"alc_index": "yes"}),
    ],
)
def test_an_answer_that_cannot_be_is_refused(given: Answer) -> None:
    with pytest.raises(Refused):
        settle(risk.edition(ODARA), given)


@pytest.mark.parametrize("slug", sorted({one.slug for one in risk.editions()}))
def test_every_item_of_every_edition_has_an_answer_the_domain_takes(slug: str) -> None:
    edition = risk.edition(slug)
    for item in edition.items:
        assert [settle(edition, Answer(item.id, code)).value for code in item.answers] == list(item.answers)
        for part in item.parts:
            settle(edition, Answer(item.id, None, parts={part.id: "yes"}))
