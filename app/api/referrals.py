"""Referrals: started, filled in part by part, sent."""

from uuid import UUID

from app.api import referral_views, typed
from app.api.answers import AskableOut, PersonOut, ProgressOut, ReferralOut
from app.api.creating import Create, api_router, scope
from app.auth.who import CurrentUser, Db, Now
from conferences.checklist import assessments
from conferences.checklist.answers import Answer
from conferences.errors import NotFound
from conferences.models import Involvement, Part, Referral
from conferences.permissions import Permission, require
from conferences.person.people import PersonDetails
from conferences.referral import drafts, referrals
from conferences.triage import appeals, asking, triage, withdrawals
from conferences.triage.asking import Given
from conferences.visibility import find

router = api_router("referrals")
READ, WRITE = scope("referrals:read"), scope("referrals:write")


@router.post("/referrals", status_code=201, dependencies=WRITE)
def start_referral(body: typed.StartReferral, c: Create) -> ReferralOut:
    """Opens a draft once it is safe to talk."""
    row = c.once(
        "/referrals",
        lambda: _start(body, c),
        lambda id: find(c.session, c.user, Referral, id),
    )
    return referral_views.referral(c.session, row)


def _start(body: typed.StartReferral, c: Create) -> Referral:
    row = referrals.start(c.session, c.user, safe_to_talk=body.safe_to_talk, now=c.now)
    if body.instrument and body.instrument != row.assessment.instrument:
        assessments.choose(c.session, c.user, row, body.instrument, now=c.now)
    return row


@router.get("/referrals/{ref}", dependencies=READ)
def get_referral(ref: str, session: Db, user: CurrentUser, now: Now) -> ReferralOut:
    """Opens a referral; opening one that was sent is recorded."""
    row = find(session, user, Referral, ref)
    return referral_views.referral(session, referrals.look(session, user, row, now=now))


@router.put("/referrals/{ref}/answers", dependencies=WRITE)
def save_answers(ref: str, body: typed.Answers, session: Db, user: CurrentUser, now: Now) -> ProgressOut:
    """Saves answers as they are given; items not named keep theirs."""
    row = find(session, user, Referral, ref)
    given = [Answer(**one.model_dump()) for one in body.answers]
    return ProgressOut.model_validate(assessments.answer(session, user, row, given, now=now))


@router.put("/referrals/{ref}/judgement", dependencies=WRITE, status_code=204)
def save_judgement(ref: str, body: typed.FirstJudgement, session: Db, user: CurrentUser, now: Now) -> None:
    """Keeps the worker's own judgement before the first item."""
    row = find(session, user, Referral, ref)
    assessments.judge_first(session, user, row, view=body.view, why=body.why, now=now)


@router.put("/referrals/{ref}/final-judgement", dependencies=WRITE, status_code=204)
def save_final_judgement(
    ref: str, body: typed.LastJudgement, session: Db, user: CurrentUser, now: Now
) -> None:
    """Keeps the worker's judgement after the last item."""
    row = find(session, user, Referral, ref)
    assessments.judge_last(session, user, row, **body.model_dump(), now=now)


@router.put("/referrals/{ref}/victim", dependencies=WRITE)
def save_victim(ref: str, body: typed.PersonIn, session: Db, user: CurrentUser, now: Now) -> PersonOut:
    """Says who is at risk."""
    row, details = find(session, user, Referral, ref), PersonDetails(**body.model_dump())
    saved = referrals.save_person(session, user, row, Part.VICTIM, details, now=now)
    return referral_views.person(session, saved)


@router.post("/referrals/{ref}/perpetrators", dependencies=WRITE, status_code=201)
def add_perpetrator(ref: str, body: typed.PersonIn, c: Create) -> PersonOut:
    """Names somebody who may cause harm."""
    return _add(c, ref, Part.PERPETRATOR, body)


@router.post("/referrals/{ref}/children", dependencies=WRITE, status_code=201)
def add_child(ref: str, body: typed.PersonIn, c: Create) -> PersonOut:
    """Names a child."""
    return _add(c, ref, Part.CHILD, body)


@router.post("/referrals/{ref}/adults", dependencies=WRITE, status_code=201)
def add_adult(ref: str, body: typed.PersonIn, c: Create) -> PersonOut:
    """Names another adult who may be in danger, or who may help."""
    return _add(c, ref, Part.OTHER_ADULT, body)


