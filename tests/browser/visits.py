"""Every page that a person can open, in the roles that may: add a line here with every new page."""

from dataclasses import dataclass

from tests.browser.scene import ADA, AMARA, BEN, CHIDI, DANA, ERIN, NED, NOOR


@dataclass(frozen=True)
class Visit:
    """A route, who opens it, and with what in its address; `half` has given only a password."""

    route: str
    who: str | None
    path: str
    status: int = 200
    half: bool = False

    def __str__(self) -> str:
        name = self.who.split("@")[0] if self.who else "nobody"
        return f"{name} {self.path}"


DRAFT = "/referrals/{referral-AS-0481}"
FORMS = {
    "{action-HSG-in_progress}": (DANA, ("done", "cannot", "note")),
    "{action-HSG-proposed}": (DANA, ("accept",)),
    "{action-CSC-accepted}": (BEN, ("start",)),
    "{action-HSG-claimed}": (BEN, ("confirm", "send-back")),
    "{action-HSG-proposed}#chair": (CHIDI, ("release",)),
}

# One of each kind: counted, weighted, with rules, chosen, not verified, replaced, without questions.
CHECKLISTS = (
    "safelives-dash-ric",
    "danger-assessment",
    "lap-lethality-screen",
    "maram",
    "b-safer",
    "caada-ric-precursor",
    "viogen-vpr",
)

# Pages that are no pages: read by programs, or handed over as a file.
NOT_PAGES = {
    "/healthz/live",
    "/healthz/ready",
    "/documents/{ref}/state",
    "/documents/{ref}/file",
    "/instruments/{slug}/blank",
    "/help/blank-referral",
    "/imports/example.csv",
    "/imports/example.xlsx",
    "/imports/{ref}/state",
    "/imports/{ref}/to-put-right.csv",
}


def _everyone(route: str, *people: str) -> list[Visit]:
    return [Visit(route, who, route) for who in people]


def _of_draft(route: str) -> Visit:
    path = route.replace("/referrals/{ref}", DRAFT)
    group = next((name for name in ("perpetrators", "children", "adults") if name in path), "")
    return Visit(route, AMARA, path.replace("{person}", f"{{{group}}}"))


def _signing_in() -> list[Visit]:
    return [
        Visit("/sign-in", None, "/sign-in"),
        Visit("/sign-in/code", DANA, "/sign-in/code", half=True),
        Visit("/welcome/{token}", None, "/welcome/{welcome}"),
        Visit("/welcome/{token}", None, "/welcome/nobody-has-this-link", 404),
        Visit("/refer/{token}", None, "/refer/{refer}"),
        Visit("/refer/{token}", None, "/refer/nobody-has-this-link", 404),
    ]


def _assessing_again() -> list[Visit]:
    return [
        Visit("/assessments/{ref}", NOOR, "/assessments/{further-open}"),
        Visit("/assessments/{ref}", BEN, "/assessments/{further-finished}"),
        Visit("/referrals/{ref}/dates", NOOR, "/referrals/{referral-AS-0470}/dates"),
    ]


