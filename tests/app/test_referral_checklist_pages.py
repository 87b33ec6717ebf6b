"""The questions: section by section without script, answer by answer with it."""

import re
from typing import Any

import pytest

from conferences.checklist import assessments
from conferences.models import AuditEntry, Referral
from tests import make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user


@pytest.fixture
def draft(world: World) -> Referral:
    return make.draft(world)


def answers(world: World, draft: Referral) -> dict[str, dict[str, Any]]:
    world.session.expire_all()
    return assessments.answers_of(world.session, draft.assessment)


def save_one(client: Browse, draft: Referral, typed: dict[str, Any]) -> Any:
    return client.post_form(f"/referrals/{draft.id.hex}/answers", typed, page="/referrals")


def test_a_section_holds_five_questions_and_no_score(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    page = client.get(f"/referrals/{draft.id.hex}/checklist/1").text
    assert page.count('<fieldset class="om-q-item') == 5
    assert re.search(r"0 of 24 answered", page)
    assert "checked" not in page
    assert "Emergency" in page
    assert client.get(f"/referrals/{draft.id.hex}/checklist/5").text.count("om-q-item__n") == 4


def test_a_section_is_saved_by_its_button(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    where = f"/referrals/{draft.id.hex}/checklist/1"
    typed = {"answer-1": "yes", "answer-2": "refused", "source-1": "police", "note-1": "Bruised\narm"}
    answer = client.post_form(where, typed)
    assert answer.headers["location"] == f"/referrals/{draft.id.hex}/checklist/2"
    assert answers(world, draft) == {
        "1": {"value": "yes", "source": "police", "note": "Bruised\narm"},
        "2": {"value": "refused", "source": None, "note": None},
    }
    page = client.get(where).text
    assert "2 of 24 answered" in page
    assert 'value="yes" data-part="answer" checked' in page
    assert "Bruised\narm" in page
    stop = client.post_form(where, {**typed, "stop": "1"})
    assert stop.headers["location"] == f"/referrals/{draft.id.hex}"


def test_an_unanswered_question_is_never_no(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    client.post_form(f"/referrals/{draft.id.hex}/checklist/2", {"answer-6": "no", "note-7": "Ask again"})
    found = answers(world, draft)
    assert found["7"] == {"value": None, "source": None, "note": "Ask again"}
    assert sorted(found) == ["6", "7"]
    assert assessments.progress(world.session, draft).answered == 1


def test_a_page_without_a_choice_keeps_the_stored_one_and_notes_can_be_cleared(
    client: Browse, world: World, draft: Referral
) -> None:
    as_user(client, world, world.amara)
    where = f"/referrals/{draft.id.hex}/checklist/1"
    client.post_form(where, {"answer-1": "yes", "note-1": "Once"})
    client.post_form(where, {"answer-2": "no", "note-1": "", "source-1": ""})
    assert answers(world, draft)["1"] == {"value": "yes", "source": None, "note": None}


def test_saving_the_same_again_changes_nothing(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    where = f"/referrals/{draft.id.hex}/checklist/1"
    client.post_form(where, {"answer-1": "yes"})
    lines = world.session.query(AuditEntry).count()
    assert client.post_form(where, {"answer-1": "yes"}).status_code == 303
    assert world.session.query(AuditEntry).count() == lines


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"answer-1": "maybe"}, "Select yes, no, don’t know or declined for question 1"),
        ({"answer-1": ["yes", "no"]}, "Select yes, no, don’t know or declined for question 1"),
        ({"note-2": "x" * 10_000}, "The note for question 2 must be 4000 characters or fewer"),
        ({"source-3": "rumour"}, "Select who said this from the list for question 3"),
    ],
)
def test_bad_input_comes_back_and_nothing_is_half_stored(
    client: Browse, world: World, draft: Referral, typed: dict[str, Any], sentence: str
) -> None:
    as_user(client, world, world.amara)
    where = f"/referrals/{draft.id.hex}/checklist/1"
    answer = client.post_form(where, {"answer-4": "yes", "note-4": "Kept on the page", **typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kept on the page" in answer.text
    assert "x" * 10_000 in answer.text or "note-2" not in typed
    assert answers(world, draft) == {}


def test_the_last_section_leads_to_the_last_judgement(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    answer = client.post_form(f"/referrals/{draft.id.hex}/checklist/5", {"answer-24": "dont_know"})
    assert answer.headers["location"] == f"/referrals/{draft.id.hex}/final"
    back = client.post_form(f"/referrals/{draft.id.hex}/checklist/5?from=check", {"answer-24": "no"})
    assert back.headers["location"] == f"/referrals/{draft.id.hex}/check"


def test_an_unknown_section_is_not_found(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    for n in ("0", "6", "-1", "one", "9" * 40):
        assert client.get(f"/referrals/{draft.id.hex}/checklist/{n}").status_code == 404


def test_one_answer_is_saved_as_it_is_given(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    typed = {"item": "5", "answer": "yes", "source": "person", "note": "هر روز"}
    reply = save_one(client, draft, typed)
    assert reply.json() == {"answered": 1, "total": 24, "certain": False, "saved_at": "2:20pm"}
    assert answers(world, draft)["5"] == {"value": "yes", "source": "person", "note": "هر روز"}
    assert save_one(client, draft, typed).json()["answered"] == 1


def test_the_calm_line_comes_once_it_is_certain(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    replies = [save_one(client, draft, {"item": str(n), "answer": "yes"}).json() for n in range(1, 15)]
    assert [reply["certain"] for reply in replies] == [False] * 13 + [True]
    page = client.get(f"/referrals/{draft.id.hex}/checklist/1").text
    assert '<div id="referral-certain">' in page
    assert "14 of 24 answered" in page


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"item": "25", "answer": "yes"},
        {"item": "1", "answer": "maybe"},
        {"item": "1", "answer": "yes", "note": "x" * 10_000},
        {"item": "1", "answer": "yes", "source": "rumour"},
        {"item": "\x00", "answer": "yes"},
    ],
)
def test_an_answer_that_cannot_be_is_refused_in_json(
    client: Browse, world: World, draft: Referral, typed: dict[str, str]
) -> None:
    as_user(client, world, world.amara)
    reply = save_one(client, draft, typed)
    assert reply.status_code == 422
    assert reply.headers["content-type"] == "application/json"
    assert list(reply.json()) == ["error"]
    assert answers(world, draft) == {}


@pytest.mark.parametrize("who", ["ben", "erin", "ada"])
def test_nobody_else_may_answer(client: Browse, world: World, draft: Referral, who: str) -> None:
    as_user(client, world, world.cast()[who])
    where = f"/referrals/{draft.id.hex}"
    assert client.get(f"{where}/checklist/1").status_code == 404
    assert client.post_form(f"{where}/checklist/1", {"answer-1": "yes"}).status_code == 404
    assert (
        client.post_form(f"{where}/answers", {"item": "1", "answer": "yes"}, page="/sign-in").status_code
        == 404
    )
    assert answers(world, draft) == {}


def test_once_sent_answers_stay(client: Browse, world: World) -> None:
    sent = make.sent_referral(world, yes=3)
    before = answers(world, sent)
    as_user(client, world, world.amara)
    where = f"/referrals/{sent.id.hex}"
    assert client.post_form(f"{where}/checklist/1", {"answer-1": "no"}, page="/sign-in").status_code == 409
    assert (
        client.post_form(f"{where}/answers", {"item": "1", "answer": "no"}, page="/sign-in").status_code
        == 409
    )
    assert answers(world, sent) == before


def test_a_serious_answer_shows_what_to_do(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    page = client.get(f"/referrals/{draft.id.hex}/checklist/3").text
    assert "They need a medical check today" in page
    assert "data-hide-until-yes" in page
    save_one(client, draft, {"item": "15", "answer": "yes"})
    assert "data-hide-until-yes" not in client.get(f"/referrals/{draft.id.hex}/checklist/3").text
