"""A referral form in Word, read into a draft: only what is plain is taken, the rest is listed."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import fields
from conferences.checklist import assessments
from conferences.checklist.assessments import Answer
from conferences.errors import Refused
from conferences.fields import FormField
from conferences.imports import agencies, consent, documents, keeping, reach, unplaced
from conferences.imports.cells import NotADay, parse_birth, same, says_nothing
from conferences.imports.documents import Document, Pair
from conferences.imports.fields import BY_KEY
from conferences.imports.form_read import FormRead
from conferences.imports.mapping import meaning_of
from conferences.imports.placing import BESIDE, NoAnswer, answer_of, field_of, ticked, whose
from conferences.imports.reading import names_in
from conferences.models import Agency, Part, Referral, Urgency, User
from conferences.person.people import PersonDetails
from conferences.referral import completeness, referrals, told

_TICKS: Final = {"x", "✓", "✔", "☒", "☑", "✗", "✘", "yes", "y", "🗹", "\uf0fe", "\uf052"}
_NO_TICKS: Final = {"", "☐", "□", "-", "\uf0a8", "\uf06f"}
_COLUMNS: Final = {
    **dict.fromkeys(("yes", "y"), "yes"),
    **dict.fromkeys(("no", "n"), "no"),
    **dict.fromkeys(("dont know", "don t know", "not known", "unknown", "dk"), "dont_know"),
}
_LONGEST_NAME: Final = 200
FIELDS: Final = (
    *("victim_name", "victim_first", "victim_last", "victim_alias", "victim_born", "victim_gender"),
    *("perpetrator_name", "perpetrator_first", "perpetrator_last", "perpetrator_born", "relationship"),
    *("children", "reason"),
    *BESIDE,
    *consent.LABELS,
    *reach.LABELS,
)
_BESIDE_LABELS: Final = {
    "wishes": "What the person wants",
    "language": "Language of the person at risk",
    "former_names": "Former names of the person at risk",
    **consent.LABELS,
    **reach.LABELS,
}
FORM: Final = {one.key: one for part in fields.form().sheets.values() if not part.page for one in part.fields}


def understand(
    document: Document, items: Sequence[str], called: Callable[[str], str | None] = lambda _: None
) -> FormRead:
    """Places a form's labels and ticks; `items` are the questions of the checklist in use, by number.

    A label that two values stand beside, or a person nobody says whose part, is left to a person.
    """
    read, placed, near = FormRead(), defaultdict(list), reach.Near()
    asked, before = _checklist(read, document, items), None
    for pair in document.pairs:
        key = _field(pair, before) if pair.plain else None
        unclear = near.unclear(pair, key)
        before = key
        if pair.row in asked:
            continue
        if key is None or unclear:
            read.leave(pair.label, pair.value)
        elif not says_nothing(pair.value) or key not in FIELDS:
            placed[key].append(pair)
    for key, pairs in placed.items():
        if len({pair.value for pair in pairs}) > 1:
            for pair in pairs:
                read.leave(label_of(key), pair.value)
        else:
            _place(read, key, pairs[0], called)
    return read


def _place(read: FormRead, key: str, pair: Pair, called: Callable[[str], str | None]) -> None:
    try:
        if key in FORM:
            found = answer_of(FORM[key], pair.value, called)
            read.form |= {} if found is None else {key: found}
        elif key in ("victim_born", "perpetrator_born"):
            read.values[key] = parse_birth(pair.value)
        else:
            boxes = ticked(pair.value)
            said = pair.value if boxes is None else ", ".join(boxes)
            read.values |= {key: said} if said else {}
    except (NoAnswer, NotADay):
        read.leave(label_of(key), pair.value)


def label_of(key: str) -> str:
    """Returns what a field is called here."""
    if key in FORM:
        return FORM[key].label
    return BY_KEY[key].label if key in BY_KEY else _BESIDE_LABELS[key]


def _field(pair: Pair, before: str | None) -> str | None:
    """The field a pair is for: of a list of cases, or else of the referral form.

    “If no, why not?” is about the question it stands behind, the field `before`.
    """
    who, bare = whose(pair.under), same(pair.label)
    if before == "consent" and field_of(pair) == "aware_not":
        return consent.NOT_ASKED
    said = [meaning_of(f"{who} {pair.label}")] if who else []
    found = meaning_of(bare)
    if not found.startswith(("victim", "perpetrator")) or whose(bare):
        said.append(found)
    key = next((one for one in said if one in FIELDS), None) or field_of(pair)
    theirs = "perpetrator" in (who, whose(bare))
    return None if theirs and (key in consent.LABELS or key == consent.NOT_ASKED) else key


def _checklist(read: FormRead, document: Document, items: Sequence[str]) -> set[tuple[str, ...]]:
    """Ticks count only in a table that asks every question of the checklist once, under named columns.

    Returns the rows that were understood; those of another checklist are left to a person.
    """
    understood: set[tuple[str, ...]] = set()
    for table in document.tables:
        columns = _answer_columns(table)
        rows = {row[0].strip(" ."): row for row in table if row and row[0].strip(" .").isdecimal()}
        if not columns or not rows:
            continue
        numbered = [row[0] for row in table if row and row[0].strip(" .").isdecimal()]
        if list(rows) != list(items) or len(numbered) != len(items):
            read.leave("Checklist", "\n".join(" | ".join(row) for row in table))
        else:
            for item, row in rows.items():
                _tick(read, item, row, columns)
        understood |= set(table)
    return understood


def _answer_columns(table: Sequence[Sequence[str]]) -> dict[int, str]:
    for row in table[:3]:
        # The first column is the question's number, and "No" above it means just that.
        found = {at: _COLUMNS[same(cell)] for at, cell in enumerate(row) if at and same(cell) in _COLUMNS}
        if {"yes", "no"} <= set(found.values()) and len(set(found.values())) == len(found):
            return found
    return {}


def _tick(read: FormRead, item: str, row: Sequence[str], columns: dict[int, str]) -> None:
    cells = {answer: row[at].strip().lower() for at, answer in columns.items() if at < len(row)}
    ticked = [answer for answer, cell in cells.items() if cell in _TICKS]
    plain = all(cell in _TICKS or cell in _NO_TICKS for cell in cells.values())
    if len(ticked) == 1 and plain:
        read.answers[item] = ticked[0]
    elif ticked or not plain:
        read.leave(f"Checklist {item}", " | ".join(row))


def draft_from(session: Session, actor: User, body: bytes, *, now: datetime) -> tuple[Referral, FormRead]:
    """Opens a draft of the actor's own with what the form plainly says; it is never sent by itself."""
    document = documents.read(body)
    referral = referrals.start(session, actor, safe_to_talk="from_notes", now=now)
    edition = assessments.edition_of(referral.assessment)
    known = {item.id: item.answers for item in edition.items}
    area = session.scalars(select(Agency).where(Agency.area_id == referral.area_id)).all()
    read = understand(document, list(known), agencies.called(area, {}))
    if not read.values and not read.answers and not read.form:
        raise Refused("Nothing in this form could be read. Start a referral and type it.", field="file")
    _people(session, actor, referral, read, now)
    _reason(session, actor, referral, read, now)
    keeping.keep_consent(session, actor, referral, read, now)
    given = [Answer(item, value) for item, value in read.answers.items() if value in known[item]]
    if given:
        try:
            with session.begin_nested():
                assessments.answer(session, actor, referral, given, now=now)
        except Refused:
            read.leave("Checklist", "\n".join(f"{item}: {value}" for item, value in read.answers.items()))
            read.answers.clear()
    _parts(session, actor, referral, read, now)
    keeping.keep_ways(session, actor, referral, read, now)
    unplaced.keep(session, referral, read.left)
    session.flush()
    return referral, read


