"""Keeps what people are found by: blind keys of all they are known by, and a sealed copy of what is compared.

Derived from the rows people typed, so it may be thrown away and made again: `marac reindex`.
The line of an address is never copied: it becomes keys, and only its postcode is kept to compare by.
"""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from conferences import matching
from conferences.finding import word_keys
from conferences.matching import Facts
from conferences.models import (
    ContactPoint,
    DataKey,
    Involvement,
    Part,
    Person,
    PersonFacts,
    PersonKey,
    SafeAddress,
)
from conferences.reaching import Way
from conferences.sealing import blind_index, seal_json, unseal, unseal_json

# Raised whenever the same person would get other keys than before; `marac reindex` then makes them again.
EDITION = 8
KEY_BYTES = 6
WHEREABOUTS = "whereabouts"  # the field of the form about somebody who may cause harm
COPIED = ("name", "aliases", "former_names", "born", "phones", "postcodes", "sex", "mails")
_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.I)
_FLAT = re.compile(r"\s*(flat|apartment|apt|room|unit)\b[\w ]{0,6}$", re.I)
_HOUSE = re.compile(r"\b\d+[A-Za-z]?\s+\D+")
_BETWEEN = re.compile(r"[\n;,/|]+")
_SEX = {"woman": "female", "man": "male", "girl": "female", "boy": "male", "female": "female", "male": "male"}


def facts_of(session: Session, person: Person) -> Facts:
    """Returns what is known of a person, as the matcher compares it; opens what is sealed."""
    ways = _ways(session, person)
    places = [where for where in (_address(session, person), *_values(ways, Way.ADDRESS)) if where]
    last_known = _last_known(session, person)
    lines = [
        *(line for where in places for line in lines_of(where)),
        *(house for where in last_known for house in houses_in(where)),
    ]
    return Facts(
        name=unseal(session, person, "name") or "",
        aliases=several(unseal(session, person, "known_as")),
        former_names=several(unseal(session, person, "former_names")),
        born=unseal(session, person, "born"),
        phones=tuple(number for typed in _values(ways, Way.PHONE) for number in several(typed)),
        postcodes=tuple(
            dict.fromkeys(code for where in (*places, *last_known) for code in postcodes_in(where))
        ),
        address_lines=tuple(dict.fromkeys(lines)),
        mails=tuple(one for typed in _values(ways, Way.MAIL) for one in several(typed)),
        sex=_SEX.get((unseal(session, person, "gender") or "").lower()),
    )


def several(words: str | None) -> tuple[str, ...]:
    """Returns the names, or numbers, that were typed into one box."""
    return tuple(part.strip() for part in _BETWEEN.split(words or "") if part.strip())


def postcodes_in(words: str | None) -> tuple[str, ...]:
    """Returns the postcodes in a text, such as `ZZ99 1AA`, each once."""
    found = [f"{out} {inward}".upper() for out, inward in _POSTCODE.findall(words or "")]
    return tuple(dict.fromkeys(found))


def lines_of(address: str | None) -> tuple[str, ...]:
    """Returns the first line of an address; a flat is told with its house."""
    parts = _POSTCODE.sub("", address or "").replace("\n", ",").split(",")
    first = " ".join(parts[: 2 if _FLAT.match(parts[0]) else 1]).strip()
    return (first,) if first else ()


def _ways(session: Session, person: Person) -> list[dict[str, Any]]:
    wanted = select(ContactPoint).where(ContactPoint.person_id == person.id, ContactPoint.ended_at.is_(None))
    return [
        unseal_json(session, row, "said") for row in session.scalars(wanted.order_by(ContactPoint.position))
    ]


def _values(ways: list[dict[str, Any]], way: Way) -> list[str]:
    return [one["value"] for one in ways if one["way"] == way and one.get("value")]


def _address(session: Session, person: Person) -> str | None:
    wanted = select(SafeAddress).where(
        SafeAddress.person_id == person.id, SafeAddress.superseded_at.is_(None)
    )
    row = session.scalars(wanted).one_or_none()
    return unseal(session, row, "address") if row else None


