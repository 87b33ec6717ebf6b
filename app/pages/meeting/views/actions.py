"""How actions are shown: groups, tags, buttons. Not possible and not done never look alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.templating import clock, short_day, t, tn
from conferences import states
from conferences.meeting.action_views import ActionLine, HistoryLine, Reporting
from conferences.models import Action, ActionStatus, RiskNow, Role, User
from conferences.permissions import Permission, may

S = ActionStatus
TAGS: Final = {
    S.PROPOSED: ("soon", "Needs your answer", "ring"),
    S.ACCEPTED: ("", "Accepted", "ring"),
    S.IN_PROGRESS: ("info", "In progress", "half"),
    S.DONE: ("good", "Done", "tick"),
    S.NOT_POSSIBLE: ("closed", "Not possible", "dash"),
    S.NOT_DONE: ("bad", "Not done", "cross"),
    S.REASSIGNED: ("", "Given to another agency", "right"),
    S.SUPERSEDED: ("", "Replaced by another action", "right"),
    S.RELEASED: ("", "Released by the chair", "dash"),
}
STEPS: Final = {
    "agreed": "Agreed at the meeting",
    "brought": "Taken from an earlier list",
    "noted": "Added a note",
    "accepted": "Accepted it",
    "started": "Began work on it",
    "done": "Said it is done",
    "not_possible": "Said it is not possible",
    "confirmed": "Confirmed that it is not possible",
    "not_done": "Said it was not done",
    "sent_back": "Sent it back to the agency",
    "reassigned": "Gave it to another agency",
    "superseded": "Replaced it by another action",
    "released": "Released the agency from it",
}
RISKS: Final = {
    RiskNow.LOWER: "Lower",
    RiskNow.SAME: "The same",
    RiskNow.HIGHER: "Higher",
    RiskNow.NOT_KNOWN: "Not known",
}

CLOSED_SHOWN: Final = 20


@dataclass(frozen=True)
class Tag:
    """A word with a colour and a shape."""

    kind: str
    text: str
    icon: str


@dataclass(frozen=True)
class Button:
    """A form that the reader may open on an action."""

    form: str
    text: str


@dataclass(frozen=True)
class Group:
    """Actions under one heading; `more` says so when only the latest are shown."""

    title: str
    rows: tuple["Row", ...]
    more: str = ""


@dataclass(frozen=True)
class Row:
    """One action in a list, with its tags and the buttons its reader may press."""

    line: ActionLine
    tags: tuple[Tag, ...]
    buttons: tuple[Button, ...]
    about: str


@dataclass(frozen=True)
class Entry:
    """One line of the history as the timeline draws it."""

    when: str
    who: str
    text: str
    sub: str


def tags(line: ActionLine) -> tuple[Tag, ...]:
    """Returns an action's tags: how late it is, where it stands, what the coordinator still has to do."""
    kind, words, icon = TAGS[line.status]
    found = [Tag(kind, t(words), icon)]
    if line.late_by:
        days = tn("%(count)s working day late", "%(count)s working days late", line.late_by)
        found.insert(0, Tag("bad", days, "warning"))
    if line.was_late:
        found.append(Tag("soon", t("After its date"), "clock"))
    if line.to_confirm:
        found.append(Tag("soon", t("Coordinator to confirm"), "ring"))
    return tuple(found)


def buttons(user: User, action: Action) -> tuple[Button, ...]:
    """Returns the forms this person may open on an action as it stands now."""
    answers = may(user, Permission.ANSWER_ACTION, action)
    confirms = may(user, Permission.CONFIRM_ACTION, action)
    claimed = action.status is S.NOT_POSSIBLE and action.confirmed_at is None
    offered = (
        ("accept", t("Accept"), answers and action.status is S.PROPOSED),
        ("done", t("Done"), answers and states.may_move(action, S.DONE)),
        ("cannot", t("Can’t do"), answers and states.may_move(action, S.NOT_DONE)),
        ("confirm", t("Confirm"), confirms and claimed),
        ("send-back", t("Send back"), confirms and (claimed or action.status is S.NOT_DONE)),
    )
    return tuple(Button(form, words) for form, words, is_offered in offered if is_offered)


