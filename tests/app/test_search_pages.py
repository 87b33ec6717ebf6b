"""Search through the browser: forgiving in what is typed, strict in what is shown."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from app.auth import rates
from conferences.finding import search
from conferences.models import AuditEntry, Part, Referral
from conferences.person import people
from conferences.person.people import PersonDetails
from conferences.referral import referrals
from tests import after, make
from tests.browse import Browse
from tests.contacts import telephone
from tests.house.test_gets import counted
from tests.make import World
from tests.sign_in import as_user


def look(client: Browse, words: str) -> str:
    answer = client.submit("/search", {"words": words})
    assert answer.status_code == 200, words
    return str(answer.text)


def known_as(world: World, row: Referral, name: str, alias: str) -> None:
    details = PersonDetails(name=name, known_as=alias, born="1992-05-04")
    referrals.save_person(world.session, world.amara, row, Part.VICTIM, details, now=world.now)


@pytest.mark.parametrize(
    "words",
    [
        "Testa Marrowby",
        "marrowby testa",
        "  TESTA   marrowby ",
        "Marrowby",
        "Marrow",
        "Tes",
        "Testa Marowby",
        "Tetsa Marrowby",
        "Testa Marrowbey",
        "Tessa Marrowbie",
        "Testa Marrowby 4/5/1992",
        "1992-05-04",
        "Kettle",
        "kettel lane",
        "07700 900123",
        "+44 7700 900123",
        "07700900123",
        "0044 7700-900-123",
        "900123",
        "ZZ99 1AA",
        "zz991aa",
    ],
)
def test_somebody_is_found_however_they_are_asked_for(client: Browse, world: World, words: str) -> None:
    row = make.filled_draft(world, address="4 Hidden Row, Ashmere ZZ99 1AA")
    known_as(world, row, "Testa Marrowby", "Kettle Lane")
    contact = telephone("07700 900123")
    referrals.save_contact(world.session, world.amara, row, contact, now=world.now)
    referrals.submit(world.session, world.amara, row, now=world.now)
    as_user(client, world, world.ben)
    assert row.case.reference in look(client, words)


def test_a_reference_is_found_with_or_without_dash_and_prefix(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    end = row.case.reference.removeprefix("AS-")
    as_user(client, world, world.ben)
    for typed in (f"AS-{end}", f"as{end.lower()}", f"AS {end}", end, f"as–{end}"):
        page = look(client, typed)
        assert "Testa Marrowby" in page, typed
        assert "Derrin Quillfeather" not in page


def test_a_result_says_who_in_which_case_from_whom_and_where_it_stands(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.ben)
    page = look(client, "Derrin Quilfeather")
    for expected in ("Derrin Quillfeather", "Causes harm", row.case.reference, "Education", "To decide"):
        assert expected in page
    assert f'href="/search/{row.case_id.hex}"' in page
    assert "Testa" not in page
    assert "<title>Search –" in page


def test_nobody_found_says_what_was_looked_for(client: Browse, world: World) -> None:
    as_user(client, world, world.ben)
    page = look(client, "Orla Fenchurch 07700 900999")
    assert "Nobody found" in page
    assert "a telephone number" in page
    assert "Nobody found" in look(client, "Elsewhere Nobody")


def test_nothing_to_look_for_comes_back_with_a_sentence(client: Browse, world: World) -> None:
    as_user(client, world, world.ben)
    for typed in ("", "  ", "!!", "x" * 201):
        answer = client.submit("/search", {"words": typed})
        assert answer.status_code == 422, typed
        assert "<title>Error: Search" in answer.text
    assert "x" * 201 in answer.text


@pytest.mark.parametrize("words", ["Testa Marrowby", "07700 900123", "ZZ99 1AA", "Marrow", "1992-05-04"])
@pytest.mark.parametrize("name", ["dana", "erin"])
def test_nobody_finds_what_is_not_theirs(client: Browse, world: World, name: str, words: str) -> None:
    row = make.sent_referral(world, address="4 Hidden Row, ZZ99 1AA")
    as_user(client, world, world.cast()[name])
    assert row.case.reference not in look(client, words)
    assert "Nobody found" in look(client, row.case.reference)


def test_who_may_not_open_a_way_finds_nobody_by_guessing_it(client: Browse, world: World) -> None:
    """Finding: a representative tried postcodes until her agency's referral answered: there the woman was."""
    row = make.filled_draft(world, by=after.hana(world), address="4 Hidden Row, ZZ99 1AA")
    contact = telephone("07700 900123")
    referrals.save_contact(world.session, row.referrer, row, contact, now=world.now)
    referrals.submit(world.session, row.referrer, row, now=world.now)
    as_user(client, world, world.dana)
    assert row.case.reference in look(client, "Testa Marrowby")
    for guess in ("ZZ99 1AA", "07700 900123", "900123"):
        assert row.case.reference not in look(client, guess)
    page = look(client, "Testa Marrowby ZZ99 1AA")
    assert "by name" in page
    as_user(client, world, row.referrer)
    assert row.case.reference in look(client, "ZZ99 1AA")