def _last_known(session: Session, person: Person) -> list[str]:
    """Where referrals say that somebody who may cause harm was last known to be, in the words of each."""
    wanted = select(Involvement).where(
        Involvement.person_id == person.id,
        Involvement.part == Part.PERPETRATOR,
        Involvement.removed_at.is_(None),
    )
    told = [unseal_json(session, row, "told_personal") or {} for row in session.scalars(wanted)]
    return [one[WHEREABOUTS] for one in told if one.get(WHEREABOUTS)]


def houses_in(words: str | None) -> tuple[str, ...]:
    """Returns each house with its number that running words name, such as `14 Elm Road`."""
    parts = _BETWEEN.split(_POSTCODE.sub("", words or ""))
    return tuple(house[0].strip() for part in parts if (house := _HOUSE.search(part)))


def blind_keys(session: Session, area_id: UUID, words: Iterable[str]) -> list[bytes]:
    """Returns the keyed hashes of one area for some keys, in their order: another area's are others."""
    purpose = f"person keys of {area_id.hex}"
    return [blind_index(session, purpose, word)[:KEY_BYTES] for word in words]


def index(session: Session, person: Person) -> None:
    """Makes a person findable by what is known of them now, and by nothing they are no longer known by."""
    session.flush()
    facts = facts_of(session, person)
    wanted = set(blind_keys(session, person.area_id, matching.keys(facts) | word_keys.of_person(facts)))
    mine = PersonKey.person_id == person.id
    held = set(session.scalars(select(PersonKey.key).where(mine)))
    if held - wanted:
        session.execute(delete(PersonKey).where(mine, PersonKey.key.in_(held - wanted)))
    if wanted - held:
        rows = [
            {"area_id": person.area_id, "key": key, "person_id": person.id} for key in sorted(wanted - held)
        ]
        session.execute(insert(PersonKey).values(rows))
    _copy(session, person, facts)


def _copy(session: Session, person: Person, facts: Facts) -> None:
    row = session.get(PersonFacts, person.id)
    if row is None:
        row = PersonFacts(id=person.id, data_key=person.data_key)
        session.add(row)
    seal_json(session, row, "facts", packed(facts))
    row.edition = EDITION


def packed(facts: Facts) -> dict[str, Any]:
    """Returns the part of the facts that is copied, as JSON; never the line of an address."""
    found = {name: getattr(facts, name) for name in COPIED}
    return {name: value for name, value in found.items() if value}


def unpacked(copied: dict[str, Any]) -> Facts:
    """Returns facts as they were packed."""
    known: Any = {name: tuple(value) if isinstance(value, list) else value for name, value in copied.items()}
    return Facts(**({"name": ""} | known))


def forget(session: Session, person_id: UUID) -> None:
    """Takes a person's keys away: nothing finds them any more. Part of destroying what is known of them."""
    session.execute(delete(PersonKey).where(PersonKey.person_id == person_id))


def outdated(session: Session) -> int:
    """Counts the people who are not findable yet, or only by what an earlier edition knew."""
    return session.scalar(select(func.count()).select_from(_outdated().subquery())) or 0


def _outdated() -> Any:
    return (
        select(Person.id)
        .join(DataKey, DataKey.id == Person.data_key_id)
        .outerjoin(PersonFacts, PersonFacts.id == Person.id)
        .where(PersonFacts.edition.is_distinct_from(EDITION), DataKey.wrapped.is_not(None))
    )


def begin_again(session: Session) -> None:
    """Notes that everybody's keys are to be made again, such as after the area's key was changed."""
    session.execute(update(PersonFacts).values(edition=0))


def reindex(session: Session, *, most: int = 200) -> int:
    """Makes some of those findable who are not, and returns how many; none means that all are."""
    ids = session.scalars(_outdated().limit(most)).all()
    for person in session.scalars(select(Person).where(Person.id.in_(ids))):
        index(session, person)
    session.flush()
    return len(ids)
