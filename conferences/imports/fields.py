"""What a list of past cases can say about a case, and the headings under which lists say it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a column's cells are read."""

    WORDS = "words"
    DAY = "day"
    BIRTH = "birth"
    AGENCY = "agency"
    DECISION = "decision"
    ACTION_STATUS = "action_status"


@dataclass(frozen=True)
class Field:
    """One thing a list can say: its key, its name on the page, how it is read, and usual headings."""

    key: str
    label: str
    kind: Kind
    headings: tuple[str, ...]


def _field(key: str, label: str, kind: Kind, *headings: str) -> Field:
    return Field(key, label, kind, (label, *headings))


_WHO = "victim|client|survivor|adult at risk|person at risk|service user|subject"
_HARM = "perpetrator|alleged perpetrator|perp|abuser|offender|suspect|person causing harm|alleged abuser"


def _of(people: str, *words: str) -> tuple[str, ...]:
    """Every usual heading: "victim name", "name of victim", "client name" and so on."""
    kinds = people.split("|")
    return tuple(f"{kind} {word}" for kind in kinds for word in words) + tuple(
        f"{word} of {kind}" for kind in kinds for word in words
    )


W, D, B = Kind.WORDS, Kind.DAY, Kind.BIRTH
FIELDS: tuple[Field, ...] = (
    _field("reference", "Reference in the list", W, "reference", "ref", "ref no", "case ref", "case number",
           "case no", "case reference", "case id", "marac ref", "marac number", "marac no", "urn", "id", "no",
           "number"),
    _field("referred_on", "Day referred", D, "referral date", "date of referral", "date referred", "referred",
           "date received", "referral received", "received"),
    _field("heard_on", "Day heard", D, "meeting date", "date of meeting", "marac date", "date of marac",
           "conference date", "meeting date of the sheet", "date heard", "heard", "heard on",
           "date discussed", "meeting"),
    _field("agency", "Agency that referred", Kind.AGENCY, "referring agency", "referrer", "referred by",
           "referral agency", "agency", "source", "referral source", "source of referral"),
    _field("decision", "Decision", Kind.DECISION, "accepted", "status", "case status", "referral status",
           "accepted or declined", "accepted declined", "outcome of referral", "referral outcome", "outcome"),
    _field("victim_name", "Name of the person at risk", W, *_WHO.split("|"),
           *_of(_WHO, "name", "full name", "s name"), "name"),
    _field("victim_first", "First name of the person at risk", W,
           *_of(_WHO, "first name", "forename", "forenames", "given name"), "first name", "forename"),
    _field("victim_last", "Last name of the person at risk", W,
           *_of(_WHO, "last name", "surname", "family name"), "last name", "surname"),
    _field("victim_alias", "Other names of the person at risk", W, *_of(_WHO, "alias", "aliases", "known as"),
           "aka", "also known as", "known as", "maiden name"),
    _field("victim_born", "Date of birth of the person at risk", B,
           *_of(_WHO, "dob", "date of birth", "d o b", "birth date"), "dob", "date of birth", "d o b"),
    _field("victim_gender", "Gender of the person at risk", W, *_of(_WHO, "gender", "sex"), "gender", "sex"),
    _field("perpetrator_name", "Name of the person causing harm", W, *_HARM.split("|"),
           *_of(_HARM, "name", "full name", "s name")),
    _field("perpetrator_first", "First name of the person causing harm", W,
           *_of(_HARM, "first name", "forename", "forenames", "given name")),
    _field("perpetrator_last", "Last name of the person causing harm", W,
           *_of(_HARM, "last name", "surname", "family name")),
    _field("perpetrator_born", "Date of birth of the person causing harm", B,
           *_of(_HARM, "dob", "date of birth", "d o b", "birth date")),
    _field("relationship", "How they are related", W, "relationship", "relationship to victim",
           "relationship of perpetrator", "relationship to perpetrator", "relation"),
    _field("children", "Names of the children", W, "children", "child names", "childrens names",
           "names of children", "child", "children in household"),
    _field("score", "Checklist score", W, "dash score", "ric score", "score", "risk score", "dash ric score",
           "number of ticks", "ticks", "dash"),
    _field("reason", "Why it was referred", W, "reason", "reason for referral", "referral reason", "grounds",
           "incident", "details", "circumstances", "background", "concerns", "criteria", "referral criteria"),
    _field("repeat", "Repeat, as the list says", W, "repeat", "repeat case", "repeat referral", "is repeat",
           "repeat y n", "repeat yes no"),
    _field("summary", "What was discussed", W, "summary", "discussion", "notes", "minutes", "case summary",
           "meeting notes", "comments", "information shared", "risk summary"),
    _field("action", "Action", W, "action agreed", "actions", "actions agreed", "agreed action",
           "action plan", "task", "action required"),
    _field("action_agency", "Agency of the action", Kind.AGENCY, "action agency", "lead agency",
           "action lead", "responsible agency", "agency responsible", "action for"),
    _field("action_owner", "Person who does the action", W, "action owner", "owner", "assigned to",
           "lead officer", "named person", "lead"),
    _field("action_due", "Day the action is due", D, "due", "due date", "date due", "action due",
           "target date", "deadline", "by when", "timescale", "action due date"),
    _field("action_status", "Where the action stands", Kind.ACTION_STATUS, "action status", "completed",
           "complete", "done", "progress", "action complete", "action completed", "action progress"),
    _field("action_done_on", "Day the action was done", D, "date completed", "completed on",
           "completion date", "date action completed", "action completed date", "date done"),
    _field("action_outcome", "What became of the action", W, "action outcome", "result", "action result",
           "action update", "update", "action notes", "action comments", "outcome of action"),
)  # fmt: skip
BY_KEY = {field.key: field for field in FIELDS}
LEFT_OUT = "left_out"
