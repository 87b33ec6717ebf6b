"""Two worlds that differ in one case somebody may not know of, and answers with only the ids taken out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from difflib import unified_diff
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from app.auth.tokens import form_token
from conferences.meeting import actions, agenda, documents, meetings, papers
from conferences.models import (
    About,
    AdvocateReferral,
    Assessment,
    Case,
    Conference,
    Draw,
    Listing,
    OutsideReferral,
    Referral,
    ReferralLink,
    Role,
    Urgency,
    User,
    new_id,
)
from conferences.person import people
from conferences.referral import outside, referrals
from conferences.sealing import unseal
from conferences.triage import triage
from conferences.wall import walls
from tests import make
from tests.browse import Browse
from tests.house import work
from tests.make import World
from tests.sign_in import as_user

# What differs between any two answers, however alike: random references, tokens and keys.
_RANDOM = (
    (re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}"), "ID"),
    (re.compile(r'(name="csrf.token" (?:value|content)=")[^"]+'), r"\1TOKEN"),
    (re.compile(r'(name="form_key" value=")[^"]+'), r"\1KEY"),
    (re.compile(r"\b(?:\w{4}-){2}\w{4}\b"), "CODE"),
    (re.compile(r"\b[A-Z]{1,3}-[2-9A-Z]{4,5}\b"), "REF"),
)


def without_ids(text: str) -> str:
    """Returns a text with everything random in it replaced by a word."""
    for pattern, word in _RANDOM:
        text = pattern.sub(word, text)
    return text


def said(answer: Any) -> tuple[int, list[tuple[str, str]], str, int]:
    """Returns all there is to an answer: status, headers with redirects, body and its true length.

    A blank form or an example to download says when it was made, and nothing of any case.
    """
    headers = sorted((name, without_ids(value)) for name, value in answer.headers.items())
    if not answer.headers.get("content-type", "text/").startswith(("text/", "application/json", _PROBLEM)):
        return answer.status_code, [pair for pair in headers if pair[0] != "content-length"], "", 0
    return answer.status_code, headers, without_ids(answer.text), len(answer.content)


_PROBLEM = "application/problem+json"


def differences(there: Any, never: Any) -> list[str]:
    """Returns the lines in which two answers differ, so that a trace can be read."""
    both = ["\n".join(_flat(one)).splitlines() for one in (there, never)]
    return [line for line in unified_diff(*both, n=0, lineterm="") if line[:3] not in ("---", "+++")]


def _flat(answer: Any) -> list[str]:
    if isinstance(answer, list | tuple):
        return [line for part in answer for line in _flat(part)]
    return [str(answer)]


@dataclass
class Scene:
    """What one person may know of, and the case they may not, where it is there."""

    world: World
    uma: User
    meeting: Conference
    coming: Conference
    open: Any = None
    turn: Listing | None = None
    waiting: Any = None
    action: Any = None
    arrived: Any = None
    beside: Any = None

    def things(self) -> dict[str, str]:
        """The references of the hidden case's things, by the word a route begins with."""
        assert self.turn is not None
        case, referral = self.turn.case, self.turn.referral
        return {
            "cases": case.id.hex,
            "search": case.id.hex,
            "arrived": self.arrived.id.hex,
            "assessments": self.beside.id.hex,
            "referrals": referral.id.hex,
            "queue": self.waiting.id.hex,
            "listings": self.turn.id.hex,
            "actions": self.action.id.hex,
            "advocates": self._ring(referral).hex,
            "sample": self._drawn(referral).hex,
        }

    def _ring(self, referral: Referral) -> UUID:
        wanted = select(AdvocateReferral.id).where(AdvocateReferral.referral_id == referral.id)
        return self.world.session.scalars(wanted).one()

    def _drawn(self, referral: Referral) -> UUID:
        """A decision about the hidden case, drawn for the chair to read again."""
        row = Draw(id=new_id(), area_id=referral.area_id, referral_id=referral.id, share=100, roll=0)
        row.drawn, row.at, row.data_key = True, self.world.now, referral.data_key
        row.decision_id = referral.decisions[-1].id
        self.world.session.add(row)
        self.world.session.flush()
        return row.id


