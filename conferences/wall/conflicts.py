"""Who is like somebody in a case: shut out at once, until a coordinator has looked.

Names, telephones, mail addresses and homes are compared whenever an account is made, somebody says where they
live, an agency lists who else works there, a referral is sent, or a person of a sent case becomes known
better. Rather one too many: a person who is shut out by mistake is let in again with a reason, one who read
their sister's case is not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from conferences import audit, matching, records
from conferences.finding import register, word_keys
from conferences.finding.indexing import facts_of, several
from conferences.matching import Facts, judge
from conferences.matching import contact as reached
from conferences.models import (
    Agency,
    Case,
    Exclusion,
    Involvement,
    Membership,
    OutsideReferral,
    Person,
    Referral,
    ReferralStatus,
    Role,
    User,
    new_id,
)
from conferences.sealing import seal, unseal, unseal_json
from conferences.wall import colleagues, staff, walls

# What two names must have in common, in bits: more than a first name, and more than a family name alone.
ALIKE = 10.0
# Of one telephone, one home, or one postcode where no two houses of it are told apart.
REACHED_ALIKE = reached.POSTCODE_BITS
NAME, HOME = "Their name is like one in this case", "Their telephone or address is one in this case"
MAIL = "Their mail address is one in this case"
Why = tuple[float, tuple[str, ...]]


@dataclass(frozen=True)
class Compared:
    """Somebody a case may have to be kept from: with an account, or only a name at an agency."""

    facts: Facts
    user: User | None = None
    agency: Agency | None = None


def likeness(mine: Facts, theirs: Facts) -> Why | None:
    """Returns what somebody's own name, telephones, mail and home have in common with a person's, and why."""
    found: list[tuple[float, tuple[str, ...]]] = []
    judged = theirs.sieve.passes(name for name, _ in mine.names)
    named = judge(Facts(name=mine.name), theirs) if judged else None
    if named is not None and named.bits >= ALIKE:
        found.append((named.bits, (NAME, *named.reasons)))
    shared = reached.compare(mine.contact, theirs.contact)
    if shared.bits >= REACHED_ALIKE:
        only_mail = shared.words == (reached.SAME_MAIL,)
        found.append((shared.bits, (MAIL,) if only_mail else (HOME, *shared.words)))
    if not found:
        return None
    return sum(bits for bits, _ in found), tuple(word for _, words in found for word in words)


def everyone(session: Session, area_id: UUID) -> list[Compared]:
    """Returns everybody of an area whom a case may have to be kept from."""
    placed = select(User).join(Membership, (Membership.user_id == User.id) & Membership.ended_at.is_(None))
    users = session.scalars(placed.where(User.area_id == area_id)).all()
    agencies = session.scalars(select(Agency).where(Agency.area_id == area_id)).all()
    return [Compared(facts, user=user) for user, facts in staff.facts_of_users(session, users)] + [
        Compared(facts, agency=agency) for agency, facts in colleagues.facts_of(session, agencies)
    ]


def look_at_case(
    session: Session, case: Case, *, now: datetime, among: Sequence[Compared] | None = None
) -> None:
    """Compares everyone of the area with the people of a case, and with the names kept out of it.

    `among` is what `everyone` returned, for whoever looks at many cases.
    """
    parties = _parties(session, case)
    for one in everyone(session, case.area_id) if among is None else among:
        if one.user is None or one.user.id != case.opened_by_id:
            _compare(session, case, one, parties, now)


def _compare(session: Session, case: Case, one: Compared, parties: Sequence[Facts], now: datetime) -> None:
    alike = [why for party in parties if (why := likeness(one.facts, party)) is not None]
    reasons = [word for why in sorted(alike, key=lambda why: -why[0]) for word in why[1]]
    if reasons:
        _suspect(session, case, one, tuple(dict.fromkeys(reasons)), now)


def _parties(session: Session, case: Case) -> list[Facts]:
    """The people of a case by every record that is theirs, and the names kept out of it."""
    own = [row.person_id for row in case.involvements]
    known = {one for group in records.records_of(session, own).values() for one in group}
    persons = session.scalars(select(Person).where(Person.id.in_(known)))
    named = [wall for wall in case.exclusions if wall.suggested_at is None]
    names = [unseal(session, wall, "named") for wall in named]
    return [facts_of(session, person) for person in persons] + [Facts(name=name) for name in names if name]


def look_at_user(session: Session, user: User, *, now: datetime) -> None:
    """Compares one person with an account with everyone in the area's cases, and with names kept out."""
    ((_, facts),) = staff.facts_of_users(session, [user])
    _look_for(session, user.area_id, [Compared(facts, user=user)], now)
    for case in _told_before_sending(session, user.area_id):
        if user.id != case.opened_by_id:
            _compare(session, case, Compared(facts, user=user), _parties(session, case), now)
    if user.role is Role.COORDINATOR:
        for row in _waiting(session, user.area_id):
            look_at_arrival(session, row, now=now)


