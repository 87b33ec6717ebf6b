"""Which rows a person may know of: the permission table once more, as WHERE clauses, and nowhere else.

A thing that is not among these rows does not exist for the person: 404, never 403.
"""

from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, any_, false, literal, or_, select, true
from sqlalchemy.orm import Session

from conferences.errors import NotFound
from conferences.models import (
    NOT_SENT,
    Action,
    AdvocateReferral,
    Agency,
    Assessment,
    CalledAgency,
    Case,
    Conference,
    ConferenceKind,
    Document,
    DocumentCase,
    Draw,
    Employee,
    Enquiry,
    Exclusion,
    ImportBatch,
    Listing,
    ListingStatus,
    OutsideReferral,
    Referral,
    ReferralLink,
    ReferralStatus,
    Restriction,
    Role,
    User,
)

T = TypeVar("T")
EVERY_CASE = {Role.COORDINATOR, Role.CHAIR, Role.IDVA}
THE_MEETING = {Role.COORDINATOR, Role.CHAIR}


def not_shut_out(user: User, case_id: Any) -> ColumnElement[bool]:
    """No exclusion keeps this person, or their agency, from the case, and no restriction leaves them out."""

    def walls(kind: type[Exclusion] | type[Restriction]) -> Select[Any]:
        return select(kind.id).where(kind.case_id == case_id, kind.lifted_at.is_(None))

    def meant(kind: type[Exclusion] | type[Restriction]) -> ColumnElement[bool]:
        return or_(kind.user_id == user.id, kind.agency_id == user.agency_id)

    shut_out = walls(Exclusion).where(meant(Exclusion)).exists()
    few, among = walls(Restriction).exists(), walls(Restriction).where(meant(Restriction)).exists()
    return and_(~shut_out, or_(~few, among))


def _here(user: User, area_id: Any) -> ColumnElement[bool]:
    if not user.is_active or user.role is None:
        return false()
    return and_(area_id == user.area_id)


def _moved_on(user: User) -> ColumnElement[bool]:
    """What somebody began and has not sent stays with the agency that they have left."""
    if user.role in THE_MEETING:
        return false()
    unsent_there = and_(Referral.status.in_(NOT_SENT), Referral.agency_id != user.agency_id)
    return and_(Referral.referrer_id == user.id, unsent_there)


def cases(user: User) -> Select[Case]:
    """The cases this person may know of: all sent in their area, and those they opened where they work."""
    seen = and_(Case.shared_at.is_not(None), true() if user.role in EVERY_CASE else false())
    if user.role is not Role.ADMINISTRATOR:
        begun = select(Referral.id).where(Referral.case_id == Case.id, _moved_on(user))
        seen = or_(
            seen, and_(Case.opened_by_id == user.id, or_(Case.shared_at.is_not(None), ~begun.exists()))
        )
    return select(Case).where(_here(user, Case.area_id), ~Case.withheld, not_shut_out(user, Case.id), seen)


def referrals(user: User) -> Select[Referral]:
    """The referrals this person may know of; a draft only by its author, while they are at its agency."""
    sent = Referral.status.not_in(NOT_SENT)
    seen: ColumnElement[bool] = and_(Referral.referrer_id == user.id, ~_moved_on(user))
    if user.role in EVERY_CASE:
        seen = or_(seen, sent)
    elif user.role is Role.REPRESENTATIVE:
        handed_in = Referral.status != ReferralStatus.DRAFT
        seen = or_(seen, and_(handed_in, Referral.agency_id == user.agency_id))
    return select(Referral).where(
        _here(user, Referral.area_id), ~Referral.withheld, not_shut_out(user, Referral.case_id), seen
    )


def unsent(user: User) -> Select[Referral]:
    """What waits for a sign-off, was given back or is left lying, for those who may take it in."""
    waits = or_(
        Referral.status == ReferralStatus.AWAITING_SIGNOFF,
        Referral.given_back_at.is_not(None),
        Referral.left_lying_at.is_not(None),
    )
    concerned = true() if user.role in THE_MEETING else false()
    seen = and_(waits, concerned, not_shut_out(user, Referral.case_id))
    return select(Referral).where(_here(user, Referral.area_id), ~Referral.withheld, seen)