Shut = Callable[[World, Case, User], None]


def excluded(world: World, case: Case, user: User) -> None:
    """The referrer names the person in the draft."""
    walls.exclude(world.session, world.amara, case, user_id=user.id, reason="Brother", now=world.now)


def agency_excluded(world: World, case: Case, user: User) -> None:
    """The referrer names the person's whole agency in the draft."""
    walls.exclude(
        world.session, world.amara, case, agency_id=user.agency_id, reason="He works there", now=world.now
    )


def kept_to_a_few(world: World, case: Case, user: User) -> None:
    """The referrer names the few: a coordinator, and somebody at Housing who is not this person."""
    for name in ("Uma", "Orla"):
        walls.restrict(
            world.session, world.amara, case, user_id=world.others[name].id, reason="Few", now=world.now
        )


def scene(world: World, user: User, shut: Shut | None) -> Scene:
    """Builds the person's world, with a hidden case on the way through it when `shut` says how."""
    for name, code, role in (("Uma", "CSC", Role.COORDINATOR), ("Orla", "HSG", Role.REPRESENTATIVE)):
        email = f"{name}.{uuid4().hex}@{code}.example"
        world.others[name] = make.a_user(
            world.session, world.agencies[code], role, f"{name} Few", email, world.now, None
        )
    uma = world.others["Uma"]
    world.now -= timedelta(minutes=1)
    made = Scene(world, uma, make.conference(world, days=9), make.conference(world, days=23))
    for meeting in (made.meeting, made.coming):
        _open_to_all(made, meeting)
    if shut:
        _hidden(made, user, shut)
    for meeting in (made.meeting, made.coming):
        agenda.issue(world.session, uma, meeting, now=world.now)
    meetings.open_meeting(world.session, world.chidi, made.meeting, now=world.now)
    _promise(made, _turn_of(made, "Vera Open"))
    links = [_link(made) for _ in range(2)]  # given in both worlds: whether they were used is what is hidden
    for start, victim in ((make.sent_referral, "Quincy Waiting"), (make.filled_draft, "Dora Draft")):
        world.now += timedelta(seconds=1)
        row = start(world, victim=victim, perpetrator=_harming(victim))
        made.open = made.open or row
    if shut:
        made.turn = _turn_of(made, "Hetty Hidden")
        made.action = _promise(made, made.turn, days=0)
        made.beside = _beside(made, made.turn)
        made.arrived = _arrived(made, made.turn, links[0])
        _alike(made, user, links[1])
    world.now = world.now.replace(minute=world.now.minute + 1, second=0)
    world.session.commit()
    return made


def _open_to_all(made: Scene, meeting: Conference) -> None:
    w = made.world
    for name in ("Vera Open", "Walt Open") if meeting is made.meeting else ("Xena Open",):
        w.now += timedelta(seconds=1)  # lists have one order only when no two things are of one moment
        row = make.sent_referral(
            w, victim=name, perpetrator=_harming(name), by=w.dana if name == "Walt Open" else w.amara
        )
        triage.accept(w.session, made.uma, row, meeting, now=w.now)


def _harming(victim: str) -> str:
    """One case in sight shares a name with the hidden one, and no other does."""
    return "Derrin Quillfeather" if victim == "Vera Open" else f"Otto {victim[::-1].title()}"


def _hidden(made: Scene, user: User, shut: Shut) -> None:
    """A case with children first on both agendas, one in the queue, one that waits for an answer."""
    w, s = made.world, made.world.session
    for meeting in (made.meeting, made.coming):
        row = _sent(made, user, shut)
        triage.accept(s, made.uma, row, meeting, now=w.now)
    made.waiting = _sent(made, user, shut, urgency=Urgency.EMERGENCY)
    triage.return_with_question(s, made.uma, _sent(made, user, shut), question="Who?", now=w.now)
    triage.decline(s, made.uma, _sent(made, user, shut), **make.declining("Elsewhere"), now=w.now)


def _link(made: Scene) -> ReferralLink:
    w = made.world
    given = {"token_hash": uuid4().bytes, "days": 7, "now": w.now}
    return outside.give_link(w.session, made.uma, w.agencies["EDU"], **given)


