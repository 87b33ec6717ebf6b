"""What is confirmed in the queue: taking a referral back, an appeal; and undoing."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import TypedForm
from app.pages.common.decide import Step, decide, open_referral
from app.pages.common.queue_forms import Confirming, Pressing
from app.pages.queue.views import referral as queue_referral
from conferences.permissions import Permission
from conferences.triage import appeals, undoing, withdrawals

router = APIRouter(default_response_class=Response)
WITHDRAWAL = Step(Confirming, Permission.DECIDE_REFERRAL, queue_referral.page)
APPEAL = Step(Confirming, Permission.DECIDE_APPEAL, queue_referral.page)
UNDO = Step(Pressing, Permission.VIEW_QUEUE, queue_referral.page)


@router.post("/queue/{ref}/withdrawal")
def confirm_withdrawal(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """The coordinator confirms that a referral is taken back, or puts it back where it was."""
    referral = open_referral(session, user, ref)

    def verb(given: Confirming) -> None:
        agreed, words, seen = given.agreed == "yes", given.reason, given.version
        withdrawals.confirm_withdrawal(
            session, user, referral, agreed=agreed, reason=words, now=now, version=seen
        )

    return decide(request, session, user, now, referral, typed, WITHDRAWAL, verb)


@router.post("/queue/{ref}/appeal")
def decide_appeal(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """The chair agrees to an appeal, or declines for good."""
    referral = open_referral(session, user, ref)

    def verb(given: Confirming) -> None:
        agreed, words, seen = given.agreed == "yes", given.reason, given.version
        appeals.decide_appeal(session, user, referral, agreed=agreed, reason=words, now=now, version=seen)

    return decide(request, session, user, now, referral, typed, APPEAL, verb)


@router.post("/queue/{ref}/undo")
def undo(request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now) -> Response:
    """Undoes the newest decision, within ten minutes."""
    referral = open_referral(session, user, ref)

    def verb(given: Pressing) -> None:
        undoing.undo(session, user, referral, now=now, version=given.version)

    return decide(request, session, user, now, referral, typed, UNDO, verb)
