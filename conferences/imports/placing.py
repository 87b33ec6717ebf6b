"""Which field of the referral form a label of a Word form means, and what the words beside it say there."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from conferences import fields
from conferences.fields import FormField
from conferences.imports.cells import NotADay, parse_birth, parse_day, same, says_nothing
from conferences.imports.documents import Pair

VICTIM: Final = ("victim", "client", "survivor", "person at risk", "adult at risk", "service user")
HARM: Final = ("perpetrator", "abuser", "suspect", "person causing harm", "alleged perpetrator", "offender")
# Kept on the referral or on a person rather than in a part of the form.
BESIDE: Final = ("wishes", "language", "former_names")
TICKS: Final = "☒☑✓✔✗✘🗹\uf0fe\uf052"
BOXES: Final = "☐□\uf0a8\uf06f"
_MARK: Final = re.compile(f"([{TICKS}{BOXES}])")
_FILLING: Final = {"the", "of", "s", "is", "a", "an", "their", "they", "alleged", "details"}
_PEOPLE: Final = {word for people in (VICTIM, HARM) for one in people for word in one.split()}
_YES_NO: Final = {
    **dict.fromkeys(("yes", "y", "true"), "yes"),
    **dict.fromkeys(("no", "n", "false"), "no"),
    **dict.fromkeys(("not known", "unknown", "dont know", "don t know", "nk", "unsure"), "dont_know"),
}


class NoAnswer(ValueError):
    """Words that are no answer to a question of the form."""


def whose(words: str) -> str | None:
    """Returns `victim` or `perpetrator` when words, as they are compared, name one of them."""
    for who, names in (("perpetrator", HARM), ("victim", VICTIM)):
        if any(f" {name} " in f" {words} " for name in names):
            return who
    return None


def field_of(pair: Pair) -> str | None:
    """Returns the key of the field a label means, or None when nothing says so plainly."""
    label, core = same(pair.label), _core(pair.label)
    by_person = _labels()
    who = whose(label) or whose(pair.under)
    if who:
        return by_person[who].get(core) or by_person["referral"].get(core)
    found = {key for known in by_person.values() if (key := known.get(core))}
    return found.pop() if len(found) == 1 else None


@lru_cache
def _labels() -> Mapping[str, Mapping[str, str]]:
    """Every label by whom it is about: {referral, victim or perpetrator: {label: key}}."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    text = files("conferences.imports").joinpath("labels.toml").read_text(encoding="utf-8")
    for who, keys in tomllib.loads(text).items():
        for key, labels in keys.items():
            found[who] |= {_core(label): key for label in labels}
    for part in fields.form().sheets.values():
        if not part.page and part.of in ("referral", "victim", "perpetrator"):
            for one in part.fields:
                found[part.of].setdefault(_core(one.label), one.key)
    return found


def _core(label: str) -> str:
    """A label without the words that only say whose it is or make it a sentence."""
    words = same(label).split()
    kept = [word for word in words if word not in _FILLING and word not in _PEOPLE]
    return " ".join(kept or words)


def ticked(words: str) -> list[str] | None:
    """Returns what is ticked among boxes that stand before, or behind, their words; None without boxes."""
    cut = _MARK.split(words)
    if len(cut) == 1:
        return None
    behind = bool(cut[0].strip())
    found = []
    for at in range(1, len(cut), 2):
        beside = cut[at - 1 if behind else at + 1].strip(" :;,/\n\t")
        if cut[at] in TICKS and beside:
            found.append(beside)
    return found


def answer_of(one: FormField, words: str, called: Callable[[str], str | None]) -> Any:
    """Returns what words say in answer to a field, None for nothing; raises NoAnswer.

    `called` finds an agency of the area by what a form calls it.
    """
    boxes = ticked(words)
    if boxes == []:
        return None
    try:
        return _read(one, words if boxes is None else ", ".join(boxes), boxes, called)
    except (NoAnswer, NotADay) as problem:
        if says_nothing(words):
            return None
        raise NoAnswer from problem


def _read(one: FormField, words: str, boxes: list[str] | None, called: Callable[[str], str | None]) -> Any:
    several = boxes or [part for part in re.split(r"[,;\n]", words) if part.strip()]
    if one.kind == "yes_no":
        return _known(_YES_NO, words)
    if one.kind == "choice":
        return _known(_options(one), words)
    if one.kind == "many":
        return [_known(_options(one), part) for part in several]
    if one.kind == "agencies":
        return [_agency(called(part)) for part in several]
    if says_nothing(words):
        raise NoAnswer
    return {"day": lambda: parse_day(words).isoformat(), "partial": lambda: parse_birth(words)}.get(
        one.kind, lambda: words
    )()


def _options(one: FormField) -> dict[str, str]:
    by_code = {same(code): code for code in one.choices}
    by_words = {same(label): code for code, label in one.choices.items()}
    unknown = {"unknown": "not_known", "nk": "not_known"} if "not_known" in one.choices else {}
    return by_code | by_words | unknown


def _known(known: Mapping[str, str], words: str) -> str:
    found = known.get(same(words))
    if found is None:
        raise NoAnswer
    return found


def _agency(found: str | None) -> str:
    if found is None:
        raise NoAnswer
    return found
