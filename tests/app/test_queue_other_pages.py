"""The other ways out of the queue, through the browser: each works, and each refuses what it must."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from conferences.models import AuditEntry, DeclineCode, Referral, ReferralStatus, WithdrawCode
from conferences.triage import triage, withdrawals
from tests import make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user

R = ReferralStatus


def text_of(answer: object) -> str:
    """The words of a page, without tags and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))  # type: ignore[attr-defined]


def send(client: Browse, path: str, row: Referral, **typed: object) -> object:
    """Presses the button of one form."""
    form = {"version": row.version, "form_key": uuid4().hex, **typed}
    return client.post_form(path, form, page="/help")


def counted(world: World, kind: str) -> int:
    return world.session.query(AuditEntry).filter_by(kind=kind).count()


def test_sending_on_asks_where_and_why(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.ben)
    here = f"/queue/{row.id.hex}"
    assert "/redirect" in client.get(here).text
    assert "Child protection" in client.get(f"{here}/redirect").text
    answer = send(client, f"{here}/redirect", row, to="nowhere", reason="She is 15 and at school.")
    assert answer.status_code == 422
    assert "<title>Error:" in answer.text
    assert "Select where it goes" in answer.text
    assert "She is 15 and at school." in answer.text
    typed = {"to": "child_protection", "reason": "She is 15.", "form_key": "once", "version": row.version}
    for _ in range(2):
        assert send(client, f"{here}/redirect", row, **typed).status_code == 303
    assert counted(world, "referral.redirected") == 1
    world.session.refresh(row)
    said = text_of(client.get(here))
    assert "Sent on to another route" in said
    assert "Child protection. She is 15" in said
    late = send(client, f"{here}/redirect", row, to="mappa", reason="Again")
    assert late.status_code == 422
    assert "already been decided" in late.text


def test_alerts_only_and_then_a_meeting(client: Browse, world: World) -> None:
    row, meeting = make.sent_referral(world), make.conference(world)
    as_user(client, world, world.ben)
    here = f"/queue/{row.id.hex}"
    assert send(client, f"{here}/alert-only", row, reason=" ").status_code == 422
    assert send(client, f"{here}/alert-only", row, reason="Flag the address.").status_code == 303
    world.session.refresh(row)
    assert row.status is R.ALERT_ONLY
    assert "Accept onto a meeting" in client.get(here).text
    assert send(client, f"{here}/accept", row, conference=meeting.id.hex).status_code == 303


def test_adding_to_a_listed_case_shows_on_both(client: Browse, world: World) -> None:
    turn, again = make.listing(world), make.sent_referral(world)
    as_user(client, world, world.ben)
    here = f"/queue/{again.id.hex}"
    assert turn.case.reference in client.get(f"{here}/merge").text
    assert send(client, f"{here}/merge", again, listing="x", reason="Same").status_code == 422
    answer = send(client, f"{here}/merge", again, listing=turn.id.hex, reason="Same birth date.")
    assert answer.status_code == 303
    assert "Referred again since" in client.get(f"/listings/{turn.id.hex}").text
    assert f"/listings/{turn.id.hex}" in client.get(here).text
    assert f"/listings/{turn.id.hex}" in client.get(f"/cases/{again.case_id.hex}").text
    as_user(client, world, world.amara)
    assert "The meeting. You may be asked to speak" in text_of(client.get(f"/referrals/{again.id.hex}"))


def test_with_no_such_turn_the_page_says_so(client: Browse, world: World) -> None:
    make.listing(world, victim="Somebody Else")
    row = make.sent_referral(world)
    as_user(client, world, world.ben)
    assert "have no turn still to come" in client.get(f"/queue/{row.id.hex}/merge").text


def test_a_referrer_takes_it_back_and_the_coordinator_confirms(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.amara)
    here = f"/referrals/{row.id.hex}"
    assert f"{here}/withdraw" in client.get(here).text
    refused = send(client, f"{here}/withdraw", row, code="not_wanted", reason="She said no.")
    assert refused.status_code == 422
    assert "is not a reason by itself" in text_of(refused)
    assert (
        send(client, f"{here}/withdraw", row, code="sent_twice", reason="I pressed twice.").status_code == 303
    )
    assert "You asked to take this back" in text_of(client.get(here))
    as_user(client, world, world.ben)
    world.session.refresh(row)
    said = text_of(client.get(f"/queue/{row.id.hex}"))
    assert "It was sent twice. I pressed twice" in said
    assert "Taking back to confirm" in text_of(client.get("/queue"))
    answer = send(client, f"/queue/{row.id.hex}/withdrawal", row, agreed="yes", reason="I see both.")
    assert answer.status_code == 303
    world.session.refresh(row)
    assert row.status is R.WITHDRAWN
    again = send(client, f"/queue/{row.id.hex}/withdrawal", row, agreed="yes", reason="Again.")
    assert again.status_code == 422


