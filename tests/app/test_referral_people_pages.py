"""Who causes harm, and the children: adding, changing and removing them."""

import pytest
from sqlalchemy import event

from conferences.models import Part, Referral
from conferences.person import people
from tests import make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user

PARTS = {"perpetrators": Part.PERPETRATOR, "children": Part.CHILD, "adults": Part.OTHER_ADULT}


@pytest.fixture
def draft(world: World) -> Referral:
    return make.filled_draft(world, children=("Pim",), adults=("Gran",))


def names(world: World, draft: Referral, group: str) -> list[str]:
    world.session.expire_all()
    return [people.name_of(world.session, row) for row in people.in_part(draft.case, PARTS[group])]


def one(draft: Referral, group: str) -> str:
    return f"/referrals/{draft.id.hex}/{group}/{people.in_part(draft.case, PARTS[group])[0].id.hex}"


@pytest.mark.parametrize(
    ("group", "there"), [("perpetrators", "Derrin Quillfeather"), ("children", "Pim"), ("adults", "Gran")]
)
def test_another_person_is_added_changed_and_removed(
    client: Browse, world: World, draft: Referral, group: str, there: str
) -> None:
    as_user(client, world, world.amara)
    where = f"/referrals/{draft.id.hex}/{group}"
    added = client.post_form(f"{where}/new", {"name": "Ola", "born-year": "2019", "lives_with": "sometimes"})
    assert (added.status_code, added.headers["location"]) == (303, where)
    page = client.get(where).text
    assert "Ola" in page
    assert "Some of the time" in page
    assert names(world, draft, group) == [there, "Ola"]
    changed = client.post_form(one(draft, group), {"name": "Somebody Else"})
    assert (changed.status_code, changed.headers["location"]) == (303, where)
    assert names(world, draft, group) == ["Somebody Else", "Ola"]
    assert "Somebody Else" in client.get(f"{one(draft, group)}/remove").text
    removed = client.post_form(f"{one(draft, group)}/remove", {})
    assert (removed.status_code, removed.headers["location"]) == (303, where)
    assert names(world, draft, group) == ["Ola"]


