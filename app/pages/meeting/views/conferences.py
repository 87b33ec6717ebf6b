"""A meeting on the screen: its list, its deadlines, its line of time, and its order as typed in boxes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.forms import Filled, Typed
from app.pages.common.meeting_forms import Nothing
from app.pages.words.case import Tag, ground_tag, held_tag, listing_tag, meeting_tag
from app.templating import clock, short_day, t, tn
from conferences import policies
from conferences.calendars import local_day, working_days_between
from conferences.case import case_views
from conferences.meeting import agenda, meeting_views
from conferences.meeting.meeting_views import Programme, Turn
from conferences.models import Conference, ConferenceKind, ConferenceStatus, ListingStatus, Role, User
from conferences.permissions import Permission, may
from conferences.triage import emergencies

WIDTH = 900
MOST_PLACE = 999


@dataclass(frozen=True)
class Piece:
    """One piece of the line of time: where it starts, how wide it is, what it is."""

    x: float
    width: float
    kind: str


def meeting_row(conference: Conference) -> dict[str, Any]:
    """Returns one line of the list of meetings."""
    return {
        "href": f"/conferences/{conference.id.hex}",
        "starts_at": conference.starts_at,
        "venue": conference.venue,
        "tag": meeting_tag(conference.status),
        "emergency": _is_emergency(conference),
    }


def deadlines(session: Session, conference: Conference, now: datetime) -> list[tuple[str, str, Tag]]:
    """Returns a meeting's deadlines in order, each with how many working days are left."""
    days, today = policies.deadlines_of(session, conference), local_day(now)
    rows = [
        (t("Last day for referrals"), days.cutoff),
        (t("Agenda issued by"), days.agenda),
        (t("Agencies’ research by"), days.research),
        (t("Actions reported by"), days.report),
        (t("Minutes out by"), days.minutes),
    ]
    nation = conference.chair.area.nation
    return [(label, short_day(on), _left(on, today, nation)) for label, on in rows]


def _left(on: date, today: date, nation: Any) -> Tag:
    if on < today:
        return ("", t("Past"), "dash")
    if on == today:
        return ("soon", t("Today"), "clock")
    left = working_days_between(today, on, nation)
    return ("", tn("%(count)s working day left", "%(count)s working days left", left), "clock")


def page(session: Session, user: User, conference: Conference, now: datetime) -> dict[str, Any]:
    """Gathers what the agenda builder shows to a coordinator or a chair."""
    plan = meeting_views.programme(session, user, conference)
    can_order = conference.status in agenda.TAKES_CASES
    left = [turn for turn in plan.turns if turn.listing.status is ListingStatus.LISTED]
    return {
        **about(session, conference, now),
        "programme": plan,
        "groups": _groups(plan.turns),
        "timeline": _timeline(conference, plan),
        "hours": _hours(conference, plan),
        "next_version": conference.agenda_version + 1,
        "can_order": can_order and bool(plan.turns) and may(user, Permission.ORDER_AGENDA, conference),
        "can_issue": can_order and bool(plan.turns),
        "can_open": conference.status is ConferenceStatus.AGENDA_ISSUED
        and may(user, Permission.RUN_CONFERENCE, conference),
        "can_conclude": conference.status is ConferenceStatus.IN_SESSION
        and may(user, Permission.RUN_CONFERENCE, conference),
        "to_hear": len(left),
        "can_plan": user.role is Role.COORDINATOR,
        "checks": _checks(conference, plan),
    }


def about(session: Session, conference: Conference, now: datetime) -> dict[str, Any]:
    """Returns when and where a meeting is, who chairs it and by when things are due: no case, no count."""
    return {
        "conference": conference,
        "chair": case_views.name_of_user(session, conference.chair),
        "tag_of": meeting_tag(conference.status),
        "called": emergencies.called_names(session, conference) if _is_emergency(conference) else [],
        "deadlines": deadlines(session, conference, now),
    }


def _is_emergency(conference: Conference) -> bool:
    return conference.kind is ConferenceKind.EMERGENCY


