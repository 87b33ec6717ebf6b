"""Every operation of the API by hand: its scope, who may do it here, and a body that is good."""

from dataclasses import dataclass
from typing import Any

from conferences.checklist.answers import Answer
from conferences.meeting import documents
from conferences.models import Urgency
from conferences.referral import dated_events, reassessing
from tests import after, make
from tests.make import World


@dataclass(frozen=True)
class Endpoint:
    """One operation; `by` is somebody of the cast who may do it to the things below."""

    method: str
    path: str
    scope: str
    by: str
    body: Any = None


R, W, CR, CW = "referrals:read", "referrals:write", "conferences:read", "conferences:write"
CO = "colleagues:write"
AR, AW, D, IR = "actions:read", "actions:write", "documents:read", "instruments:read"
WHY = {"reason": "Because of what was said."}
CARE = {"safety": "safe", "times": "mornings", "days": ["mon"], "after": "09:30", "before": "14:00",
        "who_else": "nobody", "code_word": "kettle"}  # fmt: skip
REACH = {"rule": "Only through the adviser.", "version": 1,
         "points": [CARE | {"way": "phone", "value": "07700 900123", "message": "unsafe"}]}  # fmt: skip
OTHERS = REACH | {
    "version": 0,
    "points": [CARE | {"way": "phone", "value": "07700 900888", "message": "safe"}],
}

