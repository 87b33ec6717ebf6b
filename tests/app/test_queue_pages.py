"""The queue and every decision in it, through the browser."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from conferences.checklist import assessments
from conferences.meeting import agenda
from conferences.models import AuditEntry, Listing, Referral, ReferralStatus, Urgency
from conferences.triage import triage
from tests import make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user

DECLINE = {"code": "no_ground", "reason": "Another service fits.", "signpost": "Housing support"}


def text_of(answer: object) -> str:
    """The words of a page, without tags and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))  # type: ignore[attr-defined]


def decide(client: Browse, row: Referral, step: str, **typed: object) -> object:
    """Presses the button of one decision on the referral's page."""
    form = {"version": row.version, "form_key": uuid4().hex, **typed}
    return client.post_form(f"/queue/{row.id.hex}/{step}", form, page="/conferences")


def test_the_queue_says_why_each_referral_waits_and_what_its_answers_say(
    client: Browse, world: World
) -> None:
    make.sent_referral(world, victim="Samina Kestrel", yes=9, judged_high=False, urgency=Urgency.EMERGENCY)
    make.sent_referral(world, victim="Testa Marrowby", yes=15, children=("Pim",))
    as_user(client, world, world.ben)
    page = client.get("/queue")
    assert page.status_code == 200
    words = text_of(page)
    assert words.index("Samina Kestrel") < words.index("Testa Marrowby")
    assert "Emergency" in words
    assert "15, line 14" in words
    assert "High on answers" in words
    assert "Below the line" in words
    assert "1 child" in words
    assert "To decide 2" in words
    assert "Elsewhere Nobody" not in words


def test_an_empty_queue_says_so(client: Browse, world: World) -> None:
    as_user(client, world, world.chidi)
    assert "Nothing to decide" in client.get("/queue").text


@pytest.mark.parametrize("name", ["amara", "dana", "noor", "ada"])
def test_the_queue_is_for_coordinators_and_chairs(client: Browse, world: World, name: str) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.cast()[name])
    assert client.get("/queue").status_code == 403
    assert client.get(f"/queue/{row.id.hex}").status_code == 403


def test_another_area_does_not_know_of_it(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.erin)
    assert client.get(f"/queue/{row.id.hex}").status_code == 404
    assert "Testa Marrowby" not in client.get("/queue").text


def test_opening_a_referral_shows_everything_and_leaves_a_line(client: Browse, world: World) -> None:
    row = make.sent_referral(world, yes=9, children=("Pim",), consent="refused")
    as_user(client, world, world.ben)
    words = text_of(client.get(f"/queue/{row.id.hex}"))
    for expected in (
        "Waiting at the gate three days running.",
        "I want him to stop coming to the school.",
        "Derrin Quillfeather",
        "Pim",
        "No, they did not agree",
        "Weapons, or objects used to hurt",
        "He waits at the school gate.",
        "Sent a referral",
    ):
        assert expected in words
    assert "07700 900123" not in words
    assert seen(world, "referral.viewed") == 1
    assert seen(world, "contact.viewed") == 0


def seen(world: World, kind: str) -> int:
    return world.session.query(AuditEntry).filter_by(kind=kind).count()


def test_how_to_reach_them_is_shown_when_asked_and_recorded(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.ben)
    page = client.post_form(f"/queue/{row.id.hex}/contact", {}, page="/conferences")
    assert page.status_code == 200
    assert "Contact through the IDVA only." in page.text
    assert "07700 900123" in page.text
    assert seen(world, "contact.viewed") == 1


def test_a_draft_is_not_in_the_queue(client: Browse, world: World) -> None:
    row = make.filled_draft(world)
    as_user(client, world, world.ben)
    assert client.get(f"/queue/{row.id.hex}").status_code == 404


def test_accepting_puts_the_case_on_the_meeting(client: Browse, world: World) -> None:
    row, meeting = make.sent_referral(world), make.conference(world)
    as_user(client, world, world.ben)
    answer = decide(client, row, "accept", conference=meeting.id.hex)
    assert answer.status_code == 303
    world.session.refresh(row)
    assert row.status is ReferralStatus.ACCEPTED
    assert client.get(answer.headers["location"]).status_code == 200


