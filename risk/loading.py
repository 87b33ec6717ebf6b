"""Definition files into frozen editions, profiles and norms; anything doubtful is refused, with its line."""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from risk.checks import edition_faults, norms_faults, profile_faults
from risk.errors import BadDefinition, Fault
from risk.instrument import Edition, Norms, Profile
from risk.lines import line_of
from risk.schema import Rules
from risk.shaping import Places, edition_shape, merged

LONGEST = 400_000
RULE_KEYS = tuple(Rules.model_fields)
Shape = TypeVar("Shape", bound=BaseModel)


def read_edition(file: Path) -> Edition:
    """The edition in a file; BadDefinition lists every fault with file, line and key path."""
    text, raw = read_toml(file)
    shaped, places, faults = edition_shape(raw)
    edition = _validated(Edition, {**shaped, "definition_hash": digest(raw)}, file, text, faults, places)
    _refuse(file, text, edition_faults(edition, places))
    return edition


def read_profile(file: Path, bases: Mapping[str, Edition]) -> Profile:
    """The profile in a file, on the edition it names; BadDefinition when it changes what it may not."""
    text, raw = read_toml(file)
    base = bases.get(str(raw.get("base")))
    if base is None:
        raise _refusal(file, text, [Fault(["base"], f"no edition is called {raw.get('base')!r}")])
    changes = raw.get("changes")
    if not isinstance(changes, dict):
        raise _refusal(file, text, [Fault(["changes"], "a profile has a table of changes")])
    faults = [
        Fault(["changes", key], "a profile may not change this") for key in changes if key not in RULE_KEYS
    ]
    shaped = {**_renamed(raw), "rules": merged(base, changes)}
    profile = _validated(Profile, shaped, file, text, faults)
    _refuse(file, text, profile_faults(profile, base))
    return profile


def read_norms(file: Path) -> Norms:
    """The norm table in a file."""
    text, raw = read_toml(file)
    norms = _validated(Norms, _renamed(raw), file, text, [])
    _refuse(file, text, norms_faults(norms))
    return norms


def digest(raw: object) -> str:
    """The SHA-256 of a definition's content; comments and layout do not count."""
    canonical = json.dumps(raw, sort_keys=True, default=str, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def read_toml(file: Path) -> tuple[str, dict[str, Any]]:
    """A file's text and its tables; BadDefinition when it cannot be read as TOML of this schema."""
    try:
        content = file.read_bytes()
        text = content.decode()
    except (OSError, UnicodeDecodeError) as error:
        raise BadDefinition(file, [Fault([], f"cannot be read: {error}")]) from error
    if len(content) > LONGEST:
        raise BadDefinition(file, [Fault([], f"is longer than {LONGEST} bytes")])
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        raise BadDefinition(
            file, [Fault([], f"is not TOML: {error}", int(found[1]) if found else None)]
        ) from error
    if raw.get("schema") != 1 or isinstance(raw["schema"], bool):
        raise BadDefinition(file, [Fault(["schema"], "must be 1", line_of(text, ["schema"]))])
    return text, raw


def _renamed(raw: dict[str, Any]) -> dict[str, Any]:
    shaped = {key: value for key, value in raw.items() if key not in {"schema", "id"}}
    return {**shaped, "slug": raw.get("id"), "definition_hash": digest(raw)}


def _validated(
    shape: type[Shape],
    shaped: dict[str, Any],
    file: Path,
    text: str,
    faults: list[Fault],
    places: Places | None = None,
) -> Shape:
    try:
        model = shape.model_validate(shaped)
    except ValidationError as error:
        top = ("changes",) if shape is Profile else ()
        shape_faults = [_fault(found["loc"], found["msg"], top, places or {}) for found in error.errors()]
        raise _refusal(file, text, [*faults, *shape_faults]) from error
    _refuse(file, text, faults)
    return model


def _fault(place: tuple[str | int, ...], message: str, top: tuple[str, ...], places: Places) -> Fault:
    """A shape's complaint, with its place put back into the words of the file."""
    path: list[str | int] = list(place)
    if path[:1] == ["rules"]:
        path[:1] = top
    elif path[:1] == ["slug"]:
        path[0] = "id"
    elif path[0] == "sections" and len(path) > 3 and path[2] == "items":
        _, at = places[(int(path[1]), int(path[3]))]
        path[:4] = ["items", at]
    return Fault(path, message.removeprefix("Value error, "))


def _refuse(file: Path, text: str, faults: Sequence[Fault]) -> None:
    if faults:
        raise _refusal(file, text, faults)


def _refusal(file: Path, text: str, faults: Sequence[Fault]) -> BadDefinition:
    for fault in faults:
        fault.line = line_of(text, fault.path)
    return BadDefinition(file, faults)
