"""What can go wrong, each with a sentence written for the person refused."""

from collections.abc import Iterable


class DomainError(Exception):
    """Something the domain will not do; `sentence` says why and what to do instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotFound(DomainError):
    """There is no such thing, or this person may not know that there is; what was asked for is recorded."""

    def __init__(self, subject_kind: str | None = None, subject_id: object = None) -> None:
        super().__init__("Check the reference, or ring the coordinator.")
        self.subject_kind, self.subject_id = subject_kind, subject_id


class NotAllowed(DomainError):
    """The person may know of the thing but not do this to it; recorded as a refusal."""

    def __init__(self, permission: str, subject_kind: str | None = None, subject_id: object = None) -> None:
        super().__init__("Your role does not include this. Ask the coordinator.")
        self.permission, self.subject_kind, self.subject_id = permission, subject_kind, subject_id


class Refused(DomainError):
    """A rule says no; nothing was changed. `field` names the form field the sentence belongs to."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class WrongState(Refused):
    """The thing has moved on, or is not ready, so this step does not apply to it."""


class Stale(DomainError):
    """Somebody else changed it first; nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__("Someone else changed this while you were writing. Nothing was overwritten.")


class Incomplete(Refused):
    """Something that must be there is missing; `missing` lists (field, sentence)."""

    def __init__(self, missing: list[tuple[str, str]]) -> None:
        super().__init__(" ".join(sentence for _, sentence in missing))
        self.missing = missing


def refuse_any(slips: Iterable[tuple[str, str]]) -> None:
    """Raises for all that is wrong with what was typed, as (field, sentence); passes when nothing is."""
    found = list(slips)
    if len(found) == 1:
        raise Refused(found[0][1], field=found[0][0])
    if found:
        raise Incomplete(found)


class CannotOpen(DomainError):
    """A sealed value does not open: wrong key, wrong row, or tampered with."""

    def __init__(self) -> None:
        super().__init__("This record cannot be opened. Tell the person who runs the service.")
