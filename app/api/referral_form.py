"""The referral form for programs: its definitions, what is stored, and each part saved as a whole."""

from typing import Any
from uuid import UUID

from app.api import typed
from app.api.answers import FieldOut, PartOut, ProgressOut, ToldOut
from app.api.creating import api_router, scope
from app.auth.who import CurrentUser, Db, Now
from conferences import fields, policies
from conferences.calendars import local_day
from conferences.checklist import assessments
from conferences.errors import NotFound
from conferences.fields import FormField, Sheet, When
from conferences.models import Policy, Referral
from conferences.referral import referrals, told, told_views
from conferences.referral.completeness import level_of
from conferences.visibility import find

router = api_router("referrals")
READ, WRITE = scope("referrals:read"), scope("referrals:write")


@router.get("/referral-form", dependencies=READ)
def get_referral_form(session: Db, user: CurrentUser, now: Now) -> list[PartOut]:
    """Returns every part and field of the form, with what this person's area asks for today."""
    policy = policies.in_force(session, user.area_id, local_day(now))
    return [
        _part(section.title, sheet, policy) for section in fields.form().sections for sheet in section.sheets
    ]


def _part(section: str, sheet: Sheet, policy: Policy) -> PartOut:
    place = f"/people/{{person}}/form/{sheet.key}" if sheet.each else f"/form/{sheet.key}"
    return PartOut(
        key=sheet.key,
        title=sheet.title,
        section=section,
        of=sheet.of,
        put="" if sheet.page else f"/api/v1/referrals/{{ref}}{place}",
        when=_when(sheet.when),
        fields=[_field(one, policy) for one in sheet.fields],
    )


def _field(one: FormField, policy: Policy) -> FieldOut:
    return FieldOut(
        key=one.key,
        label=one.label,
        hint=one.hint,
        why=one.why,
        ask=one.ask,
        kind=one.kind,
        data_class=one.data_class.value,
        level=level_of(one, policy).value,
        choices=one.choices,
        when=_when(one.when),
        safety=one.safety,
    )


def _when(when: When | None) -> dict[str, Any] | None:
    return when.model_dump(mode="json", by_alias=True, exclude_defaults=True) if when else None


@router.get("/referrals/{ref}/form", dependencies=READ)
def get_form_of_referral(ref: str, session: Db, user: CurrentUser, now: Now) -> list[ToldOut]:
    """Returns what the form says that this reader may have; opening one that was sent is recorded."""
    row = referrals.look(session, user, find(session, user, Referral, ref), now=now)
    return [
        ToldOut(
            part=one.sheet.key,
            person=one.person.hex if one.person else None,
            values={asked.key: value for asked, value in one.answers},
        )
        for one in told_views.of_referral(session, user, row)
    ]


@router.put("/referrals/{ref}/form/{sheet}", dependencies=WRITE, status_code=204)
def save_form_part(
    ref: str, sheet: str, body: typed.FormPart, session: Db, user: CurrentUser, now: Now
) -> None:
    """Saves one part of the form as a whole."""
    row, part = find(session, user, Referral, ref), told.sheet(sheet)
    if part.each:
        raise NotFound
    told.save(session, user, row, part, body.values, now=now)


@router.put("/referrals/{ref}/people/{person}/form/{sheet}", dependencies=WRITE, status_code=204)
def save_form_part_of_person(
    ref: str, person: UUID, sheet: str, body: typed.FormPart, session: Db, user: CurrentUser, now: Now
) -> None:
    """Saves what the form asks about one person, as a whole."""
    row, part = find(session, user, Referral, ref), told.sheet(sheet)
    about = next((one for one in told.rows_for(row, part) if part.each and one.id == person), None)
    if about is None:
        raise NotFound
    told.save(session, user, row, part, body.values, row=about, now=now)


@router.put("/referrals/{ref}/paper", dependencies=WRITE)
def key_in_paper(ref: str, body: typed.PaperIn, session: Db, user: CurrentUser, now: Now) -> ProgressOut:
    """Keys in a checklist that was filled in on paper."""
    row = find(session, user, Referral, ref)
    given = [assessments.Answer(**one.model_dump()) for one in body.answers]
    done = assessments.transcribe(session, user, row, given, on=body.filled_on, by=body.filled_by, now=now)
    return ProgressOut.model_validate(done)
