"""How to reach somebody as a Word form says it: a way is read only with the words that say how safe it is.

Nothing here guesses. A number without such words, two numbers with one answer, an answer with more words to
it, or a telephone that may be somebody else’s stays with a person, and what nobody said is never safe.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from conferences.finding.indexing import postcodes_in, several
from conferences.imports.cells import same
from conferences.imports.documents import Pair
from conferences.imports.placing import HARM, VICTIM, NoAnswer, ticked
from conferences.matching.reaching import phone
from conferences.reaching import USES, Care, Contact, Point, Safe, Way

PHONES: Final = {
    "victim_phone": "Telephone of the person at risk",
    "victim_mobile": "Mobile telephone of the person at risk",
    "victim_landline": "Home telephone of the person at risk",
}
SAID_OF_IT: Final = {
    "safe_message": "Whether it is safe to leave a message",
    "safe_text": "Whether it is safe to send a text",
    "safe_withheld": "Whether it is safe to ring without showing a number",
    "safe_times": "Safe times to ring",
    "who_else": "Who else can see or hear messages",
    "code_word": "Code word",
}
OF_VICTIM: Final = {
    **PHONES,
    "safe_call": "Whether it is safe to ring",
    **SAID_OF_IT,
    "victim_mail": "Email of the person at risk",
    "safe_mail": "Whether it is safe to write an email",
    "contact_rule": "The rule for agencies",
}
OF_ADDRESS: Final = {
    "victim_address": "Where they are now",
    "victim_postcode": "Postcode of the person at risk",
    "safe_post": "Whether it is safe to write to them",
}
OF_HARM: Final = {
    "perpetrator_phone": "Telephone of the person causing harm",
    "perpetrator_mobile": "Mobile telephone of the person causing harm",
    "perpetrator_mail": "Email of the person causing harm",
}
LABELS: Final = {**OF_VICTIM, **OF_ADDRESS, **OF_HARM}
LONGEST: Final = {"times": 200, "who_else": 200, "code_word": 200, "value": 300, "rule": 4000, "words": 1000}
_SAFE: Final = {
    **dict.fromkeys(("yes", "y", "safe", "yes safe"), Safe.SAFE),
    **dict.fromkeys(("no", "n", "unsafe", "not safe", "never", "no unsafe"), Safe.UNSAFE),
    **dict.fromkeys(("not known", "unknown", "dont know", "don t know", "unsure"), Safe.UNKNOWN),
}
# Words in brackets, or after a number, that say how safe it is and nothing else.
_BESIDE: Final = {
    **dict.fromkeys(("safe", "safe to call", "safe to ring", "safe to use"), Safe.SAFE),
    **dict.fromkeys(
        ("not safe", "unsafe", "not safe to call", "not safe to ring", "do not call", "do not ring",
         "don t call", "don t ring", "never call", "never ring", "do not use"),
        Safe.UNSAFE,
    ),
}  # fmt: skip
_NUMBER: Final = re.compile(r"(\+?[\d][\d ().-]{4,22}\d)")
_MAIL: Final = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+")
# A telephone that stands after one of these may be theirs and not the person’s.
_OTHERS: Final = {
    *("gp", "doctor", "surgery", "practice", "school", "nursery", "college", "employer", "work", "workplace"),
    *("landlord", "kin", "next", "social", "worker", "midwife", "visitor", "solicitor"),
    *("advocate", "idva", "referrer", "referring", "agency", "organisation", "team", "manager", "officer"),
    *("professional", "professionals", "job", "role", "friend", "relative", "family", "mother", "father"),
    *("parent", "sister", "brother", "neighbour", "emergency", "son", "daughter"),
}


@dataclass
class Near:
    """Whose particulars are being read: a telephone is somebody’s only under words that name that person.

    After somebody else was named it may be theirs.
    """

    under: str = ""
    another: bool = False

    def unclear(self, pair: Pair, key: str | None) -> bool:
        """Returns whether a label that is about reaching somebody may be about another person."""
        if pair.under != self.under:
            self.under, self.another = pair.under, False
        if key is not None and key.startswith(("victim_", "perpetrator_")) and key not in LABELS:
            self.another = False
        named = bool(_OTHERS & set(same(pair.label).split()))
        said = f" {same(pair.label)} {pair.under} "
        whose = [names for names in (HARM, VICTIM) if any(f" {one} " in said for one in names)]
        unclear = self.another or named or len(whose) != 1 or bool(_OTHERS & set(pair.under.split()))
        self.another = self.another or named
        return key in LABELS and unclear


@dataclass
class Reached:
    """What was read of how somebody is reached, and which labels that used up."""

    contact: Contact = field(default_factory=Contact)
    used: frozenset[str] = frozenset()


def safety_of(words: str) -> Safe | None:
    """Reads an answer to whether something is safe; None where no box is ticked. Raises NoAnswer."""
    boxes = ticked(words)
    if boxes == []:
        return None
    found = _SAFE.get(same(words if boxes is None else ", ".join(boxes)))
    if found is None:
        raise NoAnswer
    return found


def number_of(words: str) -> tuple[str, Safe | None]:
    """Reads one telephone number with what is said of it beside; raises NoAnswer for any other words."""
    found = _NUMBER.findall(words[: LONGEST["value"] + 1])
    if len(words) > LONGEST["value"] or len(found) != 1 or not phone(found[0]) or len(several(words)) != 1:
        raise NoAnswer
    beside = same(words.replace(found[0], " "))
    if beside and beside not in _BESIDE:
        raise NoAnswer
    return found[0].strip(), _BESIDE.get(beside)


def of_victim(values: Mapping[str, str]) -> Reached:
    """Reads the telephone, the email and the rule of the person at risk, each with how safe it is."""
    points, used = _phones(values)
    mail, safe = values.get("victim_mail", ""), _answer(values, "safe_mail")
    if safe is not None and _is_mail(mail):
        points.append(Point(way=Way.MAIL, value=mail, safety=safe))
        used |= {"victim_mail", "safe_mail"}
    rule = values.get("contact_rule")
    if rule and len(rule) <= LONGEST["rule"]:
        used |= {"contact_rule"}
    else:
        rule = None
    return Reached(Contact(rule, tuple(points)), frozenset(used))


def _phones(values: Mapping[str, str]) -> tuple[list[Point], set[str]]:
    given = [key for key in PHONES if key in values]
    read = {key: found for key in given if (found := _number(values[key])) is not None}
    said = _answer(values, "safe_call")
    if len(given) != 1 or len(read) != 1:
        points = [Point(value=number, safety=safe) for number, safe in read.values() if safe is not None]
        # One answer and several telephones: nobody knows which of them was meant, so none is read.
        return (
            ([], set()) if said is not None else (points, {key for key in read if read[key][1] is not None})
        )
    ((key, (number, safe)),) = read.items()
    if (safe is None and said is None) or (safe is not None and said is not None and safe is not said):
        return [], set()
    used = {key} | ({"safe_call"} if said is not None else set())
    point, more = _with_details(Point(value=number, safety=said or safe or Safe.UNKNOWN), values)
    return [point], used | more


def _with_details(point: Point, values: Mapping[str, str]) -> tuple[Point, set[str]]:
    """What is said of the only telephone there is."""
    used, more = set(), dict[str, Any]()
    for name in USES:
        said = _answer(values, f"safe_{name}")
        if said is not None:
            more[name] = said
            used.add(f"safe_{name}")
    for key, name in (("safe_times", "times"), ("who_else", "who_else"), ("code_word", "code_word")):
        words = values.get(key)
        if words and len(words) <= LONGEST[name]:
            more[name] = " ".join(words.split())
            used.add(key)
    return replace(point, **more), used


def _number(words: str) -> tuple[str, Safe | None] | None:
    try:
        return number_of(words)
    except NoAnswer:
        return None


def _is_mail(words: str) -> bool:
    return len(words) <= LONGEST["value"] and _MAIL.fullmatch(words) is not None


def _answer(values: Mapping[str, str], key: str) -> Safe | None:
    try:
        return safety_of(values[key]) if key in values else None
    except NoAnswer:
        return None


def of_harm(values: Mapping[str, str]) -> Reached:
    """Reads how somebody who causes harm is reached: of no use to anybody but those who deal with them."""
    points, used = [], set()
    for key in OF_HARM:
        words = values.get(key, "")
        number = _number(words)
        if key == "perpetrator_mail" and _is_mail(words):
            points.append(Point(way=Way.MAIL, value=words))
            used.add(key)
        elif key != "perpetrator_mail" and number is not None:
            points.append(Point(value=number[0]))
            used.add(key)
    return Reached(Contact(None, tuple(points)), frozenset(used))


def address_of(values: Mapping[str, str]) -> tuple[str, Care, frozenset[str]]:
    """Reads where the person at risk is, and whether writing there is safe; empty for none."""
    words, code = values.get("victim_address", ""), values.get("victim_postcode", "")
    used = {"victim_address"}
    if not words:
        return "", Care(), frozenset()
    if code and postcodes_in(code):
        used.add("victim_postcode")
        words = words if set(postcodes_in(code)) <= set(postcodes_in(words)) else f"{words}\n{code}"
    safe = _answer(values, "safe_post")
    if safe is not None:
        used.add("safe_post")
    if len(words) > LONGEST["words"]:
        return "", Care(), frozenset()
    return words, Care(safety=safe or Safe.UNKNOWN), frozenset(used)
