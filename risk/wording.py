"""The official wording, brought by an area under its own permission; it changes no number."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import Field, StrictBool, ValidationError

from risk.errors import BadWording
from risk.instrument import Edition
from risk.loading import read_toml
from risk.schema import Code, Frozen, ItemId, Words

BANNER = "Short topics are shown. Read each question from the official form."
Text = Annotated[str, Field(min_length=1, max_length=2000)]


class ItemWording(Frozen):
    """The official question for one item, and its guidance."""

    text: Text
    help: str = Field(default="", max_length=4000)


class Wording(Frozen):
    """One edition's wording in one language, with the permission it is shown under."""

    instrument: Words
    lang: str = Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    right_to_left: StrictBool = False
    licence_ref: Words
    issued_by: Words
    checksum: str
    items: dict[ItemId, ItemWording]
    answers: dict[Code, Words] = Field(default_factory=dict)


class Line(NamedTuple):
    """One item as it is shown: the official question where there is one, else our own topic."""

    number: str
    text: str
    help: str
    official: bool


def read_wording(file: Path, bases: Mapping[str, Edition]) -> Wording:
    """The overlay in a file; BadWording without permission, right checksum and the edition's items."""
    _, raw = read_toml(file)
    try:
        wording = Wording.model_validate({key: value for key, value in raw.items() if key != "schema"})
    except ValidationError as error:
        places = (f"{'.'.join(map(str, found['loc']))}: {found['msg']}" for found in error.errors())
        raise BadWording("; ".join(places)) from error
    base = bases.get(wording.instrument)
    if base is None:
        raise BadWording(f"instrument: no edition is called {wording.instrument}")
    check_wording(wording, base)
    return wording


def check_wording(wording: Wording, edition: Edition) -> None:
    """Refuse an overlay that does not match its edition item for item, or was altered since it was issued."""
    expected = {item.id for item in edition.items}
    missing, extra = sorted(expected - set(wording.items)), sorted(set(wording.items) - expected)
    if missing or extra:
        raise BadWording(
            f"items: missing {', '.join(missing) or 'none'}; unknown {', '.join(extra) or 'none'}"
        )
    unknown = sorted(
        set(wording.answers) - {code for codes in edition.answer_sets.values() for code in codes}
    )
    if unknown:
        raise BadWording(f"answers: {edition.slug} never has {', '.join(unknown)}")
    if wording.checksum != checksum(wording):
        raise BadWording("checksum: the wording is not as it was issued")


def checksum(wording: Wording) -> str:
    """The SHA-256 of the questions and answer names, as a permission holder issues it."""
    content = wording.model_dump(mode="json", include={"instrument", "lang", "items", "answers"})
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def lines(edition: Edition, wording: Wording | None) -> tuple[Line, ...]:
    """Every item as it is shown; with no overlay the topics, and the banner belongs above them."""
    if wording is None:
        return tuple(Line(item.id, item.topic, item.guidance, False) for item in edition.items)
    official = wording.items
    return tuple(
        Line(item.id, official[item.id].text, official[item.id].help, True) for item in edition.items
    )