def look_at_colleagues(session: Session, agency: Agency, *, now: datetime) -> None:
    """Compares those who work for an agency without an account with everyone in the area's cases."""
    named = [Compared(facts, agency=agency) for _, facts in colleagues.facts_of(session, [agency])]
    _look_for(session, agency.area_id, named, now)


def _look_for(session: Session, area_id: UUID, some: Sequence[Compared], now: datetime) -> None:
    for one in some:
        persons = {person for keys in _keys(one.facts) for person in register.sharing(session, area_id, keys)}
        for case in _cases_of(session, persons):
            if one.user is None or one.user.id != case.opened_by_id:
                _compare(session, case, one, _parties(session, case), now)
    for wall in _named(session, area_id):
        case = session.get_one(Case, wall.case_id)
        for one in some:
            _compare(session, case, one, [Facts(name=unseal(session, wall, "named"))], now)


def look_at_arrival(session: Session, row: OutsideReferral, *, now: datetime) -> None:
    """Hides what arrived without an account from each coordinator who is like somebody in it.

    Hidden from nobody where no other coordinator could decide. Once it is taken on and sent it is compared
    again, as a case, and a person looks.
    """
    body = unseal_json(session, row, "body")
    if body is None:
        return
    parties = _written_of(body)
    deciding = [
        one
        for one in everyone(session, row.area_id)
        if one.user and one.user.is_active and one.user.role is Role.COORDINATOR
    ]
    alike = [one.user.id for one in deciding if one.user and any(likeness(one.facts, who) for who in parties)]
    if len(alike) == len(deciding):
        hidden: list[UUID] = []
        if alike:
            audit.record(session, None, "person.left_to_decide", row, at=now)
    else:
        hidden = sorted(alike)
        if set(hidden) - set(row.hidden_from or ()):
            audit.record(session, None, "person.suspected", row, at=now)
    row.hidden_from = hidden
    session.flush()


def _told_before_sending(session: Session, area_id: UUID) -> Sequence[Case]:
    """The cases nobody sent that somebody besides the writer may know of."""
    told = or_(
        Referral.status == ReferralStatus.AWAITING_SIGNOFF,
        Referral.given_back_at.is_not(None),
        Referral.left_lying_at.is_not(None),
        Referral.writer_gone_at.is_not(None),
    )
    wanted = select(Case).where(Case.area_id == area_id, Case.shared_at.is_(None), ~Case.withheld)
    some = select(Referral.id).where(Referral.case_id == Case.id, told)
    return session.scalars(wanted.where(some.exists()).order_by(Case.id)).all()


def _written_of(body: dict[str, Any]) -> list[Facts]:
    """The people somebody without an account wrote of; the telephone is the victim's."""
    people = [body["victim"], *body["perpetrators"], *body.get("children", ())]
    facts = [
        Facts(
            name=one.get("name"),
            aliases=several(one.get("known_as")),
            former_names=several(one.get("former_names")),
            born=one.get("born"),
        )
        for one in people
    ]
    return [replace(facts[0], phones=several(body["contact"].get("phone"))), *facts[1:]]


