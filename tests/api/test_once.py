"""Sent twice, made once; written against an older version, refused; described for programs."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conferences.models import ActionUpdate, Referral
from tests import make
from tests.api.conftest import Programs
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user

KEY = {"Idempotency-Key": "3f1c"}


def test_a_referral_started_twice_with_one_key_is_one(
    program: Programs, world: World, session: Session
) -> None:
    amara, body = program(world.amara), {"safe_to_talk": "alone"}
    before = session.scalar(select(func.count()).select_from(Referral)) or 0
    first = amara.ask("POST", "/referrals", body, **KEY)
    again = amara.ask("POST", "/referrals", body, **KEY)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert first.headers["location"] == f"/api/v1/referrals/{first.json()['id']}"
    other = amara.ask("POST", "/referrals", body, **{"Idempotency-Key": "another"})
    assert other.json()["id"] != first.json()["id"]
    ben = program(world.ben).ask("POST", "/referrals", body, **KEY)
    assert ben.json()["id"] != first.json()["id"]
    after = session.scalar(select(func.count()).select_from(Referral)) or 0
    assert after == before + 3


def test_people_and_notes_are_added_once(program: Programs, world: World, session: Session) -> None:
    draft, action = make.draft(world), make.action(world)
    amara, dana = program(world.amara), program(world.dana)
    here = f"/referrals/{draft.id.hex}"
    added = [amara.ask("POST", f"{here}/children", {"name": "Pim"}, **KEY) for _ in "12"]
    assert added[0].json() == added[1].json()
    assert added[0].headers["location"] == f"/api/v1{here}"
    assert len(amara.get(here)["people"]) == 1
    for _ in "12":
        sent = dana.ask("POST", f"/actions/{action.id.hex}/notes", {"note": "Rang."}, **KEY)
        assert sent.status_code == 201
    assert session.scalar(select(func.count()).select_from(ActionUpdate)) == 1


@pytest.mark.parametrize("key", ["", "x" * 201, "with space", "tab\there"])
def test_an_odd_key_is_refused(program: Programs, world: World, key: str) -> None:
    answer = program(world.amara).ask(
        "POST", "/referrals", {"safe_to_talk": "alone"}, **{"Idempotency-Key": key}
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


def test_the_second_of_two_writers_is_told(program: Programs, world: World) -> None:
    turn, chidi = make.opened_listing(world), program(world.chidi)
    path = f"/listings/{turn.id.hex}"
    version = chidi.get(path)["version"]
    chidi.put(f"{path}/summary", {"summary": "First.", "version": version})
    answer = chidi.ask("PUT", f"{path}/summary", {"summary": "Second.", "version": version})
    assert answer.status_code == 409
    assert chidi.get(path)["summary"] == "First."


def test_what_was_answered_already_is_a_conflict(program: Programs, world: World) -> None:
    action, dana = make.action(world), program(world.dana)
    path = f"/actions/{action.id.hex}/not-done"
    assert dana.post(path, {"reason": "Nobody went."})["status"] == "not_done"
    answer = dana.ask("POST", path, {"reason": "Nobody went."})
    assert (answer.status_code, answer.json()["detail"]) == (409, "This action has already been answered.")


def test_a_rule_that_refuses_names_its_field(program: Programs, world: World) -> None:
    draft, amara = make.draft(world), program(world.amara)
    answer = amara.ask("PUT", f"/referrals/{draft.id.hex}/final-judgement", {"refer": True})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"field": "why", "message": "Say what makes you think so, in a sentence."}
    ]


def test_the_description_is_for_those_who_may_ask(client: Browse, program: Programs, world: World) -> None:
    assert client.get("/api/v1/openapi.json").status_code == 401
    described = program(world.amara).get("/openapi.json")
    assert described["openapi"].startswith("3.1")
    operations = [operation for path in described["paths"].values() for operation in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    assert {"startReferral", "submitReferral", "acceptReferral", "completeAction"} <= set(names)
    assert all(len(operation["tags"]) == 1 for operation in operations)
    assert "application/problem+json" in operations[0]["responses"]["422"]["content"]
    assert all(path.startswith("/api/v1/") for path in described["paths"])
    as_user(client, world, world.ben)
    assert client.get("/api/v1/openapi.json").status_code == 200


def test_a_browser_session_reads_but_cannot_write_without_its_form_token(
    client: Browse, world: World, session: Session
) -> None:
    as_user(client, world, world.amara)
    assert client.get("/api/v1/agencies").status_code == 200
    before = session.scalar(select(func.count()).select_from(Referral))
    assert client.post("/api/v1/referrals", json={"safe_to_talk": "alone"}).status_code == 403
    assert session.scalar(select(func.count()).select_from(Referral)) == before


def test_conferences_without_cases_for_those_who_only_attend(program: Programs, world: World) -> None:
    turn = make.opened_listing(world)
    for user in (world.dana, world.noor):
        shown = program(user).get(f"/conferences/{turn.conference.id.hex}")
        assert (shown["listings"], shown["agenda_version"]) == (None, None)
    assert len(program(world.ben).get(f"/conferences/{turn.conference.id.hex}")["listings"]) == 1


def test_no_answer_holds_an_address(program: Programs, world: World) -> None:
    draft = make.filled_draft(world, address="1 Hidden Row")
    amara = program(world.amara)
    assert "Hidden Row" not in amara.ask("GET", f"/referrals/{draft.id.hex}").text
