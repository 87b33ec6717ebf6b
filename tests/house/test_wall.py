"""The conflict wall: whoever is shut out gets, byte for byte, the answers of a world without the case.

Nor does the service do more or less for an answer: the same statements, the same columns opened, because an
answer's time is what was done for it (the time itself: `python -m tests.house.wall_timing`).

Every route is either asked for a thing of the hidden case beside a thing that never was, or asked in
two worlds that differ only in that case, or named here as knowing nothing of cases. A new route fails until
it has its place.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection

from app.auth import api_tokens
from conferences.meeting import documents
from conferences.models import AuditEntry
from tests.api.endpoints import ENDPOINTS, placed
from tests.browse import Browse
from tests.house import access, wall
from tests.house.wall import Asking, Scene, said
from tests.make import World
from tests.sign_in import as_user

# Routes that name a thing of a case begin with one of these, with or without /api/v1 before.
OF_A_CASE = ("/cases/{ref}", "/referrals/{ref}", "/queue/{ref}", "/listings/{ref}", "/actions/{ref}",
             "/search/{ref}", "/arrived/{ref}", "/advocates/{ref}", "/sample/{ref}",
             "/assessments/{ref}")  # fmt: skip
# Asked in both worlds: lists and counts, meetings, and copies of documents.
LISTS = {
    "/",
    "/actions",
    "/cases",
    "/conferences",
    "/documents",
    "/queue",
    "/referrals",
    "/agencies",
    "/chairs",
    "/search",
    "/advocates",
    "/sample",
    "/unsent",
    "/left-behind",
    "/links",
    "/sign-offs",
}
OF_A_MEETING = ("/conferences/{ref}",)
OF_A_COPY = ("/documents/{ref}", "/documents/action-plan", "/documents/agenda", "/actions/plan")
# What no hidden case can change, each with the reason why not.
APART = {
    "/sign-in": "asked before anybody is known",
    "/sign-out": "ends a session",
    "/welcome/{token}": "asked before anybody is known",
    "/refer/{token}": "asked before anybody is known; a used, ended and invented link are one answer",
    "/healthz": "says whether the service runs",
    "/openapi.json": "is made of the code",
    "/help": "fixed words and a blank form",
    "/referral-form": "is made of the definitions",
    "/instruments": "is made of the definitions, and scores what is sent with the question",
    "/referrals/new": "begins a draft of one's own, compared with nobody until it is sent",
    "/referrals/from-word": "begins a draft of one's own, compared with nobody until it is sent",
    "/conferences/new": "begins a meeting; an emergency is in nobody's way",
    "/links/{ref}": "ends a link; of one used behind the wall it ends what is seen of it",
    "/enquiries/{ref}": "another area's case; whoever is like somebody in it is told of no question",
    "/imports": "whoever brought a list, of what they brought; a row that is hidden since is left out",
    "/account": "one's own home, compared later by the worker",
    "/colleagues/{ref}": "an agency's own list, compared later by the worker",
    "/agencies/{ref}/colleagues": "an agency's own list, compared later by the worker",
}
# Asked by POST: somebody in the hidden case by name, misspelt, and by a name that a case in sight shares.
SEARCHES = ("Hetty Hidden", "Hety Hiden", "Derrin Quillfeather")
MAKES = {
    ("POST", "/api/v1/referrals"): "begins a draft of one's own, compared with nobody until it is sent",
    ("POST", "/api/v1/conferences"): "begins a meeting; an emergency is in nobody's way",
    ("POST", "/links"): "makes a link; nothing has arrived by it",
}

# Name a thing of a case in what is sent instead of in the address.
SENT = {"/queue/accept": {"pick": "{}.1"}, "/queue/accept/all": {"pick": "{}.1", "conference": "x"}}


def kind_of(method: str, path: str) -> str:
    """Says how a route is tried; raises for one that nobody has placed."""
    plain = path.removeprefix("/api/v1")
    if (method, path) in MAKES or any(_is_of(path, one) for one in APART):
        return "apart"
    if plain.startswith(OF_A_CASE) or plain in SENT:
        return "case"
    if plain.startswith(OF_A_MEETING):
        return "meeting"
    if plain.startswith(OF_A_COPY):
        return "copy"
    if plain in LISTS and (method == "GET" or plain == "/search"):
        return "list"
    raise LookupError(f"{method} {path} is not placed before or behind the wall")


def _is_of(path: str, first: str) -> bool:
    """Whole words alone: a way in that begins like another is not excused with it."""
    return f"{path.removeprefix('/api/v1')}/".startswith(f"{first}/")


ROUTES = list(access.routes())
BODIES = {(one.method, re.sub(r"\{\w+\}", "{}", f"/api/v1{one.path}")): one.body for one in ENDPOINTS}
SHUT = [("ben", "person"), ("chidi", "few"), ("dana", "agency")]
HOW = {"person": wall.excluded, "agency": wall.agency_excluded, "few": wall.kept_to_a_few}


def test_every_route_has_its_place_and_a_new_one_would_not() -> None:
    placed_ = {kind_of(method, path) for method, path in ROUTES}
    assert placed_ == {"apart", "case", "meeting", "copy", "list"}
    for method, path in (("GET", "/everything"), ("GET", "/sign-offs-of-all"), ("POST", "/cases")):
        with pytest.raises(LookupError):
            kind_of(method, path)
    assert kind_of("GET", "/api/v1/sign-offs") == "list"
    excused = {one for one in APART if any(_is_of(path, one) for _, path in ROUTES)}
    assert (excused, set(MAKES) - set(ROUTES)) == (set(APART), set())
    assert sum(kind_of(method, path) == "case" for method, path in ROUTES) > 100


def asking(client: Browse, world: World, name: str) -> Asking:
    user = world.cast()[name]
    token = api_tokens.make(world.session, user, list(api_tokens.SCOPES), now=client.moment)
    as_user(client, world, user)
    return Asking(client, world, user, token)


def address(path: str, ref: str) -> str:
    filled = path.replace("{ref}", ref).replace("{n}", "1")
    return re.sub(r"\{\w+\}", "0" * 31 + "1", filled)


@pytest.mark.parametrize(("name", "how"), SHUT)
def test_a_thing_of_the_case_is_a_thing_that_never_was(
    client: Browse, world: World, name: str, how: str
) -> None:
    made = wall.scene(world, world.cast()[name], HOW[how])
    who, things = asking(client, world, name), made.things()
    for method, path in ROUTES:
        if kind_of(method, path) != "case":
            continue
        hidden = things[path.removeprefix("/api/v1").split("/")[1]]
        there, never = ((*said(asked(who, method, path, ref)), who.work) for ref in (hidden, uuid4().hex))
        assert there == never, (method, path)
        assert there[0] in (403, 404, 422, *((200, 303) if path in SENT else ())), (method, path)


OTHER_METHODS = ("HEAD", "OPTIONS", "TRACE", "PUT", "PATCH", "DELETE")


def test_no_other_method_tells_of_it_either(client: Browse, world: World) -> None:
    made = wall.scene(world, world.ben, wall.excluded)
    who, things = asking(client, world, "ben"), made.things()
    for word in ("cases", "actions"):
        for method in OTHER_METHODS:
            asked_for = (f"/{word}/{ref}" for ref in (things[word], uuid4().hex))
            there, never = (said(who.ask(method, path)) for path in asked_for)
            assert there == never, (method, word)
            assert there[0] == (404 if method == "HEAD" else 405), (method, word)
            assert (there[3] == 0) == (method == "HEAD")


def asked(who: Asking, method: str, path: str, ref: str) -> Any:
    if path in SENT:
        return who.ask(method, path, {name: words.format(ref) for name, words in SENT[path].items()})
    body = placed(BODIES.get((method, re.sub(r"\{\w+\}", "{}", path))), {})
    return who.ask(method, address(path, ref), body)


@contextmanager
def undone(world: World, connection: Connection) -> Iterator[None]:
    """Whatever is done inside never was."""
    world.session.commit()
    before = connection.begin_nested()
    yield
    world.session.commit()
    before.rollback()
    world.session.expire_all()


def everything(who: Asking, made: Scene) -> dict[str, Any]:
    """All that a person can find: lists, every link from them, the API, their own copies.

    What was done for each answer stands beside it, by the same words after `work of`.
    """
    found: dict[str, Any] = {}

    def note(key: str, answer: Any) -> None:
        found[key], found[f"work of {key}"] = said(answer), who.work

    for method, path in ROUTES:
        if kind_of(method, path) == "list":
            for words in SEARCHES if method == "POST" else ("",):
                typed = {"words": words} if words else None
                note(f"{method} {path} {words}".strip(), who.ask(method, path, typed))
    pages, works = [], []
    waiting = ["/", "/queue", "/cases", "/conferences", "/actions", "/documents", "/referrals"]
    seen = set(waiting)
    while waiting:
        path = waiting.pop()
        answer = who.ask("GET", path)
        pages.append((wall.without_ids(path), said(answer)))
        works.append((wall.without_ids(path), who.work))
        for link in re.findall(r'(?:href|data-poll)="(/[^"#]*)', unescape(answer.text)):
            if link not in seen and not link.startswith(("/static", "/sign-in", "/help", "/instruments")):
                seen.add(link)
                waiting.append(link)
    found["pages"], found["work of pages"] = sorted(pages, key=repr), sorted(works)
    found["copies"] = wall.copies(made, who.user)
    for meeting in (made.coming, made.meeting):
        for method, path in ROUTES:
            if kind_of(method, path) == "meeting":
                typed = _order(who, meeting, path)
                note(
                    f"{method} {path} {meeting.starts_at}",
                    who.ask(method, address(path, meeting.id.hex), typed),
                )
    turn = {"conference_id": made.coming.id.hex, "version": 1}
    note("accepting", who.ask("POST", f"/api/v1/queue/{made.open.id.hex}/accept", turn))
    return found


def _order(who: Asking, meeting: Any, path: str) -> Any:
    """The order of an agenda as its page shows it, so that ordering is tried for real."""
    if not path.endswith("/order"):
        return {"version": "2"} if path.endswith("/issue") and not path.startswith("/api") else None
    page = who.ask("GET", f"/conferences/{meeting.id.hex}").text
    rows = re.findall(r'name="place-([0-9a-f]{32})"[^>]*value="(\d+)"', page)
    if path.startswith("/api"):
        return {"order": [ref for ref, _ in rows]}
    return {f"place-{ref}": place for ref, place in rows}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "how"), [*SHUT, ("noor", "person")])
def test_every_list_is_that_of_a_world_without_the_case(
    client: Browse, world: World, connection: Connection, name: str, how: str
) -> None:
    with undone(world, connection):
        made = wall.scene(world, world.cast()[name], None)
        never = everything(asking(client, world, name), made)
    made = wall.scene(world, world.cast()[name], HOW[how])
    there = everything(asking(client, world, name), made)
    assert set(there) == set(never)
    for key, answer in there.items():
        assert "\n".join(wall.differences(answer, never[key])) == "", key
    assert len(there["pages"]) > 7


def test_the_comparison_would_notice_the_case(client: Browse, world: World, connection: Connection) -> None:
    with undone(world, connection):
        never = everything(asking(client, world, "ben"), wall.scene(world, world.ben, None))
    made = wall.scene(world, world.ben, lambda *_: None)
    there = everything(asking(client, world, "ben"), made)
    for key in (
        "GET /queue",
        "GET /cases",
        "GET /actions",
        "GET /api/v1/queue",
        "GET /",
        "copies",
        "POST /search Hetty Hidden",
        "POST /api/v1/search Hety Hiden",
        "work of GET /queue",
        "work of POST /search Hetty Hidden",
    ):
        assert there[key] != never[key], key


@pytest.mark.parametrize("how", list(HOW))
def test_a_copy_that_speaks_of_the_case_is_gone_and_no_other(client: Browse, world: World, how: str) -> None:
    made = wall.scene(world, world.ada, wall.excluded)
    assert made.turn is not None
    rows = [documents.ask_for_plan(world.session, world.dana, world.agencies["HSG"], now=world.now)
            for _ in range(2)]  # fmt: skip
    for row, cases in zip(rows, ((made.turn.case_id,), ()), strict=True):
        documents.keep(world.session, row, b"%PDF-1.7 kept", cases=cases, now=world.now)
    who = asking(client, world, "dana")
    if how == "few":
        world.others["Orla"] = world.noor
    HOW[how](world, made.turn.case, world.dana)
    for path in ("/documents/{ref}", "/documents/{ref}/state", "/documents/{ref}/file",
                 "/api/v1/documents/{ref}", "/api/v1/documents/{ref}/file"):  # fmt: skip
        hidden, kept = (who.ask("GET", path.replace("{ref}", row.id.hex)) for row in rows)
        assert said(hidden) == said(who.ask("GET", path.replace("{ref}", uuid4().hex))), path
        assert kept.status_code == 200, path
    listed = who.ask("GET", "/documents").text
    assert rows[0].id.hex not in listed
    assert rows[1].id.hex in listed


def test_an_attempt_is_on_the_coordinators_trail_and_the_person_is_told_nothing(
    client: Browse, world: World
) -> None:
    made = wall.scene(world, world.dana, wall.excluded)
    who, things = asking(client, world, "dana"), made.things()
    who.ask("GET", f"/actions/{things['actions']}")
    missed = world.session.query(AuditEntry).filter_by(kind="access.missed").all()
    assert [(row.actor_id, row.subject_id) for row in missed] == [(world.dana.id, made.action.id)]
    as_user(client, world, world.ben)
    page = client.get(f"/cases/{things['cases']}").text
    assert "Dana Wickfield" in page
    assert "Tried to open it, and was told that there is no such thing" in unescape(page)
