"""Answers as they were given, read against an edition: each becomes a code and what it may be worth.

Unanswered is never no: don't know, refused and not asked leave an item open between its ends.
"""

from collections.abc import Mapping

from risk.conditions import Evidence, Reading
from risk.errors import BadAnswer, shown
from risk.instrument import Item
from risk.plan import Plan
from risk.reading import SETTLED_NO

PART_CODES = ("yes", "no", "dont_know", "refused", "not_applicable", "not_asked")


def read_answers(plan: Plan, answers: Mapping[str, object]) -> dict[str, Reading]:
    """A reading for every item of the edition; BadAnswer names the item at fault."""
    if not isinstance(answers, Mapping):
        raise BadAnswer("answers: must be an object of answers by item number")
    readings = dict(plan.blank)
    tables: Mapping[object, Mapping[object, Reading]] = plan.tables  # type: ignore[assignment]
    for number, answer in answers.items():
        try:
            readings[number] = tables[number][answer]
        except (KeyError, TypeError):
            readings[number] = _not_a_code(plan, number, answer)
    return readings


def _not_a_code(plan: Plan, number: object, answer: object) -> Reading:
    item = plan.items.get(number) if isinstance(number, str) else None
    if item is None:
        raise BadAnswer(f"answers: {plan.edition.slug} has no item {shown(number)}")
    reading = _made_of(plan, item, answer)
    if reading is None:
        raise BadAnswer(f"answers.{item.id}: {_allowed(item)}, not {shown(answer)}")
    return reading


def settle(plan: Plan, readings: dict[str, Reading]) -> None:
    """Close what another answer decides: the rest of an exclusive group, a sub-item that does not arise."""
    for group in plan.groups:
        ticked = [number for number in group if readings[number].code == "yes"]
        if len(ticked) > 1:
            raise BadAnswer(f"answers.{ticked[1]}: cannot be yes together with {ticked[0]}")
        if ticked:
            for number in group:
                if readings[number].open:
                    readings[number] = SETTLED_NO
    for number, condition in plan.conditional:
        if not condition.holds(Evidence(readings=readings), high=True):
            readings[number] = SETTLED_NO


def _made_of(plan: Plan, item: Item, answer: object) -> Reading | None:
    table = plan.tables[item.id]
    if isinstance(answer, Mapping):
        return _from_table(plan, item, answer)
    if type(answer) is int and item.compose and (rule := item.compose.number_gte):
        if not 0 <= answer <= rule.most:
            raise BadAnswer(f"answers.{item.id}: must be from 0 to {rule.most}, not {shown(answer)}")
        return table["yes" if answer >= rule.value else "no"]
    return None


def _from_table(plan: Plan, item: Item, answer: Mapping[str, object]) -> Reading | None:
    keys = set(answer)
    if item.compose and item.compose.k_of_n:
        if keys == {"parts"}:
            return plan.tables[item.id][
                _from_parts(item, _parts(item, answer["parts"]), item.compose.k_of_n.k)
            ]
        if keys and keys <= {"present", "absent", "unknown"}:
            return plan.tables[item.id][_from_counts(item, answer, item.compose.k_of_n.k)]
    if "value" not in keys or not keys <= {"value", "parts"}:
        raise BadAnswer(f"answers.{item.id}: takes an answer, or an object with value and parts")
    if "parts" in keys:
        _parts(item, answer["parts"])
    value = answer["value"]
    return plan.tables[item.id].get(value) if isinstance(value, str) else _made_of(plan, item, _plain(value))


def _plain(value: object) -> object:
    return None if isinstance(value, Mapping) else value


def _parts(item: Item, given: object) -> dict[str, str]:
    known = {part.id for part in item.parts}
    if not isinstance(given, Mapping):
        raise BadAnswer(f"answers.{item.id}.parts: must be an object of answers by part")
    codes: dict[str, str] = {}
    for name, code in given.items():
        if name not in known:
            raise BadAnswer(f"answers.{item.id}.parts: there is no part {shown(name)}")
        if not isinstance(code, str) or code not in PART_CODES:
            raise BadAnswer(
                f"answers.{item.id}.parts.{name}: takes {', '.join(PART_CODES)}, not {shown(code)}"
            )
        codes[name] = code
    return codes


def _from_parts(item: Item, codes: Mapping[str, str], k: int) -> str:
    said = [codes.get(part.id, "not_asked") for part in item.parts]
    present = said.count("yes")
    open_codes = [code for code in said if code in {"dont_know", "refused", "not_asked"}]
    return _composite(present, open_codes, k)


def _from_counts(item: Item, counts: Mapping[str, object], k: int) -> str:
    numbers: dict[str, int] = {}
    for name, count in counts.items():
        if type(count) is not int or count < 0:
            raise BadAnswer(f"answers.{item.id}.{name}: must be a whole number of parts, not {shown(count)}")
        numbers[name] = count
    rest = len(item.parts) - sum(numbers.values())
    if rest < 0:
        raise BadAnswer(f"answers.{item.id}: there are only {len(item.parts)} parts")
    open_codes = ["dont_know"] * numbers.get("unknown", 0) + ["not_asked"] * rest
    return _composite(numbers.get("present", 0), open_codes, k)


def _composite(present: int, open_codes: list[str], k: int) -> str:
    if present >= k:
        return "yes"
    if present + len(open_codes) < k:
        return "no"
    for code in ("not_asked", "dont_know"):
        if code in open_codes:
            return code
    return "refused"


def _allowed(item: Item) -> str:
    codes = ", ".join(dict.fromkeys((*item.answers, "not_applicable", "not_asked")))
    if item.compose and item.compose.number_gte:
        return f"takes a whole number or one of {codes}"
    if item.compose:
        return f"takes its parts, or counts of present, absent and unknown, or one of {codes}"
    return f"takes one of {codes}"