def test_who_comes_from_the_check_is_led_back_to_it(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    check, where = f"/referrals/{draft.id.hex}/check", f"/referrals/{draft.id.hex}/children"
    page = client.get(f"{where}?from=check").text
    assert page.count(f'href="{check}"') == 2  # back, and on
    assert f'href="{where}/new?from=check"' in page
    added = client.post_form(f"{where}/new?from=check", {"name": "Ola"})
    assert added.headers["location"] == f"{where}?from=check"
    gone = client.post_form(f"{one(draft, 'children')}/remove?from=check", {})
    assert gone.headers["location"] == f"{where}?from=check"
    assert check not in client.get(where).text


@pytest.mark.parametrize("group", PARTS)
def test_bad_input_comes_back(client: Browse, world: World, draft: Referral, group: str) -> None:
    as_user(client, world, world.amara)
    before = names(world, draft, group)
    for where in (f"/referrals/{draft.id.hex}/{group}/new", one(draft, group)):
        empty = client.post_form(where, {"born-year": "2019"})
        assert empty.status_code == 422
        assert 'href="#name">Enter a name, or what you know of them' in empty.text
        assert 'value="2019"' in empty.text
        wrong = client.post_form(where, {"name": "Ola", "born-month": "foo", "born-year": "19"})
        assert wrong.status_code == 422
        assert 'value="foo"' in wrong.text
        assert "real date" in wrong.text
        future = client.post_form(where, {"name": "Ola", "born-year": "2027"})
        assert 'href="#born-day">The date of birth must be in the past' in future.text
        long = client.post_form(where, {"name": "O" * 201})
        assert "Name must be 200 characters or fewer" in long.text
    assert names(world, draft, group) == before


@pytest.mark.parametrize("group", PARTS)
@pytest.mark.parametrize("who", ["ben", "erin", "ada"])
def test_nobody_else_may_change_them(
    client: Browse, world: World, draft: Referral, group: str, who: str
) -> None:
    before, here = names(world, draft, group), f"/referrals/{draft.id.hex}/{group}"
    single = one(draft, group)
    as_user(client, world, world.cast()[who])
    for where in (f"{here}/new", single, f"{single}/remove"):
        assert client.get(where).status_code == 404
        assert client.post_form(where, {"name": "Ola"}).status_code == 404
    assert client.get(here).status_code == 404
    assert names(world, draft, group) == before


@pytest.mark.parametrize("group", PARTS)
def test_once_sent_they_stay(client: Browse, world: World, group: str) -> None:
    sent = make.sent_referral(world, children=("Pim",), adults=("Gran",))
    before, single = names(world, sent, group), one(sent, group)
    as_user(client, world, world.amara)
    for where in (f"/referrals/{sent.id.hex}/{group}/new", single, f"{single}/remove"):
        assert client.post_form(where, {"name": "Ola"}, page="/referrals").status_code == 409
    assert names(world, sent, group) == before


def test_sending_a_form_twice_adds_one_person(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    where = f"/referrals/{draft.id.hex}/children"
    for _ in range(2):
        assert client.post_form(f"{where}/new", {"name": "Ola", "form_key": "k"}).status_code == 303
    assert names(world, draft, "children") == ["Pim", "Ola"]
    gone = f"{one(draft, 'children')}/remove"
    for _ in range(2):
        answer = client.post_form(gone, {"form_key": "gone"}, page="/sign-in")
        assert (answer.status_code, answer.headers["location"]) == (303, where)
    assert names(world, draft, "children") == ["Ola"]


def test_somebody_of_another_draft_is_not_found_here(client: Browse, world: World, draft: Referral) -> None:
    other = make.filled_draft(world, children=("Bo",))
    as_user(client, world, world.amara)
    strange = one(other, "children").replace(other.id.hex, draft.id.hex)
    for where in (strange, strange.replace("children", "perpetrators"), strange[:-32] + "zz"):
        assert client.get(where).status_code == 404
        assert client.post_form(where, {"name": "Ola"}).status_code == 404
        assert client.post_form(f"{where}/remove", {}).status_code == 404
    assert names(world, other, "children") == ["Bo"]


def test_a_form_drawn_before_another_change_shows_both(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    where = one(draft, "children")
    version = client.get(where).text.split('name="version" value="')[1].split('"')[0]
    client.post_form(where, {"name": "Pim Marrowby"})
    answer = client.post_form(where, {"name": "Pim M.", "version": version})
    assert answer.status_code == 409
    assert "Pim Marrowby" in answer.text
    assert 'value="Pim M."' in answer.text
    assert names(world, draft, "children") == ["Pim Marrowby"]


def test_an_empty_list_says_what_to_do(client: Browse, world: World) -> None:
    empty = make.draft(world)
    as_user(client, world, world.amara)
    assert "If there are none, go on." in client.get(f"/referrals/{empty.id.hex}/children").text
    assert "Name one person or more." in client.get(f"/referrals/{empty.id.hex}/perpetrators").text


def test_several_names_are_kept_one_on_each_line(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    typed = {"name": "Testa Marrowby", "known_as": "Tess\r\nTessa", "former_names": "Testa Hollis\r\nT. Vane"}
    assert client.post_form(f"/referrals/{draft.id.hex}/victim", typed).status_code == 303
    known = people.details_of(world.session, people.in_part(draft.case, Part.VICTIM)[0])
    assert (known.known_as, known.former_names) == ("Tess\nTessa", "Testa Hollis\nT. Vane")
    assert "Testa Hollis" in client.get(f"/referrals/{draft.id.hex}/check").text


def test_forty_children_can_be_named_and_the_list_asks_no_more_of_the_database(
    client: Browse, world: World
) -> None:
    few = make.filled_draft(world, children=("Pim", "Ash"))
    many = make.filled_draft(world, children=tuple(f"Child {n}" for n in range(40)))
    as_user(client, world, world.amara)
    counted = {}
    for row in (few, many):
        asked: list[str] = []

        def note(*about: object, into: list[str] = asked) -> None:
            into.append(str(about[2]))

        connection = world.session.connection()
        event.listen(connection, "before_cursor_execute", note)
        world.session.expire_all()
        page = client.get(f"/referrals/{row.id.hex}/children").text
        event.remove(connection, "before_cursor_execute", note)
        counted[row.id] = len(asked)
        assert page.count("/remove") == len(people.in_part(row.case, Part.CHILD))
    assert counted[few.id] == counted[many.id]
    assert client.get(f"/referrals/{many.id.hex}/check").text.count("Child ") >= 40