def _alike(made: Scene, user: User, link: ReferralLink) -> None:
    """What arrived about somebody of the person's own name, and another coordinator will decide."""
    s, now = made.world.session, made.world.now
    named = [{"name": unseal(s, user, "name")}]
    outside.arrive(s, link, make.outside_body(perpetrators=named), now=now)


def _sent(made: Scene, user: User, shut: Shut, **about: Any) -> Any:
    w = made.world
    row = make.filled_draft(w, victim="Hetty Hidden", children=("Pim",), address="Hidden Row", **about)
    shut(w, row.case, user)
    referrals.submit(w.session, w.amara, row, now=w.now)
    return row


def _turn_of(made: Scene, victim: str) -> Listing:
    turns = made.world.session.query(Listing).filter_by(conference_id=made.meeting.id)
    (found,) = (
        row for row in turns if people.name_of(made.world.session, people.victim_of(row.case)) == victim
    )
    return found


def _beside(made: Scene, turn: Listing) -> Any:
    """A finished checklist beside the hidden case's own."""
    w, first = made.world, turn.referral.assessment
    row = Assessment(id=new_id(), referral_id=turn.referral_id, beside_id=first.id, data_key=first.data_key)
    row.instrument, row.instrument_version = first.instrument, first.instrument_version
    row.definition_hash, row.opened_at = first.definition_hash, w.now
    row.opened_by_id = row.completed_by_id = made.uma.id
    row.completed_at = w.now
    w.session.add(row)
    w.session.flush()
    return row


def _arrived(made: Scene, turn: Listing, link: ReferralLink) -> OutsideReferral:
    """What arrived through a link and became the hidden case."""
    w = made.world
    row = outside.arrive(w.session, link, make.outside_body(), now=w.now)
    row.referral_id, row.taken_at, row.decided_by_id = turn.referral_id, w.now, made.uma.id
    row.body_sealed = None
    return row


def _promise(made: Scene, turn: Listing, days: int = 3) -> Any:
    w = made.world
    risk = meetings.record_risk(
        w.session, made.uma, turn, about=About.VICTIM, statement="He has a key.", now=w.now
    )
    promise = actions.Promise(
        "Change the lock", "Joel", w.now.date() + timedelta(days=days), "Job number", True
    )
    housing = w.agencies["HSG"]
    agency = w.agencies["EDU"] if walls.is_shut_out(turn.case, housing) else housing
    return actions.agree(w.session, made.uma, turn, agency, risk, promise, now=w.now)


def copies(made: Scene, user: User) -> list[str]:
    """Returns what this person's own copies would say: an agenda, a plan, or neither."""
    w, found = made.world, []
    for ask in (
        lambda: documents.ask_for_agenda(w.session, user, made.meeting, now=w.now),
        lambda: documents.ask_for_plan(w.session, user, w.agencies["HSG"], now=w.now),
    ):
        try:
            row = ask()
        except Exception as refused:
            found.append(type(refused).__name__)
            continue
        plan: Any = (
            papers.agenda_plan(w.session, row)
            if row.conference
            else papers.action_plan(w.session, row, now=w.now)
        )
        found.append(without_ids(repr(plan)))
    return found


class Asking:
    """One person's browser and program; `work` is what the service did for the last answer."""

    def __init__(self, client: Browse, world: World, user: User, token: str) -> None:
        self.client, self.world, self.user, self.token = client, world, user, token
        self.work: list[str] = []

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Asks a page as the browser does, or the API as a program does."""
        sent: dict[str, Any] = {}
        if path.startswith("/api/"):
            self.client.cookies.clear()
            sent = {"headers": {"Authorization": f"Bearer {self.token}"}}
            sent |= {} if body is None else {"json": body}
        elif not self.client.cookies:
            as_user(self.client, self.world, self.user)
        if method != "GET" and not path.startswith("/api/"):
            keyring = self.client.app.state.keyring  # type: ignore[attr-defined]
            typed = {"csrf_token": form_token(keyring, self.client.cookies["__Host-session"])}
            sent = {"data": typed | (body or {})}
        self.world.session.commit()
        with work.noted(self.world.session.connection()) as self.work:
            return self.client.request(method, path, **sent)
