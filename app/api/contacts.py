"""How to reach somebody, and where they are: written in a draft, changed on a case, looked at with a line."""

from uuid import UUID

from app.api.contacts_typed import AddressIn, ContactIn, ContactOut
from app.api.creating import api_router, scope
from app.auth.who import CurrentUser, Db, Now
from conferences.case import case_views
from conferences.models import Case, Person, Referral
from conferences.permissions import Permission, require
from conferences.person import contacts
from conferences.referral import referrals
from conferences.visibility import find

router = api_router("contact")
READ, WRITE, LOOK = scope("referrals:read"), scope("referrals:write"), scope("addresses:read")


def _out(session: Db, person: Person) -> ContactOut:
    return ContactOut.of(contacts.contact_of(session, person), contacts.version_of(person))


@router.get("/referrals/{ref}/contact", dependencies=READ)
def get_contact(ref: str, session: Db, user: CurrentUser) -> ContactOut:
    """How the person at risk may be reached, for the author of a draft."""
    row = find(session, user, Referral, ref)
    require(user, Permission.EDIT_REFERRAL, row)
    return _out(session, case_views.victim_person(row.case))


@router.put("/referrals/{ref}/contact", dependencies=WRITE, status_code=204)
def save_contact(ref: str, body: ContactIn, session: Db, user: CurrentUser, now: Now) -> None:
    """Records how the person may be reached safely, as a whole."""
    row = find(session, user, Referral, ref)
    referrals.save_contact(session, user, row, body.contact(), version=body.version, now=now)


@router.get("/referrals/{ref}/people/{person}/contact", dependencies=READ)
def get_contact_of_person(ref: str, person: UUID, session: Db, user: CurrentUser) -> ContactOut:
    """How somebody beside the person at risk may be reached, for the author of a draft."""
    row = find(session, user, Referral, ref)
    require(user, Permission.EDIT_REFERRAL, row)
    return _out(session, case_views.involved(row.case, person.hex).person)


@router.put("/referrals/{ref}/people/{person}/contact", dependencies=WRITE, status_code=204)
def save_contact_of_person(
    ref: str, person: UUID, body: ContactIn, session: Db, user: CurrentUser, now: Now
) -> None:
    """Records how somebody beside the person at risk may be reached, as a whole."""
    row = find(session, user, Referral, ref)
    require(user, Permission.EDIT_REFERRAL, row)
    about = case_views.involved(row.case, person.hex)
    referrals.save_contact(session, user, row, body.contact(), about=about, version=body.version, now=now)


@router.put("/referrals/{ref}/address", dependencies=WRITE, status_code=204)
def save_address(ref: str, body: AddressIn, session: Db, user: CurrentUser, now: Now) -> None:
    """Records where the person is now; only an operation of its own gives it back, for a reason."""
    row = find(session, user, Referral, ref)
    referrals.save_address(session, user, row, body.address, care=body.care(), now=now)


@router.post("/cases/{ref}/contact", dependencies=LOOK)
def look_at_contact(ref: str, session: Db, user: CurrentUser, now: Now) -> ContactOut:
    """Shows how the person may be reached; each look is recorded."""
    case = find(session, user, Case, ref)
    require(user, Permission.VIEW_CONTACT, case)
    person = case_views.victim_person(case)
    contact = contacts.look(session, user, case, person, now=now)
    return ContactOut.of(contact, contacts.version_of(person))


@router.put("/cases/{ref}/contact", dependencies=WRITE, status_code=204)
def change_contact(ref: str, body: ContactIn, session: Db, user: CurrentUser, now: Now) -> None:
    """Changes how the person may be reached after the referral was sent."""
    case = find(session, user, Case, ref)
    require(user, Permission.CHANGE_CONTACT, case)
    person, contact = case_views.victim_person(case), body.contact()
    contacts.change(session, user, case, person, contact, version=body.version, now=now)


@router.post("/cases/{ref}/people/{person}/contact", dependencies=LOOK)
def look_at_contact_of_person(ref: str, person: UUID, session: Db, user: CurrentUser, now: Now) -> ContactOut:
    """Shows how somebody beside the person at risk may be reached; each look is recorded."""
    case = find(session, user, Case, ref)
    row = case_views.involved(case, person.hex)
    contact = contacts.look(session, user, case, row.person, now=now)
    return ContactOut.of(contact, contacts.version_of(row.person))


@router.put("/cases/{ref}/people/{person}/contact", dependencies=WRITE, status_code=204)
def change_contact_of_person(
    ref: str, person: UUID, body: ContactIn, session: Db, user: CurrentUser, now: Now
) -> None:
    """Changes how somebody beside the person at risk may be reached, after the referral was sent."""
    case = find(session, user, Case, ref)
    require(user, Permission.CHANGE_CONTACT, case)
    row = case_views.involved(case, person.hex)
    contacts.change(session, user, case, row.person, body.contact(), version=body.version, now=now)


@router.put("/cases/{ref}/address", dependencies=WRITE, status_code=204)
def change_address(ref: str, body: AddressIn, session: Db, user: CurrentUser, now: Now) -> None:
    """Records where the person is now, after the referral was sent."""
    case = find(session, user, Case, ref)
    require(user, Permission.CHANGE_CONTACT, case)
    person = case_views.victim_person(case)
    contacts.change_address(session, user, case, person, body.address, care=body.care(), now=now)
