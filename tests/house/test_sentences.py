"""What is to be put right is said in one manner, and all of it at once.

Beside a field one short sentence stands without a full stop, as in the GOV.UK design system; whoever calls a
verb gets whole sentences, because a program and a command print them as they are.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from app.forms import FormError

ROOT = Path(__file__).resolve().parents[2]
FORMS = sorted(path for path in (ROOT / "app/pages").rglob("*.py"))
VERBS = sorted(path for path in (ROOT / "conferences").rglob("*.py"))
TOGETHER = {"_is_one"}  # a date of birth is one field in three boxes


def own_sentences(code: str) -> Iterator[str]:
    """What models of forms say of their fields."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.value, ast.Dict):
            continue
        if isinstance(node.target, ast.Name) and node.target.id == "messages":
            yield from (str(one.value) for one in node.value.values if isinstance(one, ast.Constant))


def refusals(code: str) -> Iterator[str]:
    """The sentences that verbs refuse with."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place = {"Refused": 0, "WrongState": 0, "needs": 1}.get(node.func.id)
            said = None if place is None else node.args[place]
            yield from [str(said.value)] if isinstance(said, ast.Constant) else []


def test_there_are_sentences_to_look_at() -> None:
    assert sum(len(list(own_sentences(path.read_text()))) for path in FORMS) > 40
    assert sum(len(list(refusals(path.read_text()))) for path in VERBS) > 100


def test_one_short_sentence_beside_a_field_has_no_full_stop() -> None:
    said = [words for path in FORMS for words in own_sentences(path.read_text())]
    assert [words for words in said if words.endswith(".") and not re.search(r"[.?!] ", words)] == []


def test_a_verb_refuses_in_whole_sentences() -> None:
    said = [words for path in VERBS for words in refusals(path.read_text())]
    assert [words for words in said if not words.endswith((".", "?"))] == []


def test_what_a_verb_says_stands_beside_a_field_like_what_a_form_says() -> None:
    assert FormError("why", "Say why.", "why").message == "Say why"
    two = "There are 20 dates already. Take out one that is over."
    assert FormError("on", two, "on-day").message == two


def test_what_fields_must_be_together_is_said_with_the_rest() -> None:
    """A model's last look comes only once each field is right: it would be a second page of slips."""
    last = re.compile(r"@model_validator\(mode=.after.\)\s+def (\w+)")
    assert {name for path in FORMS for name in last.findall(path.read_text())} == TOGETHER
