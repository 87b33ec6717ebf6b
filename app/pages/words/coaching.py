"""Why each question of a page written by hand is asked, in the reader's language."""

from dataclasses import dataclass

from app.templating import t
from conferences import fields


@dataclass(frozen=True)
class Coach:
    """What the question is called, why it is asked, and how to ask it safely."""

    label: str
    why: str
    ask: str


def coached() -> dict[str, dict[str, Coach]]:
    """Gives the coaching by page and question."""
    return {
        page: {name: _in_words(one.label, one.why, one.ask) for name, one in asked.items()}
        for page, asked in fields.coached().items()
    }


def coach_of(key: str) -> Coach:
    """Gives the coaching of a field of the form."""
    one = fields.form().fields[key]
    return _in_words(one.label, one.why, one.ask)


def _in_words(label: str | None, why: str | None, ask: str) -> Coach:
    return Coach(t(label or ""), t(why or ""), t(ask) if ask else "")
