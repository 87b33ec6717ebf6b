"""What came of a referral, in the order a worker needs it: reasons, what to do, then numbers."""

import re

import pytest
from sqlalchemy import select

from app.pages.referral.views.result import bounds, count_words, method
from app.pages.referral.views.steps import to_do
from conferences.checklist import assessments
from conferences.checklist.assessments import Answer
from conferences.models import AuditEntry, Part, Referral, Urgency
from conferences.person import people
from conferences.person.people import PersonDetails
from conferences.referral import referrals
from conferences.triage import triage
from tests import make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user


def page_of(client: Browse, world: World, row: Referral) -> str:
    as_user(client, world, world.amara)
    answer = client.get(f"/referrals/{row.id.hex}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.text))


def test_reasons_come_before_the_number(client: Browse, world: World) -> None:
    said = page_of(client, world, make.sent_referral(world, yes=15))
    assert "This case should go to the meeting" in said
    assert "2 reasons are met. One is enough." in said
    places = [
        said.index(words)
        for words in (
            "The referrer judged the risk to be high",
            "“He waits at the school gate.” The referrer thought so before the questions and after them.",
            "15 answers are yes. The line here is 14.",
            "What to do now",
            "What is not known, and who may know",
            "What would change this result",
        )
    ]
    assert places == sorted(places)
    assert "Every question has an answer." in said
    assert "SafeLives Dash risk checklist, 24 questions" in said
    assert "A count of indicators, not a probability." in said


def test_open_answers_are_shown_with_who_may_know(client: Browse, world: World) -> None:
    row = make.filled_draft(world, yes=11, judged_high=False)
    unsure = [Answer("13", "dont_know"), Answer("14", "refused"), Answer("23", "dont_know")]
    assessments.answer(world.session, world.amara, row, unsure, now=world.now)
    referrals.submit(world.session, world.amara, row, now=world.now)
    said = page_of(client, world, row)
    assert "The answers do not settle it yet" in said
    assert "Your referral is in the queue all the same" in said
    assert "Another 3 have no clear answer, so the true count is between 11 and 14." in said
    assert "If 3 of these 3 are in fact yes, the answers alone reach the line." in said
    assert "13 Weapons, or objects used to hurt Don’t know Police, Health" in said
    assert "14 Threats to kill that they believe Declined" in said
    assert "Your own judgement is enough by itself." in said


def test_below_the_line_is_in_the_queue_all_the_same(client: Browse, world: World) -> None:
    said = page_of(client, world, make.sent_referral(world, yes=3, judged_high=False))
    assert "The answers are below the line here" in said
    assert "Your referral is in the queue all the same: a coordinator reads every one." in said
    assert "You can still refer on judgement" in said
    assert "low risk" not in said.lower()


def test_what_to_do_follows_the_facts(client: Browse, world: World) -> None:
    row = make.sent_referral(
        world, yes=15, children=("Pim", "Ola"), consent="not_safe_to_ask", urgency=Urgency.EMERGENCY
    )
    said = page_of(client, world, row)
    ring = 'href="tel:01632960100" draggable="false">Ring 01632 960100<'
    assert ring in client.get(f"/referrals/{row.id.hex}").text
    steps = (
        "Ring the coordinator",
        "Talk about this today",
        "They need a medical check today",
        "Ring children’s services about the children",
        "An independent adviser makes contact",
        "Tell them that you made this referral",
    )
    assert [said.index(step) for step in steps] == sorted(said.index(step) for step in steps)
    assert "start with the 6 steps below" in said
    assert "If it is not safe to tell them, say so to the coordinator." in said
    calm = page_of(client, world, make.sent_referral(world, yes=3))
    assert "Ring children’s services" not in calm
    assert "Ring the coordinator " not in calm.split("What is not known")[0].replace(
        "Ring the coordinator on", ""
    )


def test_a_repeat_and_escalation_are_stated(client: Browse, world: World) -> None:
    history = {
        "incidents": ["2026-10-01", "2026-11-01", "2026-11-20"],
        "repeat": "yes",
        "last_referral_on": "2025-12-01",
    }
    said = page_of(client, world, make.sent_referral(world, yes=3, judged_high=False, history=history))
    assert "2 reasons are met." in said
    assert "The coordinator will confirm they are the same people." in said


def test_what_happens_next_has_dates(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    assert "Tuesday 24 November 2026 by 5pm" in page_of(client, world, row)
    triage.accept(world.session, world.ben, row, make.conference(world), now=world.now)
    assert "Wednesday 2 December 2026, 10am" in page_of(client, world, row)


def test_a_decline_says_why(client: Browse, world: World) -> None:
    row = make.sent_referral(world, yes=3, judged_high=False)
    triage.decline(world.session, world.ben, row, **make.declining("Another service helps."), now=world.now)
    said = page_of(client, world, row)
    assert said.index("This will not go to a meeting") < said.index("Below is what the answers said")
    assert "The answers are below the line here" not in said
    assert re.search(r"This will not go to a meeting.{0,120}Another service helps\.", said)


def test_a_question_is_shown_to_others_without_a_button(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    triage.return_with_question(world.session, world.ben, row, question="Which school?", now=world.now)
    as_user(client, world, world.ben)
    page = client.get(f"/referrals/{row.id.hex}").text
    assert "Which school?" in page
    assert "Answer the question" not in page
    assert "The coordinator waits for an answer." in page_of(client, world, row)


def test_looking_at_a_sent_referral_is_recorded(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.ben)
    client.get(f"/referrals/{row.id.hex}")
    newest = select(AuditEntry.kind).order_by(AuditEntry.seq.desc()).limit(1)
    assert world.session.scalar(newest) == "referral.viewed"


def test_who_may_see_a_sent_referral(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    may = {"amara": 200, "ben": 200, "chidi": 200, "noor": 200, "dana": 404, "ada": 404, "erin": 404}
    for who, status in may.items():
        as_user(client, world, world.cast()[who])
        assert client.get(f"/referrals/{row.id.hex}").status_code == status, who


def test_somebody_shut_out_learns_nothing(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    people.exclude(
        world.session, world.ben, row.case, user_id=world.noor.id, reason="Related to him", now=world.now
    )
    as_user(client, world, world.noor)
    assert client.get(f"/referrals/{row.id.hex}").status_code == 404


@pytest.mark.parametrize("page", ["", "/check", "/victim", "/reply"])
def test_no_title_names_anybody(client: Browse, world: World, page: str) -> None:
    rows = [make.filled_draft(world), make.sent_referral(world)]
    as_user(client, world, world.amara)
    for row in rows:
        answer = client.get(f"/referrals/{row.id.hex}{page}", follow_redirects=True)
        title = answer.text.split("<title>")[1].split("</title>")[0]
        assert "Marrowby" not in title
        assert row.case.reference not in title


def test_the_parts_of_a_draft_say_how_far_they_are(client: Browse, world: World) -> None:
    empty, full = make.draft(world), make.filled_draft(world, children=("Pim",), address="1 Hidden Row")
    said = page_of(client, world, empty)
    assert "0 parts are completed. 0 of 24 questions are answered." in said
    assert "Safe contact How to reach them without putting them in danger Cannot start yet" in said
    assert "Children Leave this out if there are none Optional" in said
    said = page_of(client, world, full)
    assert "14 parts are completed. 24 of 24 questions are answered." in said
    assert "Kept for you until 7 December 2026." in said


def test_a_person_under_16_is_sent_on_and_never_dropped(client: Browse, world: World) -> None:
    row = make.filled_draft(world, yes=3, judged_high=False)
    young = PersonDetails(name="Testa Marrowby", born="2012")
    referrals.save_person(world.session, world.amara, row, Part.VICTIM, young, now=world.now)
    referrals.submit(world.session, world.amara, row, now=world.now)
    said = page_of(client, world, row)
    assert "This person may belong elsewhere as well" in said
    assert "tell children&#39;s services today" in said


def test_a_result_without_a_line_or_a_profile_says_no_line() -> None:
    edition = {"instrument": "safelives-dash-ric@2009.1", "title": "A checklist", "profile": None}
    said = method({**edition, "threshold": None, "limits": ["It is not a probability."]})
    assert said == ["A checklist, 24 questions (safelives-dash-ric@2009.1).", "It is not a probability."]
    assert bounds({**edition, "score_max": None}) is None
    assert count_words({"score_min": 1, "score_max": 1, "threshold": None}) == "1 answer is yes."


def test_an_alert_without_words_of_its_own_adds_no_step(world: World) -> None:
    row = make.sent_referral(world)
    result = {"alerts": [{"id": "not_known_here"}]}
    assert len(to_do(world.session, row, result)) == 2
