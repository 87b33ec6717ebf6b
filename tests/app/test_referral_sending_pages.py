"""Checking, sending, and answering the coordinator's question."""

import pytest

from app.pages.referral.views import before as referral_before
from conferences.models import Referral, ReferralStatus, Scoring
from conferences.referral import deciding, referrals
from conferences.triage import queue_views, triage
from tests import make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user


def send(client: Browse, row: Referral, **typed: str) -> tuple[int, str]:
    answer = client.post_form(f"/referrals/{row.id.hex}/submit", typed, page="/referrals")
    return answer.status_code, answer.text


def test_the_check_counts_what_is_not_known(client: Browse, world: World) -> None:
    row = make.filled_draft(world, children=("Pim",), address="1 Hidden Row")
    as_user(client, world, world.amara)
    page = client.get(f"/referrals/{row.id.hex}/check").text
    assert "Every question has an answer." in page
    for fact in ("Testa Marrowby", "4 May 1992", "Derrin Quillfeather", "Pim", "Held. It is not shown here."):
        assert fact in page
    assert page.count("?from=check") > 30


@pytest.mark.parametrize(
    ("open_", "said"),
    [
        ((0, 0, 0), "Every question has an answer."),
        ((1, 0, 0), "One question has no answer. None of them counts as “no”."),
        ((4, 2, 0), "4 questions have no answer, 2 answers are “don’t know”. None of them counts as “no”."),
        ((0, 0, 1), "One was declined. None of them counts as “no”."),
    ],
)
def test_what_is_open_is_said_and_nothing_of_what_is_not(open_: tuple[int, int, int], said: str) -> None:
    kinds = ("unanswered", "dont_know", "refused")
    assert referral_before.left_open(dict(zip(kinds, open_, strict=True))) == said


def test_sending_puts_it_in_the_queue(client: Browse, world: World) -> None:
    row = make.filled_draft(world)
    as_user(client, world, world.amara)
    answer = client.post_form(f"/referrals/{row.id.hex}/submit", {}, page=f"/referrals/{row.id.hex}/check")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/referrals/{row.id.hex}")
    world.session.expire_all()
    assert [r.referral_id for r in queue_views.queue(world.session, world.ben, now=world.now)] == [row.id]


def test_the_way_back_after_sending_leads_to_what_came_of_it(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.amara)
    here = f"/referrals/{row.id.hex}"
    for page in ("check", "victim", "checklist/1", "children", "form/needs", "paper"):
        answer = client.get(f"{here}/{page}")
        assert (page, answer.status_code, answer.headers["location"]) == (page, 303, here)
    as_user(client, world, world.dana)
    assert client.get(f"{here}/check").status_code == 404


def test_sending_twice_sends_once(client: Browse, world: World) -> None:
    row = make.filled_draft(world)
    as_user(client, world, world.amara)
    assert send(client, row)[0] == 303
    world.session.expire_all()
    first = row.submitted_at
    assert send(client, row)[0] == 303
    world.session.expire_all()
    assert row.submitted_at == first


def test_what_is_missing_leads_to_its_part(client: Browse, world: World) -> None:
    row = make.draft(world)
    as_user(client, world, world.amara)
    status, page = send(client, row)
    assert status == 422
    for part in ("judgement", "checklist", "final", "victim", "perpetrators", "contact", "reason", "sharing"):
        assert f'href="#{part}"' in page
        assert f'id="{part}"' in page
    assert "Say who is at risk" in page
    world.session.expire_all()
    assert row.status is ReferralStatus.DRAFT
    assert "Still needed before it can be sent" in client.get(f"/referrals/{row.id.hex}/check").text


def test_a_check_read_before_another_change_is_read_again(client: Browse, world: World) -> None:
    row = make.filled_draft(world)
    as_user(client, world, world.amara)
    old = str(row.version)
    referrals.save_sharing(
        world.session,
        world.amara,
        row,
        consent="refused",
        basis="public_task",
        why="To keep her alive.",
        now=world.now,
    )
    make.without_agreement(world, row)
    status, page = send(client, row, version=old)
    assert status == 409
    assert "To keep her alive." in page
    world.session.expire_all()
    assert row.status is ReferralStatus.DRAFT
    assert send(client, row, version=str(row.version))[0] == 303


