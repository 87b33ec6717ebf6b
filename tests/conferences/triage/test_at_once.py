"""Two coordinators at once, and one referral sent fifty times at once: real threads, real transactions."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from app import db
from app.embedded import Embedded
from conferences.errors import DomainError
from conferences.imports import undoing as undoing_lists
from conferences.meeting import actions
from conferences.models import (
    Action,
    AdvocateReferral,
    AuditEntry,
    Conference,
    Decision,
    ImportBatch,
    Listing,
    Referral,
    ReferralStatus,
    User,
)
from conferences.referral import referrals, signing
from conferences.sealing import Keyring
from conferences.triage import diverting, triage, undoing
from tests import after, make, server
from tests.imports import lists

OPEN = lists.TESTA | lists.LOCK | {"Action status": "Open", "Date completed": ""}
Verb = Callable[[Session], object]


@pytest.fixture(scope="module")
def place(embedded: Embedded, worker: str, keyring: Keyring) -> Iterator[sessionmaker[Session]]:
    """Sessions on a database of this module’s own, where everything is committed."""
    name = server.copy_of_template(embedded, f"at_once_{worker}")
    engine = db.engine_for(embedded.url("marac_app", name))
    yield db.session_factory(engine, keyring)
    engine.dispose()


@pytest.fixture
def made(place: sessionmaker[Session], now: datetime) -> dict[str, UUID]:
    """A draft, a sent referral and two meetings, with the people who act."""
    with place.begin() as session:
        _clear_names(session)
        world = make.world(session, now)
        rows = {
            "draft": make.filled_draft(world),
            "sent": make.sent_referral(world),
            "meeting": make.conference(world),
            "other": make.conference(world, days=16),
            "amara": world.amara,
            "ben": world.ben,
            "chidi": world.chidi,
            "dana": world.dana,
            "handed_in": after.handed_in(world),
            "list": lists.taken(world, OPEN),
        }
        return {name: row.id for name, row in rows.items()}


def _clear_names(session: Session) -> None:
    """Lets each test have an area of the same name."""
    from conferences.models import Area

    for at, area in enumerate(session.scalars(select(Area))):
        area.name = f"Past {at} {area.id.hex}"
    for user in session.scalars(select(User)):
        user.email_index = bytes(32 - 16) + user.id.bytes
    session.flush()


def at_once(place: sessionmaker[Session], verbs: list[Verb]) -> Counter[str]:
    """Runs each verb in a thread and a transaction of its own, all let go together; counts what came."""
    start, came, lock = threading.Barrier(len(verbs)), Counter[str](), threading.Lock()

    def run(verb: Verb) -> None:
        start.wait()
        try:
            with place.begin() as session:
                verb(session)
            said = "done"
        except DomainError as refusal:
            said = type(refusal).__name__
        with lock:
            came[said] += 1

    threads = [threading.Thread(target=run, args=(verb,)) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def of(session: Session, kind: type[Any], made: dict[str, UUID], name: str) -> Any:
    return session.get_one(kind, made[name])


def test_one_referral_sent_fifty_times_at_once_is_one_referral(
    place: sessionmaker[Session], made: dict[str, UUID], now: datetime
) -> None:
    def send(session: Session) -> None:
        row, amara = of(session, Referral, made, "draft"), of(session, User, made, "amara")
        referrals.submit(session, amara, row, now=now)

    assert at_once(place, [send] * 50) == {"done": 50}
    with place() as session:
        sent = select(func.count()).where(
            AuditEntry.kind == "referral.submitted", AuditEntry.subject_id == made["draft"]
        )
        told = select(func.count()).where(AdvocateReferral.referral_id == made["draft"])
        assert (session.scalar(sent), session.scalar(told)) == (1, 1)
        assert of(session, Referral, made, "draft").status is ReferralStatus.SUBMITTED


def test_two_coordinators_at_once_one_decides_and_the_other_is_told(
    place: sessionmaker[Session], made: dict[str, UUID], now: datetime
) -> None:
    with place() as session:
        seen = of(session, Referral, made, "sent").version

    def accept(session: Session) -> None:
        ben, row = of(session, User, made, "ben"), of(session, Referral, made, "sent")
        triage.accept(session, ben, row, of(session, Conference, made, "meeting"), now=now, version=seen)

    def alert(session: Session) -> None:
        ben, row = of(session, User, made, "ben"), of(session, Referral, made, "sent")
        diverting.alert_only(session, ben, row, reason="Flags", now=now, version=seen)

    assert at_once(place, [accept, alert]) == {"done": 1, "Stale": 1}
    with place() as session:
        row = of(session, Referral, made, "sent")
        turns = session.scalar(select(func.count()).where(Listing.referral_id == row.id))
        assert (len(row.decisions), turns) == (1, int(row.status is ReferralStatus.ACCEPTED))


def test_without_a_version_the_second_meets_a_decided_referral(
    place: sessionmaker[Session], made: dict[str, UUID], now: datetime
) -> None:
    """Programs may send no version: the row’s lock and the table of moves still let only one decide."""

    def accept_onto(meeting: str) -> Verb:
        def verb(session: Session) -> None:
            ben, row = of(session, User, made, "ben"), of(session, Referral, made, "sent")
            triage.accept(session, ben, row, of(session, Conference, made, meeting), now=now)

        return verb

    assert at_once(place, [accept_onto("meeting"), accept_onto("other")] * 5) == {"done": 1, "WrongState": 9}
    with place() as session:
        turns = select(func.count()).where(Listing.referral_id == made["sent"])
        assert session.scalar(turns) == 1


def test_undone_ten_times_at_once_is_undone_once(
    place: sessionmaker[Session], made: dict[str, UUID], now: datetime
) -> None:
    with place.begin() as session:
        ben, row = of(session, User, made, "ben"), of(session, Referral, made, "sent")
        diverting.alert_only(session, ben, row, reason="Flags", now=now)

    def undo(session: Session) -> None:
        ben, row = of(session, User, made, "ben"), of(session, Referral, made, "sent")
        undoing.undo(session, ben, row, now=now)

    assert at_once(place, [undo] * 10) == {"done": 1, "WrongState": 9}
    with place() as session:
        wanted = select(func.count()).where(Decision.referral_id == made["sent"])
        assert session.scalar(wanted) == 2


def test_signed_off_and_given_back_at_once_is_one_of_the_two(
    place: sessionmaker[Session], made: dict[str, UUID], now: datetime
) -> None:
    with place.begin() as session:
        row = of(session, Referral, made, "handed_in")
        assert (row.status, row.signoff_asked_at) == (ReferralStatus.AWAITING_SIGNOFF, now)
        seen = row.version

    def sign(session: Session) -> None:
        row, dana = of(session, Referral, made, "handed_in"), of(session, User, made, "dana")
        signing.sign_off(session, dana, row, now=now, version=seen)

    def give(session: Session) -> None:
        row, dana = of(session, Referral, made, "handed_in"), of(session, User, made, "dana")
        signing.give_back(session, dana, row, reason="Which school?", now=now, version=seen)

    came = at_once(place, [sign, give] * 5)
    assert came["done"] == 1, came
    with place() as session:
        row = of(session, Referral, made, "handed_in")
        assert (row.status is ReferralStatus.SUBMITTED) is (row.given_back_at is None)
        told = select(func.count()).where(AdvocateReferral.referral_id == row.id)
        assert session.scalar(told) == int(row.status is ReferralStatus.SUBMITTED)


def test_a_list_undone_while_somebody_works_on_its_case_loses_nobodys_work(
    place: sessionmaker[Session], made: dict[str, UUID], now: datetime
) -> None:
    """Either the work came first and the case stays, or the case was gone and the person is told."""
    with place() as session:
        action = session.scalars(select(Action.id).where(Action.import_id == made["list"])).one()

    def undo(session: Session) -> None:
        batch = of(session, ImportBatch, made, "list")
        undoing_lists.undo(session, of(session, User, made, "ben"), batch, now=now)

    def note(session: Session) -> None:
        row = session.get_one(Action, action)
        actions.note(session, of(session, User, made, "ben"), row, words="I rang her.", now=now)

    came = at_once(place, [undo, note])
    with place() as session:
        row = session.get_one(Action, action)
        assert row.withheld is (came["done"] == 1), came
        assert len(row.updates) == int(not row.withheld)
