"""What a worker should know before sending: what is missing, worth asking, or in the wrong place."""

from typing import Any

from sqlalchemy.orm import Session

from app.pages.common.draft import home
from app.pages.referral.views.rows import unplaced_said
from app.templating import t, tn
from conferences import fields
from conferences.models import Referral
from conferences.referral import completeness, referrals, slips


def place(referral: Referral, name: str) -> str:
    """Gives the address of one part of a draft."""
    if name == "checklist":
        return f"{home(referral)}/checklist/1"
    return f"{home(referral)}/{name}" if fields.form().sheets[name].page else f"{home(referral)}/form/{name}"


def still_missing(session: Session, referral: Referral) -> list[tuple[str, str]]:
    """Gives what must still be there, as (address, sentence)."""
    return [(place(referral, name), t(said)) for name, said in referrals.missing(session, referral)]


def left_open(counted: dict[str, int]) -> str:
    """Says how many questions have no clear answer; `counted` as `counts` gives it."""
    open_ = [counted[kind] for kind in ("unanswered", "dont_know", "refused")]
    if not any(open_):
        return t("Every question has an answer.")
    said = [
        tn("one question has no answer", "%(count)s questions have no answer", open_[0]),
        tn("one answer is “don’t know”", "%(count)s answers are “don’t know”", open_[1]),
        tn("one was declined", "%(count)s were declined", open_[2]),
    ]
    kept = ", ".join(words for words, count in zip(said, open_, strict=True) if count)
    return f"{kept[:1].upper()}{kept[1:]}. " + t("None of them counts as “no”.")


def before_sending(session: Session, referral: Referral) -> dict[str, Any]:
    """Gives the warnings of the last page; none of them stops a referral."""
    wish = completeness.known(session, referral).told.get("police_wish")
    said = {
        "yes": "They want the police to contact them.",
        "no": "They do not want the police to contact them. It is read out at the meeting.",
    }.get(str(wish), "You have not said whether they want the police to contact them.")
    return {
        "reminders": [
            (place(referral, name), t(label)) for name, label in completeness.reminders(session, referral)
        ],
        "unplaced": unplaced_said(session, referral),
        "likely_addresses": [
            t("“%(words)s”", words=t(label)) for label in slips.likely_addresses(session, referral)
        ],
        "police": t("The police may have to record what you describe as a crime, whatever the person wants.")
        + " "
        + t(said),
    }