def _groups(turns: Sequence[Turn]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Turns in order, under a heading wherever cases with children give way to the others."""
    groups: list[tuple[str, list[dict[str, Any]]]] = []
    for turn in turns:
        title = t("Cases with children") if turn.children else t("Adults only")
        if not groups or groups[-1][0] != title:
            groups.append((title, []))
        groups[-1][1].append(_line(turn))
    return groups


def _line(turn: Turn) -> dict[str, Any]:
    children = tn("%(count)s child", "%(count)s children", turn.children) if turn.children else ""
    return {
        "id": turn.listing.id.hex,
        "href": f"/listings/{turn.listing.id.hex}",
        "place": turn.place,
        "starts": clock(turn.starts_at),
        "reference": turn.listing.case.reference,
        "initials": turn.initials,
        "children": children,
        "minutes": turn.listing.minutes,
        "tags": [*(ground_tag(kind) for kind in turn.grounds), *held_tag(turn.listing)],
        "added": turn.added,
        "status": listing_tag(turn.listing.status),
    }


def _span(conference: Conference, plan: Programme) -> float:
    ends = max(plan.finishes_at, conference.room_until or plan.finishes_at)
    return max((ends - conference.starts_at) / timedelta(minutes=1), 1)


def _timeline(conference: Conference, plan: Programme) -> dict[str, Any]:
    unit = WIDTH / _span(conference, plan)
    pieces = [Piece(0, round(plan.opening_minutes * unit - 1.5, 1), "opening")]
    for turn in plan.turns:
        x = (turn.starts_at - conference.starts_at) / timedelta(minutes=1) * unit
        width = max(turn.listing.minutes * unit - 1.5, 1)
        pieces.append(Piece(round(x, 1), round(width, 1), "children" if turn.children else "adults"))
    room = conference.room_until
    line = round((room - conference.starts_at) / timedelta(minutes=1) * unit, 1) if room else None
    return {"pieces": pieces, "room": line}


def _hours(conference: Conference, plan: Programme) -> list[tuple[float, str]]:
    """Half hours under the line of time, at most eight of them."""
    minutes = _span(conference, plan)
    step = 30 if minutes <= 240 else 60 * (int(minutes) // 480 + 1)
    marks = range(0, int(minutes) + 1, step)
    return [
        (round(at * WIDTH / minutes, 1), clock(conference.starts_at + timedelta(minutes=at))) for at in marks
    ]


def _checks(conference: Conference, plan: Programme) -> list[tuple[str, str]]:
    """What to look at before issuing, as (icon, sentence)."""
    rows = []
    if plan.minutes_over:
        said = tn("%(count)s minute too long for the room.", "%(count)s minutes too long for the room.",
                  plan.minutes_over)  # fmt: skip
        rows.append(("warning", said))
    elif conference.room_until:
        rows.append(("tick", t("Finishes while the room is booked")))
    first = [bool(turn.children) for turn in plan.turns]
    in_order = first == sorted(first, reverse=True)
    rows.append(
        ("tick", t("Cases with children come first"))
        if in_order
        else ("warning", t("Cases with children do not all come first."))
    )
    return rows


def order_asked(typed: Typed, current: Sequence[UUID]) -> tuple[list[UUID], Filled[Any]]:
    """Reads the order from the number boxes and the button pressed; the form says what is wrong.

    A case whose number was made smaller goes before the one that has it, one made larger goes after it.
    """
    form = Filled[Any](Nothing(), typed={key: tuple(values[:1]) for key, values in typed.items()})
    places: list[tuple[int, int, int, UUID]] = []
    for at, (ref, typed_place) in enumerate(_boxes(typed).items(), start=1):
        was = current.index(ref) + 1 if ref in current else at
        if not typed_place.isdecimal() or not 0 < int(typed_place[:9]) <= MOST_PLACE:
            form = form.with_error(f"place-{ref.hex}", t("Enter a place as a whole number, like 3"))
            continue
        place = int(typed_place)
        places.append((place, (place > was) - (place < was), was, ref))
    order = [ref for *_, ref in sorted(places)]
    return moved(order, next(iter(typed.get("move", [])), ""), current), form


def _boxes(typed: Mapping[str, list[str]]) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for key, values in typed.items():
        if key.startswith("place-"):
            try:
                found[UUID(key.removeprefix("place-"))] = values[0].strip()
            except ValueError:
                continue
    return found


def moved(order: list[UUID], button: str, current: Sequence[UUID]) -> list[UUID]:
    """Returns the order after pressing up or down beside one case."""
    way, _, ref = button.partition("-")
    found = [at for at, one in enumerate(order) if one.hex == ref]
    to = found[0] + {"up": -1, "down": 1}.get(way, 0) if found else -1
    if not found or not 0 <= to < len(order):
        return order
    order[found[0]], order[to] = order[to], order[found[0]]
    return order
