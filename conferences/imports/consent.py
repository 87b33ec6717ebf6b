"""Whether the person agreed, as a Word form says it; a bare No with a reason may be either of two things."""

from collections.abc import Mapping
from typing import Final

from conferences.imports.cells import same
from conferences.imports.placing import ticked
from conferences.referral.told import LONGEST

LABELS: Final = {
    "consent": "Whether they agreed",
    "consent_basis": "Lawful basis for sharing",
    "consent_why": "Why sharing is necessary and proportionate",
}
NOT_ASKED: Final = "share_said"
_CONSENT: Final = {
    **dict.fromkeys(("yes", "y", "given", "agreed", "consented", "obtained", "yes they agreed"), "given"),
    **dict.fromkeys(("refused", "declined", "withheld", "no they did not agree"), "refused"),
    **dict.fromkeys(
        (
            "not safe to ask",
            "unsafe to ask",
            "it was not safe to ask",
            "not sought unsafe",
            "not safe to seek",
        ),
        "not_safe_to_ask",
    ),
}
_NO: Final = {"no", "n"}
_BASES: Final = {
    "public task": "public_task",
    "legal obligation": "legal_obligation",
    "legal duty": "legal_obligation",
    "vital interests": "vital_interests",
    "legitimate interests": "legitimate_interests",
}


def said(values: Mapping[str, str], *, reason_beside: bool) -> tuple[dict[str, str], frozenset[str]]:
    """Reads what a form says of agreement and basis: what `sharing` keeps, and which labels that used up.

    `reason_beside`: the form also says why there is no agreement. A bare No is then left to a person: she
    may have said no, or it was not safe to ask her.
    """
    words = _ticked(values.get("consent", ""))
    found = "refused" if words in _NO and not reason_beside else _CONSENT.get(words)
    if found is None:
        return {}, frozenset()
    kept, used = {"consent": found}, {"consent"}
    basis, why = _BASES.get(_ticked(values.get("consent_basis", ""))), values.get("consent_why", "")
    if basis is not None:
        kept["basis"] = basis
        used.add("consent_basis")
    if why and len(why) <= LONGEST["text"]:
        kept["why"] = why
        used.add("consent_why")
    return kept, frozenset(used)


def _ticked(words: str) -> str:
    boxes = ticked(words)
    return same(words if boxes is None else ", ".join(boxes))
