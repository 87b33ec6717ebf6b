"""Why two people may be one, in a worker's words."""

from conferences.matching.agreement import Agreement
from conferences.matching.contact import Shared
from conferences.matching.likeness import Kind
from conferences.matching.pairing import Pair
from conferences.matching.resemblance import Half, Resemblance

_KINDS = {
    Kind.VARIANT: "Form of the same name",
    Kind.SOUND: "Name sounds alike",
    Kind.SLIP: "Name spelt nearly alike",
    Kind.NEAR: "Name spelt nearly alike",
    Kind.SHORT: "Short form of the name",
    Kind.INITIAL: "Initial only",
}


def _shown(pair: Pair) -> str:
    return f"{_KINDS[pair.kind]}: {pair.asked.title()} / {pair.held.title()}"


def in_words(
    names: Resemblance, sources: tuple[str, str], birth: Agreement, shared: Shared
) -> tuple[str, ...]:
    """Returns each reason as one short sentence, names first."""
    said: list[str] = []
    if names.pairs and all(pair.kind is Kind.SAME for pair in names.pairs):
        said.append(_same(names))
    else:
        said += [f"Same name: {pair.asked.title()}" for pair in names.pairs if pair.kind is Kind.SAME]
        said += [_shown(pair) for pair in names.pairs if pair.kind is not Kind.SAME]
    if any(pair.roles in ("gf", "fg") for pair in names.pairs):
        said.append("Names in another order")
    if "former" in sources:
        said.append("Former name")
    if "alias" in sources:
        said.append("Also known as")
    if names.family is Half.DIFFERENT:
        said.append("Different surname")
    if birth.words:
        said.append(birth.words)
    return (*said, *shared.words)


def _same(names: Resemblance) -> str:
    if names.given is Half.FULL and names.family is Half.FULL:
        return "Same name"
    if names.given is Half.FULL:
        return "Same first name"
    return "Same surname"
