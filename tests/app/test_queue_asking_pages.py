"""Asking for what is missing, the queue's filters, and several accepted at once, in the browser."""

import re
from uuid import uuid4

import pytest

from conferences.checklist import assessments
from conferences.checklist.assessments import Answer
from conferences.models import Listing, Referral, ReferralStatus, Urgency
from conferences.referral import referrals
from conferences.triage import triage
from tests import make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user


def text_of(answer: object) -> str:
    """The words of a page, without tags and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))  # type: ignore[attr-defined]


def send(client: Browse, path: str, **typed: object) -> object:
    """Presses the button of one form."""
    return client.post_form(path, {"form_key": uuid4().hex, **typed}, page="/help")


@pytest.fixture
def unsure(world: World) -> Referral:
    row = make.filled_draft(world, yes=12, judged_high=False)
    given = [Answer("13", "dont_know"), Answer("14", "refused")]
    assessments.answer(world.session, world.amara, row, given, now=world.now)
    referrals.submit(world.session, world.amara, row, now=world.now)
    return row


def test_the_queue_names_what_would_decide_it_and_who_may_know(
    client: Browse, world: World, unsure: Referral
) -> None:
    as_user(client, world, world.ben)
    said = text_of(client.get("/queue"))
    assert "Possible high" in said
    assert "2 of 2 unknown answers would decide it. Ask about 13, 14." in said
    assert "May know: " in said
    assert "1 don’t know, 1 declined." in said


def test_the_referrer_sees_exactly_what_was_ticked_and_answers_each(
    client: Browse, world: World, unsure: Referral
) -> None:
    as_user(client, world, world.ben)
    here = f"/queue/{unsure.id.hex}"
    assert "13. Weapons, or objects used to hurt" in client.get(here).text
    empty = send(client, f"{here}/return", version=unsure.version)
    assert empty.status_code == 422
    wrong = send(client, f"{here}/return", version=unsure.version, ask=["item_1"])
    assert "Tick only what is still open" in wrong.text
    typed = {"ask": ["item_13", "part_children"], "version": unsure.version}
    assert send(client, f"{here}/return", **typed).status_code == 303
    assert "Clock paused" in text_of(client.get(here))
    as_user(client, world, world.amara)
    reply = f"/referrals/{unsure.id.hex}/reply"
    page = client.get(reply).text
    assert "2 things are missing." in page
    assert 'href="#item_13"' in page
    assert "Threats to kill" not in page
    world.session.refresh(unsure)
    half = send(client, reply, version=unsure.version, item_13="yes", item_13_words="A knife.")
    assert half.status_code == 422
    assert "Answer: Children" in half.text
    assert "A knife." in half.text
    whole = {
        "item_13": "yes",
        "item_13_words": "A knife.",
        "part_children": "None.",
        "version": unsure.version,
    }
    assert send(client, reply, **whole).status_code == 303
    world.session.refresh(unsure)
    assert unsure.status is ReferralStatus.SUBMITTED
    late = send(client, reply, **(whole | {"version": unsure.version}))
    assert late.status_code == 422


def test_a_place_can_be_held_from_the_page(client: Browse, world: World) -> None:
    row, meeting = make.sent_referral(world), make.conference(world)
    as_user(client, world, world.ben)
    here = f"/queue/{row.id.hex}"
    bad = send(client, f"{here}/return", question="Who?", meanwhile="x", version=row.version)
    assert bad.status_code == 422
    good = send(client, f"{here}/return", question="Who?", meanwhile=meeting.id.hex, version=row.version)
    assert good.status_code == 303
    assert "Provisional" in client.get(f"/conferences/{meeting.id.hex}").text


def test_filters_are_in_the_address_and_say_what_they_leave_out(client: Browse, world: World) -> None:
    make.sent_referral(world, victim="Urgent Person", urgency=Urgency.EMERGENCY)
    make.sent_referral(world, victim="Quiet Person", yes=3, judged_high=False)
    as_user(client, world, world.ben)
    said = text_of(client.get("/queue?urgency=emergency"))
    assert "Urgent Person" in said
    assert "Quiet Person" not in said
    assert "One referral shown. One is left out by the filters." in said
    assert "Nothing fits these filters" in client.get("/queue?children=yes").text
    odd = client.get("/queue?agency=x&ground=y&waited=-1&children=maybe&urgency=now")
    assert "Quiet Person" in odd.text


def pick(row: Referral) -> str:
    return f"{row.id.hex}.{row.version}"


def test_several_are_accepted_once_the_list_is_confirmed(client: Browse, world: World) -> None:
    rows, meeting = [make.sent_referral(world) for _ in range(3)], make.conference(world)
    as_user(client, world, world.ben)
    shown = send(client, "/queue/accept", pick=[pick(row) for row in rows[:2]])
    assert shown.status_code == 200
    assert rows[0].case.reference in shown.text
    assert rows[2].case.reference not in shown.text
    assert world.session.query(Listing).count() == 0
    typed = {"pick": [pick(row) for row in rows[:2]], "conference": meeting.id.hex, "form_key": "many"}
    for _ in range(2):
        assert send(client, "/queue/accept/all", **typed).status_code == 303
    assert world.session.query(Listing).count() == 2


def test_all_of_them_or_none(client: Browse, world: World) -> None:
    rows, meeting = [make.sent_referral(world) for _ in range(2)], make.conference(world)
    picks = [pick(row) for row in rows]
    triage.return_with_question(world.session, world.ben, rows[1], question="Who?", now=world.now)
    as_user(client, world, world.ben)
    answer = send(client, "/queue/accept/all", pick=picks, conference=meeting.id.hex)
    assert answer.status_code == 409
    assert world.session.query(Listing).count() == 0
    assert send(client, "/queue/accept/all", pick=["x"], conference=meeting.id.hex).status_code == 422
    assert send(client, "/queue/accept/all", pick=[pick(rows[0])], conference="x").status_code == 422
    nothing = send(client, "/queue/accept", pick=[])
    assert nothing.status_code == 422
    assert "Tick the referrals in the queue first" in nothing.text
    assert "decided meanwhile" in send(client, "/queue/accept", pick=picks[1:]).text


def test_only_coordinators_accept_several(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.chidi)
    assert send(client, "/queue/accept", pick=[pick(row)]).status_code == 403
    assert send(client, "/queue/accept/all", pick=[pick(row)], conference="x").status_code == 403
    as_user(client, world, world.erin)
    assert row.case.reference not in send(client, "/queue/accept", pick=[pick(row)]).text


def test_next_and_previous_follow_the_queue(client: Browse, world: World) -> None:
    first = make.sent_referral(world, urgency=Urgency.EMERGENCY)
    second = make.sent_referral(world)
    as_user(client, world, world.ben)
    assert f"/queue/{second.id.hex}" in client.get(f"/queue/{first.id.hex}").text
    assert f"/queue/{first.id.hex}" in client.get(f"/queue/{second.id.hex}").text