def left_behind(user: User) -> Select[Referral]:
    """Colleagues' drafts that lie, or have lost their writer: for who speaks for the agency.

    Those who run the meeting know of the ones that would have to be heard.
    """
    if user.role in THE_MEETING:
        return unsent(user).where(Referral.writer_gone_at.is_not(None))
    concerned = user.role is Role.REPRESENTATIVE
    lies = or_(Referral.left_lying_at.is_not(None), Referral.writer_gone_at.is_not(None))
    return select(Referral).where(
        _here(user, Referral.area_id),
        ~Referral.withheld,
        not_shut_out(user, Referral.case_id),
        and_(true() if concerned else false(), lies),
        Referral.agency_id == user.agency_id,
        Referral.referrer_id != user.id,
    )


def further(user: User) -> Select[Assessment]:
    """The checklists beside a referral's own; an unfinished one is known only to whoever began it."""
    known = referrals(user).with_only_columns(Referral.id)
    begun = or_(Assessment.completed_at.is_not(None), Assessment.opened_by_id == user.id)
    return select(Assessment).where(
        Assessment.beside_id.is_not(None), Assessment.referral_id.in_(known), begun
    )


def conferences(user: User) -> Select[Conference]:
    """The meetings of this person's area, for those whom meetings concern; a day off a list is not one.

    One called for a case that cannot wait is known to those called, and to nobody shut out of the case.
    """
    concerned = user.role in THE_MEETING | {Role.IDVA, Role.REPRESENTATIVE}
    about = select(Listing.id).where(
        Listing.conference_id == Conference.id, not_shut_out(user, Listing.case_id)
    )
    called = select(CalledAgency.agency_id).where(
        CalledAgency.conference_id == Conference.id, CalledAgency.agency_id == user.agency_id
    )
    theirs = and_(about.exists(), called.exists() if user.role is Role.REPRESENTATIVE else true())
    return select(Conference).where(
        _here(user, Conference.area_id),
        ~Conference.brought,
        or_(Conference.kind == ConferenceKind.ORDINARY, theirs),
        true() if concerned else false(),
    )


def listings(user: User) -> Select[Listing]:
    """The turns on an agenda that this person may open; one taken off it is history, not a turn."""
    return (
        select(Listing)
        .join(Case, Case.id == Listing.case_id)
        .where(
            _here(user, Case.area_id),
            ~Listing.withheld,
            not_shut_out(user, Listing.case_id),
            Listing.status != ListingStatus.TAKEN_OFF,
            true() if user.role in THE_MEETING else false(),
        )
    )


def actions(user: User) -> Select[Action]:
    """The commitments this person may know of: their own agency's, or all for those who run the meeting."""
    seen = true() if user.role in THE_MEETING else Action.agency_id == user.agency_id
    if user.role is Role.ADMINISTRATOR:
        seen = false()
    return select(Action).where(
        _here(user, Action.area_id), ~Action.withheld, not_shut_out(user, Action.case_id), seen
    )


def documents(user: User) -> Select[Document]:
    """The copies made for this person; none that speaks of a case they have been shut out of since."""
    hidden = select(DocumentCase.case_id).where(
        DocumentCase.document_id == Document.id, ~not_shut_out(user, DocumentCase.case_id)
    )
    return select(Document).where(
        _here(user, Document.area_id), Document.recipient_id == user.id, ~hidden.exists()
    )


def links(user: User) -> Select[ReferralLink]:
    """The links given in this person's area, for its coordinators; whether one was used is in `arrived`."""
    concerned = true() if user.role is Role.COORDINATOR else false()
    return select(ReferralLink).where(_here(user, ReferralLink.area_id), concerned)


def _is_alike(user: User) -> ColumnElement[bool]:
    """What arrived is hidden from somebody who is like a person in it."""
    return literal(user.id) == any_(OutsideReferral.hidden_from)