def _referring() -> list[Visit]:
    parts = ("judgement", "final", "victim", "contact", "address", "reason", "sharing", "check", "dates")
    groups = ("perpetrators", "children", "adults")
    route = "/referrals/{ref}"
    return [
        *_everyone("/referrals", AMARA, DANA, NOOR, BEN),
        Visit("/referrals/new", AMARA, "/referrals/new"),
        Visit("/referrals/from-word", AMARA, "/referrals/from-word"),
        *(Visit(f"{route}/checklist/{{n}}", AMARA, f"{DRAFT}/checklist/{n}") for n in range(1, 6)),
        *(_of_draft(f"{route}/{part}") for part in parts),
        *(_of_draft(f"{route}/{group}") for group in groups),
        *(_of_draft(f"{route}/{group}/new") for group in groups),
        *(_of_draft(f"{route}/{group}/{{person}}") for group in groups),
        *(_of_draft(f"{route}/{g}/{{person}}/{step}") for g in groups for step in ("remove", "contact")),
        *(
            Visit(f"{route}/form/{{sheet}}", AMARA, f"{DRAFT}/form/{part}")
            for part in (
                "about",
                "needs",
                "life",
                "voice",
                "events",
                "household",
                "done",
                "without-agreement",
            )
        ),
        *(
            Visit(f"{route}/form/{{sheet}}/{{person}}", AMARA, f"{DRAFT}/form/{part}/{{{group}}}")
            for part, group in (("perpetrator", "perpetrators"), ("child", "children"), ("adult", "adults"))
        ),
        *(_of_draft(f"{route}/{part}") for part in ("paper", "from-word")),
        Visit(route, AMARA, DRAFT),
        Visit(route, AMARA, "/referrals/{referral-AS-0412}"),
        Visit(route, DANA, "/referrals/{referral-AS-0474}"),
        Visit(f"{route}/sign-off", DANA, "/referrals/{to-sign}/sign-off"),
        Visit(f"{route}/reply", DANA, "/referrals/{referral-AS-0474}/reply"),
        Visit(f"{route}/withdraw", DANA, "/referrals/{referral-AS-0474}/withdraw"),
        Visit(f"{route}/appeal", DANA, "/referrals/{referral-AS-0474}/appeal"),
    ]


def _walling() -> list[Visit]:
    found = []
    for base, who, path, case in (
        ("/referrals/{ref}", AMARA, DRAFT, "AS-0481"),
        ("/cases/{ref}", BEN, "/cases/{case-AS-0470}", "AS-0470"),
    ):
        found += [
            Visit(f"{base}/exclusions", who, f"{path}/exclusions"),
            Visit(f"{base}/exclusions/{{wall}}", who, f"{path}/exclusions/{{wall-{case}}}"),
            Visit(f"{base}/restriction/lift", who, f"{path}/restriction/lift"),
        ]
    return found


def _deciding() -> list[Visit]:
    route = "/queue/{ref}"
    return [
        *_everyone("/queue", BEN, CHIDI, ERIN),
        *(Visit(route, BEN, f"/queue/{{referral-AS-{n}}}") for n in ("0455", "0476", "0474", "0412")),
        Visit(route, CHIDI, "/queue/{referral-AS-0469}"),
        *(
            Visit(f"{route}/{step}", BEN, f"/queue/{{referral-AS-0455}}/{step}")
            for step in ("redirect", "alert-only", "merge")
        ),
        *(
            Visit(f"{route}/{page}", BEN, f"/queue/{{referral-AS-0455}}/{page}")
            for page in ("people", "repeat")
        ),
        Visit(
            f"{route}/people/{{one}}/{{other}}",
            BEN,
            "/queue/{referral-AS-0455}/people/{victim-AS-0455}/{victim-AS-0412}",
        ),
        Visit(f"{route}/emergency", BEN, "/queue/{urgent}/emergency"),
        Visit("/referrals/{ref}/take-over", DANA, "/referrals/{left}/take-over"),
        Visit(f"{route}/take-in", BEN, "/queue/{given-back}/take-in"),
        Visit("/links", BEN, "/links"),
        *_everyone("/account", DANA),
        Visit("/agencies/{ref}/colleagues", DANA, "/agencies/{agency-HSG}/colleagues"),
        Visit("/colleagues/{ref}", DANA, "/colleagues/{colleague}"),
        Visit("/arrived/{ref}", BEN, "/arrived/{arrived}"),
        *_everyone("/sample", CHIDI),
        Visit("/sample/{ref}", CHIDI, "/sample/{drawn}"),
        Visit("/advocates/{ref}", NOOR, "/advocates/{ring-AS-0476}"),
        *_everyone("/cases", BEN, CHIDI, NOOR, AMARA),
        *(Visit("/cases/{ref}", who, "/cases/{case-AS-0399}") for who in (BEN, CHIDI, NOOR)),
        Visit("/cases/{ref}", BEN, "/cases/{case-AS-0470}"),
        Visit("/cases/{ref}/enquiries", BEN, "/cases/{case-AS-0470}/enquiries"),
        Visit("/enquiries/{ref}", ERIN, "/enquiries/{enquiry}"),
        Visit("/cases/{ref}/address", NOOR, "/cases/{case-AS-0412}/address"),
        Visit("/cases/{ref}/address/change", NOOR, "/cases/{case-AS-0412}/address/change"),
    ]


