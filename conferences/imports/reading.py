"""One row read into what it says of a case, or into the cells to put right, each with its reason."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from conferences.finding.indexing import several
from conferences.imports.cells import (
    LONGEST,
    NotADay,
    is_formula,
    parse_birth,
    parse_day,
    same,
    says_nothing,
)
from conferences.imports.fields import BY_KEY, LEFT_OUT, Kind
from conferences.imports.naming import NotOneName, one_name, several_names
from conferences.matching import Facts

EARLIEST = 1990
OLDEST = 110
_DECISIONS = {
    "accepted": ("accepted", "accept", "yes", "y", "heard", "discussed", "listed", "closed", "open", "active",
                 "complete", "completed", "actions agreed", "no further action", "nfa"),
    "declined": ("declined", "decline", "rejected", "not accepted", "no", "n", "refused",
                 "did not meet threshold", "not met"),
}  # fmt: skip
_STATUSES = {
    "accepted": ("open", "agreed", "accepted", "outstanding", "not started", "pending", "due", "overdue",
                 "to do"),
    "in_progress": ("in progress", "ongoing", "started", "in hand", "part complete", "partially complete"),
    "done": ("done", "complete", "completed", "closed", "yes", "y", "achieved", "actioned"),
    "not_done": ("not done", "not complete", "not completed", "incomplete", "no", "n", "not achieved",
                 "failed", "not actioned"),
    "not_possible": ("not possible", "could not be done", "no longer possible", "not achievable",
                     "unable to complete", "no longer required", "no longer needed"),
}  # fmt: skip
_MEANS = {
    Kind.DECISION: {word: key for key, words in _DECISIONS.items() for word in words},
    Kind.ACTION_STATUS: {word: key for key, words in _STATUSES.items() for word in words},
}
_SHEET_ERRORS = ("#ref!", "#n/a", "#name?", "#value!", "#div/0!", "#null!", "#num!")


@dataclass(frozen=True)
class Problem:
    """One cell that must be put right: the field, or none for the row, and why, as a code."""

    key: str
    code: str


@dataclass(frozen=True)
class Promised:
    """An action as a list tells it; `agency` is the agency's identifier."""

    what: str
    agency: str
    due_on: date
    status: str
    owner: str | None = None
    done_on: date | None = None
    outcome: str | None = None


@dataclass(frozen=True)
class Record:
    """What a row says; what it does not say stays None. Days of birth are as precise as given."""

    reference: str | None = None
    referred_on: date | None = None
    heard_on: date | None = None
    agency: str | None = None
    decision: str | None = None
    victim_name: str | None = None
    victim_alias: str | None = None
    victim_born: str | None = None
    victim_gender: str | None = None
    perpetrator_name: str | None = None
    perpetrator_born: str | None = None
    perpetrator_alias: str | None = None
    others: tuple[str, ...] = ()
    relationship: str | None = None
    children: tuple[str, ...] = ()
    score: str | None = None
    reason: str | None = None
    repeat: str | None = None
    summary: str | None = None
    promised: Promised | None = None
    kept_as_words: str | None = None

    @property
    def pair(self) -> str | None:
        """The two people a case is about, as they are compared; None unless both and a birth are known."""
        if not (self.victim_name and self.perpetrator_name and self.victim_born):
            return None
        words = same(self.victim_name), self.victim_born, same(self.perpetrator_name)
        return "|".join((*words, self.perpetrator_born or ""))

    @property
    def two(self) -> tuple[Facts, Facts]:
        """The same two people as the matcher compares them."""
        aliases = several(self.victim_alias)
        victim = Facts(name=self.victim_name, aliases=aliases, born=self.victim_born)
        return victim, Facts(name=self.perpetrator_name, born=self.perpetrator_born)


@dataclass(frozen=True)
class Reading:
    """What came of a row: a record, or problems; notes say what was done with what was unclear."""

    record: Record | None
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass
class _Cells:
    """The cells of one row under their fields, and what was found wrong while reading them."""

    values: dict[str, str]
    agency_called: Callable[[str], str | None]
    problems: list[Problem] = field(default_factory=list)

    def words(self, key: str) -> str | None:
        said = self.values.get(key, "")
        return None if says_nothing(said) else said

    def line(self, key: str) -> str | None:
        said = self.words(key)
        return " ".join(said.split()) if said else None

    def refuse(self, key: str, code: str) -> None:
        self.problems.append(Problem(key, code))

    def day(self, key: str) -> date | None:
        found: date | None = self._read(key, parse_day)
        return found

    def birth(self, key: str) -> str | None:
        found: str | None = self._read(key, parse_birth)
        return found

    def _read(self, key: str, parse: Callable[[str], Any]) -> Any:
        said = self.words(key)
        try:
            return parse(said) if said else None
        except NotADay as problem:
            self.refuse(key, problem.code)
            return None

    def choice(self, key: str) -> str | None:
        said = self.words(key)
        if said is None:
            # "No" and "n/a" differ: what says nothing was never a decision.
            return None
        found = _MEANS[BY_KEY[key].kind].get(same(said))
        if found is None:
            self.refuse(key, "not_a_choice")
        return found

    def agency(self, key: str) -> str | None:
        said = self.line(key)
        found = self.agency_called(said) if said else None
        if said and found is None:
            self.refuse(key, "no_such_agency")
        return found


