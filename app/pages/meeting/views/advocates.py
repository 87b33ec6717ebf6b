"""One person to ring, as its page shows it."""

from datetime import datetime
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from app.forms import Lines
from app.templating import clock, day, t
from conferences.models import AdvocateReferral, FirstContact
from conferences.person import people
from conferences.referral import advocates

OUTCOMES = {
    FirstContact.CONTACTED: "Reached them",
    FirstContact.NOT_CONTACTABLE: "Could not reach them yet",
    FirstContact.DECLINED: "Reached them; they do not want support now",
}


class Rang(BaseModel):
    """What came of ringing."""

    messages: ClassVar = {("outcome", "*"): "Select what came of it"}
    outcome: FirstContact
    note: Annotated[Annotated[Lines, Field(max_length=4000)] | None, Field(title="the note")] = None


def page(session: Session, row: AdvocateReferral, now: datetime) -> dict[str, Any]:
    """Gives reference, initials, clock and what has been recorded; never how to reach the person."""
    return {
        "row": row,
        "reference": row.case.reference,
        "initials": people.initials(people.name_of(session, people.victim_of(row.case))),
        "due": t("%(day)s, %(time)s", day=day(row.due_at), time=clock(row.due_at)),
        "late": row.outcome is None and now > row.due_at,
        "nobody": advocates.nobody_to_tell(row.case, advocates.advocates_of(session, row.area_id)),
        "said": t(OUTCOMES[row.outcome]) if row.outcome else "",
        "note_said": advocates.note_of(session, row) or "",
        "to_say": row.outcome in advocates.STILL_TO_RING,
        "outcomes": [(kind.value, t(words)) for kind, words in OUTCOMES.items()],
    }
