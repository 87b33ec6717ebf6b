"""Who the people of a referral may be: candidates with reasons, two records side by side, and headlines."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import audit, births, records
from conferences.calendars import local_day
from conferences.case import repeats
from conferences.finding import neighbours, register
from conferences.finding.indexing import facts_of
from conferences.matching import Band, Candidate, Facts, agreement, judge
from conferences.models import (
    Case,
    IdentityDecision,
    Involvement,
    Part,
    Person,
    Referral,
    Sameness,
    User,
)
from conferences.permissions import Permission, may, require
from conferences.person import identity, people
from conferences.sealing import unseal
from conferences.visibility import visible_to

COMPARED = (Part.VICTIM, Part.PERPETRATOR, Part.OTHER_ADULT, Part.CHILD)


@dataclass(frozen=True)
class Record:
    """A record of a person: the name on it, and the cases it belongs to that the reader may know of."""

    person_id: UUID
    name: str
    places: tuple[tuple[Part, str], ...]


@dataclass(frozen=True)
class Suggested:
    """A record that may be the same person, why, and what somebody has decided about the two."""

    record: Record
    score: float
    reasons: tuple[str, ...]
    decision: IdentityDecision | None


@dataclass(frozen=True)
class Asked:
    """Somebody named in a referral, and the records that may be theirs."""

    involvement: Involvement
    name: str
    found: tuple[Suggested, ...]


@dataclass(frozen=True)
class Field:
    """One line of two records side by side; `verdict` is agrees, alike, differs or missing."""

    label: str
    one: str
    other: str
    verdict: str


@dataclass(frozen=True)
class Headline:
    """That the people of a case, or somebody at their telephone or address, are in other cases too.

    `relation` is one of `Relation`, or `same_phone`, or `same_home`.
    """

    relation: str
    cases: tuple[tuple[UUID, str], ...]


def asked_about(session: Session, actor: User, referral: Referral, *, now: datetime) -> list[Asked]:
    """Returns everyone named in a referral with the records that may be theirs, best first."""
    require(actor, Permission.DECIDE_IDENTITY, referral)
    audit.record(session, actor, "identity.looked_up", referral, at=now)
    rows = [row for part in COMPARED for row in people.in_part(referral.case, part)]
    own = {row.person_id for row in rows}
    decisions = identity.decided(session, own)
    beside = _beside(session, actor, own)
    found = [(row, _candidates(session, actor, row, own, beside, decisions, now)) for row in rows]
    wanted = {UUID(str(one.id)) for _, some in found for one in some}
    records = records_shown(session, actor, wanted)
    return [_asked(session, row, some, records, decisions) for row, some in found]


def _candidates(
    session: Session,
    actor: User,
    row: Involvement,
    own: set[UUID],
    beside: list[UUID],
    decisions: dict[tuple[UUID, UUID], IdentityDecision],
    now: datetime,
) -> list[Candidate[str]]:
    """What the matcher offers, and whoever was decided about before though it offers them no more."""
    facts = facts_of(session, row.person)
    offered = register.candidates(session, actor, facts, leaving_out=own, now=now)
    known = {UUID(str(one.id)) for one in offered}
    offered += register.among(session, facts, [one for one in beside if one not in known], now=now)
    known |= {UUID(str(one.id)) for one in offered}
    told = [_other(pair, row.person_id) for pair in decisions if row.person_id in pair]
    return [
        *offered,
        *(
            Candidate(id=one.hex, score=0.0, band=Band.POSSIBLE, reasons=())
            for one in told
            if one not in known
        ),
    ]


def _beside(session: Session, actor: User, own: set[UUID]) -> list[UUID]:
    """The people of earlier cases of somebody here: who harmed then may harm now, however common the name."""
    groups = records.records_of(session, own)
    same = {one for group in groups.values() for one in group} - own
    if not same:
        return []
    theirs = select(Involvement.case_id).where(
        Involvement.person_id.in_(same), Involvement.removed_at.is_(None)
    )
    seen = visible_to(actor, Case).where(Case.id.in_(theirs)).with_only_columns(Case.id)
    wanted = select(Involvement.person_id).where(
        Involvement.case_id.in_(seen),
        Involvement.removed_at.is_(None),
        Involvement.person_id.not_in(own | same),
    )
    return list(session.scalars(wanted.distinct()))


def _other(pair: tuple[UUID, UUID], mine: UUID) -> UUID:
    return pair[1] if pair[0] == mine else pair[0]


def _asked(
    session: Session,
    row: Involvement,
    some: list[Candidate[str]],
    records: dict[UUID, Record],
    decisions: dict[tuple[UUID, UUID], IdentityDecision],
) -> Asked:
    shown = []
    for one in some:
        other = UUID(str(one.id))
        if other in records:
            first, second = sorted((row.person_id, other))
            shown.append(
                Suggested(records[other], one.score, tuple(one.reasons), decisions.get((first, second)))
            )
    return Asked(row, people.name_of(session, row), tuple(shown))


def records_shown(session: Session, actor: User, ids: Iterable[UUID]) -> dict[UUID, Record]:
    """Returns the records of these people with their cases, as far as the reader may know of those."""
    seen = visible_to(actor, Case).with_only_columns(Case.id)
    rows = session.execute(
        select(Involvement.person_id, Involvement.part, Case.reference)
        .join(Case, Case.id == Involvement.case_id)
        .where(Involvement.person_id.in_(set(ids)), Involvement.removed_at.is_(None), Case.id.in_(seen))
        .order_by(Case.opened_at.desc())
    ).all()
    places: dict[UUID, list[tuple[Part, str]]] = {}
    for row in rows:
        places.setdefault(row.person_id, []).append((row.part, row.reference))
    found = session.scalars(select(Person).where(Person.id.in_(places)))
    return {
        person.id: Record(
            person.id, unseal(session, person, "name") or "Name not given yet", tuple(places[person.id])
        )
        for person in found
    }


def side_by_side(
    session: Session, actor: User, referral: Referral, one: Person, other: Person, *, now: datetime
) -> list[Field]:
    """Compares two records line by line; a telephone and an address only say whether they agree."""
    require(actor, Permission.DECIDE_IDENTITY, referral)
    audit.record(session, actor, "identity.compared", referral, at=now)
    mine, theirs, today = facts_of(session, one), facts_of(session, other), local_day(now)
    return [
        _words("Name", mine.name, theirs.name, alike=_alike_in_name(mine, theirs)),
        _words("Other names", _list(mine.aliases), _list(theirs.aliases)),
        _words("Former names", _list(mine.former_names), _list(theirs.former_names)),
        _words("Born", _born(mine, today), _born(theirs, today), alike=_alike_in_birth(mine, theirs)),
        _words("Sex", mine.sex or "", theirs.sex or ""),
        _hidden("Telephone", mine.phones, theirs.phones),
        _hidden("Mail", mine.mails, theirs.mails),
        _hidden("Address", mine.address_lines, theirs.address_lines),
        _hidden("Postcode", mine.postcodes, theirs.postcodes),
    ]


def likeness(session: Session, one: Person, other: Person) -> tuple[str, ...]:
    """Returns in words why the matcher would take two records for one person; none where it would not."""
    verdict = judge(facts_of(session, one), facts_of(session, other))
    return verdict.reasons if verdict is not None else ()


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


def _born(facts: Facts, today: date) -> str:
    if not facts.born:
        return ""
    age = births.age_words(facts.born, today)
    return f"{facts.born} ({age})"


def _words(label: str, mine: str | None, theirs: str | None, *, alike: bool = False) -> Field:
    verdict = "alike" if alike else "differs"
    if not mine or not theirs:
        verdict = "missing"
    elif _plain(mine) == _plain(theirs):
        verdict = "agrees"
    return Field(label, mine or "", theirs or "", verdict)


def _alike_in_name(mine: Facts, theirs: Facts) -> bool:
    """Misspelt, shortened or sounding alike is not the same as different."""
    return judge(Facts(name=mine.name), Facts(name=theirs.name)) is not None


def _alike_in_birth(mine: Facts, theirs: Facts) -> bool:
    return bool(agreement.compare(mine.birth, theirs.birth).words)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _hidden(label: str, mine: Iterable[str], theirs: Iterable[str]) -> Field:
    one, other = {_squeezed(word) for word in mine}, {_squeezed(word) for word in theirs}
    verdict = "missing" if not one or not other else "agrees" if one & other else "differs"
    return Field(label, "held" if one else "", "held" if other else "", verdict)


def _squeezed(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def undecided(rows: Iterable[Asked]) -> int:
    """Counts the records that somebody should still look at."""
    settled = (Sameness.SAME, Sameness.DIFFERENT)
    return sum(
        1 for row in rows for one in row.found if one.decision is None or one.decision.answer not in settled
    )


def headlines(session: Session, actor: User, case: Case) -> list[Headline]:
    """Returns that the same people are in other cases, to those cleared for it and for those cases."""
    if not may(actor, Permission.VIEW_HEADLINES, case):
        return []
    related: list[tuple[str, UUID, str]] = list(repeats.related_cases(session, actor, case))
    known = [row for _, row, _ in related]
    near = neighbours.of(session, actor, case, leaving_out=known)
    related += [(one.kind, one.case_id, one.reference) for one in near]
    kinds = Counter(relation for relation, _, _ in related)
    return [
        Headline(kind, tuple((row, reference) for relation, row, reference in related if relation == kind))
        for kind in kinds
    ]