def more_buttons(user: User, action: Action) -> tuple[Button, ...]:
    """Returns the forms that only the action's own page offers."""
    answers = may(user, Permission.ANSWER_ACTION, action)
    releases = may(user, Permission.RELEASE_ACTION, action)
    reassigns = may(user, Permission.REASSIGN_ACTION, action)
    offered = (
        ("start", t("Work has begun"), answers and action.status is S.ACCEPTED),
        ("note", t("Add a note"), answers),
        ("reassign", t("Give it to another agency"), reassigns and states.may_move(action, S.REASSIGNED)),
        ("release", t("Release the agency"), releases and states.may_move(action, S.RELEASED)),
    )
    return tuple(Button(form, words) for form, words, is_offered in offered if is_offered)


def row(line: ActionLine, found: tuple[Button, ...], *, with_agency: bool) -> Row:
    """Describes one action in a list."""
    who = f"{line.agency} · " if with_agency else ""
    about = t(
        "%(who)s%(reference)s · %(case)s · agreed %(day)s · lowers: %(why)s",
        who=who,
        reference=line.reference,
        case=f"{line.case_reference}, {line.initials}",
        day=short_day(line.agreed_on),
        why=line.why,
    )
    return Row(line, tags(line), found, about)


def groups(rows: Sequence[Row], when: Reporting) -> list[Group]:
    """Sorts actions under overdue, to report by the next meeting, later, and closed (latest date first)."""
    soon = [one for one in rows if one.line.is_open and not one.line.late_by]
    report = t("Report by %(day)s", day=short_day(when.report_on))
    made = (
        Group(t("For the coordinator to confirm"), tuple(one for one in rows if one.line.to_confirm)),
        Group(t("Overdue"), tuple(one for one in rows if one.line.late_by)),
        Group(report, tuple(one for one in soon if one.line.due_on <= when.up_to)),
        Group(t("Later"), tuple(one for one in soon if one.line.due_on > when.up_to)),
        _closed([one for one in reversed(rows) if is_closed(one.line)]),
    )
    return [group for group in made if group.rows]


def _closed(rows: Sequence[Row]) -> Group:
    more = t("The latest %(shown)s of %(count)s are shown.", shown=CLOSED_SHOWN, count=len(rows))
    return Group(t("Closed"), tuple(rows[:CLOSED_SHOWN]), more if len(rows) > CLOSED_SHOWN else "")


def is_closed(line: ActionLine) -> bool:
    """Returns whether an action is neither owed nor waiting for the coordinator."""
    return not line.is_open and not line.to_confirm


def figures(lines: Iterable[ActionLine], when: Reporting) -> list[tuple[str, ...]]:
    """Counts what stands above the list; the promises kept on time are of all that were closed."""
    every = list(lines)
    done = [one for one in every if one.status is S.DONE]
    closed = [one for one in every if is_closed(one)]
    kept = sum(1 for one in done if not one.was_late)
    report = [one for one in every if one.is_open and not one.late_by and one.due_on <= when.up_to]
    unkept = [sum(1 for one in every if one.status is status) for status in (S.NOT_POSSIBLE, S.NOT_DONE)]
    return [
        (t("Overdue"), str(sum(1 for one in every if one.late_by))),
        (t("Report by %(day)s", day=short_day(when.report_on)), str(len(report))),
        (t("Kept on time"), str(kept), t("of %(count)s closed", count=len(closed))),
        (t("Not possible, not done"), ", ".join(map(str, unkept))),
    ]


def entries(history: Iterable[HistoryLine]) -> list[Entry]:
    """Describes an action's history."""
    return [
        Entry(f"{short_day(one.at)}, {clock(one.at)}", one.who, t(STEPS[one.step]), one.words or "")
        for one in history
    ]


def runs_meetings(user: User) -> bool:
    """Returns whether the person sees the actions of every agency."""
    return user.role in (Role.COORDINATOR, Role.CHAIR)
