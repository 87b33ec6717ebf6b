"""The page somebody without an account sends a referral from, and the coordinator's pages behind it."""

import re
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from app.auth.tokens import new_token, token_hash
from conferences.models import AuditEntry, OutsideReferral, Referral, ReferralLink
from conferences.referral import outside, told
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user

TYPED: dict[str, Any] = {
    "your_name": "Lowri Penhale",
    "your_phone": "01632 960555",
    "name": "Ilsa Fernhollow",
    "may_ring": "no",
    "harming": "Corin Dashwell",
    "children": "Pim\nOona\n",
    "reason": "He took her telephone.",
    "urgency": "standard",
    "view": "serious",
    "consent": "given",
    "basis": "public_task",
    "answer-1": "yes",
}


def link(world: World) -> str:
    token = new_token()
    outside.give_link(
        world.session, world.ben, world.agencies["EDU"], token_hash=token_hash(token), days=7, now=world.now
    )
    return f"/refer/{token}"


def arrived(world: World) -> list[OutsideReferral]:
    return list(world.session.scalars(select(OutsideReferral)))


def test_a_referral_is_sent_without_an_account_and_the_page_says_only_that_it_arrived(
    client: Browse, world: World
) -> None:
    answer = client.post_form(path := link(world), TYPED)
    assert answer.status_code == 200
    assert "It has arrived" in answer.text
    assert not re.search(r"AS-|Ilsa|Corin|14", re.sub(r"<head>.*</head>", "", answer.text, flags=re.DOTALL))
    assert len(arrived(world)) == 1
    assert client.get(path).status_code == 404


def test_the_same_form_sent_twice_arrives_once(client: Browse, world: World) -> None:
    path = link(world)
    token = client.csrf(path)
    answers = [client.post(path, data={**TYPED, "csrf_token": token}).status_code for _ in range(2)]
    assert answers == [200, 404]
    assert len(arrived(world)) == 1


def test_what_is_missing_is_said_and_what_was_typed_is_kept(client: Browse, world: World) -> None:
    path = link(world)
    answer = client.post_form(path, TYPED | {"reason": "", "consent": "refused", "answer-2": "perhaps"})
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert "Say why you are referring now" in answer.text
    assert "Ilsa Fernhollow" in answer.text
    assert re.search(r'name="answer-1"[^>]*value="yes"[^>]*checked', answer.text)
    assert arrived(world) == []
    assert client.get(path).status_code == 200


def test_without_agreement_somebody_says_why(client: Browse, world: World) -> None:
    answer = client.post_form(link(world), TYPED | {"consent": "refused"})
    assert answer.status_code == 422
    assert "Say why sharing is necessary and proportionate without consent" in answer.text


def test_forty_children_are_taken_and_forty_one_are_not(client: Browse, world: World) -> None:
    answer = client.post_form(link(world), TYPED | {"children": "\n".join(["Child"] * 41)})
    assert "Name up to 40 children" in answer.text
    assert client.post_form(link(world), TYPED | {"children": "\n".join(["Child"] * 40)}).status_code == 200


def test_used_ended_and_invented_links_are_the_same_answer(client: Browse, world: World) -> None:
    used, ended = link(world), link(world)
    client.post_form(used, TYPED)
    rows = world.session.scalars(select(ReferralLink).where(ReferralLink.used_at.is_(None))).all()
    for row in rows:
        outside.withdraw_link(world.session, world.ben, row, now=world.now)
    pages = {re.sub(r'value="[^"]*"', "", client.get(path).text) for path in (used, ended, "/refer/nothing")}
    assert len(pages) == 1


def test_trying_too_often_is_stopped(client: Browse, world: World) -> None:
    answers = [client.get("/refer/nothing").status_code for _ in range(21)]
    assert answers == [404] * 20 + [429]


def test_the_coordinator_gives_a_link_that_is_shown_once(client: Browse, world: World) -> None:
    as_user(client, world, world.ben)
    typed = {"agency": world.agencies["EDU"].id.hex, "days": "7", "form_key": uuid4().hex}
    answer = client.submit("/links", typed)
    found = re.search(r"https://testserver(/refer/[^<\s]+)", answer.text)
    assert found is not None
    assert client.submit("/links", typed).status_code == 303
    page = client.get("/links")
    assert found.group(1) not in page.text
    assert "Waiting" in page.text
    client.cookies.clear()
    assert client.get(found.group(1)).status_code == 200


def test_the_coordinator_takes_it_on_and_twice_leads_to_the_same_draft(client: Browse, world: World) -> None:
    client.post_form(link(world), TYPED)
    (row,) = arrived(world)
    as_user(client, world, world.ben)
    page = client.get(f"/arrived/{row.id.hex}")
    assert "Lowri Penhale" in page.text
    for said in ("Did the person agree", "Lawful basis for sharing", "What they think"):
        assert said in page.text  # what decides whether it may be taken on is read before it is
    assert "outside.viewed" in {entry.kind for entry in world.session.query(AuditEntry)}
    typed = {"form_key": uuid4().hex}
    places = {client.submit(f"/arrived/{row.id.hex}/take-on", typed).headers["location"] for _ in range(2)}
    drafts = world.session.scalars(select(Referral).where(Referral.referrer_id == world.ben.id)).all()
    assert places == {f"/referrals/{drafts[0].id.hex}"}
    assert len(drafts) == 1
    sender = told.read(world.session, drafts[0])
    assert sender["referrer_phone"] == TYPED["your_phone"]
    again = client.submit(f"/arrived/{row.id.hex}/take-on", {"form_key": uuid4().hex})
    assert again.status_code == 409


def test_not_taking_it_on_needs_a_reason(client: Browse, world: World) -> None:
    client.post_form(link(world), TYPED)
    (row,) = arrived(world)
    as_user(client, world, world.ben)
    answer = client.submit(f"/arrived/{row.id.hex}/refuse", {"form_key": uuid4().hex})
    assert answer.status_code == 422
    assert "Say why, and what you told the person who sent it" in answer.text


def test_its_words_are_in_no_list(client: Browse, world: World) -> None:
    client.post_form(link(world), TYPED)
    as_user(client, world, world.ben)
    for path in ("/links", "/", "/queue", "/cases"):
        assert "Ilsa" not in client.get(path).text


def test_what_cannot_wait_is_first_under_my_work_and_above_the_queue(client: Browse, world: World) -> None:
    client.post_form(link(world), TYPED)
    client.post_form(link(world), TYPED | {"urgency": "emergency"})
    as_user(client, world, world.ben)
    (urgent,) = (row for row in arrived(world) if outside.cannot_wait(world.session, row))
    for path in ("/", "/queue", "/links"):
        page = client.get(path).text
        found = list(dict.fromkeys(re.findall(r'href="/arrived/(\w+)"', page)))
        assert len(found) == 2
        assert found[0] == urgent.id.hex
        assert "Emergency" in page
    assert "It cannot wait" in client.get(f"/arrived/{urgent.id.hex}").text
    for other in (world.chidi, world.erin):
        as_user(client, world, other)
        for path in ("/", "/queue"):
            assert "/arrived/" not in client.get(path).text
