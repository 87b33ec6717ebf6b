"""What can be wrong with what was typed, or with a definition file, in words for the person who typed it."""

from collections.abc import Sequence
from pathlib import Path


class RiskError(ValueError):
    """Something given to the checklist engine cannot be used; the message says which key and why."""


class BadAnswer(RiskError):
    """An answer names an unknown item, or says something that item cannot hold."""


class BadContext(RiskError):
    """A fact beside the answers is unknown, or has a value it cannot have."""


class UnknownInstrument(RiskError):
    """No shipped edition, version or profile has this name."""


class NoTotal(RiskError):
    """A total was asked of an instrument whose level a person chooses."""


class BadWording(RiskError):
    """A wording overlay does not match its edition, or brings no permission."""


class BadDefinition(RiskError):
    """A definition file breaks a rule; the message names file, line, key path and rule."""

    def __init__(self, file: Path | str, faults: Sequence["Fault"]) -> None:
        self.file = str(file)
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.sentence(self.file) for fault in self.faults))


class Fault:
    """One broken rule at one place in a definition file."""

    __slots__ = ("line", "message", "path")

    def __init__(self, path: Sequence[str | int], message: str, line: int | None = None) -> None:
        self.path, self.message, self.line = tuple(path), message, line

    def sentence(self, file: str) -> str:
        """The fault as one line: file, line, key path, what is wrong."""
        place = f"{file}:{self.line}" if self.line else file
        return f"{place}: {dotted(self.path)}: {self.message}"


def dotted(path: Sequence[str | int]) -> str:
    """A key path as an author reads it, for example items[3].points."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.lstrip(".") or "(the file)"


def shown(value: object) -> str:
    """A typed value cut to a length that is safe to repeat in a message."""
    text = repr(value) if isinstance(value, str | int | float | bool | None) else type(value).__name__
    return text if len(text) <= 60 else text[:57] + "..."