def _reason(session: Session, actor: User, referral: Referral, read: FormRead, now: datetime) -> None:
    """Why now, and what the person wants; more than fits is left to a person."""
    said = {key: read.values[key] for key in ("reason", "wishes") if key in read.values}
    for key, words in said.items():
        if len(words) > told.LONGEST["text"]:
            read.leave(label_of(key), words)
    kept = {key: words for key, words in said.items() if len(words) <= told.LONGEST["text"]}
    if kept:
        why, wants = kept.get("reason", ""), kept.get("wishes")
        standard = Urgency.STANDARD
        referrals.save_reason(
            session, actor, referral, reason=why, wishes=wants, urgency=standard, history={}, now=now
        )


def _parts(session: Session, actor: User, referral: Referral, read: FormRead, now: datetime) -> None:
    """Saves what belongs to the parts of the form; what no part asks for here is left to a person."""
    for part in fields.form().sheets.values():
        given = {one.key: read.form[one.key] for one in part.fields if one.key in read.form}
        if not given:
            continue
        rows, facts = told.rows_for(referral, part), completeness.known(session, referral)
        kept: dict[str, Any] = {}
        for one in (one for one in part.fields if one.key in given):
            arises = len(rows) == 1 and facts.meets(part.when) and facts.beside(kept).meets(one.when)
            if arises and _fits(session, actor, one, given[one.key], now):
                kept[one.key] = given[one.key]
            else:
                read.leave(one.label, _in_words(one, read.form.pop(one.key)))
        if kept:
            told.save(session, actor, referral, part, kept, row=rows[0], now=now)