def _waiting(session: Session, area_id: UUID) -> Sequence[OutsideReferral]:
    wanted = select(OutsideReferral).where(OutsideReferral.area_id == area_id)
    return session.scalars(wanted.where(OutsideReferral.decided_by_id.is_(None))).all()


def _keys(facts: Facts) -> list[Iterable[str]]:
    """By names, and by telephones, mail and homes: apart, so that many namesakes crowd out no neighbour."""
    reached_by = replace(facts, name=None)
    homes = matching.keys(reached_by) | word_keys.of_person(reached_by)
    return [matching.keys(Facts(name=facts.name), asking=True), *([homes] if homes else [])]


def look_at_people(session: Session, persons: Iterable[UUID], *, now: datetime) -> None:
    """Compares everyone of the area with the sent cases of people who have become known better."""
    groups = records.records_of(session, persons)
    for case in _cases_of(session, {one for group in groups.values() for one in group}):
        look_at_case(session, case, now=now)


def _cases_of(session: Session, persons: Iterable[UUID]) -> Sequence[Case]:
    """The sent cases these people are in, each once."""
    known = {one for group in records.records_of(session, persons).values() for one in group}
    theirs = select(Involvement.case_id).where(
        Involvement.person_id.in_(known), Involvement.removed_at.is_(None)
    )
    wanted = select(Case).where(Case.id.in_(theirs), Case.shared_at.is_not(None))
    return session.scalars(wanted.order_by(Case.opened_at, Case.id)).all()


def _named(session: Session, area_id: UUID) -> Sequence[Exclusion]:
    """The exclusions in force that somebody made of people who had no account then."""
    return session.scalars(
        select(Exclusion)
        .join(Case, Case.id == Exclusion.case_id)
        .where(
            Case.area_id == area_id,
            Exclusion.named_sealed.is_not(None),
            Exclusion.suggested_at.is_(None),
            Exclusion.lifted_at.is_(None),
        )
    ).all()


def _suspect(session: Session, case: Case, one: Compared, reasons: tuple[str, ...], now: datetime) -> None:
    """Shuts them out of a case, and of those it counts as one with; nobody out of one they opened."""
    for case_ in (case, *walls.joined(session, case)):
        if one.user is None or one.user.id != case_.opened_by_id:
            _suspect_in(session, case_, one, reasons, now)


def _suspect_in(session: Session, case: Case, one: Compared, reasons: tuple[str, ...], now: datetime) -> None:
    if _is_known(session, case, one, reasons):
        return
    if one.user and [decider.id for decider in walls.deciders(session, case)] == [one.user.id]:
        audit.record(session, None, "person.left_to_decide", case, at=now)
        return  # a case that nobody may know of is a case that is lost
    row = Exclusion(id=new_id(), case_id=case.id, data_key=case.data_key, at=now, suggested_at=now)
    row.user_id = one.user.id if one.user else None
    works = (f"Works at {one.agency.name} without an account",) if one.agency else ()
    seal(session, row, "named", None if one.user else one.facts.name)
    seal(session, row, "reason", "; ".join((*reasons, *works)))
    session.add(row)
    audit.record(session, None, "person.suspected", case, at=now)
    session.flush()
    session.refresh(case, ["exclusions"])


def _is_known(session: Session, case: Case, one: Compared, reasons: tuple[str, ...]) -> bool:
    """Whether they are shut out already, or somebody has looked at all of this and let them in."""
    earlier = select(Exclusion).where(Exclusion.case_id == case.id)
    if one.user:
        rows = list(session.scalars(earlier.where(Exclusion.user_id == one.user.id)))
    else:
        by_name = session.scalars(earlier.where(Exclusion.named_sealed.is_not(None)))
        rows = [row for row in by_name if unseal(session, row, "named") == one.facts.name]
    if any(row.lifted_at is None for row in rows):
        return True
    looked_at = " ".join(unseal(session, row, "reason") or "" for row in rows if row.suggested_at)
    # Whoever was let in after somebody had shut them out by hand is not doubted again by a machine.
    by_hand = any(row.suggested_at is None for row in rows)
    return bool(rows) and (by_hand or all(reason in looked_at for reason in reasons))
