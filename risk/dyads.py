"""Who an earlier case was about, beside this one, and so whether this is a repeat."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from risk.context import NewIncident
from risk.repeats import Repeat, judge_repeat
from risk.schema import RepeatRule

Relation = Literal["same_pair", "role_reversal", "same_victim", "same_perpetrator", "unrelated"]


class Dyad(NamedTuple):
    """One victim with one set of people causing harm, each by an identity a person has confirmed."""

    victim: str
    perpetrators: frozenset[str]


class Earlier(NamedTuple):
    """An earlier case, when it was referred and last heard, and whether it is still listed."""

    dyad: Dyad
    referred_on: date
    heard_on: date | None = None
    listing_open: bool = False


class Decision(NamedTuple):
    """What the new referral is, why, and every earlier case it should be linked to."""

    kind: Literal["repeat", "update", "transfer_in", "new", "undecided"]
    because: str
    links: tuple[tuple[Relation, int], ...]


def relation(now: Dyad, earlier: Dyad) -> Relation:
    """How two cases are related; the same pair means the same victim and someone in common causing harm."""
    shared = now.perpetrators & earlier.perpetrators
    if now.victim == earlier.victim:
        return "same_pair" if shared else "same_victim"
    if now.victim in earlier.perpetrators and earlier.victim in now.perpetrators:
        return "role_reversal"
    return "same_perpetrator" if shared else "unrelated"


def decide(
    rule: RepeatRule,
    now: Dyad,
    incident: NewIncident | None,
    earlier: Sequence[Earlier],
    *,
    transferred_in: bool = False,
) -> Decision:
    """Repeat, update, transfer or new, with the links the chair should see; positions count from nought."""
    related = ((relation(now, one.dyad), at) for at, one in enumerate(earlier))
    links = tuple(pair for pair in related if pair[0] != "unrelated")
    same = [earlier[at] for kind, at in links if kind == "same_pair"]
    if any(one.listing_open for one in same):
        return Decision("update", "the pair is already listed: add this to the open listing", links)
    found = [judge_repeat(rule, one.referred_on, one.heard_on, incident) for one in same]
    held = next((one for one in found if one.is_repeat), None)
    if held:
        return Decision("repeat", held.because, links)
    if transferred_in:
        return Decision(
            "transfer_in", "the case was transferred in, with no new incident inside the window", links
        )
    open_question = next((one for one in found if one.is_repeat is None), None)
    if open_question:
        return Decision("undecided", open_question.because, links)
    return Decision("new", _why_new(found, links), links)


def _why_new(found: list[Repeat], links: tuple[tuple[Relation, int], ...]) -> str:
    if found:
        return found[-1].because
    words = {
        "role_reversal": "the same two people with the roles reversed",
        "same_victim": "the same victim with someone else causing harm",
        "same_perpetrator": "the same person causing harm to someone else",
    }
    told = [words[kind] for kind, _ in links if kind in words]
    return told[0] if told else "no earlier case about these people"
