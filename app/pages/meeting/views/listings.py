"""A case's turn on the chair's screen: what was shared, the risks, the actions, what is left to do."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.forms import Filled
from app.forms.refusals import Tried
from app.pages.words.case import action_tag, ground_tag, held_tag, listing_tag, outcome_words, part_tag
from app.templating import short_day, t, tn
from conferences.calendars import local_day
from conferences.case import case_views
from conferences.checklist import assessments
from conferences.meeting import actions, meeting_views, meetings
from conferences.meeting.meeting_views import Said
from conferences.models import (
    About,
    Action,
    ActionStatus,
    ConferenceStatus,
    ContributionKind,
    Listing,
    ListingStatus,
    Part,
    User,
)
from conferences.permissions import Permission, may
from conferences.person import people
from conferences.sealing import unseal
from conferences.triage import merging

PAGE = "listings/listing.html"
ABOUT = {
    About.VICTIM: "To the person at risk",
    About.CHILDREN: "To the children",
    About.PERPETRATOR: "From the person causing harm",
    About.OTHERS: "To others",
    About.STAFF: "To staff",
}


def page(session: Session, user: User, listing: Listing, now: datetime) -> dict[str, Any]:
    """Gathers everything the page of a turn shows, and records who looked."""
    meetings.look(session, user, listing, now=now)
    agreed = actions.of_listing(session, user, listing)
    said = meeting_views.said(session, listing)
    risks = meeting_views.risks(session, listing, agreed)
    before, after = meeting_views.beside(session, user, listing)
    return {
        "listing": listing,
        **_head(session, listing, now),
        "wishes": unseal(session, listing.referral, "wishes") or "",
        "updates": _updates(session, user, listing),
        "said": [row for row in said if row.kind is ContributionKind.SHARED],
        "chips": _chips(session, user, listing, said),
        "risks": risks,
        "about": [(kind.value, t(words)) for kind, words in ABOUT.items()],
        "risk_words": {row.id: row.words for row in risks},
        "actions": [_action(session, row) for row in agreed],
        "summary": meetings.summary_of(session, listing) or "",
        "conclusion": meetings.conclusion_of(session, listing),
        "outcome": outcome_words(listing.outcome),
        "before_ref": before.id.hex if before else "",
        "after_ref": after.id.hex if after else "",
        **_choices(session, user, listing),
        "left": _left(risks, agreed, said),
    }


def _head(session: Session, listing: Listing, now: datetime) -> dict[str, Any]:
    case = listing.case
    persons = case_views.persons(session, case, local_day(now))
    result = assessments.result_of(session, listing.referral.assessment) or {}
    children = len(people.in_part(case, Part.CHILD))
    tags = [ground_tag(row["id"]) for row in result.get("grounds", [])]
    if children:
        tags.append(("", tn("%(count)s child", "%(count)s children", children), "child"))
    ages = [row.age for row in persons if row.part is Part.VICTIM]
    return {
        "case": case,
        "victim": people.name_of(session, people.victim_of(case)),
        "about_victim": f"{ages[0] if ages else t('age not known')} · {case.reference}",
        "tags": [*tags, *held_tag(listing), listing_tag(listing.status)],
        "persons": persons,
        "part_tag": part_tag,
        "reason": unseal(session, listing.referral, "reason") or "",
    }


def _updates(session: Session, user: User, listing: Listing) -> list[dict[str, str]]:
    """The referrals that came since and were added to this turn; all of it counts once."""
    return [
        {
            "href": f"/queue/{row.id.hex}",
            "when": short_day(row.submitted_at) if row.submitted_at else "",
            "agency": row.agency.name,
            "reference": row.case.reference,
            "reason": unseal(session, row, "reason") or "",
        }
        for row in merging.updates_of(session, user, listing)
    ]


def _chips(session: Session, user: User, listing: Listing, said: list[Said]) -> list[tuple[str, str, str]]:
    """One chip for each agency of the area: shared, nothing known, or no answer."""
    shared = {row.agency_id for row in said if row.kind is ContributionKind.SHARED}
    nothing = {row.agency_id for row in said} - shared
    chips: list[tuple[str, str, str]] = []
    if listing.import_id:
        return chips  # a list does not say who was asked
    for agency in case_views.agencies_with(session, user, listing.case):
        if agency.id in shared:
            chips.append(("good", t("%(agency)s: shared", agency=agency.name), "tick"))
        elif agency.id in nothing:
            chips.append(("", t("%(agency)s: nothing known", agency=agency.name), "dash"))
        else:
            chips.append(("soon", t("%(agency)s: no answer", agency=agency.name), "ring"))
    return chips


def _action(session: Session, row: Action) -> dict[str, Any]:
    promise = actions.promise_of(session, row)
    return {
        "href": f"/actions/{row.id.hex}",
        "reference": row.reference,
        "what": promise.what,
        "who": f"{row.agency.name}, {promise.owner}",
        "due": short_day(row.due_on),
        "tag": action_tag(row.status),
        "absent": row.status is ActionStatus.PROPOSED,
        "risk_id": row.risk_id,
        "needs_address": row.needs_address,
    }


def _choices(session: Session, user: User, listing: Listing) -> dict[str, Any]:
    """What this person may do to the turn now."""
    live = listing.conference.status is ConferenceStatus.IN_SESSION and listing.status is ListingStatus.LISTED
    agencies = case_views.agencies_with(session, user, listing.case)
    return {
        "in_session": listing.conference.status is ConferenceStatus.IN_SESSION,
        "may_write": live and may(user, Permission.RECORD_LISTING, listing),
        "may_conclude": live and may(user, Permission.CONCLUDE_LISTING, listing),
        "agencies": [(row.id.hex, row.name) for row in agencies],
        "may_open_case": may(user, Permission.VIEW_CASE, listing.case),
    }


def _left(risks: list[Any], agreed: Any, said: list[Said]) -> list[tuple[str, str]]:
    """What to look at before leaving the case, as (icon, sentence)."""
    bare = sum(not row.actions for row in risks)
    return [
        ("tick" if said else "ring", t("Agencies asked what they know")),
        ("tick" if risks else "ring", t("Risks written down")),
        (
            ("ring", tn("%(count)s risk without an action", "%(count)s risks without an action", bare))
            if bare
            else ("tick" if risks else "ring", t("An action for every risk"))
        ),
        ("tick" if agreed else "ring", t("Actions agreed")),
    ]


def showing(listing_page: dict[str, Any]) -> Filled[Any]:
    """Returns the form as the page opens: only the summary is already written."""
    return Filled[Any].showing(summary=listing_page["summary"])


def redrawn(request: Request, tried: Tried[Any], page: dict[str, Any]) -> HTMLResponse:
    """Shows the page again with what was typed, and the saved summary where no summary was typed."""
    typed = dict(tried.form.typed)
    if "summary" not in typed and page["summary"]:
        typed["summary"] = (page["summary"],)
    kept = replace(tried, form=replace(tried.form, typed=typed))
    return kept.redraw(request, PAGE, conflict=tried.stale, **page)