def test_without_a_meeting_the_page_leads_to_planning_one(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.ben)
    assert 'href="/conferences/new"' in client.get(f"/queue/{row.id.hex}").text


def test_a_meeting_whose_agenda_is_out_is_not_chosen_by_not_looking(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    soon, later = make.conference(world, days=2), make.conference(world, days=30)
    as_user(client, world, world.ben)
    path = f"/queue/{row.id.hex}"
    closed = "25 November 2026, 10am, referrals closed on 16 November 2026"
    assert f"Choose {closed} 23 December 2026, 10am" in text_of(client.get(path))
    make.listing(world, meeting=soon, victim="Rowena Tallboys")
    agenda.issue(world.session, world.ben, soon, now=world.now)
    assert "10am, agenda already issued 23 December 2026, 10am" in text_of(client.get(path))
    assert decide(client, row, "accept", conference="").status_code == 422
    assert decide(client, row, "accept", conference=later.id.hex).status_code == 303


@pytest.mark.parametrize("meeting", ["", "nonsense", "0" * 32])
def test_accepting_onto_no_meeting_comes_back(client: Browse, world: World, meeting: str) -> None:
    row = make.sent_referral(world)
    make.conference(world)
    as_user(client, world, world.ben)
    answer = decide(client, row, "accept", conference=meeting)
    assert answer.status_code == 422
    assert "Choose a meeting" in answer.text
    world.session.refresh(row)
    assert row.status is ReferralStatus.SUBMITTED


def test_a_meeting_elsewhere_cannot_be_chosen(client: Browse, world: World) -> None:
    row, meeting = make.sent_referral(world), make.conference(world)
    meeting.area_id = world.northmoor.id
    as_user(client, world, world.ben)
    assert decide(client, row, "accept", conference=meeting.id.hex).status_code == 422


def test_accepting_twice_lists_the_case_once(client: Browse, world: World) -> None:
    row, meeting = make.sent_referral(world), make.conference(world)
    as_user(client, world, world.ben)
    version = row.version
    for _ in range(2):
        answer = decide(client, row, "accept", conference=meeting.id.hex, form_key="k1", version=version)
        assert answer.status_code == 303
    assert world.session.query(Listing).filter_by(case_id=row.case_id).count() == 1


def test_what_was_decided_meanwhile_is_not_decided_again(client: Browse, world: World) -> None:
    row, meeting = make.sent_referral(world), make.conference(world)
    version = row.version
    triage.accept(world.session, world.ben, row, meeting, now=world.now)
    as_user(client, world, world.ben)
    answer = decide(client, row, "decline", **DECLINE, version=version)
    assert answer.status_code == 409
    assert "Meanwhile Ben Oakhurst: “Accepted onto a meeting”. Nothing was overwritten." in text_of(answer)
    assert "It was not saved. Copy it if you still need it. Another service fits. Housing support" in text_of(
        answer
    )
    late = decide(client, row, "return", question="When?", version=row.version)
    assert late.status_code == 422
    assert "already been decided" in late.text


def test_a_question_goes_to_the_referrer(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.ben)
    assert decide(client, row, "return", question="Who is at home?").status_code == 303
    world.session.refresh(row)
    assert row.status is ReferralStatus.RETURNED
    assert "Clock paused" in client.get("/queue").text


@pytest.mark.parametrize(
    ("step", "field", "said"),
    [
        ("return", "question", "Tick what is missing, or write the question"),
        ("decline", "reason", "Give the reason in words"),
        ("decline", "signpost", "Say where the person was pointed to instead"),
    ],
)
def test_empty_words_come_back(client: Browse, world: World, step: str, field: str, said: str) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.ben)
    answer = decide(client, row, step, **{field: "  "})
    assert answer.status_code == 422
    assert "<title>Error:" in answer.text
    assert said in answer.text


def test_words_too_long_come_back_as_they_were_typed(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.ben)
    long = "word " * 900
    answer = decide(client, row, "decline", reason=long)
    assert answer.status_code == 422
    assert long.strip() in answer.text
    assert "4000 characters or fewer" in answer.text


