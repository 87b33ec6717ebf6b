"""The words the referral pages use for what is stored as codes."""

from collections.abc import Iterable

from app.templating import t
from conferences.person.pair_facts import CHOICES

SAFE_TO_TALK = {
    "alone": "Yes, we are alone and it is safe to talk",
    "from_notes": "I am keying in from my notes",
    "no": "No, or I am not sure",
}
VIEWS = {
    "serious": "I think someone could be seriously hurt or killed",
    "worried": "I am worried, but not sure how much",
    "less_worried": "I am less worried",
    "cannot_tell": "I cannot tell yet",
}
ANSWERS_USUAL = ("yes", "no", "dont_know", "refused")
ANSWERS = {
    "yes": "Yes",
    "no": "No",
    "present": "Present",
    "possible": "Possible",
    "absent": "Absent",
    "dont_know": "Don’t know",
    "refused": "Declined",
    "not_applicable": "Does not apply",
}
MAYBE = {"yes": "Yes", "no": "No", "dont_know": "Don’t know", "sometimes": "Some of the time"}
WAYS = {"phone": "Telephone", "mail": "Email", "address": "Another postal address"}
SAFE = {"safe": "Safe to use", "unsafe": "Not safe to use", "unknown": "Not known to be safe"}
WEEK = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
SOURCES = {
    "person": "The person themselves",
    "police": "Police",
    "records": "Our own records",
    "another_agency": "Another agency",
    "family_or_friend": "Family or a friend",
    "other": "Someone else",
}
GENDERS = {
    "woman": "Woman",
    "man": "Man",
    "non_binary": "Non-binary",
    "another": "Another way",
    "not_known": "Not known",
}
URGENCY = {"standard": "The next meeting is soon enough", "emergency": "It cannot wait for the next meeting"}
KINDS = {
    "assault": "Physical violence",
    "threat": "Threats",
    "stalking_pattern": "A pattern of stalking",
    "harassment_pattern": "A pattern of harassment",
    "rape_or_sexual_abuse": "Rape or sexual abuse",
    "single_unwanted_contact": "One unwanted contact",
    "unwanted_contact_via_family": "Unwanted contact through family or friends",
    "breach_of_order": "A court order or bail was broken",
    "dispute": "A dispute",
    "other": "Something else",
}
CONSENT = {
    "given": "Yes, they agreed",
    "refused": "No, they did not agree",
    "not_safe_to_ask": "It was not safe to ask",
}
BASES = {
    "public_task": "Public task: our work in law is to protect people",
    "legal_obligation": "Legal duty: a law tells us to share this",
    "vital_interests": "Life at risk: sharing may save a life",
    "legitimate_interests": "Legitimate interests: for charities and private bodies",
}
# What a checklist's rules look at and its questions do not ask.
FACTS = {
    "relationship": "What are the two to each other?",
    "cohabited": "Do they live together, or did they?",
    "physical_assault_or_threat_at_index": "An assault this time, or a threat to kill with a weapon there?",
    "victim_extremely_frightened": "Is the person at risk extremely frightened?",
    "suspected_honour_based_abuse": "Do you suspect so-called honour-based abuse?",
}
FACT_ANSWERS = {
    "intimate": "Partners, or they were",
    "family": "Family",
    "other": "Something else",
    "yes": "Yes",
    "no": "No",
    "dont_know": "Don’t know",
}
ALERTS = {
    "victim_suicide_risk": (
        "Talk about this today",
        "Ask if they are safe tonight. Help them ring their doctor or 111, or 999 if they are in danger now.",
    ),
    "strangulation": (
        "They need a medical check today",
        "Harm from strangling can follow days later with no mark. Help them to be seen today; "
        "ring 999 for trouble with breath, voice or swallowing.",
    ),
}
AGENCIES = {
    "police": "Police",
    "idva": "Independent adviser",
    "childrens_services": "Children’s services",
    "adult_social_care": "Adult social care",
    "housing": "Housing",
    "health": "Health",
    "mental_health": "Mental health",
    "substance": "Drug and alcohol service",
    "probation": "Probation",
    "education": "School or college",
    "perpetrator_service": "Perpetrator service",
    "specialist": "Specialist service",
}


def options(words: dict[str, str]) -> list[tuple[str, str]]:
    """Gives the choices of a field in the reader's language."""
    return [(code, t(said)) for code, said in words.items()]


def said(words: dict[str, str], code: object) -> str:
    """Gives the words for a code; what is not a code is shown as it is, nothing as nothing."""
    return t(words[code]) if isinstance(code, str) and code in words else str(code or "")


def options_for_people() -> dict[str, list[tuple[str, str]]]:
    """Gives the choices of the forms about people."""
    three = {code: MAYBE[code] for code in ("yes", "no", "sometimes", "dont_know")}
    return {"genders": options(GENDERS), "lives": options(three)}


def facts_asked(names: Iterable[str]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Gives the facts to ask for: name, question, and the answers in words."""
    return [
        (name, t(FACTS[name]), [(code, t(FACT_ANSWERS[code])) for code in CHOICES[name]]) for name in names
    ]