def read_row(
    cells: Sequence[str],
    columns: Sequence[str],
    agency_called: Callable[[str], str | None],
    *,
    today: date,
    unnamed_agency: str | None = None,
) -> Reading:
    """Reads one row; `agency_called` finds an agency by what a list calls it, `unnamed_agency` stands in."""
    pairs = zip(columns, cells, strict=False)
    values = {key: cell for key, cell in pairs if key != LEFT_OUT and not says_nothing(cell)}
    row = _Cells(values, agency_called)
    notes = {"looks_like_formula" for cell in values.values() if is_formula(cell)}
    for key, cell in values.items():
        if len(cell) > LONGEST:
            row.refuse(key, "too_long")
        elif cell.strip().lower() in _SHEET_ERRORS:
            row.refuse(key, "sheet_error")
    record = _record(row, today, unnamed_agency)
    if record.kept_as_words:
        notes.add("action_as_words")
    return Reading(
        record=None if row.problems else record,
        problems=tuple(dict.fromkeys(row.problems)),
        notes=tuple(sorted(notes)),
        values=values,
    )


def _record(row: _Cells, today: date, unnamed_agency: str | None) -> Record:
    victim, victim_alias = _name(row, "victim")
    (perpetrator, *others), perpetrator_alias = _perpetrators(row)
    record = Record(
        reference=row.line("reference"),
        referred_on=row.day("referred_on"),
        heard_on=row.day("heard_on"),
        agency=row.agency("agency") or unnamed_agency,
        decision=row.choice("decision"),
        victim_name=victim,
        victim_alias="; ".join(one for one in (row.line("victim_alias"), victim_alias) if one) or None,
        victim_born=row.birth("victim_born"),
        victim_gender=row.line("victim_gender"),
        perpetrator_name=perpetrator,
        perpetrator_born=row.birth("perpetrator_born"),
        perpetrator_alias=perpetrator_alias,
        others=tuple(one for one in others if one),
        relationship=row.line("relationship"),
        children=names_in(row.words("children")),
        score=row.line("score"),
        reason=row.words("reason"),
        repeat=row.line("repeat"),
        summary=row.words("summary"),
    )
    _check(row, record, today)
    return _with_action(row, record, today)


def _name(row: _Cells, who: str) -> tuple[str | None, str | None]:
    """The name of somebody, and another name that stands beside it."""
    said = _named(row, who)
    if not said or row.values.get(f"{who}_name", "").strip().lower() in _SHEET_ERRORS:
        return said, None
    if not any(letter.isalpha() for letter in said):
        row.refuse(f"{who}_name", "not_a_name")
        return said, None
    try:
        return one_name(said)
    except NotOneName:
        row.refuse(f"{who}_name", "more_than_a_name")
        return said, None


def _named(row: _Cells, who: str) -> str | None:
    parts = [row.line(f"{who}_first"), row.line(f"{who}_last")]
    return row.words(f"{who}_name") or " ".join(part for part in parts if part) or None


def _perpetrators(row: _Cells) -> tuple[list[str | None], str | None]:
    """Whoever causes harm; several in one cell are told apart unless one birth stands beside them."""
    said = _named(row, "perpetrator")
    if said and not row.values.get("perpetrator_born"):
        try:
            return [*several_names(said)], None
        except NotOneName:
            pass
    name, other = _name(row, "perpetrator")
    return [name], other


def names_in(words: str | None) -> tuple[str, ...]:
    """Returns names that stand one per line or parted by semicolons or commas; a count alone names nobody."""
    parts = (part.strip(" .") for part in re.split(r"[;,\n/&]| and ", words or ""))
    return tuple(part for part in parts if any(letter.isalpha() for letter in part))[:40]


def _check(row: _Cells, record: Record, today: date) -> None:
    """What a row must say to be a case at all, and days that cannot be."""
    if not record.victim_name and not (record.reference and "action" in row.values):
        row.refuse("victim_name", "missing")
    for key in ("referred_on", "heard_on"):
        day = getattr(record, key)
        if day is not None and day > today:
            row.refuse(key, "in_the_future")
        elif day is not None and day.year < EARLIEST:
            row.refuse(key, "too_long_ago")
    for key in ("victim_born", "perpetrator_born"):
        born = getattr(record, key)
        if born is not None and not today.year - OLDEST <= int(born[:4]) <= today.year:
            row.refuse(key, "not_a_birth")
    if record.referred_on and record.heard_on and record.heard_on < record.referred_on:
        row.refuse("heard_on", "before_referral")
    if not record.victim_name:
        return
    if not {"referred_on", "heard_on"} & set(row.values):
        row.refuse("referred_on", "missing")
    if not row.values.get("agency") and record.agency is None:
        row.refuse("agency", "missing")
    if not record.decision and "decision" not in row.values and "heard_on" not in row.values:
        row.refuse("decision", "missing")


def _with_action(row: _Cells, record: Record, today: date) -> Record:
    """An action with agency, due date and state becomes one; any other is kept in the list's own words."""
    what = row.words("action")
    if not what:
        return record
    before = len(row.problems)
    status, due_on, done_on = row.choice("action_status"), row.day("action_due"), row.day("action_done_on")
    agency = row.agency("action_agency")
    if status is None and done_on is not None and len(row.problems) == before:
        status = "done"
    unclear = {problem.code for problem in row.problems[before:]} <= {"no_such_agency", "not_a_choice"}
    if done_on is not None and done_on > today:
        row.refuse("action_done_on", "in_the_future")
    if agency and status and due_on and len(row.problems) == before:
        promised = Promised(
            what, agency, due_on, status, row.line("action_owner"), done_on, row.words("action_outcome")
        )
        return replace(record, promised=promised)
    if unclear:
        del row.problems[before:]
    return replace(record, kept_as_words=_as_words(row, what))


def _as_words(row: _Cells, what: str) -> str:
    keys = [f"action_{part}" for part in ("agency", "owner", "due", "status", "done_on", "outcome")]
    beside = [f"{BY_KEY[key].label}: {row.values[key]}" for key in keys if key in row.values]
    return "\n".join([what, *beside])
