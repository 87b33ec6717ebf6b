"""Which cases of the area are about the same two people, by exact name and date of birth."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences.imports.cells import same
from conferences.models import Case, DataKey, Involvement, Part, Person, User
from conferences.sealing import unseal
from conferences.visibility import visible_to

AT_ONCE = 1000


@dataclass
class _Key:
    id: UUID
    wrapped: bytes | None
    wrapped_by: str


@dataclass
class _Person:
    """A person's row as far as opening a name takes it: lists are long, and most columns are not asked."""

    id: UUID
    data_key: Any
    name_sealed: bytes | None
    born_sealed: bytes | None
    __tablename__ = "person"


def cases_with(session: Session, actor: User, wanted: set[str]) -> dict[str, UUID]:
    """Returns for each pair the newest case about it that the person may know of; other cases do not exist.

    A pair is the victim's name, a full date of birth and the perpetrator's name, as `Record.pair` writes it.
    """
    if not wanted:
        return {}
    seen = visible_to(actor, Case).with_only_columns(Case.id)
    rows = session.execute(
        select(
            Involvement.case_id, Involvement.part, Person.id, Person.name_sealed, Person.born_sealed,
            DataKey.id, DataKey.wrapped, DataKey.wrapped_by,
        )
        .join(Person, Person.id == Involvement.person_id)
        .join(DataKey, DataKey.id == Person.data_key_id)
        .join(Case, Case.id == Involvement.case_id)
        .where(
            Involvement.case_id.in_(seen),
            Involvement.removed_at.is_(None),
            Involvement.part.in_((Part.VICTIM, Part.PERPETRATOR)),
        )
        .order_by(Case.opened_at, Involvement.part.desc())
        .execution_options(yield_per=AT_ONCE)
    )  # fmt: skip
    victims: dict[UUID, str] = {}
    found: dict[str, UUID] = {}
    wanted_victims = {pair.rsplit("|", 1)[0] for pair in wanted}
    for case_id, part, person_id, name, born, key_id, wrapped, by in rows:
        person = _Person(person_id, _Key(key_id, wrapped, by), name, born)
        if part is Part.VICTIM:
            victim = f"{same(unseal(session, person, 'name') or '')}|{unseal(session, person, 'born') or ''}"
            if victim in wanted_victims:
                victims[case_id] = victim
        elif case_id in victims:
            pair = f"{victims[case_id]}|{same(unseal(session, person, 'name') or '')}"
            if pair in wanted:
                found[pair] = case_id
    return found
