"""A list asks the database as often for many rows as for few: every list of pages and of the API."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection

from app.auth import api_tokens
from conferences.meeting import documents
from conferences.models import Conference, Listing
from tests import after, make
from tests.browse import Browse
from tests.house import access
from tests.house.test_gets import counted
from tests.imports import lists
from tests.make import World
from tests.sign_in import as_user

PEOPLE = ("amara", "ben", "chidi", "dana", "noor")
# Routes without a reference that show no rows of an area.
NOT_A_LIST = ("/help", "/healthz", "/sign-in", "/account", "/instruments", "/referrals/", "/conferences/new",
              "/imports/", "/search", "/openapi.json", "/referral-form")  # fmt: skip

# One more of everything that a list shows.
GROWS: tuple[Callable[[World], object], ...] = (
    lambda world: make.sent_referral(world, children=("Pim",)),
    lambda world: make.filled_draft(world),
    after.to_ring,
    after.drawn,
    after.handed_in,
    after.given_back,
    after.left_behind,
    after.colleague,
    make.appealed,
    make.enquiry,
    access.MAKERS["asked"],
    access.MAKERS["returned"],
    access.MAKERS["arrived"],
    lambda world: documents.ask_for_plan(world.session, world.dana, world.agencies["HSG"], now=world.now),
    lambda world: lists.brought(world, lists.TESTA),
)

# Whether nobody else may know of one that its agency has not let go is asked about each, and so is for which
# agency somebody began what they have not sent: there are few.
ONE_BY_ONE = {f"chidi {path}" for path in ("/", "/queue", "/api/v1/unsent", "/api/v1/left-behind")} | {
    "ben /api/v1/left-behind",
    "amara /cases",
}
MOST_MORE = 18  # for six such referrals


def grow(world: World, meeting: Conference, turn: Listing) -> None:
    """Adds two of everything, so that each list is longer than it was."""
    for number in range(2):
        for more in GROWS:
            more(world)
        make.listing(world, meeting=meeting, victim=f"Listed Person{number}")
        make.action(world, turn, what=f"Promise {number}")
    world.session.commit()


def addresses(world: World, meeting: Conference, turn: Listing) -> Iterator[str]:
    """Gives every list's address, and the pages of one thing that hold a list of others."""
    for method, path in access.routes():
        plain = path.removeprefix("/api/v1")
        if method == "GET" and "{" not in path and not plain.startswith(NOT_A_LIST):
            yield path
    for begins in ("", "/api/v1"):
        yield f"{begins}/conferences/{meeting.id.hex}"
        yield f"{begins}/listings/{turn.id.hex}"
        yield f"{begins}/agencies/{world.agencies['HSG'].id.hex}/colleagues"
    yield f"/api/v1/listings/{turn.id.hex}/actions"


def asked(client: Browse, world: World, connection: Connection, paths: list[str]) -> dict[str, Any]:
    """Returns the statements of each list, for everybody who may see it."""
    found = {}
    for name in PEOPLE:
        user = world.cast()[name]
        token = api_tokens.make(world.session, user, list(api_tokens.SCOPES), now=world.now)
        as_user(client, world, user).get("/")  # notes that somebody was seen, once
        for path in paths:
            headers = {"Authorization": f"Bearer {token}"} if path.startswith("/api") else {}
            with counted(connection) as sent:
                status = client.get(path, headers=headers).status_code
            if status == 200:
                found[f"{name} {path}"] = list(sent)
    return found


def test_every_list_asks_as_often_for_four_rows_as_for_two(
    client: Browse, world: World, connection: Connection
) -> None:
    turn = make.opened_listing(world, meeting=make.conference(world, days=40))
    meeting = make.conference(world, days=30)
    paths = list(addresses(world, meeting, turn))
    grow(world, meeting, turn)
    few = asked(client, world, connection, paths)
    grow(world, meeting, turn)
    many = asked(client, world, connection, paths)
    assert {key.split(" ")[1] for key in few} == set(paths), "a list nobody of these may see"
    for key, sent in many.items():
        more = [one[:90] for one in sent if sent.count(one) > few[key].count(one)]
        assert len(sent) - len(few[key]) <= (MOST_MORE if key in ONE_BY_ONE else 0), (key, more)
