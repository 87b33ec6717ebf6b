"""What the access matrix is asked of: one thing of each kind, and how a row is tried."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi.routing import iter_route_contexts

from app.auth.tokens import form_token, new_token, token_hash
from app.main import create_app
from app.settings import Settings
from conferences.checklist.assessments import Answer
from conferences.meeting import actions, agenda, documents
from conferences.models import Part, Urgency, User, WithdrawCode
from conferences.person import people
from conferences.referral import outside, reassessing
from conferences.triage import triage, withdrawals
from tests import after, make
from tests.browse import Browse
from tests.imports import lists
from tests.make import World
from tests.sign_in import as_user

MATRIX = Path(__file__).resolve().parents[2] / "docs" / "reference" / "access.csv"
PEOPLE = ("nobody", "amara", "ben", "chidi", "dana", "noor", "ada", "erin", "walled")


GROUPS = {
    "form": Part.PERPETRATOR,
    "people": Part.PERPETRATOR,
    "perpetrators": Part.PERPETRATOR,
    "children": Part.CHILD,
    "adults": Part.OTHER_ADULT,
}


@dataclass(frozen=True)
class Row:
    """One line of the matrix: a route, the thing it is asked of, and the answer each person gets."""

    method: str
    path: str
    thing: str
    expected: dict[str, int]

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.thing}"


def rows() -> list[Row]:
    """Reads the matrix as it was written by hand."""
    with MATRIX.open() as source:
        return [
            Row(line["method"], line["path"], line["thing"], {name: int(line[name]) for name in PEOPLE})
            for line in csv.DictReader(source)
        ]


def routes() -> Iterator[tuple[str, str]]:
    """Enumerates every method and path the service answers, nested routers included."""
    from sqlalchemy.orm import sessionmaker

    from conferences.sealing import new_keyring

    app = create_app(Settings(), sessions=sessionmaker(), keyring=new_keyring())
    for context in iter_route_contexts(app.routes):
        for method in sorted(getattr(context, "methods", None) or ()):
            if method != "HEAD":
                yield method, str(getattr(context, "path", None) or context.route.path)


# Each thing by name: what makes it. `walled` is Ben, shut out of the case the thing belongs to.
MAKERS: dict[str, Callable[[World], Any]] = {
    "none": lambda world: None,
    "draft": lambda world: make.filled_draft(world, children=("Pim",), adults=("Gran Marrowby",)),
    "sent": lambda world: make.sent_referral(world),
    "returned": lambda world: _returned(world),
    "asked": lambda world: _asked(world),
    "to_ring": lambda world: after.to_ring(world),
    "drawn": lambda world: after.drawn(world),
    "urgent": lambda world: make.sent_referral(world, urgency=Urgency.EMERGENCY),
    "handed_in": lambda world: after.handed_in(world),
    "given_back": lambda world: after.given_back(world),
    "left_behind": lambda world: after.left_behind(world),
    "taken_back": lambda world: _taken_back(world),
    "declined": lambda world: make.declined(world),
    "appealed": lambda world: make.appealed(world),
    "case": lambda world: make.listing(world).case,
    "shut_case": lambda world: _shut(world, make.listing(world)).case,
    "shut_draft": lambda world: _shut(world, make.filled_draft(world)),
    "conference": lambda world: make.listing(world).conference,
    "issued": lambda world: _issued(world),
    "listing": lambda world: make.opened_listing(world),
    "action": lambda world: make.action(world),
    "proposed": lambda world: make.action(world, offered=False),
    "claimed": lambda world: _claimed(world),
    "hidden_action": lambda world: make.action(world, needs_address=True),
    "document": lambda world: _document(world),
    "list": lambda world: lists.brought(world, lists.TESTA),
    "checked_list": lambda world: lists.checked(world, _somebody_new()),
    "taken_list": lambda world: lists.taken(world, _somebody_new()),
    "link": lambda world: _link(world),
    "twin": lambda world: _twin(world),
    "arrived": lambda world: _arrived(world),
    "further": lambda world: _further(world),
    "opened_further": lambda world: _opened_further(world),
    "enquiry": lambda world: make.enquiry(world),
    "agency": lambda world: world.agencies["HSG"],
    "colleague": lambda world: after.colleague(world),
}


def _somebody_new() -> dict[str, str]:
    """A row about somebody no earlier list named."""
    _MEETINGS[0] += 1
    letters = "M" + str(_MEETINGS[0]).translate(str.maketrans("0123456789", "abcdefghij"))
    return lists.TESTA | {"Ref": f"R{_MEETINGS[0]}", "Victim name": f"Testa {letters}"}


def _returned(world: World) -> Any:
    row = make.sent_referral(world)
    triage.return_with_question(world.session, world.ben, row, question="Who?", now=world.now)
    return row


def _asked(world: World) -> Any:
    row = make.sent_referral(world)
    triage.decline(world.session, world.ben, row, **make.declining("Heard elsewhere"), now=world.now)
    return row


def _taken_back(world: World) -> Any:
    row = make.sent_referral(world)
    code = WithdrawCode.SENT_TWICE
    withdrawals.withdraw(world.session, world.amara, row, code=code, reason="Sent twice", now=world.now)
    return row


def _shut(world: World, row: Any) -> Any:
    people.exclude(
        world.session, world.amara, row.case, named="Ned Sampleworth", reason="Brother", now=world.now
    )
    return row


def _issued(world: World) -> Any:
    meeting = make.listing(world).conference
    agenda.issue(world.session, world.ben, meeting, now=world.now)
    return meeting


def _claimed(world: World) -> Any:
    row = make.action(world)
    actions.not_possible(world.session, world.dana, row, reason="She moved", now=world.now)
    return row


def _document(world: World) -> Any:
    row = documents.ask_for_plan(world.session, world.dana, world.agencies["HSG"], now=world.now)
    documents.keep(world.session, row, b"%PDF-1.7 made for Dana", now=world.now)
    return row


def _twin(world: World) -> Any:
    """A referral that names the same person as an earlier one."""
    before, row = make.sent_referral(world), make.sent_referral(world)
    row.twin = people.in_part(before.case, Part.VICTIM)[0].person_id  # type: ignore[attr-defined]
    return row


def _opened_further(world: World) -> Any:
    """A checklist that Noor opened beside Amara's and has begun to answer."""
    sent, s = make.sent_referral(world), world.session
    row = reassessing.begin(s, world.noor, sent, "s-dash", now=world.now)
    reassessing.answer(s, world.noor, row, [Answer("1", "yes")], now=world.now)
    row.case = sent.case  # type: ignore[attr-defined]
    return row


