"""What the referrer does now, by the facts of the referral: nobody waits for the meeting."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.pages.words.referral import ALERTS
from app.templating import t, tn
from conferences.models import Gate, Part, Referral, Urgency
from conferences.person import people
from conferences.referral import referrals


@dataclass(frozen=True)
class ToDo:
    """One thing to do, and by when; `ring`: the number that a telephone rings at a touch."""

    when: str
    title: str
    text: str
    ring: str = ""


GATES = {
    Gate.UNDER_16: (
        "Tell children’s services today",
        "They are, or may be, under 16. Children’s services protect them now. The coordinator has this "
        "referral and sends it on. It is not lost.",
    ),
    Gate.OUTSIDE_AREA: (
        "Ring the coordinator about the other area",
        "They live elsewhere. The coordinator has this referral and passes it on. Keep helping meanwhile.",
    ),
    Gate.HARMER_UNDER_16: (
        "Tell children’s services today",
        "Whoever causes the harm is, or may be, under 16. Children’s services work with them. The "
        "coordinator has this referral and sends it on. Keep helping meanwhile.",
    ),
}


def to_do(session: Session, referral: Referral, result: dict[str, Any] | None) -> list[ToDo]:
    """Gives the steps in the order of their urgency."""
    found: list[ToDo] = []
    phone = referral.referrer.area.help_phone
    if referral.urgency is Urgency.EMERGENCY:
        text = t("Ring %(phone)s and give the reference. Ring 999 if someone is in danger now.", phone=phone)
        found.append(ToDo(t("Now"), t("Ring the coordinator"), text, phone))
    if referral.gate:
        title, text = GATES[referral.gate]
        found.append(ToDo(t("Today"), t(title), t(text)))
    for alert in (result or {}).get("alerts", ()):
        if alert["id"] in ALERTS:
            title, text = ALERTS[alert["id"]]
            found.append(ToDo(t("Today"), t(title), t(text)))
    children = len(people.in_part(referral.case, Part.CHILD))
    if children:
        title = tn(
            "Ring children’s services about the child",
            "Ring children’s services about the children",
            children,
        )
        text = t(
            "Say that a child is at risk from somebody they know, and give the reference. "
            "Do not wait for the meeting."
        )
        found.append(ToDo(t("Today"), title, text))
    text = t("They use the safe contact you gave. You do not need to ask them.")
    found.append(ToDo(t("Within 2 working days"), t("An independent adviser makes contact"), text))
    return [*found, _telling(session, referral)]


def _telling(session: Session, referral: Referral) -> ToDo:
    when, title = t("When it is safe"), t("Tell them that you made this referral")
    if referrals.sharing_of(session, referral).get("consent") == "given":
        return ToDo(when, title, t("Tell them what happens next and who will ring."))
    text = t(
        "Agree with the coordinator how and when. If it is not safe to tell them, say so to the coordinator."
    )
    return ToDo(when, title, text)
