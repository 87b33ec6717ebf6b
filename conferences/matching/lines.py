"""A person or a question as one JSON object, checked word by word."""

import json
from datetime import date
from typing import Any

from conferences import births
from conferences.matching.facts import Facts

LONGEST_TEXT = 2_000  # letters of any one value
MOST_VALUES = 50  # names or numbers in one list


class NotALine(ValueError):
    """The object is not a person or a question; the sentence says which key is wrong."""


def _text(given: dict[str, Any], key: str) -> str | None:
    value = given.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise NotALine(f"{key} is not text")
    if len(value) > LONGEST_TEXT:
        raise NotALine(f"{key} is longer than {LONGEST_TEXT} letters")
    return value.strip() or None


def _texts(given: dict[str, Any], *asked_keys: str) -> tuple[str, ...]:
    """Reads one text or a list of them under any of these keys."""
    found: list[str] = []
    for key in asked_keys:
        value = given.get(key)
        values = value if isinstance(value, list) else [value]
        if len(values) > MOST_VALUES:
            raise NotALine(f"{key} has more than {MOST_VALUES} values")
        read = (_text({key: one}, key) for one in values)
        found += [one for one in read if one]
    return tuple(found)


def _born(given: dict[str, Any]) -> str | None:
    text = _text(given, "dob")
    try:
        births.parse(text)
    except ValueError:
        raise NotALine("dob is not a date, a month or a year such as 1991-03-12, 1991-03 or 1991") from None
    return text


def _facts(given: dict[str, Any], **more: Any) -> Facts:
    return Facts(
        name=_text(given, "name"),
        aliases=_texts(given, "aliases"),
        former_names=_texts(given, "former_names"),
        born=_born(given),
        phones=_texts(given, "phone", "phones"),
        postcodes=_texts(given, "postcode", "postcodes"),
        address_lines=_texts(given, "address_line", "address_lines"),
        sex=_text(given, "sex"),
        **more,
    )


def _id(given: dict[str, Any], key: str) -> str | int:
    value = given.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise NotALine(f"has no {key}")
    return value


def person(given: dict[str, Any]) -> tuple[str | int, Facts]:
    """Reads someone held: their id and what is known; raises NotALine naming the first key that is wrong."""
    return _id(given, "id"), _facts(given)


def question(given: dict[str, Any]) -> Facts:
    """Reads someone asked for; an age counts from `asked_on`."""
    _id(given, "query_id")
    age = given.get("age")
    if age is not None and (isinstance(age, bool) or not isinstance(age, int) or not 0 <= age <= 130):
        raise NotALine("age is not a number of years")
    return _facts(given, age=age, asked_on=_day(_text(given, "asked_on")))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        raise NotALine("asked_on is not a date such as 2026-11-23") from None


_KEYS = ("name", "aliases", "former_names", "born", "phones", "postcodes", "address_lines", "sex")


def stored(facts: Facts) -> bytes:
    """Returns a person in few bytes, to be read back when they are compared."""
    return json.dumps([getattr(facts, key) for key in _KEYS], separators=(",", ":")).encode()


def read_back(record: bytes) -> Facts:
    """Returns the person that `stored` wrote."""
    name, aliases, former, born, phones, postcodes, lines, sex = json.loads(record)
    return Facts(
        name=name,
        aliases=tuple(aliases),
        former_names=tuple(former),
        born=born,
        phones=tuple(phones),
        postcodes=tuple(postcodes),
        address_lines=tuple(lines),
        sex=sex,
    )