def test_a_worker_finds_their_own_drafts_and_nobody_elses(client: Browse, world: World) -> None:
    own = make.filled_draft(world)
    make.sent_referral(world, by=world.ben)
    as_user(client, world, world.amara)
    page = look(client, "Testa Marrowby")
    assert own.case.reference in page
    assert page.count('href="/search/') == 1


def test_administrators_search_nobody(client: Browse, world: World) -> None:
    as_user(client, world, world.ada)
    assert client.get("/search").status_code == 403
    assert client.submit("/search", {"words": "Testa"}).status_code == 403
    assert 'action="/search"' not in client.get("/").text


def test_the_box_is_on_every_page_of_those_who_may_search(client: Browse, world: World) -> None:
    as_user(client, world, world.amara)
    page = client.get("/").text
    assert re.search(r'<form class="om-nav__search"[^>]*method="post" action="/search"', page)
    assert "data-search" in page


@pytest.mark.parametrize("words", ["Testa Marrowby", "07700 900123", "ZZ99 1AA", None])
def test_whoever_is_shut_out_gets_the_page_of_somebody_never_there(
    client: Browse, world: World, connection: Connection, words: str | None
) -> None:
    row = make.sent_referral(world, address="4 Hidden Row, ZZ99 1AA")
    people.exclude(world.session, world.ben, row.case, user_id=world.noor.id, reason="Sister", now=world.now)
    absent = {"Testa Marrowby": "Orlan Fenchurc", "07700 900123": "07700 900999", "ZZ99 1AA": "ZZ99 9ZZ"}
    hidden = words or row.case.reference
    other = absent[words] if words else like(row.case.reference)
    as_user(client, world, world.noor)
    pages, asked = [], []
    for typed in (hidden, other):
        with counted(connection) as sent:
            answer = client.submit("/search", {"words": typed})
        pages.append((answer.status_code, dict(answer.headers), answer.text.replace(typed, "")))
        asked.append([re.sub(r"\$\d+|%\(\w+\)s", "?", statement) for statement in sent])
    assert pages[0] == pages[1]
    assert len(asked[0]) == len(asked[1])
    assert "Nobody found" in pages[0][2]


def like(reference: str) -> str:
    """A reference of the same shape that no case has."""
    prefix, _, rest = reference.partition("-")
    letters, digits = "ABCDEFGHJKMNPQRSTVWXYZ", "23456789"
    turned = {one: row[(at + 1) % len(row)] for row in (letters, digits) for at, one in enumerate(row)}
    return f"{prefix}-{''.join(turned[one] for one in rest)}"


def lines(world: World, kind: str) -> list[AuditEntry]:
    return list(world.session.scalars(select(AuditEntry).where(AuditEntry.kind == kind)))


def test_each_search_leaves_a_line_without_its_words(client: Browse, world: World) -> None:
    as_user(client, world, world.ben)
    for words in ("Testa Marrowby", "testa  marrowby", "Orla"):
        look(client, words)
    made = lines(world, "search.made")
    assert [line.actor_id for line in made] == [world.ben.id] * 3
    assert made[0].subject_id == made[1].subject_id != made[2].subject_id
    assert all(line.fields is None and line.reason_sealed is None for line in made)


def test_going_on_from_a_result_leaves_a_line_and_leads_to_the_case(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.ben)
    answer = client.get(f"/search/{row.case_id.hex}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/cases/{row.case_id.hex}")
    as_user(client, world, world.amara)
    answer = client.get(f"/search/{row.case_id.hex}")
    assert answer.headers["location"] == f"/referrals/{row.id.hex}"
    assert [line.subject_kind for line in lines(world, "search.opened")] == ["case_file", "referral"]


def test_a_result_of_somebody_else_leads_nowhere(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    for name in ("dana", "erin"):
        as_user(client, world, world.cast()[name])
        assert client.get(f"/search/{row.case_id.hex}").status_code == 404
        assert client.get(f"/search/{'0' * 32}").status_code == 404
    assert client.get("/search/not-a-reference").status_code == 404
    assert lines(world, "search.opened") == []


def test_the_thirty_first_search_in_ten_minutes_is_refused(client: Browse, world: World) -> None:
    as_user(client, world, world.ben)
    for _ in range(rates.SEARCH.tries):
        rates.within(world.session, rates.SEARCH, world.ben.id.hex, now=world.now)
    refused = client.submit("/search", {"words": "Testa"})
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "600"
    assert lines(world, "search.made") == []
    as_user(client, world, world.chidi)
    look(client, "Testa")
    client.moment += timedelta(minutes=10)
    as_user(client, world, world.ben)
    look(client, "Testa")


def test_at_most_twenty_are_shown_and_the_page_says_there_are_more(client: Browse, world: World) -> None:
    for _ in range(21):
        row = make.draft(world)
        make.with_people(world, row, world.amara, world.now)
    as_user(client, world, world.amara)
    page = look(client, "Testa Marrowby")
    assert page.count('href="/search/') == search.SHOWN
    assert "There are more than these" in page


def test_more_people_cost_no_more_questions(client: Browse, world: World, connection: Connection) -> None:
    as_user(client, world, world.ben)
    make.sent_referral(world)
    with counted(connection) as few:
        look(client, "Testa Marrowby")
    for _ in range(5):
        make.sent_referral(world)
    with counted(connection) as many:
        look(client, "Testa Marrowby")
    assert len(few) == len(many)