ENDPOINTS = [
    Endpoint("GET", "/instruments", IR, "amara"),
    Endpoint("GET", "/instruments/safelives-dash-ric", IR, "amara"),
    # Its bodies are tried in tests/app/test_instrument_scoring.py: it names the key that is at fault.
    Endpoint("POST", "/instruments/safelives-dash-ric/score", IR, "amara"),
    Endpoint("POST", "/referrals", W, "amara", {"safe_to_talk": "alone"}),
    Endpoint("GET", "/referrals/{draft}", R, "amara"),
    Endpoint("PUT", "/referrals/{draft}/answers", W, "amara", {
        "answers": [{"item": "1", "value": "yes", "source": "police", "note": "Seen."}]}),
    Endpoint("PUT", "/referrals/{draft}/judgement", W, "amara", {"view": "serious", "why": "Fear."}),
    Endpoint("PUT", "/referrals/{draft}/final-judgement", W, "amara", {"refer": True, "why": "Fear."}),
    Endpoint("PUT", "/referrals/{draft}/victim", W, "amara", {
        "name": "Testa", "known_as": "T\nTess", "former_names": "Testa Old",
        "born": "1992", "gender": "woman", "language": "English",
        "relationship": "self", "lives_with": "alone", "detail": "None."}),
    Endpoint("POST", "/referrals/{draft}/perpetrators", W, "amara", {"name": "Derrin"}),
    Endpoint("POST", "/referrals/{draft}/children", W, "amara", {"name": "Pim", "born": "2020-01"}),
    Endpoint("POST", "/referrals/{draft}/adults", W, "amara", {"name": "Gran"}),
    Endpoint("DELETE", "/referrals/{draft}/people/{person}", W, "amara"),
    Endpoint("GET", "/referrals/{draft}/contact", R, "amara"),
    Endpoint("PUT", "/referrals/{draft}/contact", W, "amara", REACH),
    Endpoint("POST", "/cases/{case}/contact", "addresses:read", "noor"),
    Endpoint("PUT", "/cases/{case}/contact", W, "noor", REACH),
    Endpoint("PUT", "/cases/{case}/address", W, "noor", CARE | {"address": "3 Hidden Row"}),
    Endpoint("GET", "/referrals/{draft}/people/{perpetrator}/contact", R, "amara"),
    Endpoint("PUT", "/referrals/{draft}/people/{perpetrator}/contact", W, "amara", OTHERS),
    Endpoint("POST", "/cases/{case}/people/{harming}/contact", "addresses:read", "noor"),
    Endpoint("PUT", "/cases/{case}/people/{harming}/contact", W, "noor", OTHERS),
    Endpoint("PUT", "/referrals/{draft}/address", W, "amara", {"address": "1 Hidden Row"}),
    Endpoint("PUT", "/referrals/{draft}/reason", W, "amara", {
        "reason": "Now.", "wishes": "Stop him.", "urgency": "standard", "incidents": ["2026-11-01"],
        "escalating": "yes", "repeat": "no", "last_referral_on": "2026-01-01"}),
    Endpoint("PUT", "/referrals/{draft}/sharing", W, "amara", {
        "consent": "refused", "basis": "public_task", "why": "Serious harm."}),
    Endpoint("GET", "/referral-form", R, "amara"),
    Endpoint("GET", "/referrals/{draft}/form", R, "amara"),
    Endpoint("PUT", "/referrals/{draft}/form/needs", W, "amara", {
        "values": {"interpreter": "yes", "disability": ["learning"], "pregnant_due": "2027-01"}}),
    Endpoint("PUT", "/referrals/{draft}/people/{perpetrator}/form/perpetrator", W, "amara", {
        "values": {"weapons": "yes", "weapons_what": "A kitchen knife"}}),
    Endpoint("PUT", "/referrals/{draft}/paper", W, "amara", {
        "filled_on": "2026-11-20", "filled_by": "Night nurse", "answers": [{"item": "2", "value": "yes"}]}),
    Endpoint("GET", "/referrals/{draft}/ways", R, "amara"),
    Endpoint("GET", "/referrals/{sent}/assessments", R, "noor"),
    Endpoint("POST", "/referrals/{sent}/assessments", W, "noor", {"instrument": "s-dash"}),
    Endpoint("GET", "/assessments/{further}", R, "noor"),
    Endpoint("PUT", "/assessments/{further}/answers", W, "noor", {
        "answers": [{"item": "1", "value": "yes", "source": "police", "note": "Seen."}]}),
    Endpoint("POST", "/assessments/{further}/finish", W, "noor", {"refer": True, "why": "Fear."}),
    Endpoint("GET", "/referrals/{sent}/dates", R, "noor"),
    Endpoint("POST", "/referrals/{sent}/dates", W, "noor", {
        "kind": "release", "on": "2027-03", "estimated": True}),
    Endpoint("DELETE", "/referrals/{sent}/dates/{dated}", W, "noor"),
    Endpoint("POST", "/referrals/{draft}/keep", W, "amara"),
    Endpoint("POST", "/referrals/{draft}/submit", W, "amara", {"version": 1}),
    Endpoint("POST", "/referrals/{asked}/reply", W, "amara", {
        "reply": "The school.", "answers": [{"key": "item_3", "value": "yes", "words": "Seen."}],
        "version": 1}),
    Endpoint("POST", "/search", R, "ben", {"words": "Testa Marrowby"}),
    Endpoint("GET", "/advocates", R, "noor"),
    Endpoint("POST", "/advocates/{ring}/acknowledge", W, "noor"),
    Endpoint("POST", "/advocates/{ring}/contact", W, "noor", {"outcome": "contacted", "note": "Rang."}),
    Endpoint("GET", "/sample", R, "chidi"),
    Endpoint("POST", "/sample/{drawn}", W, "chidi", {"agrees": False, "note": "Hear it."}),
    Endpoint("GET", "/queue", R, "ben"),
    Endpoint("POST", "/queue/{sent}/accept", W, "ben", {"conference_id": "{coming}", "version": 1}),
    Endpoint("GET", "/queue/{sent}/open", R, "ben"),
    Endpoint("GET", "/referrals/{asked}/questions", R, "amara"),
    Endpoint("POST", "/queue/{sent}/return", W, "ben", {
        "question": "Which school?", "ask": ["part_children"], "meanwhile_id": "{coming}", "version": 1}),
    Endpoint("POST", "/queue/{sent}/decline", W, "ben", WHY | {
        "code": "no_ground", "signpost": "Housing support.", "advice": "Ring Ben.", "version": 1}),
    Endpoint("POST", "/queue/{sent}/redirect", W, "ben", WHY | {"to": "mappa", "version": 1}),
    Endpoint("POST", "/queue/{sent}/alert-only", W, "ben", WHY | {"version": 1}),
    Endpoint("POST", "/queue/{sent}/merge", W, "ben", WHY | {"listing_id": "{turn}", "version": 1}),
    Endpoint("POST", "/queue/{sent}/withdrawal", W, "ben", WHY | {"agreed": True, "version": 1}),
    Endpoint("POST", "/queue/{sent}/appeal", W, "chidi", WHY | {"agreed": True, "version": 1}),
    Endpoint("POST", "/queue/{sent}/undo", W, "ben", {"version": 1}),
    Endpoint("POST", "/referrals/{sent}/withdraw", W, "amara", WHY | {
        "code": "sent_twice", "version": 1}),
    Endpoint("POST", "/referrals/{sent}/appeal", W, "amara", WHY | {"version": 1}),
    Endpoint("POST", "/queue/{sent}/confirm", W, "chidi", WHY | {"agreed": True, "version": 1}),
    Endpoint("GET", "/sign-offs", R, "dana"),
    Endpoint("POST", "/referrals/{signing}/sign-off", W, "dana", {"version": 1}),
    Endpoint("POST", "/referrals/{signing}/give-back", W, "dana", WHY | {"version": 1}),
    Endpoint("GET", "/unsent", R, "ben"),
    Endpoint("POST", "/queue/{stuck}/take-in", W, "ben", WHY | {"version": 1}),
    Endpoint("GET", "/left-behind", R, "dana"),
    Endpoint("POST", "/referrals/{left}/take-over", W, "dana", WHY | {"version": 1}),
    Endpoint("POST", "/queue/{urgent}/emergency", W, "ben", {
        "starts_at": "2026-11-24T10:00:00Z", "venue": "By telephone", "chair_id": "{chair}",
        "agency_ids": ["01900000-0000-7000-8000-000000000000"], "version": 1}),
    Endpoint("GET", "/agencies", CR, "dana"),
    Endpoint("GET", "/chairs", CR, "ben"),
    Endpoint("GET", "/conferences", CR, "ben"),
    Endpoint("POST", "/conferences", CW, "ben", {
        "starts_at": "2026-12-09T10:00:00Z", "room_until": "2026-12-09T12:00:00Z", "venue": "Room 2",
        "chair_id": "{chair}"}),
    Endpoint("GET", "/conferences/{meeting}", CR, "ben"),
    Endpoint("PUT", "/conferences/{coming}/order", CW, "ben", {"order": []}),
    Endpoint("POST", "/conferences/{coming}/issue", CW, "ben"),
    Endpoint("POST", "/conferences/{coming}/open", CW, "chidi"),
    Endpoint("POST", "/conferences/{meeting}/conclude", CW, "chidi"),
    Endpoint("GET", "/listings/{turn}", CR, "chidi"),
    Endpoint("POST", "/listings/{turn}/contributions", CW, "chidi", {
        "agency_id": "{agency}", "kind": "shared", "statement": "Lock broken.", "nature": "fact",
        "happened_on": "2026-11-01"}),
    Endpoint("POST", "/listings/{turn}/risks", CW, "chidi", {"about": "victim", "statement": "Keys."}),
    Endpoint("PUT", "/listings/{turn}/summary", CW, "chidi", {"summary": "High.", "version": 1}),
    Endpoint("GET", "/listings/{turn}/actions", CR, "chidi"),
    Endpoint("POST", "/listings/{turn}/actions", CW, "chidi", {
        "agency_id": "{agency}", "risk_id": "{risk}", "what": "Change the lock", "owner": "Joel",
        "due_on": "2026-12-01", "evidence": "Job number", "needs_address": False, "offered": True}),
    Endpoint("POST", "/listings/{turn}/conclude", CW, "chidi", {
        "outcome": "no_further_action", "outcome_reason": "Safe.", "victims_voice": "Yes.",
        "victims_voice_missing": "No.", "child_line": "Yes.", "child_line_missing": "No.",
        "perpetrator_line": "Yes.", "perpetrator_line_missing": "No.", "version": 1}),
    Endpoint("POST", "/listings/{turn}/defer", CW, "chidi", WHY | {"version": 1}),
    Endpoint("GET", "/actions", AR, "dana"),
    Endpoint("GET", "/actions/{action}", AR, "dana"),
    Endpoint("POST", "/actions/{action}/accept", AW, "dana", {"owner": "Mina", "version": 1}),
    Endpoint("POST", "/actions/{action}/start", AW, "dana", {"note": "Booked.", "version": 1}),
    Endpoint("POST", "/actions/{action}/notes", AW, "dana", {"note": "Rang."}),
    Endpoint("POST", "/actions/{action}/complete", AW, "dana", {
        "outcome": "Fitted.", "risk_now": "lower", "version": 1}),
    Endpoint("POST", "/actions/{action}/not-possible", AW, "dana", WHY | {"version": 1}),
    Endpoint("POST", "/actions/{action}/not-done", AW, "dana", WHY | {"version": 1}),
    Endpoint("POST", "/actions/{action}/confirm", AW, "ben", {"version": 1}),
    Endpoint("POST", "/actions/{action}/send-back", AW, "ben", WHY | {"version": 1}),
    Endpoint("POST", "/actions/{action}/release", AW, "chidi", WHY | {"version": 1}),
    Endpoint("POST", "/actions/{action}/reassign", AW, "ben", WHY | {
        "agency_id": "{agency}", "owner": "Orla", "due_on": "2026-12-01", "version": 1}),
    Endpoint("POST", "/cases/{case}/address", "addresses:read", "ben", WHY | {"code": "000000"}),
    Endpoint("POST", "/actions/{hidden}/address", "addresses:read", "dana", WHY | {"code": "000000"}),
    Endpoint("GET", "/cases/{kept}/walls", R, "ben"),
    Endpoint("POST", "/cases/{kept}/walls", W, "ben", WHY | {"named": "Ned Sampleworth"}),
    Endpoint("POST", "/cases/{kept}/walls/{wall}/confirm", W, "ben"),
    Endpoint("POST", "/cases/{kept}/walls/{wall}/lift", W, "ben", WHY),
    Endpoint("POST", "/cases/{kept}/few", W, "ben", WHY | {"user_id": "{chair}"}),
    Endpoint("POST", "/cases/{kept}/few/lift", W, "ben", WHY),
    Endpoint("GET", "/agencies/{agency}/colleagues", CO, "dana"),
    Endpoint("POST", "/agencies/{agency}/colleagues", CO, "dana", {"colleagues": [{
        "name": "Ned Sampleworth", "home": {"phones": ["01632 960333"], "mails": ["ned@made-up.example"],
                                            "line": "14 Elm Road", "postcode": "ZZ99 1AA"}}]}),
    Endpoint("PUT", "/colleagues/{colleague}", CO, "dana", {"name": "Ned Sample", "home": {}}),
    Endpoint("POST", "/colleagues/{colleague}/end", CO, "dana"),
    Endpoint("GET", "/documents", D, "dana"),
    Endpoint("POST", "/documents/action-plan", D, "dana", {"agency_id": "{agency}"}),
    Endpoint("POST", "/documents/agenda", D, "chidi", {"conference_id": "{meeting}"}),
    Endpoint("GET", "/documents/{copy}", D, "dana"),
    Endpoint("GET", "/documents/{copy}/file", D, "dana"),
]  # fmt: skip