@pytest.mark.parametrize("version", ["one", "1" * 30, "-1", ""])
def test_a_version_that_cannot_be_read_is_no_version(client: Browse, world: World, version: str) -> None:
    row = make.filled_draft(world)
    as_user(client, world, world.amara)
    assert send(client, row, version=version)[0] == 303


@pytest.mark.parametrize("who", ["ben", "dana", "erin", "ada"])
def test_nobody_else_may_send_it(client: Browse, world: World, who: str) -> None:
    row = make.filled_draft(world)
    as_user(client, world, world.cast()[who])
    assert client.get(f"/referrals/{row.id.hex}/check").status_code == 404
    answer = client.post_form(f"/referrals/{row.id.hex}/submit", {}, page="/sign-in")
    assert answer.status_code == 404
    world.session.expire_all()
    assert row.status is ReferralStatus.DRAFT


def test_a_referral_that_cannot_be_scored_is_received_all_the_same(client: Browse, world: World) -> None:
    row = make.filled_draft(world)
    row.assessment.profile = "no-such-profile"
    as_user(client, world, world.amara)
    assert send(client, row)[0] == 303
    world.session.expire_all()
    assert row.scoring is Scoring.UNSCORED
    page = client.get(f"/referrals/{row.id.hex}").text
    assert "Received. A coordinator will review it." in page


@pytest.fixture
def asked(world: World) -> Referral:
    row = make.sent_referral(world)
    question = "Who collects the children?"
    triage.return_with_question(world.session, world.ben, row, question=question, now=world.now)
    return row


def reply(client: Browse, row: Referral, typed: dict[str, str]) -> tuple[int, str]:
    answer = client.post_form(f"/referrals/{row.id.hex}/reply", typed, page="/referrals")
    return answer.status_code, answer.text


def test_an_answer_goes_back_to_the_queue(client: Browse, world: World, asked: Referral) -> None:
    as_user(client, world, world.amara)
    assert "Who collects the children?" in client.get(f"/referrals/{asked.id.hex}").text
    page = client.get(f"/referrals/{asked.id.hex}/reply").text
    assert "Who collects the children?" in page
    version = page.split('name="version" value="')[1].split('"')[0]
    assert reply(client, asked, {"reply": "Her sister.", "version": version, "form_key": "k"})[0] == 303
    world.session.expire_all()
    assert asked.status is ReferralStatus.SUBMITTED
    assert deciding.reason_of(world.session, asked.decisions[-1]) == "Her sister."


def test_answering_twice_answers_once(client: Browse, world: World, asked: Referral) -> None:
    as_user(client, world, world.amara)
    for _ in range(2):
        assert reply(client, asked, {"reply": "Her sister.", "form_key": "k"})[0] == 303
    world.session.expire_all()
    assert [row.kind.value for row in asked.decisions] == ["returned", "replied"]


def test_an_empty_or_overlong_answer_comes_back(client: Browse, world: World, asked: Referral) -> None:
    as_user(client, world, world.amara)
    status, page = reply(client, asked, {"reply": " "})
    assert (status, "Write your answer" in page, "Who collects the children?" in page) == (422, True, True)
    status, page = reply(client, asked, {"reply": "y" * 10_000})
    assert (status, "y" * 10_000 in page) == (422, True)
    assert "Your answer must be 4000 characters or fewer" in page
    world.session.expire_all()
    assert asked.status is ReferralStatus.RETURNED


def test_a_stale_answer_is_kept_on_the_page(client: Browse, world: World, asked: Referral) -> None:
    as_user(client, world, world.amara)
    status, page = reply(client, asked, {"reply": "Her sister.", "version": "1"})
    assert (status, "Her sister." in page) == (409, True)


def test_nobody_waits_for_an_answer(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.amara)
    assert "Nobody is waiting for an answer" in client.get(f"/referrals/{row.id.hex}/reply").text
    status, page = reply(client, row, {"reply": "Her sister."})
    assert (status, "Nobody is waiting for an answer" in page, "Her sister." in page) == (422, True, True)


def test_only_the_referrer_answers(client: Browse, world: World, asked: Referral) -> None:
    for who, status in {"ben": 403, "noor": 403, "dana": 404, "erin": 404, "ada": 404}.items():
        as_user(client, world, world.cast()[who])
        assert client.get(f"/referrals/{asked.id.hex}/reply").status_code == status
        assert client.post_form(f"/referrals/{asked.id.hex}/reply", {"reply": "Me."}).status_code == status
    world.session.expire_all()
    assert asked.status is ReferralStatus.RETURNED
