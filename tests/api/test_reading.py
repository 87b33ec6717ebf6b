"""What programs read, filter and put right."""

from conferences.models import ActionStatus, new_id
from conferences.triage import triage
from tests import make
from tests.api.conftest import Programs
from tests.make import World


def test_actions_are_filtered_by_agency(program: Programs, world: World) -> None:
    turn = make.opened_listing(world)
    make.action(world, turn, what="Change the lock")
    make.action(world, turn, agency="EDU", what="Tell the gate staff")
    ben, school = program(world.ben), world.agencies["EDU"].id.hex
    assert [one["what"] for one in ben.get(f"/actions?agency_id={school}")] == ["Tell the gate staff"]
    assert len(ben.get("/actions")) == 2
    assert ben.ask("GET", "/actions?agency_id=x").status_code == 404
    assert [one["what"] for one in program(world.dana).get("/actions")] == ["Change the lock"]


def test_an_action_goes_from_offer_to_answer(program: Programs, world: World) -> None:
    action = make.action(world, offered=False)
    path, dana, ben = f"/actions/{action.id.hex}", program(world.dana), program(world.ben)
    assert (dana.get(path)["owner"], dana.get(path)["why"]) == ("Joel Amory", "He can get into her home.")
    assert dana.post(f"{path}/accept", {"owner": "Mina Holt"})["owner"] == "Mina Holt"
    assert dana.post(f"{path}/start", {"note": "Booked."})["status"] == ActionStatus.IN_PROGRESS
    assert dana.post(f"{path}/not-possible", {"reason": "She moved."})["to_confirm"] is True
    assert dana.ask("POST", f"{path}/confirm").status_code == 403
    assert ben.post(f"{path}/send-back", {"reason": "She is back."})["status"] == "in_progress"
    dana.post(f"{path}/not-possible", {"reason": "She moved again."})
    assert ben.post(f"{path}/confirm")["to_confirm"] is False
    released = program(world.chidi).post(f"{path}/release", {"reason": "Not needed."})
    assert (released["status"], released["reason"]) == ("released", "Not needed.")


def test_a_person_named_by_mistake_is_taken_out(program: Programs, world: World) -> None:
    draft, amara = make.filled_draft(world, children=("Pim",)), program(world.amara)
    here = f"/referrals/{draft.id.hex}"
    child = next(one for one in amara.get(here)["people"] if one["part"] == "child")
    assert amara.ask("DELETE", f"{here}/people/{child['id']}").status_code == 204
    assert [one["part"] for one in amara.get(here)["people"]] == ["victim", "perpetrator"]
    assert amara.ask("DELETE", f"{here}/people/{child['id']}").status_code == 404


def test_a_question_is_asked_and_answered(program: Programs, world: World) -> None:
    sent, ben = make.sent_referral(world), program(world.ben)
    ref = sent.id.hex
    assert ben.post(f"/queue/{ref}/return", {"question": "Which school?"})["status"] == "returned"
    assert ben.get("/queue")[0]["paused"] is True
    answered = program(world.amara).post(f"/referrals/{ref}/reply", {"reply": "Mill Lane."})
    assert answered["status"] == "submitted"


NO = {"code": "other", "reason": "No.", "signpost": "Housing support."}


def test_declining_what_qualifies_waits_for_the_chair(program: Programs, world: World) -> None:
    ref = make.sent_referral(world).id.hex
    ben, chidi = program(world.ben), program(world.chidi)
    assert ben.post(f"/queue/{ref}/decline", NO)["status"] == "decline_asked"
    body = {"agreed": False, "reason": "Hear it."}
    assert ben.ask("POST", f"/queue/{ref}/confirm", body).status_code == 403
    assert chidi.post(f"/queue/{ref}/confirm", body)["status"] == "submitted"


def test_what_does_not_belong_together_is_refused(program: Programs, world: World) -> None:
    turn = make.opened_listing(world)
    chidi, strange = program(world.chidi), new_id().hex
    good = {
        "agency_id": world.agencies["HSG"].id.hex,
        "risk_id": make.risk(world, turn).id.hex,
        "what": "Change the lock",
        "owner": "Joel",
        "due_on": "2026-12-01",
        "evidence": "Job number",
    }
    for field in ("agency_id", "risk_id"):
        answer = chidi.ask("POST", f"/listings/{turn.id.hex}/actions", good | {field: strange})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == field
    meeting = {"starts_at": "2026-12-20T10:00:00Z", "venue": "Room 2", "chair_id": world.dana.id.hex}
    answer = program(world.ben).ask("POST", "/conferences", meeting)
    assert answer.json()["errors"] == [{"field": "chair_id", "message": "Choose a chair of this area."}]