def things(world: World) -> dict[str, str]:
    """Makes one of everything that the paths name and returns their references."""
    s, now = world.session, world.now
    turn = make.opened_listing(world)
    action, draft = make.action(world, turn), make.filled_draft(world)
    rows: dict[str, Any] = {
        "draft": draft,
        "person": draft.case.involvements[0],
        "perpetrator": draft.case.involvements[1],
        "sent": make.sent_referral(world),
        "asked": make.sent_referral(world),
        "further": _further(world),
        "coming": make.conference(world, days=16),
        "meeting": turn.conference,
        "turn": turn,
        "risk": turn.risks[0],
        "action": action,
        "case": turn.case,
        "harming": turn.case.involvements[1],
        "hidden": make.action(world, turn, needs_address=True),
        "agency": world.agencies["HSG"],
        "colleague": after.colleague(world),
        "chair": world.chidi,
        "ring": after.to_ring(world),
        "drawn": after.drawn(world),
        "urgent": make.sent_referral(world, urgency=Urgency.EMERGENCY),
        "kept": after.shut(world),
        "signing": after.handed_in(world),
        "stuck": after.given_back(world),
        "left": after.left_behind(world),
        "copy": documents.ask_for_plan(s, world.dana, world.agencies["HSG"], now=now),
    }
    rows["wall"] = rows["kept"].exclusions[0]
    told = {"kind": "birth", "on": "2027-05", "estimated": False, "now": now}
    dated = dated_events.add(s, world.noor, rows["sent"], **told)
    return {name: row.id.hex for name, row in rows.items()} | {"dated": dated.id}


def _further(world: World) -> Any:
    """A further checklist that Noor has begun."""
    row = reassessing.begin(world.session, world.noor, make.sent_referral(world), "s-dash", now=world.now)
    reassessing.answer(world.session, world.noor, row, [Answer("1", "yes")], now=world.now)
    return row


def placed(body: Any, made: dict[str, str]) -> Any:
    """Fills the references into a body."""
    if not isinstance(body, dict):
        return body
    named = {f"{{{name}}}": ref for name, ref in made.items()}
    return {k: named.get(v, v) if isinstance(v, str) else v for k, v in body.items()}
