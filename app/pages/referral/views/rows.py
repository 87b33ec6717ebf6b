"""What a referral says, part by part, as label and words: before it is sent, and after a clash."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.pages.common.draft import home
from app.pages.common.told import born_words
from app.pages.common.told import words as told_words
from app.pages.person.views import contacts
from app.pages.referral.views.dates import lines
from app.pages.referral.views.parts_said import details_said
from app.pages.referral.views.tasks import TASKS, person_stored, ways_stored
from app.pages.words import referral as words
from app.templating import short_day, t, tn
from conferences import fields
from conferences.checklist import assessments
from conferences.fields import Sheet
from conferences.imports import unplaced
from conferences.models import Involvement, Part, Referral, User
from conferences.person import people
from conferences.referral import completeness, dated_events, told, told_views

Pairs = list[tuple[str, Any]]


@dataclass(frozen=True)
class CheckRow:
    """One line of the check: what was asked, what was said, and where to change it."""

    label: str
    value: str | list[str]
    href: str


@dataclass(frozen=True)
class CheckPart:
    """One part of the check with its heading."""

    title: str
    rows: list[CheckRow]


def _judgement(stored: dict[str, Any]) -> Pairs:
    return [
        (t("What you thought before the questions"), words.said(words.VIEWS, stored.get("view"))),
        (t("What made you think so"), stored.get("why")),
    ]


def _final(stored: dict[str, Any]) -> Pairs:
    refer = {True: t("Yes"), False: t("No")}.get(stored.get("refer"), "")  # type: ignore[arg-type]
    level = [(t("The level you find"), stored["level"].replace("_", " "))] if stored.get("level") else []
    return [
        *level,
        (t("Should it go to the meeting on your judgement?"), refer),
        (t("Why"), stored.get("why")),
        *(
            (t(label), words.said(words.FACT_ANSWERS, stored.get(name)))
            for name, label in words.FACTS.items()
        ),
    ]


def person_rows(stored: dict[str, Any]) -> Pairs:
    """Says of a person what the forms ask."""
    return [
        (t("Name"), stored.get("name")),
        (t("Other names"), stored.get("known_as")),
        (t("Former names"), stored.get("former_names")),
        (t("Date of birth"), born_words(stored.get("born"))),
        (t("Gender"), words.said(words.GENDERS, stored.get("gender"))),
        (t("Language"), stored.get("language")),
        (t("How they are related"), stored.get("relationship")),
        (t("Do they live together?"), words.said(words.MAYBE, stored.get("lives_with"))),
        (t("More about them"), stored.get("detail")),
    ]


def _reason(stored: dict[str, Any]) -> Pairs:
    last = stored.get("last_referral_on")
    return [
        (t("Why now"), stored.get("reason")),
        (t("What they want"), stored.get("wishes")),
        (t("How urgent"), words.said(words.URGENCY, stored.get("urgency"))),
        (t("Incidents in the last 12 months"), [short_day(one.on) for one in stored.get("incidents", [])]),
        (t("What happened"), words.said(words.KINDS, stored.get("incident_kind"))),
        (t("Getting worse"), words.said(words.MAYBE, stored.get("escalating"))),
        (t("Referred in the last 12 months"), words.said(words.MAYBE, stored.get("repeat"))),
        (t("Last referred"), short_day(last) if last else ""),
    ]


def _sharing(stored: dict[str, Any]) -> Pairs:
    return [
        (t("Did they agree?"), words.said(words.CONSENT, stored.get("consent"))),
        (t("Lawful basis"), words.said(words.BASES, stored.get("basis"))),
        (t("Why sharing is necessary"), stored.get("why")),
    ]


PAIRS: dict[str, Callable[[dict[str, Any]], Pairs]] = {
    "judgement": _judgement,
    "final": _final,
    "victim": person_rows,
    "contact": contacts.pairs,
    "reason": _reason,
    "sharing": _sharing,
    "address": lambda stored: [],
}


def stored_pairs(name: str, stored: dict[str, Any]) -> Pairs:
    """Gives what is stored of one part, without what was left blank."""
    return [(label, value) for label, value in PAIRS[name](stored) if value]


def _rows(pairs: Iterable[tuple[str, Any]], href: str) -> list[CheckRow]:
    kept = [CheckRow(label, value, f"{href}?from=check") for label, value in pairs if value]
    return kept or [CheckRow(t("Nothing given yet"), "", f"{href}?from=check")]


def _task(session: Session, referral: Referral, name: str) -> list[CheckRow]:
    stored = TASKS[name].stored(session, referral)
    if stored.get("level"):
        titles = dict(assessments.levels_to_choose(referral.assessment))
        stored = stored | {"level": titles.get(stored["level"], stored["level"])}
    return _rows(stored_pairs(name, stored), f"{home(referral)}/{name}")


def _people(session: Session, referral: Referral, part: Part, where: str, none: str) -> list[CheckRow]:
    found: list[CheckRow] = []
    for row in people.in_part(referral.case, part):
        pairs = [(label, value) for label, value in person_rows(person_stored(session, row)) if value]
        lines = [value if label == t("Name") else f"{label}: {value}" for label, value in pairs]
        ways = contacts.pairs(ways_stored(session, row)) if row.person.safe_contact else []
        lines += [f"{label}: {value}".replace("\n", ", ") for label, value in ways if value]
        name = people.name_of(session, row)
        found.append(CheckRow(name, lines, f"{home(referral)}/{where}/{row.id.hex}?from=check"))
    return found or [CheckRow(none, "", f"{home(referral)}/{where}?from=check")]


def _address(session: Session, referral: Referral) -> list[CheckRow]:
    victim = people.victim_of(referral.case)
    held = victim is not None and people.has_address(session, victim.person)
    words_ = t("Held. It is not shown here.") if held else t("Not given")
    return [CheckRow(t("Where they are now"), words_, f"{home(referral)}/address?from=check")]


def _answers(session: Session, referral: Referral) -> list[CheckRow]:
    known = assessments.answers_of(session, referral.assessment)
    asked = {item.id for item in assessments.asked_of(session, referral.assessment)}
    rows = []
    for at, section in enumerate(assessments.edition_of(referral.assessment).sections, 1):
        for item in (item for item in section.items if item.id in asked):
            given = known.get(item.id, {})
            said = words.said(words.ANSWERS, given.get("value")) or t("Not answered")
            who = words.said(words.SOURCES, given.get("source"))
            by = [t("Said by: %(who)s", who=who)] if who else []
            lines = [said, *details_said(item, given), *by, given.get("note") or ""]
            href = f"{home(referral)}/checklist/{at}?from=check#answer-{item.id}"
            rows.append(CheckRow(f"{item.id} {item.topic}", [line for line in lines if line], href))
    return rows


def _pages(session: Session, referral: Referral) -> dict[str, CheckPart]:
    """The parts that have pages of their own, by key."""
    nobody, no_children, no_adults = t("Nobody named yet"), t("No children named"), t("Nobody else named")
    found = {name: _task(session, referral, name) for name in ("judgement", "final", "victim", "contact")}
    found |= {name: _task(session, referral, name) for name in ("reason", "sharing")}
    found |= {
        "checklist": _answers(session, referral),
        "perpetrators": _people(session, referral, Part.PERPETRATOR, "perpetrators", nobody),
        "children": _people(session, referral, Part.CHILD, "children", no_children),
        "adults": _people(session, referral, Part.OTHER_ADULT, "adults", no_adults),
        "address": _address(session, referral),
        "dates": _rows(
            ((one.what, one.when) for one in lines(dated_events.of_referral(session, referral))),
            f"{home(referral)}/dates",
        ),
    }
    return {name: CheckPart(t(fields.form().sheets[name].title), rows) for name, rows in found.items()}


def _sheet(session: Session, referral: Referral, sheet: Sheet, agencies: dict[str, str]) -> list[CheckPart]:
    """One part of the form, once for each thing it is about."""
    found = []
    for row in told.rows_for(referral, sheet):
        here, place = told.read(session, row), f"{home(referral)}/form/{sheet.key}"
        about = f": {people.name_of(session, row)}" if sheet.each and isinstance(row, Involvement) else ""
        pairs = [
            (t(one.label), told_words(one, here[one.key], agencies))
            for one in sheet.fields
            if one.key in here
        ]
        rows = _rows(pairs, f"{place}/{row.id.hex}" if sheet.each else place)
        found.append(CheckPart(t(sheet.title) + about, rows))
    return found


def check_parts(session: Session, user: User, referral: Referral) -> list[CheckPart]:
    """Gives everything a draft says, in the order of the form."""
    pages, agencies = _pages(session, referral), told_views.agency_names(session, user)
    found: list[CheckPart] = []
    for sheet in completeness.sheets(session, referral):
        found += [pages[sheet.key]] if sheet.page else _sheet(session, referral, sheet, agencies)
    return found


def counts(session: Session, referral: Referral) -> dict[str, int]:
    """Counts the questions without an answer, and those answered don’t know or declined."""
    known = assessments.values(assessments.answers_of(session, referral.assessment))
    asked = assessments.asked_of(session, referral.assessment)
    total, given = len(asked), [known[item.id] for item in asked if item.id in known]
    return {
        "total": total,
        "unanswered": total - len(given),
        "dont_know": given.count("dont_know"),
        "refused": given.count("refused"),
    }


def unplaced_said(session: Session, referral: Referral) -> str:
    """Says how much of a Word form is still to be placed; empty when nothing is."""
    left = len(unplaced.of(session, referral))
    words = ("%(count)s piece of the Word form to place", "%(count)s pieces of the Word form to place")
    return tn(*words, left) if left else ""