def test_a_form_without_its_version_comes_back(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.ben)
    assert decide(client, row, "return", question="When?", version="x").status_code == 422


def test_declining_what_qualifies_waits_for_the_chair(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.ben)
    assert "the chair must confirm" in client.get(f"/queue/{row.id.hex}").text
    decide(client, row, "decline", **DECLINE)
    world.session.refresh(row)
    assert row.status is ReferralStatus.DECLINE_ASKED


def test_declining_below_the_line_needs_no_chair(client: Browse, world: World) -> None:
    row = make.sent_referral(world, yes=5, judged_high=False)
    as_user(client, world, world.ben)
    decide(client, row, "decline", **DECLINE)
    world.session.refresh(row)
    assert row.status is ReferralStatus.DECLINED


def asked_to_decline(world: World) -> Referral:
    row = make.sent_referral(world)
    triage.decline(world.session, world.ben, row, **make.declining("Another service fits."), now=world.now)
    return row


@pytest.mark.parametrize(
    ("agreed", "status"), [("yes", ReferralStatus.DECLINED), ("no", ReferralStatus.SUBMITTED)]
)
def test_the_chair_has_the_last_word(
    client: Browse, world: World, agreed: str, status: ReferralStatus
) -> None:
    row = asked_to_decline(world)
    as_user(client, world, world.chidi)
    assert "Another service fits." in client.get(f"/queue/{row.id.hex}").text
    assert decide(client, row, "confirm", agreed=agreed, reason="I read it.").status_code == 303
    world.session.refresh(row)
    assert row.status is status


def test_confirming_twice_is_harmless(client: Browse, world: World) -> None:
    row = asked_to_decline(world)
    as_user(client, world, world.chidi)
    typed = {"agreed": "no", "reason": "I read it.", "form_key": "same", "version": row.version}
    assert decide(client, row, "confirm", **typed).status_code == 303
    assert decide(client, row, "confirm", **typed).status_code == 303
    assert seen(world, "referral.decline_refused") == 1


def test_confirming_needs_an_answer_and_a_reason(client: Browse, world: World) -> None:
    row = asked_to_decline(world)
    as_user(client, world, world.chidi)
    answer = decide(client, row, "confirm")
    assert answer.status_code == 422
    assert "Say whether you agree" in answer.text
    assert "Say why" in answer.text


@pytest.mark.parametrize(
    ("name", "step", "status"),
    [
        ("chidi", "accept", 403),
        ("chidi", "return", 403),
        ("chidi", "decline", 403),
        ("ben", "confirm", 403),
        ("amara", "accept", 403),
        ("noor", "decline", 403),
        ("erin", "accept", 404),
    ],
)
def test_the_wrong_person_decides_nothing(
    client: Browse, world: World, name: str, step: str, status: int
) -> None:
    row, meeting = make.sent_referral(world), make.conference(world)
    as_user(client, world, world.cast()[name])
    typed = {"conference": meeting.id.hex, "question": "Who?", "reason": "Why.", "agreed": "yes"}
    form = {**typed, "version": row.version}
    answer = client.post_form(f"/queue/{row.id.hex}/{step}", form, page="/help")
    assert answer.status_code == status
    world.session.refresh(row)
    assert row.status is ReferralStatus.SUBMITTED


def test_an_unscored_referral_is_in_the_queue_all_the_same(
    client: Browse, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object, **_named: object) -> None:
        raise RuntimeError("no score")

    monkeypatch.setattr(assessments, "explain", fails)
    row = make.sent_referral(world)
    as_user(client, world, world.ben)
    assert "Not scored" in text_of(client.get("/queue"))
    assert "Read the answers and decide." in text_of(client.get(f"/queue/{row.id.hex}"))


def test_time_that_is_up_is_said(client: Browse, world: World) -> None:
    make.sent_referral(world)
    client.moment = world.now + timedelta(days=9)
    as_user(client, world, world.ben)
    words = text_of(client.get("/queue"))
    assert "Late" in words
    assert "Time is up" in words
    assert "Longest wait 9.0 days" in words
