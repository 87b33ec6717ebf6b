"""The list of referrals, and starting one, as people meet them."""

from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from conferences.models import Referral, Role
from conferences.triage import triage
from tests import make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user


def how_many(world: World) -> int:
    return world.session.scalar(select(func.count()).select_from(Referral)) or 0


def test_a_referral_starts_once_it_is_safe_to_talk(client: Browse, world: World) -> None:
    as_user(client, world, world.amara)
    answer = client.post_form("/referrals/new", {"safe_to_talk": "from_notes", "form_key": "k"})
    made = world.session.scalars(select(Referral).where(Referral.referrer_id == world.amara.id)).one()
    assert (answer.status_code, answer.headers["location"]) == (303, f"/referrals/{made.id.hex}/judgement")


def test_when_it_is_not_safe_nothing_is_stored(client: Browse, world: World) -> None:
    as_user(client, world, world.amara)
    before = how_many(world)
    answer = client.post_form("/referrals/new", {"safe_to_talk": "no", "form_key": "k"})
    assert answer.status_code == 200
    assert "Nothing has been stored." in answer.text
    assert how_many(world) == before


@pytest.mark.parametrize("typed", [{}, {"safe_to_talk": "perhaps"}, {"safe_to_talk": ["alone", "no"]}])
def test_without_a_plain_answer_the_page_comes_back(
    client: Browse, world: World, typed: dict[str, object]
) -> None:
    as_user(client, world, world.amara)
    before = how_many(world)
    answer = client.post_form("/referrals/new", typed)
    assert answer.status_code == 422
    assert "<title>Error: Form" in answer.text
    assert how_many(world) == before


def test_starting_twice_with_one_form_makes_one_draft(client: Browse, world: World) -> None:
    as_user(client, world, world.amara)
    before = how_many(world)
    typed = {"safe_to_talk": "alone", "form_key": "k"}
    places = {client.post_form("/referrals/new", typed).headers["location"] for _ in range(2)}
    assert (len(places), how_many(world)) == (1, before + 1)


def test_an_administrator_may_not_refer(client: Browse, world: World) -> None:
    as_user(client, world, world.ada)
    before = how_many(world)
    assert client.get("/referrals").status_code == 403
    assert client.get("/referrals/new").status_code == 403
    assert client.post_form("/referrals/new", {"safe_to_talk": "alone"}).status_code == 403
    assert how_many(world) == before


def test_nobody_signed_in_is_sent_to_sign_in(client: Browse, world: World) -> None:
    assert client.get("/referrals").headers["location"] == "/sign-in?next=/referrals"


def test_the_list_is_empty_with_a_next_step(client: Browse, world: World) -> None:
    page = as_user(client, world, world.amara).get("/referrals").text
    assert "No referrals yet" in page
    assert "/referrals/new" in page


def test_the_list_sorts_by_what_waits_for_the_reader(client: Browse, world: World) -> None:
    asked = make.sent_referral(world)
    triage.return_with_question(world.session, world.ben, asked, question="Which school?", now=world.now)
    make.filled_draft(world)
    make.sent_referral(world)
    page = as_user(client, world, world.amara).get("/referrals").text
    places = [page.index(words) for words in ("Questions for you", "Not sent yet", ">Sent<")]
    assert places == sorted(places)
    assert f"/referrals/{asked.id.hex}/reply" in page
    assert "24 of 24 answered, kept until 7 December 2026" in page
    assert "In the queue" in page


def test_the_list_shows_initials_and_never_a_name(client: Browse, world: World) -> None:
    make.sent_referral(world, victim="Testa Marrowby")
    page = as_user(client, world, world.amara).get("/referrals").text
    assert "T.M." in page
    assert "Marrowby" not in page


def test_a_representative_sees_the_agencys_and_not_the_drafts_of_others(client: Browse, world: World) -> None:
    colleague = make.a_user(
        world.session,
        world.agencies["HSG"],
        Role.FRONTLINE,
        "Cal Moorfield",
        "cal@hsg.example",
        world.now,
        None,
    )
    sent, draft = make.sent_referral(world, by=colleague), make.draft(world, by=colleague)
    elsewhere = make.sent_referral(world)
    triage.return_with_question(world.session, world.ben, sent, question="Which flat?", now=world.now)
    page = as_user(client, world, world.dana).get("/referrals").text
    assert sent.case.reference in page
    assert "Question asked" in page
    assert f"{sent.id.hex}/reply" not in page
    assert draft.case.reference not in page
    assert elsewhere.case.reference not in page


def test_a_coordinator_sees_only_their_own_here(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    assert row.case.reference not in as_user(client, world, world.ben).get("/referrals").text


def test_a_long_list_asks_the_database_no_more(client: Browse, world: World) -> None:
    def queries() -> int:
        seen: list[str] = []

        def note(conn: object, cursor: object, statement: str, *rest: object) -> None:
            seen.append(statement)

        world.session.commit()
        world.session.expire_all()
        connection = world.session.connection()
        event.listen(connection, "before_cursor_execute", note)
        assert client.get("/referrals").status_code == 200
        event.remove(connection, "before_cursor_execute", note)
        return len(seen)

    as_user(client, world, world.amara)
    for _ in range(3):
        make.filled_draft(world, children=("Pim",))
    few = queries()
    for _ in range(9):
        make.filled_draft(world, children=("Pim",))
    assert queries() == few
    assert few > 0


def test_a_draft_is_pointed_out_seven_days_before_it_goes(client: Browse, world: World) -> None:
    make.draft(world)
    as_user(client, world, world.amara)
    client.moment += timedelta(days=6)
    as_user(client, world, world.amara)
    assert "Send it soon" not in client.get("/referrals").text
    client.moment += timedelta(days=1)
    as_user(client, world, world.amara)
    assert "Send it soon" in client.get("/referrals").text