def test_a_decided_referral_is_not_taken_back(client: Browse, world: World) -> None:
    row = make.declined(world)
    as_user(client, world, world.amara)
    assert "cannot be taken back any more" in client.get(f"/referrals/{row.id.hex}/withdraw").text
    answer = send(client, f"/referrals/{row.id.hex}/withdraw", row, code="sent_twice", reason="Twice")
    assert answer.status_code == 422


def test_a_declined_referrer_reads_why_and_where_to_turn_and_appeals(client: Browse, world: World) -> None:
    row = make.sent_referral(world, yes=3, judged_high=False)
    told = {"code": DeclineCode.NO_CONNECTION, "reason": "They are neighbours.", "signpost": "Victim Support"}
    triage.decline(world.session, world.ben, row, **told, advice="Ring Ben first.", now=world.now)  # type: ignore[arg-type]
    as_user(client, world, world.amara)
    here = f"/referrals/{row.id.hex}"
    said = text_of(client.get(here))
    for words in (
        "They are neighbours.",
        "Pointed to: Victim Support",
        "Advice: Ring Ben first.",
        "Wednesday 25 November 2026, 5pm",
    ):
        assert words in said
    assert "in the queue" not in said
    assert send(client, f"{here}/appeal", row, reason="").status_code == 422
    assert send(client, f"{here}/appeal", row, reason="They lived together.").status_code == 303
    world.session.refresh(row)
    assert row.status is R.APPEALED
    as_user(client, world, world.chidi)
    assert "They lived together" in text_of(client.get(f"/queue/{row.id.hex}"))
    assert send(client, f"/queue/{row.id.hex}/appeal", row, agreed="yes").status_code == 422
    answer = send(client, f"/queue/{row.id.hex}/appeal", row, agreed="yes", reason="Read it again.")
    assert answer.status_code == 303
    world.session.refresh(row)
    assert row.status is R.SUBMITTED


def test_too_late_an_appeal_says_what_to_do_instead(client: Browse, world: World) -> None:
    row = make.declined(world)
    client.moment = world.now + timedelta(days=3)
    as_user(client, world, world.amara)
    assert "the time is over" in client.get(f"/referrals/{row.id.hex}/appeal").text
    answer = send(client, f"/referrals/{row.id.hex}/appeal", row, reason="He is back.")
    assert answer.status_code == 422
    assert "The time to appeal is over." in answer.text


def test_a_decision_is_undone_from_the_page_that_says_until_when(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.ben)
    here = f"/queue/{row.id.hex}"
    send(client, f"{here}/alert-only", row, reason="Flag it.")
    world.session.refresh(row)
    assert "You can undo the last decision until 2:30pm." in text_of(client.get(here))
    for _ in range(2):
        answer = send(client, f"{here}/undo", row, form_key="u1", version=row.version)
        assert answer.status_code == 303
    world.session.refresh(row)
    assert (row.status, counted(world, "referral.undone")) == (R.SUBMITTED, 1)
    assert "Undone since. Flag it" in text_of(client.get(here))


@pytest.mark.parametrize(
    ("name", "step", "status"),
    [("chidi", "redirect", 403), ("noor", "alert-only", 403), ("amara", "merge", 403), ("erin", "undo", 404),
     ("chidi", "withdrawal", 403), ("ben", "appeal", 403)],
)  # fmt: skip
def test_the_wrong_person_changes_nothing(
    client: Browse, world: World, name: str, step: str, status: int
) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.cast()[name])
    typed = {"reason": "Why.", "agreed": "yes", "to": "mappa", "listing": "0" * 32}
    assert send(client, f"/queue/{row.id.hex}/{step}", row, **typed).status_code == status
    world.session.refresh(row)
    assert row.status is R.SUBMITTED


def test_only_who_wrote_it_takes_back_or_appeals(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.noor)
    typed = {"code": "sent_twice", "reason": "Twice"}
    assert send(client, f"/referrals/{row.id.hex}/withdraw", row, **typed).status_code == 403
    assert send(client, f"/referrals/{row.id.hex}/appeal", row, reason="No").status_code == 403


def test_what_waits_for_a_word_is_under_my_work(client: Browse, world: World) -> None:
    row = make.appealed(world)
    as_user(client, world, world.chidi)
    page = client.get("/")
    assert f"/queue/{row.id.hex}" in page.text
    assert "appeal to decide" in text_of(page)
    assert "decline to confirm" not in text_of(page)
    other = make.sent_referral(world)
    code = WithdrawCode.WRONG_PERSON
    withdrawals.withdraw(world.session, world.amara, other, code=code, reason="Her sister", now=world.now)
    as_user(client, world, world.ben)
    page = client.get("/")
    assert f"/queue/{other.id.hex}" in page.text
    assert "taking back to confirm" in text_of(page)
