"""Checks what was typed against a model and says in sentences what to put right."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from app.forms.days import NotADay, read_day, read_parts
from app.forms.filled import Filled, FormError, M
from app.forms.intake import Typed, tidy
from app.forms.sentences import sentence
from app.forms.shapes import PARTS, Shape, member, shape_of
from app.templating import t

MOST_GROUPS: Final = 50
TOP: Final = "main"


@dataclass
class _Reading:
    """What has been gathered so far from one form."""

    typed: Typed
    shown: dict[str, tuple[str, ...]] = field(default_factory=dict)
    wrong: list[FormError] = field(default_factory=list)
    numbers: dict[str, list[int]] = field(default_factory=dict)

    def values(self, key: str, *, lines: bool = False) -> list[str]:
        """Tidy and remember what was typed under one name; blank values count as nothing."""
        tidied = [tidy(v, lines=lines) for v in self.typed.get(key, [])]
        kept = [v for v in tidied if v]
        if kept:
            self.shown[key] = tuple(kept)
        return kept

    def refuse(self, key: str, message: str, part: str = "") -> None:
        """Note one sentence for a field, and where to go to put it right."""
        self.wrong.append(FormError(key, message, f"{key}-{part}" if part else key))


def fill(model: type[M], typed: Typed) -> Filled[M]:
    """Fill a model from what was typed; on any error there is no model but every sentence at once.

    What fields must be together a model says in `slips(known)`, as (field, sentence): pydantic would ask only
    once each of them is right by itself.
    """
    reading = _Reading(typed)
    gathered = dict(_gather(model, reading, ""))
    filled: M | None = None
    try:
        filled = model.model_validate(gathered)
    except ValidationError as refusal:
        said = {e.field for e in reading.wrong}
        refused = refusal.errors(include_url=False, include_input=False)
        found = [_error(model, reading, dict(e)) for e in refused]
        reading.wrong += [e for e in found if e.field not in said]
    reading.wrong += _between(model, gathered, {e.field.split("-")[0] for e in reading.wrong})
    errors = _once(reading.wrong, list(model.model_fields))
    return Filled(None if errors else filled, errors, reading.shown)


def _between(model: type[BaseModel], gathered: Mapping[str, Any], wrong: set[str]) -> list[FormError]:
    """Ask what a model says of its fields together (`slips`), whatever else is to be put right."""
    slips = getattr(model, "slips", None)
    known = {name: value for name, value in gathered.items() if name not in wrong}
    found = [] if slips is None else [one for one in slips(known) if one[0] not in wrong]
    return [FormError(name, t(said), _anchor(model, name, name, [])) for name, said in found]


def _gather(model: type[BaseModel], reading: _Reading, prefix: str) -> Iterator[tuple[str, object]]:
    for name, about in model.model_fields.items():
        key = f"{prefix}{name}"
        try:
            value = _read(model, reading, key, name, about)
        except NotADay as refusal:
            reading.refuse(key, sentence(model, name, refusal.kind), refusal.part)
            for part in PARTS:
                reading.values(f"{key}-{part}")
            continue
        if value is not None:
            yield name, value


def _read(model: type[BaseModel], reading: _Reading, key: str, name: str, about: FieldInfo) -> object:
    shape = shape_of(about)
    if shape in (Shape.DAY, Shape.PARTS):
        boxes = {part: _box(reading, key, part) for part in PARTS}
        return read_day(boxes) if shape is Shape.DAY else read_parts(boxes) or None
    if shape is Shape.GROUP:
        return dict(_gather(member(about), reading, f"{key}-")) or None
    if shape is Shape.GROUPS:
        return _groups(member(about), reading, key)
    if shape is Shape.MANY:
        return reading.values(key) or None
    return _single(model, reading, key, name, lines=shape is Shape.LINES)


def _box(reading: _Reading, key: str, part: str) -> str:
    found = reading.values(f"{key}-{part}")
    if len(found) > 1:
        raise NotADay("repeated", part)
    return found[0] if found else ""


def _single(
    model: type[BaseModel], reading: _Reading, key: str, name: str, *, lines: bool = False
) -> str | None:
    found = reading.values(key, lines=lines)
    if len(found) > 1:
        reading.refuse(key, sentence(model, name, "repeated"))
        return None
    return found[0] if found else None


def _groups(model: type[BaseModel], reading: _Reading, key: str) -> list[dict[str, object]] | None:
    """Read `key-0-…`, `key-1-…`; a group left blank is left out, and the others keep their numbers."""
    pattern = re.compile(rf"{re.escape(key)}-(\d{{1,2}})-")
    numbers = sorted({int(m[1]) for k in reading.typed if (m := pattern.match(k))})[:MOST_GROUPS]
    groups = {n: dict(_gather(model, reading, f"{key}-{n}-")) for n in numbers}
    faults = [e.field for e in reading.wrong]
    kept = [n for n in numbers if groups[n] or any(f.startswith(f"{key}-{n}-") for f in faults)]
    reading.numbers[key] = kept
    return [groups[n] for n in kept] or None


def _error(model: type[BaseModel], reading: _Reading, found: Mapping[str, Any]) -> FormError:
    """Turn one refusal of the model into a field, a sentence and a control."""
    loc = list(found["loc"])
    context = found.get("ctx") or {}
    if not loc:
        name = str(context.get("field", ""))
        return FormError(name, sentence(model, name, found["type"], found), name or TOP)
    key, owner, name = "", model, ""
    while loc and str(loc[0]) in owner.model_fields:
        name = str(loc.pop(0))
        key += name
        shape = shape_of(owner.model_fields[name])
        if shape is Shape.GROUPS and loc:
            key += f"-{reading.numbers[key][int(loc.pop(0))]}"
        if shape not in (Shape.GROUP, Shape.GROUPS) or not loc:
            break
        owner, key = member(owner.model_fields[name]), f"{key}-"
    kind = _kind_of_part(str(loc[-1]), found["type"]) if _in_parts(owner, name, loc) else found["type"]
    return FormError(key, sentence(owner, name, kind, found), _anchor(owner, name, key, loc))


def _in_parts(owner: type[BaseModel], name: str, rest: list[Any]) -> bool:
    return bool(rest) and rest[-1] in PARTS and shape_of(owner.model_fields[name]) is Shape.PARTS


def _kind_of_part(part: str, kind: str) -> str:
    return f"{part}_missing" if kind == "missing" else "not_a_day"


def _anchor(owner: type[BaseModel], name: str, key: str, rest: list[Any]) -> str:
    shape = shape_of(owner.model_fields[name]) if name in owner.model_fields else Shape.ONE
    if shape in (Shape.DAY, Shape.PARTS):
        return f"{key}-{rest[-1] if rest and rest[-1] in PARTS else 'day'}"
    if shape is Shape.GROUPS:
        return f"{key}-0-{next(iter(member(owner.model_fields[name]).model_fields))}"
    return key


def _once(errors: list[FormError], order: list[str]) -> tuple[FormError, ...]:
    """Keep the first sentence of each field, in the order of the page."""
    first: dict[str, FormError] = {}
    for error in errors:
        first.setdefault(error.field, error)
    names = {name: i for i, name in enumerate(order)}
    return tuple(sorted(first.values(), key=lambda e: names.get(e.field.split("-")[0], len(names))))
