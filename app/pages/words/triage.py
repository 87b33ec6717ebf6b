"""The words for why a referral is declined, taken back, sent elsewhere, or not signed off first."""

from app.templating import t
from conferences.models import DeclineCode, Elsewhere, Referral, SignOffSkipped, WithdrawCode

DECLINED = {
    DeclineCode.NO_GROUND: "No ground for the meeting was found",
    DeclineCode.NO_CONNECTION: "They are not partners, ex-partners or family",
    DeclineCode.ALREADY_HEARD: "The same facts have been heard",
    DeclineCode.OTHER_PURPOSE: "It was made to get a service or a letter, not for the risk",
    DeclineCode.OTHER: "Something else",
}
ELSEWHERE = {
    Elsewhere.OTHER_AREA: "The partnership of another area",
    Elsewhere.CHILD_PROTECTION: "Child protection",
    Elsewhere.MAPPA: "MAPPA",
    Elsewhere.MATAC: "MATAC",
    Elsewhere.ADULT_SAFEGUARDING: "Adult safeguarding",
    Elsewhere.OTHER: "Another route",
}
WITHDRAWN = {
    WithdrawCode.SENT_BY_MISTAKE: "It was sent by mistake",
    WithdrawCode.SENT_TWICE: "It was sent twice",
    WithdrawCode.WRONG_PERSON: "It is about the wrong person",
    WithdrawCode.FACTS_CHANGED: "The facts were not what we thought",
    WithdrawCode.NOT_WANTED: "The person does not want it",
}
SKIPPED = {
    SignOffSkipped.EMERGENCY: "It went straight on without a sign-off, because it is an emergency.",
    SignOffSkipped.NOBODY: "It went straight on without a sign-off: nobody at the agency could give one.",
}


def decline_options() -> list[tuple[str, str]]:
    """Returns the reasons for declining as choices."""
    return [(code.value, t(words)) for code, words in DECLINED.items()]


def elsewhere_options() -> list[tuple[str, str]]:
    """Returns the other routes as choices."""
    return [(to.value, t(words)) for to, words in ELSEWHERE.items()]


def withdraw_options() -> list[tuple[str, str]]:
    """Returns the reasons for taking a referral back as choices."""
    return [(code.value, t(words)) for code, words in WITHDRAWN.items()]


def signposted(signpost: str | None, advice: str | None) -> list[str]:
    """Returns where the person was pointed to instead and what the referrer was advised, each by its name."""
    said = ((t("Pointed to"), signpost), (t("Advice"), advice))
    return [f"{label}: {words}" for label, words in said if words]


def declined_words(code: DeclineCode | None) -> str:
    """Returns the words for why a referral was declined."""
    return t(DECLINED[code]) if code else ""


def withdrawn_words(code: WithdrawCode | None) -> str:
    """Returns the words for why a referral was taken back."""
    return t(WITHDRAWN[code]) if code else ""


def elsewhere_words(to: Elsewhere | None) -> str:
    """Returns the words for where a referral was sent on to."""
    return t(ELSEWHERE[to]) if to else ""


def skipped_words(referral: Referral) -> str:
    """Says why nobody was asked to sign off; empty where nothing was skipped."""
    return t(SKIPPED[referral.signoff_skipped]) if referral.signoff_skipped else ""
