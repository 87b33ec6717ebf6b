"""What is said of a colleague's draft: whose it is, since when, and nothing of what is in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.templating import short_day, t
from conferences.models import Referral, User
from conferences.referral import taking_over
from conferences.referral.taking_over import LeftBehind


@dataclass(frozen=True)
class LeftShown:
    """One draft that lies at the agency."""

    href: str
    text: str
    tag: tuple[str, str, str]
    sub: str
    verb: str
    writer: str
    may_take_over: bool
    must_be_heard: bool


def to_take_over(session: Session, user: User, referral: Referral, now: datetime) -> dict[str, Any]:
    """Gives what is said of one."""
    (one,) = left_shown([taking_over.shown(session, user, referral)])
    return {"referral": referral, "left": one}


def left_shown(rows: Iterable[LeftBehind]) -> list[LeftShown]:
    """Gives the lines of colleagues' drafts."""
    return [
        LeftShown(
            href=f"/referrals/{one.referral.id.hex}/take-over",
            text=one.case_reference,
            tag=("bad", t("Its writer has left"), "warning")
            if one.writer_gone
            else ("soon", t("Begun and not sent, past its date"), "clock"),
            sub=t("%(name)s · since %(day)s", name=one.writer, day=short_day(one.since)),
            verb=t("Take over") if one.may_take_over else t("Look"),
            writer=one.writer,
            may_take_over=one.may_take_over,
            must_be_heard=one.must_be_heard,
        )
        for one in rows
    ]