def _further(world: World) -> Any:
    row = _opened_further(world)
    reassessing.finish(world.session, world.noor, row, refer=False, why=None, now=world.now)
    return row


def _link(world: World) -> Any:
    hashed = token_hash(new_token())
    return outside.give_link(
        world.session, world.ben, world.agencies["EDU"], token_hash=hashed, days=7, now=world.now
    )


def _arrived(world: World) -> Any:
    return outside.arrive(world.session, _link(world), make.outside_body(), now=world.now)


def answer(client: Browse, world: World, row: Row, thing: Any, name: str) -> int:
    """Asks one route as one person, with an empty form, and returns the status."""
    person = {"walled": world.dana if row.thing == "document" else world.ben}.get(name)
    user = person or world.cast().get(name)
    client.cookies.clear()
    if user is not None:
        as_user(client, world, user)
        cookie = client.cookies["__Host-session"]
    else:
        client.get("/sign-in")
        cookie = client.cookies["__Host-visitor"]
    typed = {"csrf_token": form_token(client.app.state.keyring, cookie)}  # type: ignore[attr-defined]
    address = _address(row, thing)
    if row.method == "GET":
        return int(client.get(address).status_code)
    return int(client.request(row.method, address, data=typed).status_code)


def _address(row: Row, thing: Any) -> str:
    path = row.path.replace("{n}", "1").replace("{token}", "no-such-token")
    path = path.replace("{slug}", "safelives-dash-ric")
    path = path.replace("{sheet}", "perpetrator" if "{person}" in path else "needs")
    if thing is not None:
        path = path.replace("{ref}", thing.id.hex)
    if "{one}" in path:
        mine = people.in_part(thing.case, Part.VICTIM)[0].person_id
        path = path.replace("{one}", mine.hex).replace("{other}", thing.twin.hex)
    if "{wall}" in path:
        path = path.replace("{wall}", getattr(thing, "case", thing).exclusions[0].id.hex)
    if "{person}" in path:
        part = GROUPS[path.split("/")[3]]
        path = path.replace("{person}", people.in_part(getattr(thing, "case", thing), part)[0].id.hex)
    return path


def wrong_answers(client: Browse, world: World, row: Row) -> dict[str, tuple[int, int]]:
    """Returns who got another answer than the matrix says: {name: (expected, got)}.

    Those who are refused are asked first, because an allowed request may change the thing. Each is asked of
    a thing of its own when it may change it, and Ben is shut out only when everyone else has been asked.
    """
    wrong, thing = {}, MAKERS[row.thing](world)
    order = sorted(PEOPLE[:-1], key=lambda name: row.expected[name] < 400)
    for name in order:
        if row.method == "POST" and row.expected[name] < 400 and thing is not None:
            thing = _another(world, row)
        got = answer(client, world, row, thing, name)
        if got != row.expected[name]:
            wrong[name] = (row.expected[name], got)
    thing = _another(world, row) if row.method == "POST" and thing is not None else thing
    case = thing if row.thing.endswith("case") else getattr(thing, "case", None)
    if case is not None:
        by = world.ben if case.shared_at else world.session.get_one(User, case.opened_by_id)
        stays, by.is_active = by.is_active, True  # whoever has left said so before
        people.exclude(world.session, by, case, user_id=world.ben.id, reason="Ex-husband", now=world.now)
        by.is_active = stays
    got = answer(client, world, row, thing, "walled")
    return wrong if got == row.expected["walled"] else wrong | {"walled": (row.expected["walled"], got)}


def _another(world: World, row: Row) -> Any:
    """Makes one more thing of the same kind, at a meeting of its own."""
    world.now = world.now.replace(minute=(world.now.minute + 1) % 60)
    _MEETINGS[0] += 1
    original = make.conference
    make.conference = lambda w, days=9, now=None: original(w, days=days + _MEETINGS[0], now=now)  # type: ignore[assignment]
    try:
        return MAKERS[row.thing](world)
    finally:
        make.conference = original


_MEETINGS = [0]