def _meeting() -> list[Visit]:
    route = "/conferences/{ref}"
    states = ("planned", "agenda_issued", "in_session", "concluded")
    return [
        *_everyone("/conferences", BEN, CHIDI, DANA, NOOR),
        Visit("/conferences/new", BEN, "/conferences/new"),
        *(Visit(route, who, f"/conferences/{{meeting-{state}}}") for state in states for who in (BEN, CHIDI)),
        Visit(route, DANA, "/conferences/{meeting-agenda_issued}"),
        *(Visit("/listings/{ref}", who, "/listings/{turn-AS-0473}") for who in (BEN, CHIDI)),
        Visit("/listings/{ref}", CHIDI, "/listings/{turn-AS-0412}"),
        Visit("/listings/{ref}", CHIDI, "/listings/{turn-AS-0399}"),
    ]


def _keeping() -> list[Visit]:
    forms = [(place.split("#")[0], who, name) for place, (who, names) in FORMS.items() for name in names]
    return [
        *_everyone("/actions", DANA, NED, BEN, CHIDI, AMARA),
        *(Visit("/actions", who, f"/actions?open={place}&form={name}") for place, who, name in forms),
        *(Visit("/actions/{ref}", who, f"/actions/{place}?form={name}") for place, who, name in forms),
        Visit("/actions/{ref}", DANA, "/actions/{action-HSG-done}"),
        Visit("/actions/{ref}", BEN, "/actions/{action-CHS-not_done}"),
        Visit("/actions/{ref}", CHIDI, "/actions/{action-PRO-reassigned}"),
        Visit("/actions/{ref}/address", DANA, "/actions/{action-needs-address}/address"),
        *_everyone("/documents", DANA, BEN),
        *(
            Visit("/documents/{ref}", DANA, f"/documents/{{copy-{state}}}")
            for state in ("asked", "ready", "failed")
        ),
    ]


def _importing() -> list[Visit]:
    route, states = "/imports/{ref}", ("read", "checked", "taking", "taken")
    return [
        *_everyone("/imports", BEN, ERIN),
        Visit("/imports/new", BEN, "/imports/new"),
        Visit(f"{route}/columns", BEN, "/imports/{list-read}/columns"),
        Visit(f"{route}/undo", BEN, "/imports/{list-taken}/undo"),
        *(Visit(route, BEN, f"/imports/{{list-{state}}}") for state in states),
    ]


def _around() -> list[Visit]:
    helps = ("", "/accessibility", "/privacy", "/what-we-record")
    return [
        *_everyone("/", AMARA, BEN, CHIDI, DANA, NOOR, ADA, ERIN),
        *_everyone("/instruments", AMARA, ADA),
        *_everyone("/search", AMARA, BEN),
        Visit("/search/{ref}", BEN, "/search/{case-AS-0399}"),
        *(Visit("/instruments/{slug}", AMARA, f"/instruments/{slug}") for slug in CHECKLISTS),
        *(Visit(f"/help{page}", who, f"/help{page}") for page in helps for who in (DANA, None)),
    ]


VISITS = [
    *(*_signing_in(), *_around(), *_referring(), *_assessing_again(), *_walling(), *_deciding()),
    *(*_meeting(), *_keeping(), *_importing()),
]

# What people come upon by mistake.
ASTRAY = [
    Visit("", DANA, "/nothing-is-here", 404),
    Visit("", None, "/nothing-is-here", 404),
    Visit("", DANA, "/cases/{unknown}", 404),
    Visit("", AMARA, "/cases/{case-AS-0412}", 403),
    Visit("", NED, "/cases/{case-AS-0470}", 404),
    Visit("", ERIN, "/queue/{referral-AS-0412}", 404),
    Visit("", DANA, "/queue", 403),
    Visit("", ADA, "/queue", 403),
    Visit("", NOOR, "/conferences/new", 403),
]
