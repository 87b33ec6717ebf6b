"""The form's files into one frozen form; anything doubtful is refused with the file and the key path."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from conferences.fields.definition import Form, FormField
from conferences.models import AgencyKind

HERE = Path(__file__).resolve().parent / "form"
# Answers kept beside the form that a condition may ask about, with what they can be.
BESIDE = {
    "consent": {"given", "refused", "not_safe_to_ask"},
    "urgency": {"standard", "emergency"},
}


class BadForm(Exception):
    """The form's files do not fit; each line of the message names the file and the key path."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_form(folder: Path = HERE) -> Form:
    """Reads the whole form; raises BadForm with every fault that was found."""
    files = sorted(path for path in folder.glob("*.toml") if path.stem != "concepts")
    raw = {"sections": [_read(path) for path in files], "concepts": _read(folder / "concepts.toml")}
    try:
        form = Form.model_validate(raw)
    except ValidationError as refusal:
        raise BadForm([_fault(files, raw, dict(one)) for one in refusal.errors(include_url=False)]) from None
    faults = list(_faults(form))
    if faults or not files:
        raise BadForm(faults or [f"{folder}: has no part of a form"])
    return form


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise BadForm([f"{path.name}: {problem}"]) from problem


def _fault(files: list[Path], raw: dict[str, Any], found: dict[str, Any]) -> str:
    """Names the place by file and by keys rather than by numbers, where there are keys."""
    loc, at, said = list(found["loc"]), raw, []
    name = "concepts.toml"
    if loc[:1] == ["sections"] and len(loc) > 1:
        name, at, loc = files[int(loc[1])].name, raw["sections"][int(loc[1])], loc[2:]
    for step in loc:
        try:
            at = at[step]
        except (KeyError, IndexError, TypeError):
            at = {}
        said.append(
            str(at["key"]) if isinstance(step, int) and isinstance(at, dict) and "key" in at else step
        )
    return f"{name}: {'.'.join(str(one) for one in said)}: {found['msg']}"


def _faults(form: Form) -> Iterator[str]:
    """What only the whole form can show."""
    for kind, keys in (("part", _sheet_keys(form)), ("field", _field_keys(form))):
        yield from (f"the {kind} {key} is there twice" for key, n in Counter(keys).items() if n > 1)
    known = {agency.value for agency in AgencyKind}
    for one in form.fields.values():
        yield from (f"{one.key}.agencies: no agency is called {n}" for n in one.agencies if n not in known)
    for place, when in form.conditions():
        if when.concept is not None and when.concept not in form.concepts:
            yield f"{place}.when.concept: nothing is called {when.concept}"
        if when.field is not None:
            answers = BESIDE.get(when.field) or _answers(form.fields.get(when.field))
            odd = [code for code in when.among if code not in answers]
            yield from (f"{place}.when.is: {when.field} is never {code}" for code in odd)


def _answers(one: FormField | None) -> set[str]:
    return set(one.choices) if one else set()


def _sheet_keys(form: Form) -> list[str]:
    return [sheet.key for section in form.sections for sheet in section.sheets]


def _field_keys(form: Form) -> list[str]:
    return [one.key for section in form.sections for sheet in section.sheets for one in sheet.fields]