def _add(c: Create, ref: str, part: Part, body: typed.PersonIn) -> PersonOut:
    row, details = find(c.session, c.user, Referral, ref), PersonDetails(**body.model_dump())
    saved = c.once(
        "/people",
        lambda: referrals.save_person(c.session, c.user, row, part, details, now=c.now),
        lambda id: _involved(row, id),
        inside=f"/referrals/{row.id.hex}",
    )
    return referral_views.person(c.session, saved)


def _involved(row: Referral, id: UUID) -> Involvement:
    found = next((one for one in row.case.involvements if one.id == id), None)
    if found is None:
        raise NotFound
    return found


@router.delete("/referrals/{ref}/people/{person}", dependencies=WRITE, status_code=204)
def remove_person(ref: str, person: UUID, session: Db, user: CurrentUser, now: Now) -> None:
    """Takes somebody named by mistake out of a draft; the row stays, marked as removed."""
    row = find(session, user, Referral, ref)
    referrals.remove_person(session, user, row, _involved(row, person), now=now)


@router.put("/referrals/{ref}/reason", dependencies=WRITE, status_code=204)
def save_reason(ref: str, body: typed.ReasonIn, session: Db, user: CurrentUser, now: Now) -> None:
    """Records why now, what the person wants, and the dated history."""
    history = body.model_dump(mode="json", include={"incidents", "escalating", "repeat", "last_referral_on"})
    referrals.save_reason(
        session,
        user,
        find(session, user, Referral, ref),
        reason=body.reason,
        wishes=body.wishes,
        urgency=body.urgency,
        history={name: value for name, value in history.items() if value},
        now=now,
    )


@router.put("/referrals/{ref}/sharing", dependencies=WRITE, status_code=204)
def save_sharing(ref: str, body: typed.SharingIn, session: Db, user: CurrentUser, now: Now) -> None:
    """Records on what lawful basis the case is shared."""
    row = find(session, user, Referral, ref)
    referrals.save_sharing(session, user, row, consent=body.consent, basis=body.basis, why=body.why, now=now)


@router.post("/referrals/{ref}/submit", dependencies=WRITE)
def submit_referral(
    ref: str, session: Db, user: CurrentUser, now: Now, body: typed.Versioned | None = None
) -> ReferralOut:
    """Sends the referral; sending it twice changes nothing."""
    row = find(session, user, Referral, ref)
    referrals.submit(session, user, row, now=now, version=body.version if body else None)
    return referral_views.referral(session, row)


@router.post("/referrals/{ref}/keep", dependencies=WRITE)
def keep_longer(ref: str, session: Db, user: CurrentUser, now: Now) -> ReferralOut:
    """Keeps a draft as long again as a new one."""
    row = find(session, user, Referral, ref)
    drafts.keep_longer(session, user, row, now=now)
    return referral_views.referral(session, row)


@router.get("/referrals/{ref}/questions", dependencies=READ)
def list_questions(ref: str, session: Db, user: CurrentUser) -> list[AskableOut]:
    """Exactly what the coordinator asks, for the referrer to answer."""
    row = find(session, user, Referral, ref)
    require(user, Permission.REPLY_TO_QUESTION, row)
    return [
        AskableOut(key=one.what.key, topic=one.what.topic, decides=False, answers=list(one.answers))
        for one in asking.questions(session, row)
    ]


@router.post("/referrals/{ref}/reply", dependencies=WRITE)
def reply_to_question(ref: str, body: typed.Reply, session: Db, user: CurrentUser, now: Now) -> ReferralOut:
    """Answers the coordinator's question and puts the referral back in the queue."""
    row = find(session, user, Referral, ref)
    said = {one.key: Given(one.value, one.words) for one in body.answers}
    triage.reply(session, user, row, words=body.reply, answers=said, now=now, version=body.version)
    return referral_views.referral(session, row)


@router.post("/referrals/{ref}/withdraw", dependencies=WRITE)
def withdraw_referral(
    ref: str, body: typed.WithdrawReferral, session: Db, user: CurrentUser, now: Now
) -> ReferralOut:
    """Asks the coordinator to take the referral back."""
    row = find(session, user, Referral, ref)
    withdrawals.withdraw(session, user, row, **body.model_dump(), now=now)
    return referral_views.referral(session, row)


@router.post("/referrals/{ref}/appeal", dependencies=WRITE)
def appeal_against_decline(
    ref: str, body: typed.Because, session: Db, user: CurrentUser, now: Now
) -> ReferralOut:
    """Puts a declined referral before the chair, once and within its time."""
    row = find(session, user, Referral, ref)
    appeals.appeal(session, user, row, **body.model_dump(), now=now)
    return referral_views.referral(session, row)
