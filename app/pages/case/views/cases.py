"""Cases on the screen: the list by initials, and one case with its people, turns and actions."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.pages.common import told
from app.pages.queue.views.people import headline_words
from app.pages.referral.views.assessments import offers
from app.pages.referral.views.risk import risk_shown
from app.pages.words.case import action_tag, ground_tag, listing_tag, outcome_words, part_tag, referral_tag
from app.templating import clock, short_day, t, tn
from conferences.calendars import local_day
from conferences.case import case_views
from conferences.case.case_views import CaseRow
from conferences.checklist import assessments
from conferences.meeting import actions
from conferences.models import Case, Conference, Part, Role, User
from conferences.permissions import Permission, may
from conferences.person import people
from conferences.referral import told_views
from conferences.wall import walls


def row_shown(user: User, row: CaseRow) -> dict[str, Any]:
    """Returns one line of the list of cases: reference and initials, never a name."""
    opens = may(user, Permission.VIEW_CASE, row.case)
    own = f"/referrals/{row.referral_id.hex}" if row.referral_id else "/referrals"
    return {
        "href": f"/cases/{row.case.id.hex}" if opens else own,
        "reference": row.case.reference,
        "initials": row.initials,
        "opened": short_day(row.case.opened_at),
        "status": referral_tag(row.referral_status) if row.referral_status else None,
        "meeting": short_day(row.meeting_at) if row.meeting_at else "",
        "turn": listing_tag(row.turn_status) if row.turn_status else None,
    }


def page(session: Session, user: User, case: Case, now: datetime) -> dict[str, Any]:
    """Gathers what the page of a case shows, and records who looked."""
    case_views.look(session, user, case, now=now)
    persons = case_views.persons(session, case, local_day(now))
    ages = [row.age for row in persons if row.part is Part.VICTIM]
    rows = case_views.referrals_of(session, user, case)
    return {
        "case": case,
        "victim": people.name_of(session, people.victim_of(case)),
        "about_victim": f"{ages[0] if ages else t('age not known')} · {case.reference}",
        "tags": _tags(session, case, rows),
        "persons": persons,
        "part_tag": part_tag,
        "referrals": [_referral(user, row) for row in rows],
        "turns": [_turn(row) for row in case_views.listings_of(session, user, case)],
        "actions": [_action(session, user, row) for row in case_views.actions_of(session, user, case)],
        "told": told.shown(session, user, told_views.newest(session, user, case)),
        "may_see_contact": may(user, Permission.VIEW_CONTACT, case),
        "reachable": _reachable(user, case),
        "may_ask_elsewhere": may(user, Permission.ASK_ELSEWHERE, case),
        "may_see_address": may(user, Permission.VIEW_ADDRESS, case),
        "headlines": headline_words(session, user, case),
        **risk_shown(session, user, case, now),
        **(offers(session, user, rows[0], now) if rows else {}),
        **_looking(session, user, case),
    }


def _reachable(user: User, case: Case) -> set[Part]:
    """The parts, besides that of the person at risk, of those whose ways somebody may ask for."""
    harming = {Part.PERPETRATOR} if may(user, Permission.VIEW_HARM_CONTACT, case) else set()
    return harming | ({Part.CHILD, Part.OTHER_ADULT} if may(user, Permission.VIEW_CONTACT, case) else set())


def _tags(session: Session, case: Case, rows: Any) -> list[tuple[str, str, str]]:
    result = (assessments.result_of(session, rows[0].assessment) if rows else None) or {}
    tags = [ground_tag(ground["id"]) for ground in result.get("grounds", [])]
    children = len(people.in_part(case, Part.CHILD))
    return tags + ([("", tn("%(count)s child", "%(count)s children", children), "child")] if children else [])


def _referral(user: User, row: Any) -> dict[str, Any]:
    decides = may(user, Permission.VIEW_QUEUE)
    return {
        "href": f"/queue/{row.id.hex}" if decides else f"/referrals/{row.id.hex}",
        "when": short_day(row.submitted_at or row.started_at),
        "agency": row.agency.name,
        "tag": referral_tag(row.status),
    }


def _turn(row: Any) -> dict[str, Any]:
    return {
        "href": f"/listings/{row.id.hex}",
        "when": _when(row.conference),
        "outcome": outcome_words(row.outcome),
        "tag": listing_tag(row.status),
    }


def _when(meeting: Conference) -> str:
    """The day and the time of a meeting; of a day off an earlier list nobody knows the time."""
    on = short_day(meeting.starts_at)
    return on if meeting.brought else f"{on}, {clock(meeting.starts_at)}"


def _action(session: Session, user: User, row: Any) -> dict[str, Any]:
    promise = actions.promise_of(session, row)
    return {
        "href": f"/actions/{row.id.hex}" if may(user, Permission.VIEW_ACTION, row) else "",
        "what": promise.what,
        "who": f"{row.agency.name}, {promise.owner}",
        "due": short_day(row.due_on),
        "tag": action_tag(row.status),
    }


def _looking(session: Session, user: User, case: Case) -> dict[str, Any]:
    """Who has looked, for coordinators only; and whether anybody is shut out."""
    coordinates = user.role is Role.COORDINATOR
    looks = [
        {
            "when": short_day(row.at),
            "who": row.who,
            "text": t(row.what),
            "sub": ". ".join(part for part in (clock(row.at), row.agency, row.reason) if part),
        }
        for row in case_views.who_has_looked(session, user, case)
    ]
    return {
        "coordinates": coordinates,
        "looks": looks,
        "walls": _walls(case) if may(user, Permission.LIFT_WALL, case) else "",
    }


def _walls(case: Case) -> str:
    """How many may not know; only for whoever may end that."""
    if case.restrictions:
        return t("Only a few people or agencies may know of this case.")
    if any(walls.waits(row) for row in case.exclusions):
        return t("Somebody is shut out for being like a person here. Look whether they are the same.")
    count = len(case.exclusions)
    if not count:
        return t("Nobody is shut out.")
    return tn("%(count)s is shut out.", "%(count)s are shut out.", count)
