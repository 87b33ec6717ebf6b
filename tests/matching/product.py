"""The product's own matcher, asked in the judge's words."""

import json
from collections.abc import Iterable
from datetime import date

from conferences.matching import Facts, Register
from tests.matching.judge import Find
from tests.matching.world import Query, Record


def one(value: str | None) -> tuple[str, ...]:
    """A value, if there is one, as the product takes several."""
    return (value,) if value else ()


def held(line: bytes) -> Facts:
    """A record as the product holds it, from its line of JSON."""
    told = json.loads(line)
    return Facts(
        name=told["name"],
        aliases=tuple(told["aliases"]),
        former_names=tuple(told["former_names"]),
        born=told["dob"],
        phones=one(told["phone"]),
        postcodes=one(told["postcode"]),
        address_lines=one(told["address_line"]),
        sex=told["sex"],
    )


def asked(query: Query) -> Facts:
    """A query as the product is asked."""
    return Facts(
        name=query.name,
        aliases=query.aliases,
        born=query.dob,
        age=query.age,
        asked_on=date.fromisoformat(query.asked_on),
        phones=one(query.phone),
        postcodes=one(query.postcode),
        address_lines=one(query.address_line),
        sex=query.sex,
    )


def finder(records: Iterable[Record]) -> Find:
    """Reads the register into memory and returns the question that can be put to it."""
    register: Register[str] = Register(held)
    for record in records:
        line = json.dumps(record.line(), ensure_ascii=False).encode()
        register.add(record.id, line, held(line))

    def find(query: Query) -> list[str]:
        return [candidate.id for candidate in register.find(asked(query))]

    return find
