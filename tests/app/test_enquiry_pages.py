"""“Known elsewhere?”: people ask people; the page that asks never says what the other area holds."""

from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from conferences.errors import NotAllowed, Refused, WrongState
from conferences.models import AuditEntry, Enquiry, EnquiryAnswer, Referral, Role
from conferences.person import enquiries
from tests import make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user

WHY = "She may have moved to you."


def ask(client: Browse, world: World, row: Referral, **typed: str) -> object:
    form = {"area": world.northmoor.id.hex, "about": "both", "reason": WHY, "form_key": uuid4().hex}
    return client.submit(f"/cases/{row.case_id.hex}/enquiries", form | typed)


def asked(world: World) -> list[Enquiry]:
    return world.session.query(Enquiry).all()


def seen(world: World, kind: str) -> int:
    return world.session.query(AuditEntry).filter_by(kind=kind).count()


def test_a_coordinator_asks_another_area_and_is_told_that_they_will_answer(
    client: Browse, world: World
) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.ben)
    assert f"/cases/{row.case_id.hex}/enquiries" in client.get(f"/cases/{row.case_id.hex}").text
    answer = ask(client, world, row)
    assert answer.status_code == 303  # type: ignore[attr-defined]
    page = client.get(f"/cases/{row.case_id.hex}/enquiries").text
    assert "Northmoor" in page
    assert "They will answer" in page
    assert seen(world, "enquiry.asked") == 1


def test_the_page_says_the_same_whether_or_not_they_are_known_there(client: Browse, world: World) -> None:
    pages = []
    for victim in ("Elsewhere Nobody", "Testa Marrowby"):  # the first is known in Northmoor
        row = make.sent_referral(world, victim=victim)
        as_user(client, world, world.ben)
        ask(client, world, row)
        page = client.get(f"/cases/{row.case_id.hex}/enquiries").text
        for own in (row.case_id.hex, row.case.reference):
            page = page.replace(own, "")
        pages.append(page.split('<main id="main"')[1].split("<form")[0])
    assert pages[0] == pages[1]


def test_the_other_areas_coordinator_finds_it_under_my_work_and_answers(client: Browse, world: World) -> None:
    row = make.sent_referral(world, victim="Elsewhere Nobody")
    as_user(client, world, world.ben)
    ask(client, world, row)
    (question,) = asked(world)
    as_user(client, world, world.erin)
    work = client.get("/").text
    assert f"/enquiries/{question.id.hex}" in work
    assert "Elsewhere" not in work
    assert row.case.reference not in work
    page = client.get(f"/enquiries/{question.id.hex}").text
    for expected in (
        "Elsewhere Nobody",
        "4 May 1992",
        "Derrin Quillfeather",
        "Ben Oakhurst",
        WHY,
        "01632 960100",
    ):
        assert expected in page
    assert "NM-" in page  # her own area's case, to look at before she answers
    assert row.case.reference not in page
    sent = client.submit(f"/enquiries/{question.id.hex}", {"answer": "known", "form_key": uuid4().hex})
    assert sent.status_code == 303
    assert seen(world, "enquiry.viewed") == 1
    assert seen(world, "enquiry.answered") == 1
    as_user(client, world, world.ben)
    page = client.get(f"/cases/{row.case_id.hex}/enquiries").text
    assert "Known here" in page
    assert "NM-" not in page


def test_asking_twice_is_one_question(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.ben)
    key = uuid4().hex
    for _ in range(2):
        assert ask(client, world, row, form_key=key).status_code == 303  # type: ignore[attr-defined]
    ask(client, world, row)
    assert len(asked(world)) == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"area": ""}, "Choose another area"),
        ({"area": "nowhere"}, "Choose another area"),
        ({"area": "0" * 32}, "Choose another area"),
        ({"about": "children"}, "whom to ask about"),
        ({"reason": " "}, "Say why they need to know"),
    ],
)
def test_what_is_missing_comes_back_with_what_was_typed(
    client: Browse, world: World, typed: dict[str, str], sentence: str
) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.ben)
    answer = ask(client, world, row, **typed)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert sentence in answer.text  # type: ignore[attr-defined]
    assert "<title>Error:" in answer.text  # type: ignore[attr-defined]
    assert asked(world) == []


