"""How what waits for a person is laid out: counts, lists under them, and the meeting that comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.pages.meeting.views.actions import tags
from app.pages.referral.views.signing import StuckShown, stuck_shown
from app.pages.referral.views.taking_over import LeftShown, left_shown
from app.templating import LONDON, clock, short_day, t, tn
from conferences.calendars import local_day
from conferences.meeting.action_views import ActionLine
from conferences.models import ActionStatus, ReferralStatus
from conferences.referral.advocates import ToRing
from conferences.triage.my_work_views import ArrivedLine, DraftLine, EnquiryLine, MyWork, WaitingLine

SHOWN: Final = 10
WAITS: Final = {
    ReferralStatus.DECLINE_ASKED: "decline to confirm",
    ReferralStatus.APPEALED: "appeal to decide",
    ReferralStatus.WITHDRAW_ASKED: "taking back to confirm",
}


@dataclass(frozen=True)
class Tile:
    """A count, and where to go to bring it down."""

    count: int
    text: str
    href: str
    tag_kind: str = ""
    tag_text: str = ""
    tag_icon: str = ""


@dataclass(frozen=True)
class WorkRow:
    """One thing that waits, with its one verb."""

    href: str
    text: str
    sub: str
    verb: str
    verb_href: str
    tag_kind: str = ""
    tag_text: str = ""
    tag_icon: str = ""


@dataclass(frozen=True)
class WorkList:
    """Things of one kind; `more` says how many are not shown, and `href` where they are."""

    id: str
    title: str
    rows: tuple[WorkRow, ...]
    more: str
    href: str


def greeting(name: str, now: datetime) -> str:
    """Greets a person by first name, by the time of day in London."""
    hour, first = now.astimezone(LONDON).hour, (name.split() or [""])[0]
    if hour < 12:
        return t("Good morning, %(name)s", name=first)
    return t("Good afternoon, %(name)s", name=first) if hour < 18 else t("Good evening, %(name)s", name=first)


def tiles(work: MyWork) -> list[Tile]:
    """Counts what waits, the pressing first; what there is none of is left out."""
    report = t("Due %(day)s", day=short_day(work.when.report_on)) if work.when else ""
    chair, coordinator = t("For the chair"), t("From the coordinator")
    counts = (
        _tile(work.overdue, "action past its date", "actions past their date", "/actions", "bad",
              t("Overdue"), "warning"),
        _tile(work.to_decide, "referral to decide", "referrals to decide", "/queue", "soon",
              t("In the queue"), "clock"),
        _tile(work.arrived, "referral without an account", "referrals without an account", "/links", "soon",
              t("To be taken on"), "ring"),
        _tile(work.declines, "decline or appeal", "declines and appeals", "/queue", "soon", chair, "ring"),
        _tile(work.stuck, "referral not let go", "referrals not let go", "/queue", "bad",
              t("By their agency"), "warning"),
        _tile(work.left, "draft left at your agency", "drafts left at your agency", "#left", "bad",
              t("Begun by a colleague"), "warning"),
        _tile(work.to_sign, "referral to sign off", "referrals to sign off", "#sign", "soon",
              t("Needs your sign-off"), "ring"),
        _tile(work.enquiries, "question from another area", "questions from other areas", "#enquiries",
              "soon", t("Needs your answer"), "ring"),
        _tile(work.to_ring, "new person to ring", "new people to ring", "#ring", "soon",
              t("For the advocate"), "phone"),
        _tile(work.alike, "case with somebody alike", "cases with somebody alike", "#alike", "soon",
              t("Shut out until you look"), "lock"),
        _tile(range(work.to_read), "decision to read again", "decisions to read again", "/sample", "",
              t("Drawn by lot"), "eye"),
        _tile(work.to_confirm, "action to confirm", "actions to confirm", "/actions", "soon",
              t("Not possible"), "ring"),
        _tile(work.to_report, "action to report on", "actions to report on", "/actions", "soon",
              report, "clock"),
        _tile(work.questions, "question to answer", "questions to answer", "#questions", "soon",
              coordinator, "ring"),
        _tile(work.drafts, "referral you started", "referrals you started", "#drafts", "",
              t("Not sent yet"), "page"),
    )  # fmt: skip
    return [tile for tile in counts if tile.count]


def _tile(rows: Iterable[object], one: str, many: str, href: str, kind: str, words: str, icon: str) -> Tile:
    count = len(list(rows))
    return Tile(count, tn(one, many, count), href, kind, words, icon)


def lists(work: MyWork, now: datetime) -> list[WorkList]:
    """Lists what waits, in the order of the tiles; empty lists are left out."""
    made = (
        _list("overdue", t("Overdue"), map(_action, work.overdue), "/actions"),
        _list("queue", t("Referrals to decide"), (_decide(one, now) for one in work.to_decide), "/queue"),
        _list("arrived", t("Arrived without an account"), map(_arrived, work.arrived), "/links"),
        _list("declines", t("Declines and appeals"), (_decide(one, now) for one in work.declines), "/queue"),
        _list("stuck", t("Not let go by their agency"), map(_stuck, stuck_shown(work.stuck)), "/queue"),
        _list("left", t("Begun by a colleague and not sent"), map(_left, left_shown(work.left)), "/"),
        _list("sign", t("Referrals to sign off"), map(_sign, work.to_sign), "/referrals"),
        _list("enquiries", t("Questions from other areas"), map(_enquiry, work.enquiries), ""),
        _list("ring", t("New people to ring"), map(_ring, work.to_ring), ""),
        _list("alike", t("Somebody alike to look at"), map(_alike, work.alike), "/cases"),
        _list("confirm", t("Actions to confirm"), map(_action, work.to_confirm), "/actions"),
        _list("report", t("Report before the meeting"), map(_action, work.to_report), "/actions"),
        _list("questions", t("Questions to answer"), map(_question, work.questions), "/referrals"),
        _list("drafts", t("Referrals you started"), map(_draft, work.drafts), "/referrals"),
    )
    return [one for one in made if one.rows]


def _list(id: str, title: str, found: Iterable[WorkRow], href: str) -> WorkList:
    """The first of what waits, and where the rest is; all of it where there is no other page to see it on."""
    rows = tuple(found)
    if not href:
        return WorkList(id, title, rows, "", href)
    left = len(rows) - SHOWN
    more = tn("%(count)s more", "%(count)s more", left) if left > 0 else ""
    return WorkList(id, title, rows[:SHOWN], more, href)


def _action(line: ActionLine) -> WorkRow:
    tag, href = tags(line)[0], f"/actions/{line.id}"
    verbs = {ActionStatus.PROPOSED: t("Answer"), ActionStatus.NOT_POSSIBLE: t("Look")}
    return WorkRow(
        href=href,
        text=line.what,
        sub=f"{line.reference} · {line.case_reference}, {line.initials} · {line.agency} · "
        + t("promised for %(day)s", day=short_day(line.due_on)),
        verb=verbs.get(line.status, t("Update")),
        verb_href=href,
        tag_kind=tag.kind,
        tag_text=tag.text,
        tag_icon=tag.icon,
    )


def _decide(line: WaitingLine, now: datetime) -> WorkRow:
    href, by = f"/queue/{line.id}", line.decide_by or line.since
    tag = ("", t("In the queue"), "clock")
    if local_day(by) == local_day(now):
        tag = ("soon", t("Due today"), "clock")
    if by < now:
        tag = ("bad", t("Past its time"), "warning")
    if line.emergency:
        tag = ("solid", t("Emergency"), "warning")
    until = t("decide by %(day)s, %(time)s", day=short_day(by), time=clock(by))
    what = t(WAITS[line.status]) if line.status in WAITS else ""
    sub = " · ".join(words for words in (line.initials, what, until) if words)
    return WorkRow(href, line.case_reference, sub, t("Decide"), href, *tag)


def _arrived(line: ArrivedLine) -> WorkRow:
    tag = ("soon", t("To be taken on"), "ring")
    if line.emergency:
        tag = ("solid", t("Emergency"), "warning")
    sub, href = f"{short_day(line.since)}, {clock(line.since)}", f"/arrived/{line.id}"
    return WorkRow(href, t("A referral from %(agency)s", agency=line.agency), sub, t("Read"), href, *tag)


def _stuck(line: StuckShown) -> WorkRow:
    return WorkRow(line.href, line.text, line.sub, t("Open"), line.href, *line.tag)


def _left(line: LeftShown) -> WorkRow:
    return WorkRow(line.href, line.text, line.sub, line.verb, line.href, *line.tag)


def _sign(line: WaitingLine) -> WorkRow:
    href = f"/referrals/{line.id}/sign-off"
    sub = t("%(initials)s · handed in %(day)s", initials=line.initials, day=short_day(line.since))
    return WorkRow(href, line.case_reference, sub, t("Read"), href, "soon", t("Needs your sign-off"), "ring")


def _enquiry(line: EnquiryLine) -> WorkRow:
    words, href = t("Is somebody known here?"), f"/enquiries/{line.id}"
    sub = t("%(area)s · asked %(day)s", area=line.area, day=short_day(line.since))
    return WorkRow(href, words, sub, t("Answer"), href, "soon", t("Needs your answer"), "ring")


def _ring(one: ToRing) -> WorkRow:
    href = f"/advocates/{one.row.id.hex}"
    sub = t("%(initials)s · first contact by %(day)s", initials=one.initials, day=short_day(one.row.due_at))
    tag = ("", t("New"), "ring")
    if one.row.outcome:
        tag = ("soon", t("Not reached yet"), "clock")
    elif one.late:
        tag = ("bad", t("Past its time"), "warning")
    elif one.row.acknowledged_at:
        tag = ("info", t("Taken on"), "half")
    if one.nobody:
        sub += " · " + t("no advocate may know of this case")
    return WorkRow(href, one.case_reference, sub, t("Open"), href, *tag)


def _alike(one: tuple[str, str]) -> WorkRow:
    href, words = f"/cases/{one[0]}/exclusions", t("Shut out until you look")
    sub = t("a name, telephone or home is like one in it")
    return WorkRow(href, one[1], sub, t("Look"), href, "soon", words, "lock")


def _question(line: WaitingLine) -> WorkRow:
    sub = t("%(initials)s · asked %(day)s", initials=line.initials, day=short_day(line.since))
    reply = f"/referrals/{line.id}/reply"
    words = t("Needs your answer")
    return WorkRow(reply, line.case_reference, sub, t("Answer"), reply, "soon", words, "ring")


def _draft(line: DraftLine) -> WorkRow:
    href = f"/referrals/{line.id}"
    kept = t("kept until %(day)s", day=short_day(line.kept_until))
    sub = t("started %(day)s · %(kept)s", day=short_day(line.started_at), kept=kept)
    answered = t("%(done)s of %(total)s answered", done=line.answered, total=line.total)
    kind, icon = ("soon", "clock") if line.near_its_end else ("", "half")
    said = t("Send it soon") if line.near_its_end else answered
    return WorkRow(href, line.case_reference, sub, t("Continue"), href, kind, said, icon)
