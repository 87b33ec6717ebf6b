"""The whole path through the API: from the first question to an agency's kept promise and its PDF."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from app import copies, jobs
from conferences.models import Document
from tests.api.conftest import Program, Programs
from tests.make import World


def filled(amara: Program) -> str:
    """Fills in a referral part by part and returns its reference."""
    ref = amara.post("/referrals", {"safe_to_talk": "alone"})["id"]
    here = f"/referrals/{ref}"
    amara.put(f"{here}/judgement", {"view": "serious", "why": "He waits at the gate."})
    given = [{"item": str(n), "value": "yes" if n < 15 else "dont_know"} for n in range(1, 23)]
    assert amara.put(f"{here}/answers", {"answers": given}) == {
        "answered": 22, "total": 24, "certain": True,
    }  # fmt: skip
    amara.put(f"{here}/final-judgement", {"refer": True, "why": "It is getting worse."})
    victim = amara.put(f"{here}/victim", {"name": "Testa Marrowby", "born": "1992-05"})
    assert (victim["part"], victim["name"], victim["born"]) == ("victim", "Testa Marrowby", "1992-05")
    amara.post(f"{here}/perpetrators", {"name": "Derrin Quillfeather", "relationship": "ex-partner"})
    amara.post(f"{here}/children", {"name": "Pim", "born": "2020"})
    amara.put(
        f"{here}/contact",
        {"points": [{"way": "phone", "value": "07700 900123"}], "rule": "Only through the adviser."},
    )
    amara.put(f"{here}/address", {"address": "1 Hidden Row"})
    amara.put(f"{here}/reason", {
        "reason": "Three times this week.", "urgency": "standard", "incidents": ["2026-11-20"],
    })  # fmt: skip
    return str(ref)


def decided(ben: Program, ref: str) -> tuple[str, str]:
    """Plans a meeting, accepts the referral onto it, issues the agenda; returns meeting and listing."""
    chair = ben.get("/chairs")[0]
    assert chair["name"] == "Chidi Ravenhall"
    meeting = ben.post("/conferences", {
        "starts_at": "2026-12-02T10:00:00Z", "venue": "Room 2", "chair_id": chair["id"],
    })  # fmt: skip
    assert meeting["deadlines"]["research"] == "2026-11-30"
    row = ben.get("/queue")[0]
    assert (row["id"], row["victim"], row["qualifies"]) == (ref, "Testa Marrowby", True)
    turn = ben.post(f"/queue/{ref}/accept", {"conference_id": meeting["id"], "version": row["version"]})
    assert ben.post(f"/conferences/{meeting['id']}/issue")["agenda_version"] == 1
    return meeting["id"], turn["id"]


def heard(chidi: Program, meeting: str, turn: str) -> Any:
    """Runs the meeting: what was shared, a risk, an action, the conclusion; returns the action."""
    assert chidi.post(f"/conferences/{meeting}/open")["status"] == "in_session"
    agencies = {one["code"]: one["id"] for one in chidi.get("/agencies")}
    chidi.post(f"/listings/{turn}/contributions", {
        "agency_id": agencies["HSG"], "kind": "shared", "nature": "fact", "statement": "Lock broken.",
    })  # fmt: skip
    risk = chidi.post(f"/listings/{turn}/risks", {"about": "victim", "statement": "He can get in."})
    version = chidi.get(f"/listings/{turn}")["version"]
    assert chidi.put(f"/listings/{turn}/summary", {"summary": "High risk.", "version": version})["summary"]
    action = chidi.post(f"/listings/{turn}/actions", {
        "agency_id": agencies["HSG"], "risk_id": risk["id"], "what": "Change the lock",
        "owner": "Joel Amory", "due_on": "2026-12-01", "evidence": "Job number",
    })  # fmt: skip
    ended = chidi.post(f"/listings/{turn}/conclude", {
        "outcome": "actions_agreed", "victims_voice": "Make him stop.",
        "child_line": "School told.", "perpetrator_line_missing": "Nothing is known of him.",
    })  # fmt: skip
    assert (ended["status"], ended["perpetrator_line"]) == ("heard", None)
    assert chidi.post(f"/conferences/{meeting}/conclude")["status"] == "concluded"
    return action


def test_the_whole_path(
    program: Programs, world: World, session: Session, sessions: sessionmaker[Session]
) -> None:
    amara = program(world.amara)
    ref = filled(amara)
    early = amara.ask("POST", f"/referrals/{ref}/submit")
    assert early.status_code == 422
    assert early.json()["errors"] == [{"field": "sharing", "message": "Give the lawful basis for sharing."}]
    amara.put(f"/referrals/{ref}/sharing", {"consent": "given", "basis": "public_task"})
    sent = amara.post(f"/referrals/{ref}/submit")
    assert (sent["status"], sent["qualifies"], sent["missing"]) == ("submitted", True, [])
    assert (sent["result"]["score_min"], sent["result"]["score_max"]) == (14, 24)
    assert amara.post(f"/referrals/{ref}/submit")["version"] == sent["version"]
    meeting, turn = decided(program(world.ben), ref)
    action = heard(program(world.chidi), meeting, turn)
    dana = program(world.dana)
    mine = dana.get("/actions")
    assert [(one["what"], one["initials"], one["case_reference"]) for one in mine] == [
        ("Change the lock", "T.M.", sent["case_reference"])
    ]
    plan = dana.post("/documents/action-plan")
    assert (plan["status"], plan["file"]) == ("asked", None)
    make_copies(session, sessions)
    ready = dana.get(f"/documents/{plan['id']}")
    file = dana.ask("GET", f"/documents/{plan['id']}/file")
    assert ready["status"] == "ready"
    assert file.content[:5] == b"%PDF-"
    done = dana.post(
        f"/actions/{action['id']}/complete",
        {"outcome": "Fitted, job 12.", "risk_now": "lower", "version": action["version"]},
    )
    assert (done["status"], done["was_late"]) == ("done", False)


def make_copies(session: Session, sessions: sessionmaker[Session]) -> None:
    """Does what the worker does."""
    session.commit()
    with jobs.working_on(sessions):
        for row in session.scalars(select(Document)).all():
            copies.make_copy(document_id=row.id.hex, actor_id=row.recipient_id.hex)
    session.expire_all()


def test_the_chair_asks_for_the_agenda(
    program: Programs, world: World, session: Session, sessions: sessionmaker[Session]
) -> None:
    from tests import make

    turn = make.opened_listing(world)
    chidi = program(world.chidi)
    copy = chidi.post("/documents/agenda", {"conference_id": turn.conference.id.hex})
    make_copies(session, sessions)
    assert [(one["id"], one["status"]) for one in chidi.get("/documents")] == [(copy["id"], "ready")]