def test_those_who_do_not_run_meetings_ask_nobody(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    for name, status in (("noor", 403), ("amara", 403), ("dana", 404), ("erin", 404)):
        as_user(client, world, world.cast()[name])
        assert ask(client, world, row).status_code == status, name  # type: ignore[attr-defined]
    assert asked(world) == []


def test_only_the_asked_areas_coordinator_opens_and_answers(client: Browse, world: World) -> None:
    question = make.enquiry(world)
    for name in ("erin", "chidi", "amara", "dana", "noor", "ada"):
        as_user(client, world, world.cast()[name])
        assert client.get(f"/enquiries/{question.id.hex}").status_code == 404, name
        assert client.submit(f"/enquiries/{question.id.hex}", {"answer": "known"}).status_code == 404
        assert "/enquiries/" not in client.get("/").text
    with pytest.raises(NotAllowed):
        enquiries.answer(world.session, world.chidi, question, EnquiryAnswer.KNOWN, now=world.now)


def test_whoever_is_like_somebody_asked_about_never_learns_that_she_is_elsewhere(
    client: Browse, world: World
) -> None:
    """Finding: a coordinator whose own victim had fled was shown her name, and which area asked."""
    s, now = world.session, world.now
    fled = make.sent_referral(world, by=world.erin, perpetrator="Ben Oakhurst").case
    question = enquiries.ask(s, world.erin, fled, area_id=world.area.id, about="both", reason=WHY, now=now)
    other = make.a_user(s, world.agencies["CSC"], Role.COORDINATOR, "Uma Few", "uma@csc.example", now, None)
    assert enquiries.waiting(s, other) == [question]
    as_user(client, world, world.ben)
    assert "other area" not in client.get("/").text
    for path in (f"/enquiries/{question.id.hex}", f"/enquiries/{uuid4().hex}"):
        assert client.get(path).status_code == 404
        assert client.submit(path, {"answer": "known"}).status_code == 404
    assert enquiries.of_case(s, world.erin, fled)[0].answer is None


def test_an_answer_is_given_once(client: Browse, world: World) -> None:
    question = make.enquiry(world)
    as_user(client, world, world.ben)
    address, key = f"/enquiries/{question.id.hex}", uuid4().hex
    assert client.submit(address, {"answer": "maybe"}).status_code == 422
    assert client.submit(address, {}).status_code == 422
    for _ in range(2):
        assert client.submit(address, {"answer": "ring_me", "form_key": key}).status_code == 303
    other = client.submit(address, {"answer": "known", "form_key": uuid4().hex})
    assert other.status_code == 422
    assert "answered already" in other.text
    assert enquiries.answer_of(world.session, question) is EnquiryAnswer.RING_ME
    with pytest.raises(WrongState):
        enquiries.answer(world.session, world.ben, question, EnquiryAnswer.KNOWN, now=world.now)


def test_children_telephones_and_addresses_are_not_told(world: World) -> None:
    row = make.sent_referral(world, children=("Pim",), address="4 Hidden Row, ZZ99 1AA")
    s, now = world.session, world.now
    question = enquiries.ask(
        s, world.ben, row.case, area_id=world.northmoor.id, about="both", reason=WHY, now=now
    )
    received = enquiries.look(s, world.erin, question, now=now)
    assert [one.facts.name for one in received.about] == ["Testa Marrowby", "Derrin Quillfeather"]
    assert all(
        not (one.facts.phones or one.facts.postcodes or one.facts.address_lines) for one in received.about
    )


@pytest.mark.parametrize("number", ["07700 900123", "+44 (0)7700 900123", "01632-960111", "zz99 9zz"])
def test_a_number_or_a_postcode_is_not_written_into_the_other_area(world: World, number: str) -> None:
    row, s = make.sent_referral(world), world.session
    asking = {"area_id": world.northmoor.id, "about": "both", "now": world.now}
    with pytest.raises(Refused, match="Leave telephone numbers and addresses out"):
        enquiries.ask(s, world.ben, row.case, reason=f"Ring {number} first.", **asking)  # type: ignore[arg-type]
    dated = "Since 12 November 2026 (2026-11-12), on the 14:30 bus, house 12."
    assert enquiries.ask(s, world.ben, row.case, reason=dated, **asking)  # type: ignore[arg-type]


def test_the_own_area_is_not_another_one(world: World) -> None:
    row = make.sent_referral(world)
    with pytest.raises(Refused, match="another area"):
        enquiries.ask(
            world.session, world.ben, row.case, area_id=world.area.id, about="both", reason=WHY, now=world.now
        )


def test_the_database_refuses_an_unsigned_answer(world: World) -> None:
    question = make.enquiry(world)
    with pytest.raises(IntegrityError, match="answer_is_signed_and_dated"):
        world.session.execute(
            text("UPDATE enquiry SET answered_at = now() WHERE id = :id"), {"id": question.id}
        )