def test_an_agenda_is_ordered_by_its_own_listings(program: Programs, world: World) -> None:
    meeting = make.conference(world)
    turns = [make.listing(world, meeting=meeting).id.hex for _ in "123"]
    ben, path = program(world.ben), f"/conferences/{meeting.id.hex}/order"
    ordered = ben.put(path, {"order": turns[::-1]})["listings"]
    assert [(one["position"], one["id"]) for one in ordered] == [
        (1, turns[2]), (2, turns[1]), (3, turns[0]),
    ]  # fmt: skip
    assert ben.ask("PUT", path, {"order": turns[:2]}).status_code == 422


def test_a_turn_put_off_and_its_actions(program: Programs, world: World) -> None:
    turn = make.opened_listing(world)
    make.action(world, turn)
    chidi, path = program(world.chidi), f"/listings/{turn.id.hex}"
    assert [one["what"] for one in chidi.get(f"{path}/actions")] == ["Change the front door lock"]
    again = {"Idempotency-Key": "one"}
    said = {"agency_id": world.agencies["HSG"].id.hex, "kind": "nothing_known"}
    for _ in "12":
        assert chidi.ask("POST", f"{path}/contributions", said, **again).status_code == 201
        sent = chidi.ask("POST", f"{path}/risks", {"about": "victim", "statement": "Keys."}, **again)
        assert sent.status_code == 201
    shown = chidi.get(path)
    assert (len(shown["contributions"]), len(shown["risks"])) == (1, 2)
    assert chidi.post(f"{path}/defer", {"reason": "No time; police visit tonight."})["status"] == "deferred"


def test_a_draft_is_its_authors_alone(program: Programs, world: World) -> None:
    ref = make.filled_draft(world).id.hex
    for user in (world.ben, world.chidi, world.dana, world.noor):
        assert program(user).ask("GET", f"/referrals/{ref}").status_code == 404


def test_a_returned_referral_can_still_be_accepted_once(program: Programs, world: World) -> None:
    sent, meeting = make.sent_referral(world), make.conference(world)
    triage.return_with_question(world.session, world.ben, sent, question="Which?", now=world.now)
    ben, body = program(world.ben), {"conference_id": meeting.id.hex}
    key = {"Idempotency-Key": "accept"}
    first = ben.ask("POST", f"/queue/{sent.id.hex}/accept", body, **key)
    assert ben.ask("POST", f"/queue/{sent.id.hex}/accept", body, **key).json() == first.json()
    assert ben.ask("POST", f"/queue/{sent.id.hex}/accept", body).status_code == 409


def test_blank_words_and_unknown_agencies_are_refused(program: Programs, world: World) -> None:
    turn = make.opened_listing(world)
    chidi, path = program(world.chidi), f"/listings/{turn.id.hex}/contributions"
    blank = {"agency_id": world.agencies["HSG"].id.hex, "kind": "shared", "statement": " \u200b "}
    answer = chidi.ask("POST", path, blank)
    assert answer.json()["errors"] == [{"field": "statement", "message": "blank"}]
    answer = chidi.ask("POST", path, {"agency_id": new_id().hex, "kind": "nothing_known"})
    assert answer.json()["errors"] == [{"field": "agency_id", "message": "Choose an agency of this area."}]
    answer = program(world.dana).ask("POST", "/documents/action-plan", {"agency_id": new_id().hex})
    assert answer.status_code == 404


def test_the_same_key_means_nothing_at_another_address(program: Programs, world: World) -> None:
    one, other = make.opened_listing(world), make.draft(world)
    key = {"Idempotency-Key": "one"}
    risk = {"about": "victim", "statement": "Keys."}
    made = program(world.chidi).ask("POST", f"/listings/{one.id.hex}/risks", risk, **key).json()
    amara = program(world.amara)
    child = amara.ask("POST", f"/referrals/{other.id.hex}/children", {"name": "Pim"}, **key).json()
    assert child["id"] != made["id"]
    amara.ask("DELETE", f"/referrals/{other.id.hex}/people/{child['id']}")
    gone = amara.ask("POST", f"/referrals/{other.id.hex}/children", {"name": "Pim"}, **key)
    assert gone.status_code == 404


def test_an_unknown_checklist_is_not_found(program: Programs, world: World) -> None:
    amara = program(world.amara)
    assert "safelives-dash-ric" in [one["slug"] for one in amara.get("/instruments")]
    assert len(amara.get("/instruments/safelives-dash-ric")["items"]) == 24
    assert amara.ask("GET", "/instruments/no-such-list").status_code == 404