def arrived(user: User) -> Select[OutsideReferral]:
    """What arrived through those links, for the area's coordinators who may know of the case it became."""
    concerned = true() if user.role is Role.COORDINATOR else false()
    hidden = select(Referral.id).where(
        Referral.id == OutsideReferral.referral_id, ~not_shut_out(user, Referral.case_id)
    )
    return select(OutsideReferral).where(
        _here(user, OutsideReferral.area_id), ~hidden.exists(), ~_is_alike(user), concerned
    )


def imports(user: User) -> Select[ImportBatch]:
    """The lists this person brought: a list holds everything, so nobody else knows of it."""
    brings = user.role is Role.COORDINATOR
    return select(ImportBatch).where(
        _here(user, ImportBatch.area_id), ImportBatch.by_id == user.id, true() if brings else false()
    )


def enquiries(user: User) -> Select[Enquiry]:
    """The questions of other areas to this one, for its coordinators."""
    concerned = true() if user.role is Role.COORDINATOR else false()
    return select(Enquiry).where(_here(user, Enquiry.area_id), not_shut_out(user, Enquiry.case_id), concerned)


def to_ring(user: User) -> Select[AdvocateReferral]:
    """The people to ring: for advocates, and for the coordinator who acts where none may know."""
    rings = user.role in (Role.IDVA, Role.COORDINATOR)
    return select(AdvocateReferral).where(
        _here(user, AdvocateReferral.area_id),
        not_shut_out(user, AdvocateReferral.case_id),
        true() if rings else false(),
    )


def draws(user: User) -> Select[Draw]:
    """The decisions drawn for the chair to read again, of cases the chair may know of."""
    return (
        select(Draw)
        .join(Referral, Referral.id == Draw.referral_id)
        .where(
            _here(user, Draw.area_id),
            not_shut_out(user, Referral.case_id),
            true() if user.role is Role.CHAIR else false(),
        )
    )


def agencies(user: User) -> Select[Agency]:
    """The agencies of this person's area: no secret to anyone in it."""
    return select(Agency).where(_here(user, Agency.area_id))


def employees(user: User) -> Select[Employee]:
    """Those without an account: of the own agency for who answers for it, of all for the administrator."""
    own = Employee.agency_id == user.agency_id
    seen = true() if user.role is Role.ADMINISTRATOR else false() if user.role is Role.FRONTLINE else own
    return (
        select(Employee)
        .join(Agency, Agency.id == Employee.agency_id)
        .where(_here(user, Agency.area_id), Employee.removed_at.is_(None), seen)
    )


_SELECTS: dict[type, Any] = {
    Case: cases,
    Referral: referrals,
    Assessment: further,
    Conference: conferences,
    Listing: listings,
    Action: actions,
    Document: documents,
    ReferralLink: links,
    OutsideReferral: arrived,
    ImportBatch: imports,
    Enquiry: enquiries,
    AdvocateReferral: to_ring,
    Draw: draws,
    Agency: agencies,
    Employee: employees,
}


def visible_to(user: User, kind: type[Any]) -> Select[Any]:
    """Returns the Select of all rows of one kind the person may know of."""
    chosen: Select[Any] = _SELECTS[kind](user)
    return chosen


def find(session: Session, user: User, kind: type[T], reference: str | UUID) -> T:
    """Returns the thing with that reference, or raises NotFound: missing and hidden are the same answer."""
    anykind: Any = kind
    return find_in(session, visible_to(user, anykind), kind, reference)


def find_in(session: Session, among: Select[Any], kind: type[T], reference: str | UUID) -> T:
    """Returns the thing with that reference among these rows, or raises NotFound."""
    try:
        wanted = reference if isinstance(reference, UUID) else UUID(reference)
    except ValueError as problem:
        raise NotFound from problem
    anykind: Any = kind
    row: T | None = session.scalars(among.where(anykind.id == wanted)).one_or_none()
    if row is None:
        raise NotFound(anykind.__tablename__, wanted)
    return row
