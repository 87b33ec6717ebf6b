"""The queue as a list: how much time is left, why each referral is here, what its answers say."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.pages.words.case import ground_tag
from app.pages.words.referral import AGENCIES, said
from app.templating import clock, day, short_day, t, tn
from conferences.calendars import LONDON
from conferences.models import ReferralStatus, Urgency
from conferences.triage.queue_views import QueueRow

Tag = tuple[str, str, str]
FIRST_WORDS = 160


@dataclass(frozen=True)
class BoundsShown:
    """What the answers can and cannot say: a tag, the range in words, the bar, what would decide it."""

    tag: Tag
    words: str = ""
    yes: int = 0
    unknown: int = 0
    total: int = 0
    line: int | None = None
    decides: str = ""


@dataclass(frozen=True)
class RowShown:
    """One line of the queue."""

    ref: str
    version: int
    may_pick: bool
    person: str
    about: str
    time_tag: Tag
    left: str
    by: str
    tags: tuple[Tag, ...]
    reason: str
    bounds: BoundsShown
    complete: str


def rows_shown(rows: list[QueueRow], now: datetime) -> list[RowShown]:
    """Returns the lines of the queue in the order the domain gave them."""
    return [_row(row, now) for row in rows]


def _row(row: QueueRow, now: datetime) -> RowShown:
    return RowShown(
        ref=row.referral_id.hex,
        version=row.version,
        may_pick=row.status is ReferralStatus.SUBMITTED,
        person=row.victim,
        about=f"{row.case_reference} · {row.agency}",
        time_tag=_time_tag(row, now),
        left="–" if row.paused else left_words(row.decide_by, now),
        by=_chasing(row) if row.paused else by_words(row.decide_by, now),
        tags=_tags(row),
        reason=shortened(row.reason),
        bounds=bounds_shown(row.result),
        complete=completeness(row),
    )


def _chasing(row: QueueRow) -> str:
    if row.chase and row.chase.escalate:
        return t("no answer yet: ring their manager")
    if row.chase and row.chase.chase:
        return t("no answer yet: ring them")
    return t("the referrer has a question to answer")


def completeness(row: QueueRow) -> str:
    """Says in words how much of the checklist is clear, and why the rest is not."""
    if row.result is None:
        return ""
    open_items = row.open_items
    if not open_items:
        return t("Every question has a clear answer.")
    why = {
        "dont_know": tn("%(count)s don’t know", "%(count)s don’t know", open_items.get("dont_know", 0)),
        "refused": tn("%(count)s declined", "%(count)s declined", open_items.get("refused", 0)),
        "not_asked": tn("%(count)s not answered", "%(count)s not answered", open_items.get("not_asked", 0)),
    }
    return ", ".join(words for state, words in why.items() if open_items.get(state)) + "."


def shortened(words: str, most: int = FIRST_WORDS) -> str:
    """Returns the first words of a text, ending at a whole word."""
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"


def left_words(decide_by: datetime, now: datetime) -> str:
    """Returns how long is left: `1h 10m`, `2 days`, or `Time is up`."""
    left = decide_by - now
    if left <= timedelta(0):
        return t("Time is up")
    if left >= timedelta(hours=24):
        return tn("%(count)s day", "%(count)s days", left.days)
    hours, minutes = divmod(int(left.total_seconds()) // 60, 60)
    return f"{hours}h {minutes}m" if hours else f"{minutes}m"


def by_words(decide_by: datetime, now: datetime) -> str:
    """Returns when to decide by: `by 5pm`, `by 5pm on Tuesday`, or with the date."""
    ahead = (decide_by.astimezone(LONDON).date() - now.astimezone(LONDON).date()).days
    if ahead == 0:
        return t("by %(time)s", time=clock(decide_by))
    when = day(decide_by).split(" ")[0] if 0 < ahead < 7 else short_day(decide_by)
    return t("by %(time)s on %(day)s", time=clock(decide_by), day=when)


def _time_tag(row: QueueRow, now: datetime) -> Tag:
    days = (row.decide_by.astimezone(LONDON).date() - now.astimezone(LONDON).date()).days
    if row.paused:
        return ("", t("Clock paused"), "pause")
    if row.urgency is Urgency.EMERGENCY:
        return ("solid", t("Emergency"), "warning")
    if row.decide_by <= now:
        return ("bad", t("Late"), "warning")
    if days == 0:
        return ("soon", t("Today"), "clock")
    if days == 1:
        return ("", t("Tomorrow"), "clock")
    return ("", day(row.decide_by).split(" ")[0] if days < 7 else short_day(row.decide_by), "clock")


def _tags(row: QueueRow) -> tuple[Tag, ...]:
    tags = [("soon", t("Somebody alike to look at"), "lock")] if row.somebody_alike else []
    tags += [ground_tag(kind) for kind in row.why_here if kind not in ("possible_high", "below_the_line")]
    if row.children:
        tags.append(("", tn("%(count)s child", "%(count)s children", row.children), "child"))
    if row.perpetrators > 1:
        tags.append(("", t("%(count)s people causing harm", count=row.perpetrators), "people"))
    if row.consent == "refused":
        tags.append(("soon", t("Did not agree to sharing"), "eye-off"))
    if row.consent == "not_safe_to_ask":
        tags.append(("soon", t("Not safe to ask"), "eye-off"))
    return tuple(tags)


def bounds_shown(result: dict[str, Any] | None, total: int = 24) -> BoundsShown:
    """Returns the range the answers allow, and on which side of the line it lies."""
    if not result or result.get("score_min") is None or result.get("score_max") is None:
        return BoundsShown(("soon", t("Not scored"), "warning"))
    least, most, line = result["score_min"], result["score_max"], result.get("threshold")
    words = str(least) if least == most else t("%(least)s to %(most)s", least=least, most=most)
    if line is not None:
        words += t(", line %(line)s", line=line)
    return BoundsShown(
        tag=_side(result.get("threshold_state")),
        words=words,
        yes=least,
        unknown=most - least,
        total=max(total, most),
        line=line,
        decides=_decides(result),
    )


def _side(state: str | None) -> Tag:
    if state == "met":
        return ("ink", t("High on answers"), "tick")
    return ("line", t("Possible high"), "half") if state == "open" else ("", t("Below the line"), "dash")


def _decides(result: dict[str, Any]) -> str:
    """Says how many open answers would settle it, and which to ask about."""
    asks = [row["item"] for row in result.get("unknown", []) if row.get("could_decide")]
    if result.get("threshold_state") != "open" or not asks or not result.get("needed"):
        return ""
    who = sorted({said(AGENCIES, kind) for row in result["unknown"] if row.get("could_decide")
                  for kind in row["could_help"]})  # fmt: skip
    words = t(
        "%(needed)s of %(open)s unknown answers would decide it.", needed=result["needed"], open=len(asks)
    )
    if len(asks) <= 8:
        words += " " + t("Ask about %(items)s.", items=", ".join(asks))
    return f"{words} {t('May know: %(who)s.', who=', '.join(who))}" if who else words


def figures(rows: list[QueueRow], now: datetime) -> list[tuple[Any, ...]]:
    """Returns the counts above the queue: to decide, due today, waiting, emergencies, longest wait."""
    running = [row for row in rows if not row.paused]
    today = now.astimezone(LONDON).date()
    waits = [now - row.submitted_at for row in rows]
    longest = max(waits, default=timedelta(0)) / timedelta(days=1)
    return [
        (t("To decide"), sum(row.status not in _WITH_OTHERS for row in rows)),
        (t("Due today"), sum(row.decide_by.astimezone(LONDON).date() <= today for row in running)),
        (t("Waiting for others"), sum(row.status in _WITH_OTHERS for row in rows)),
        (t("Emergencies"), sum(row.urgency is Urgency.EMERGENCY for row in rows)),
        (t("Longest wait"), f"{longest:.1f}", t("days")),
    ]


_WITH_OTHERS = (ReferralStatus.RETURNED, ReferralStatus.DECLINE_ASKED, ReferralStatus.APPEALED)