def _fits(session: Session, actor: User, one: FormField, value: Any, now: datetime) -> bool:
    return told.fault_of(session, actor, one, value, now=now) is None


def _in_words(one: FormField, value: Any) -> str:
    several = value if isinstance(value, list) else [value]
    return ", ".join(one.choices.get(str(part), str(part)) for part in several)


def _people(session: Session, actor: User, referral: Referral, read: FormRead, now: datetime) -> None:
    for who, part in (("victim", Part.VICTIM), ("perpetrator", Part.PERPETRATOR)):
        parts = [read.values.get(f"{who}_{name}") for name in ("first", "last")]
        name = read.values.get(f"{who}_name") or " ".join(one for one in parts if one)
        if not name:
            _leave_nameless(read, who)
            continue
        if part is Part.VICTIM:
            own = {key: read.values.get(key) for key in ("language", "former_names")}
            own |= {"known_as": read.values.get("victim_alias"), "gender": read.values.get("victim_gender")}
        else:
            own = {"relationship": read.values.get("relationship")}
        if len(name) > _LONGEST_NAME:
            read.leave(label_of(f"{who}_name"), name)
        born = read.values.get(f"{who}_born")
        details = PersonDetails(name=" ".join(name.split())[:_LONGEST_NAME], born=born, **own)
        _save(session, actor, referral, part, details, read, now)
    for child in names_in(read.values.get("children")):
        referrals.save_person(session, actor, referral, Part.CHILD, PersonDetails(name=child[:200]), now=now)


def _leave_nameless(read: FormRead, who: str) -> None:
    """What is said of somebody the form does not name waits until they are named."""
    beside = ("language", "former_names") if who == "victim" else ("relationship",)
    for key in [key for key in read.values if key.startswith(f"{who}_") or key in beside]:
        read.leave(label_of(key), read.values.pop(key))


_SAVED: Final = {"known_as": "victim_alias", "former_names": "former_names", "language": "language"}


def _save(
    session: Session,
    actor: User,
    referral: Referral,
    part: Part,
    details: PersonDetails,
    read: FormRead,
    now: datetime,
) -> None:
    try:
        with session.begin_nested():
            referrals.save_person(session, actor, referral, part, details, now=now)
    except Refused:
        for key in ("born", "gender", "known_as", "former_names", "language"):
            if getattr(details, key):
                read.leave(label_of(_SAVED.get(key, f"{part.value}_{key}")), getattr(details, key))
        nameless = PersonDetails(name=details.name, relationship=details.relationship)
        referrals.save_person(session, actor, referral, part, nameless, now=now)
