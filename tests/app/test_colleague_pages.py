"""An agency's list of colleagues without an account, on the page and by programs."""

from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from app import comparing, jobs
from app.auth import api_tokens
from conferences.models import Employee, Exclusion
from tests import after, make
from tests.browse import Browse
from tests.house import work
from tests.make import World
from tests.sign_in import as_user

ELM = {"name": "Ned Sampleworth", "phones": "01632 960333", "line": "14 Elm Road", "postcode": "ZZ99 1AA",
       "mails": "ned@made-up.example"}  # fmt: skip


@pytest.fixture
def working(sessions: sessionmaker[Session]) -> Iterator[None]:
    with jobs.working_on(sessions):
        yield


@pytest.fixture
def here(client: Browse, world: World) -> str:
    """Dana is signed in; the address of Housing's list."""
    as_user(client, world, world.dana)
    return f"/agencies/{world.agencies['HSG'].id.hex}/colleagues"


def names(world: World) -> list[Any]:
    world.session.expire_all()
    return [row.removed_at is None for row in world.session.query(Employee)]


def test_somebody_is_added_compared_and_never_shown_again(
    client: Browse, world: World, here: str, working: None
) -> None:
    case = make.sent_referral(world, perpetrator="Ned Sampleworth").case
    assert here in client.get("/account").text
    for _ in range(2):
        assert client.submit(here, ELM).headers["location"] == here
    wanted = text("SELECT task_name, args FROM procrastinate_jobs ORDER BY id")
    name, given = world.session.execute(wanted).all()[0]
    assert name == "conflicts.look_at_colleagues"
    comparing.look_at_colleagues(**given)
    world.session.expire_all()
    assert [row.case_id for row in world.session.query(Exclusion)] == [case.id]
    row = world.session.query(Employee).one()
    for path in (here, f"/colleagues/{row.id.hex}"):
        page = unescape(client.get(path).text)
        assert "Ned Sampleworth" in page
        assert "telephone, house, postcode, mail address" in page
        assert not any(word in page for word in ("960333", '14 Elm Road"', "ZZ99", "ned@made-up"))


def test_many_are_pasted_and_one_is_changed_and_ended(client: Browse, world: World, here: str) -> None:
    pasted = "Ned Sampleworth\t01632 960333\nMina Alderoak"
    assert client.submit(f"{here}/many", {"names": pasted}).status_code == 303
    ned, _ = sorted(world.session.query(Employee), key=lambda row: row.phones_sealed is None)
    mine = f"/colleagues/{ned.id.hex}"
    assert client.submit(mine, {"name": "Edward Sampleworth"}).headers["location"] == here
    assert client.submit(f"{mine}/home", {"phones": "01632 960444"}).headers["location"] == here
    page = client.get(here).text
    assert "Edward Sampleworth" in page
    assert client.submit(f"{mine}/home", {}).status_code == 303
    assert "Nothing is kept" in client.get(mine).text
    assert client.submit(f"{mine}/end", {}).headers["location"] == here
    assert client.submit(f"{mine}/end", {}).status_code == 404
    assert sorted(names(world)) == [False, True]


@pytest.mark.parametrize(
    ("path", "typed", "sentence"),
    [
        ("", {"phones": "01632 960555"}, "Write their name, at most 200 characters"),
        ("", ELM | {"postcode": "Z"}, "Write one postcode in full"),
        ("/many", {"names": "Mina\n14 Elm Road"}, "Line 2 does not begin with a name"),
        ("/many", {"names": ""}, "Give at least one name and at most 500, one on a line"),
    ],
)
def test_what_was_typed_comes_back(
    client: Browse, world: World, here: str, path: str, typed: dict[str, str], sentence: str
) -> None:
    if sentence.startswith("Line 2"):
        typed = {"names": "Mina\n01632 960555"}
    answer = client.submit(f"{here}{path}", typed)
    page = unescape(answer.text)
    assert answer.status_code == 422
    assert "<title>Error: " in page
    assert sentence in page
    assert all(words in page for words in typed.values())
    assert names(world) == []


def test_a_change_that_is_refused_changes_nothing(client: Browse, world: World, here: str) -> None:
    row = after.colleague(world)
    mine = f"/colleagues/{row.id.hex}"
    for path, typed in ((mine, {"name": " "}), (f"{mine}/home", {"line": "14 Elm Road"})):
        answer = client.submit(path, typed)
        assert answer.status_code == 422
        assert "<title>Error: " in answer.text
    world.session.expire_all()
    assert (row.phones_sealed is not None, row.line_sealed) == (True, None)


def test_trying_a_home_out_takes_the_same_whether_or_not_it_is_in_a_case(
    client: Browse, world: World, here: str
) -> None:
    make.sent_referral(world)
    mine, done = f"/colleagues/{after.colleague(world).id.hex}/home", []
    for phone in ("07700 900999", "07700 900998", "07700 900123"):
        world.session.commit()
        with work.noted(world.session.connection()) as noted:
            assert client.submit(mine, {"phones": phone}).status_code == 303
        done.append(noted)
    assert done[1] == done[2]


def test_a_list_of_thirty_asks_no_more_than_one_of_three(client: Browse, world: World, here: str) -> None:
    asked = []
    for count in (3, 30):
        client.submit(f"{here}/many", {"names": "\n".join(f"Ned {'abcdef'[n % 6]}{n}" for n in range(count))})
        world.session.expunge_all()
        with work.noted(world.session.connection()) as noted:
            assert client.get(here).text.count("<tr>") == count + 1
        asked.append([one for one in noted if not one.startswith("opened")])
    assert len(asked[0]) == len(asked[1])


def test_programs_keep_the_list_and_are_never_told_a_home(client: Browse, world: World) -> None:
    token = api_tokens.make(world.session, world.dana, ["colleagues:write"], now=client.moment)
    auth = {"Authorization": f"Bearer {token}"}
    path = f"/api/v1/agencies/{world.agencies['HSG'].id.hex}/colleagues"
    body = {
        "colleagues": [{"name": "Ned Sampleworth", "home": {"phones": ["01632 960333"]}}, {"name": "Mina"}]
    }
    for new in (2, 0):
        assert client.post(path, json=body, headers=auth).json() == {"new": new}
    answer = client.get(path, headers=auth)
    assert [(one["name"], one["kept"]) for one in answer.json()] == [
        ("Mina", []),
        ("Ned Sampleworth", ["phones"]),
    ]
    ned = answer.json()[1]["id"]
    wrong = {"colleagues": [{"name": "Orla"}, {"name": "Pat", "home": {"line": "14 Elm Road"}}]}
    refused = client.post(path, json=wrong, headers=auth)
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    assert len(client.get(path, headers=auth).json()) == 2
    change: Any = {"name": "Ned S", "home": {"mails": ["ned@made-up.example"]}}
    assert client.put(f"/api/v1/colleagues/{ned}", json=change, headers=auth).status_code == 204
    assert client.get(path, headers=auth).json()[1] == {"id": ned, "name": "Ned S", "kept": ["mails"]}
    assert client.post(f"/api/v1/colleagues/{ned}/end", headers=auth).status_code == 204
    assert client.get(path, headers=auth).json()[0]["name"] == "Mina"
