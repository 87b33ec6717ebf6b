"""Empty forms for paper: the checklist and the referral, as plans drawn from the same definitions."""

from dataclasses import dataclass

import risk
from conferences import fields
from conferences.fields import FormField, Sheet
from conferences.fields.definition import Section

# What the product asks on pages of its own, as it stands on paper: label and kind.
OWN_PAGES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "perpetrators": (
        ("perpetrator_name", "Name", "line"),
        ("perpetrator_other_names", "Other and former names", "line"),
        ("perpetrator_born", "Date of birth", "line"),
        ("perpetrator_sex", "Gender", "line"),
        ("perpetrator_relation", "How they are related to the person at risk", "line"),
        ("perpetrator_lives", "Do they live together?", "yes_no"),
        ("perpetrator_detail", "More about them", "text"),
    ),
    "children": (
        ("child_1", "First child: name and date of birth", "line"),
        ("child_2", "Second child: name and date of birth", "line"),
        ("child_3", "Third child: name and date of birth", "line"),
        ("child_4", "More children", "text"),
    ),
    "adults": (("adult_1", "Name, date of birth, and how they are related", "line"),),
    "contact": (
        ("contact_phone", "Telephone number", "line"),
        ("contact_ring", "Is it safe to ring them?", "yes_no"),
        ("contact_message", "Is it safe to leave a message?", "yes_no"),
        ("contact_text", "Is it safe to send a text?", "yes_no"),
        ("contact_withheld", "Is it safe to ring without showing a number?", "yes_no"),
        ("contact_times", "Safe times", "line"),
        ("contact_word", "Code word", "line"),
        ("contact_else", "Who else may see or hear messages?", "line"),
        ("contact_other", "Another number, email or postal address, and is it safe?", "line"),
        ("contact_rule", "The one rule every agency must read first", "text"),
    ),
    "reason": (
        ("reason", "Why are you referring now?", "text"),
        ("wishes", "What does the person want to happen?", "text"),
        ("can_wait", "Can this wait for the next meeting?", "yes_no"),
        ("incident_days", "Dates of incidents in the last 12 months", "line"),
        ("escalating", "Is it getting worse or happening more often?", "yes_no"),
        ("referred_before", "Were the same two people referred in the last 12 months, and when?", "line"),
    ),
    "dates": (("dates_ahead", "Dates ahead: a release, a separation, a birth, a hearing", "text"),),
    "sharing": (
        ("consent", "Did the person agree to this referral?", "consent"),
        ("basis", "Lawful basis for sharing", "line"),
        ("sharing_why", "Why is sharing necessary and proportionate?", "text"),
    ),
    # Never on paper: the coordinator asks for the address by telephone.
    "address": (),
    "judgement": (("first_judgement", "What you think now, and what makes you think so", "text"),),
    "checklist": (),
    "final": (("last_judgement", "Should it go to the meeting on your judgement, and why?", "text"),),
}
THREE = ("Yes", "No", "Not known")
CONSENT = ("Yes, they agreed", "No, they did not agree", "It was not safe to ask")


@dataclass(frozen=True)
class BlankField:
    """One thing to fill in: its words, and the answers to tick; without answers it is written."""

    key: str
    label: str
    hint: str
    choices: tuple[tuple[str, str], ...] = ()
    many: bool = False
    lines: int = 1


@dataclass(frozen=True)
class BlankPart:
    """One part of a form with its heading."""

    title: str
    hint: str
    fields: tuple[BlankField, ...]


@dataclass(frozen=True)
class BlankForm:
    """An empty form; `fillable` is for the screen, otherwise it is printed and written on.

    `elsewhere` says for whom a checklist is, and where others belong.
    """

    title: str
    number: str
    note: str
    chapters: tuple[tuple[str, tuple[BlankPart, ...]], ...]
    fillable: bool
    elsewhere: tuple[str, ...] = ()


def referral(*, fillable: bool) -> BlankForm:
    """Returns the empty referral form."""
    return BlankForm(
        title="Referral",
        number="Referral form",
        note="Leave out what you do not know. No address is asked here: the coordinator asks by telephone.",
        chapters=tuple(_chapter(one) for one in fields.form().sections),
        fillable=fillable,
    )


def _chapter(section: Section) -> tuple[str, tuple[BlankPart, ...]]:
    parts = (BlankPart(one.title, one.hint, _asked(one)) for one in section.sheets)
    return section.title, tuple(part for part in parts if part.fields)


def _asked(sheet: Sheet) -> tuple[BlankField, ...]:
    if sheet.key in OWN_PAGES:
        return tuple(_own(*one) for one in OWN_PAGES[sheet.key])
    return tuple(_field(one) for one in sheet.fields)


def _own(key: str, label: str, kind: str) -> BlankField:
    words = {"yes_no": THREE, "consent": CONSENT}.get(kind, ())
    return BlankField(key, label, "", tuple((word, word) for word in words), lines=3 if kind == "text" else 1)


def _field(one: FormField) -> BlankField:
    return BlankField(
        one.key,
        one.label,
        one.hint,
        tuple(one.choices.items()),
        many=one.kind == "many",
        lines=3 if one.kind == "text" else 1,
    )


def checklist(edition: risk.Edition, words: dict[str, str], *, fillable: bool) -> BlankForm:
    """Returns an edition's empty checklist; `words` says its answers in the reader's language."""
    return BlankForm(
        title=edition.title,
        number=f"{edition.slug}, {edition.version}",
        note="Short topics are shown: read the wording from your own form. Ask in private.",
        chapters=(("About this checklist", (_head(),)), *_sections(edition, words)),
        fillable=fillable,
        elsewhere=tuple(gate.because for gate in risk.plan_for(edition).rules.gates),
    )


def _head() -> BlankPart:
    asked = (
        ("case_reference", "Reference, never a name in full", 1),
        ("asked_on", "Date it was filled in", 1),
        ("asked_by", "Filled in by", 1),
        ("first_judgement", "Before the first question: what do you think, and why?", 3),
    )
    return BlankPart("", "", tuple(BlankField(key, label, "", lines=n) for key, label, n in asked))


def _sections(edition: risk.Edition, words: dict[str, str]) -> list[tuple[str, tuple[BlankPart, ...]]]:
    found = [
        (section.title, (BlankPart("", "", tuple(_item(one, words) for one in section.items)),))
        for section in edition.sections
    ]
    last = BlankField(
        "last_judgement", "After the last question: should it go to the meeting, and why?", "", lines=3
    )
    return [*found, ("After the questions", (BlankPart("", "", (last,)),))]


def _item(item: risk.Item, words: dict[str, str]) -> BlankField:
    choices = tuple((code, words.get(code, code)) for code in item.answers)
    return BlankField(f"answer-{item.id}", f"{item.id}  {item.topic}", "", choices)
