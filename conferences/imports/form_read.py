"""What was understood of a Word form, and what is left to a person."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class FormRead:
    """What was understood of a form; `left` is what nobody could place, as (label, words)."""

    values: dict[str, str] = field(default_factory=dict)
    form: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    left: list[tuple[str, str]] = field(default_factory=list)

    @property
    def unread(self) -> list[str]:
        """The labels of what is left, each once."""
        return list(dict.fromkeys(label for label, _ in self.left))

    def leave(self, label: str, words: str) -> None:
        """Leaves words to a person."""
        if (label, words) not in self.left:
            self.left.append((label, words))
