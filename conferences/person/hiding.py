"""Takes where somebody is out of words that many read: an address is typed where it does not belong.

Only the address itself is looked for, as it is held for the people of the same case, whoever may cause harm
left out. What is put in its place says that it can be asked for.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences.errors import Refused
from conferences.finding.indexing import houses_in, lines_of, postcodes_in
from conferences.models import Case, Involvement, Part, SafeAddress
from conferences.sealing import unseal

T = TypeVar("T")
LEFT_OUT = "[address left out]"
THERE = "Leave out where they are. Say that the address is needed; whoever does this then opens it on screen."
_WORD = re.compile(r"\w+")
_ROOM = re.compile(r"^(flat|apartment|apt|room|unit)\s+\w{1,4}\s+", re.I)
_GAP = r"[\s,.;:/'’-]*"
# As it is said in full: the other ways in which people write it.
_SHORT = {
    "road": "rd", "street": "st", "avenue": "ave?", "close": "cl", "lane": "ln", "drive": "dr", "court": "ct",
    "crescent": "cres", "place": "pl", "gardens": "gdns", "terrace": "ter", "square": "sq", "house": "hse",
    "grove": "gr", "park": "pk", "apartment": "apt",
}  # fmt: skip
# A line without a number is a name only when it ends like one: “no fixed abode” and “Ground floor” are not.
_NAMES = {
    *_SHORT, "barn", "building", "buildings", "centre", "chambers", "cottage", "cottages", "farm", "hall",
    "heights", "hostel", "hotel", "inn", "lodge", "manor", "mansions", "mews", "mill", "rise", "row",
    "steading", "tower", "towers", "view", "villa", "villas", "way", "wharf", "yard",
}  # fmt: skip
_NOBODYS = {"a", "the", "her", "his", "their", "my", "our", "in", "at", "of", "safe", "council", "own"}
_FULL = {written: word for word, short in _SHORT.items() for written in (short.replace("?", ""), word)}
_FULL["av"] = "avenue"


class Hidden:
    """The addresses that are not to stand in some words; none at all leaves every word as it is."""

    def __init__(self, addresses: Iterable[str] = ()) -> None:
        found = sorted({one for words in addresses for one in _patterns(words)}, key=len, reverse=True)
        self._look = re.compile("|".join(found), re.IGNORECASE) if found else None

    def in_(self, words: str) -> bool:
        """Returns whether an address stands in some words."""
        return self._look is not None and self._look.search(words) is not None

    def without(self, thing: T) -> T:
        """Returns a text, or a plan of a document, with the address left out of each of its texts."""
        return thing if self._look is None else self._without(thing)

    def _without(self, thing: Any) -> Any:
        if isinstance(thing, str) and type(thing) is str and self._look is not None:
            return self._look.sub(LEFT_OUT, thing)
        if isinstance(thing, tuple):
            return tuple(self._without(one) for one in thing)
        if is_dataclass(thing) and not isinstance(thing, type):
            said = {one.name: getattr(thing, one.name) for one in fields(thing)}
            return replace(thing, **{name: self._without(value) for name, value in said.items()})
        return thing


def _patterns(address: str) -> Iterator[str]:
    """The postcode, each house with its number, and the first line where it is the name of a house."""
    for code in postcodes_in(address):
        yield r"\b" + code.replace(" ", r"\s*") + r"\b"
    with_room = [one for line in lines_of(address) for one in (line, _ROOM.sub("", line))]
    named = [one for one in with_room if _is_name(_WORD.findall(one))]
    for line in {*houses_in(address), *named}:
        words = _WORD.findall(line)
        if len(words) > 1:
            yield rf"\b{_GAP.join(map(_written, words))}\b"


def _is_name(words: Sequence[str]) -> bool:
    plain = [_FULL.get(word.casefold(), word.casefold()) for word in words]
    return bool(plain) and plain[-1] in _NAMES and not {*plain[:-1]} <= _NOBODYS


def _written(word: str) -> str:
    full = _FULL.get(word.casefold(), word.casefold())
    return rf"(?:{re.escape(full)}|{_SHORT[full]})" if full in _SHORT else re.escape(full)


def of_cases(session: Session, cases: Iterable[UUID]) -> Mapping[UUID, Hidden]:
    """Returns what is not to stand in the words of each case, as it is held now."""
    wanted = (
        select(Involvement.case_id, SafeAddress)
        .join(SafeAddress, SafeAddress.person_id == Involvement.person_id)
        .where(Involvement.case_id.in_(set(cases)), Involvement.removed_at.is_(None))
        .where(Involvement.part != Part.PERPETRATOR, SafeAddress.superseded_at.is_(None))
    )
    held: dict[UUID, list[str]] = defaultdict(list)
    for case_id, row in session.execute(wanted):
        held[case_id].append(unseal(session, row, "address") or "")
    return defaultdict(Hidden, {case_id: Hidden(some) for case_id, some in held.items()})


def of_case(session: Session, case: Case) -> Hidden:
    """Returns what is not to stand in the words of one case."""
    return of_cases(session, [case.id])[case.id]


def refuse(session: Session, case: Case, said: Mapping[str, str | None]) -> None:
    """Raises Refused, naming the field, where words that others will read say where somebody is.

    For those alone who may open the address: to anybody else the refusal would confirm a guess.
    """
    hidden = of_case(session, case)
    for field, words in said.items():
        if words and hidden.in_(words):
            raise Refused(THERE, field=field)
