"""Forms sent with something missing or wrong: add a line here with every new form that can be."""

from dataclasses import dataclass, field

from tests.browser.scene import AMARA, BEN, CHIDI, DANA, ERIN, NOOR
from tests.browser.visits import DRAFT, Visit

TOO_LONG = "x" * 4001


@dataclass(frozen=True)
class Slip:
    """On which page, what is typed by selector, and which button is pressed."""

    who: str | None
    path: str
    button: str
    typed: dict[str, str] = field(default_factory=dict)
    half: bool = False

    @property
    def visit(self) -> Visit:
        """The page it happens on."""
        return Visit("", self.who, self.path, half=self.half)

    def __str__(self) -> str:
        return f"{self.visit}: {self.button}"


ON = "Save and continue"
HOUSING = "/agencies/{agency-HSG}/colleagues"
TURN = "/listings/{turn-AS-0473}"
SLIPS = [
    Slip(None, "/sign-in", "Continue"),
    Slip(
        None,
        "/sign-in",
        "Continue",
        {"#email": "nobody@nowhere.example", "#password": "not a password of anyone"},
    ),
    Slip(DANA, "/sign-in/code", "Sign in", half=True),
    Slip(DANA, "/sign-in/code", "Sign in", {"#code": "12 34"}, half=True),
    Slip(None, "/welcome/{welcome}", "Finish and sign in"),
    Slip(None, "/refer/{refer}", "Send", {"#children": TOO_LONG}),
    Slip(BEN, "/queue/{referral-AS-0455}/people/{victim-AS-0455}/{victim-AS-0412}", "Save"),
    Slip(BEN, "/queue/{referral-AS-0455}/repeat", "Confirm"),
    Slip(BEN, "/links", "Make the link"),
    Slip(DANA, "/account", "Save where you live", {"#phones": "ring the bell"}),
    Slip(DANA, HOUSING, "Add them", {"#name": "Ned Sampleworth", "#phones": "ring the bell"}),
    Slip(DANA, "/colleagues/{colleague}", "Save where they live", {"#line": "14 Elm Road"}),
    Slip(BEN, "/arrived/{arrived}", "Do not take it on"),
    Slip(AMARA, "/referrals/new", "Continue"),
    Slip(AMARA, f"{DRAFT}/judgement", ON, {"#why": TOO_LONG}),
    Slip(AMARA, f"{DRAFT}/checklist/1", ON, {"#note-1": TOO_LONG}),
    Slip(AMARA, f"{DRAFT}/final", ON),
    Slip(AMARA, f"{DRAFT}/victim", ON, {"#name": "", "#born-day": "31", "#born-month": "2"}),
    Slip(AMARA, f"{DRAFT}/perpetrators/new", ON),
    Slip(AMARA, f"{DRAFT}/children/new", ON, {"#born-year": "last"}),
    Slip(AMARA, f"{DRAFT}/contact", ON),
    Slip(AMARA, f"{DRAFT}/contact", ON, {"#points-0-value": "07700 900555"}),
    Slip(AMARA, f"{DRAFT}/children/{{children}}/contact", ON, {"#points-0-value": "07700 900555"}),
    Slip(AMARA, f"{DRAFT}/address", ON),
    Slip(AMARA, f"{DRAFT}/reason", ON, {"#incidents-0-on-day": "40"}),
    Slip(AMARA, f"{DRAFT}/sharing", ON),
    Slip(AMARA, f"{DRAFT}/form/events", ON, {"#latest_on-day": "31", "#latest_on-month": "2"}),
    Slip(AMARA, f"{DRAFT}/paper", ON),
    Slip(AMARA, f"{DRAFT}/dates", "Add this date", {"#on-day": "31", "#on-month": "2", "#on-year": "2027"}),
    Slip(AMARA, f"{DRAFT}/from-word", "Take away what is ticked"),
    Slip(AMARA, f"{DRAFT}/check", "Send the referral"),
    Slip(DANA, "/referrals/{referral-AS-0474}/reply", "Send your answer"),
    Slip(BEN, "/queue/{referral-AS-0455}", "Send the question"),
    Slip(BEN, "/queue/{referral-AS-0455}", "Ask the chair to confirm"),
    Slip(BEN, "/queue/{referral-AS-0476}", "Decline"),
    Slip(CHIDI, "/queue/{referral-AS-0469}", "Save my decision"),
    Slip(BEN, "/queue/{referral-AS-0455}/redirect", "Send it on"),
    Slip(BEN, "/queue/{referral-AS-0455}/alert-only", "List for alerts only"),
    Slip(DANA, "/referrals/{to-sign}/sign-off", "Give it back"),
    Slip(DANA, "/referrals/{left}/take-over", "Take it over"),
    Slip(BEN, "/queue/{given-back}/take-in", "Take it in"),
    Slip(BEN, "/queue/{urgent}/emergency", "Call the meeting", {"#starts_at": "noonish"}),
    Slip(DANA, "/referrals/{referral-AS-0474}/withdraw", "Ask to take it back"),
    Slip(NOOR, "/advocates/{ring-AS-0476}", "Save"),
    Slip(CHIDI, "/sample/{drawn}", "Save"),
    Slip(NOOR, "/cases/{case-AS-0412}/address", "Show where they are"),
    Slip(NOOR, "/cases/{case-AS-0412}/address/change", "Save where they are"),
    Slip(BEN, "/search", "Search"),
    Slip(BEN, "/cases/{case-AS-0470}/enquiries", "Ask them"),
    Slip(ERIN, "/enquiries/{enquiry}", "Send the answer"),
    Slip(BEN, "/cases/{case-AS-0412}/exclusions", "Shut them out"),
    Slip(BEN, "/cases/{case-AS-0470}/exclusions/{wall-AS-0470}", "Let them know again"),
    Slip(AMARA, f"{DRAFT}/exclusions", "Shut them out"),
    Slip(BEN, "/conferences/new", "Plan the meeting"),
    Slip(BEN, "/imports/new", "Read the list"),
    Slip(AMARA, "/referrals/from-word", "Read the form"),
    Slip(
        BEN, "/conferences/{meeting-agenda_issued}", "Save this order", {"[name^=place-] >> nth=0": "first"}
    ),
    Slip(CHIDI, "/conferences/{meeting-in_session}", "Conclude the meeting"),
    Slip(CHIDI, TURN, "Add"),
    Slip(CHIDI, TURN, "Add this risk"),
    Slip(CHIDI, TURN, "Save the summary", {"#summary": TOO_LONG}),
    Slip(CHIDI, TURN, "Add this action"),
    Slip(CHIDI, TURN, "Conclude this turn"),
    Slip(CHIDI, TURN, "Put it off"),
    Slip(DANA, "/actions?open={action-HSG-in_progress}&form=done", "Record as done"),
    Slip(DANA, "/actions?open={action-HSG-in_progress}&form=cannot", "Tell the coordinator"),
    Slip(DANA, "/actions/{action-HSG-in_progress}?form=note", "Add the note"),
    Slip(DANA, "/actions/{action-HSG-proposed}?form=accept", "Accept", {"#owner": ""}),
    Slip(BEN, "/actions/{action-HSG-claimed}?form=send-back", "Send back to the agency"),
    Slip(CHIDI, "/actions/{action-HSG-proposed}?form=release", "Release the agency"),
    Slip(DANA, "/actions/{action-needs-address}/address", "Show it once"),
]
