"""Further checklists, ways and dates by a person's own program."""

from tests import make
from tests.api.conftest import Programs
from tests.make import World

KEY = {"Idempotency-Key": "visit-2"}


def test_a_further_checklist_from_start_to_finish(program: Programs, world: World) -> None:
    sent, noor = make.sent_referral(world, yes=4, judged_high=False), program(world.noor)
    here = f"/referrals/{sent.id.hex}/assessments"
    begun = [noor.ask("POST", here, {"instrument": "safelives-dash-ric"}, **KEY).json() for _ in "12"]
    assert begun[0] == begun[1]
    mine = f"/assessments/{begun[0]['id']}"
    answers = [{"item": str(n), "value": "yes"} for n in range(1, 15)]
    saved = noor.put(f"{mine}/answers", {"answers": answers})
    assert saved == {"answered": 14, "total": 24, "certain": True}
    assert program(world.ben).ask("GET", mine).status_code == 404
    done = noor.post(f"{mine}/finish", {"refer": False})
    assert [one["id"] for one in done["result"]["grounds"]] == ["visible_high_risk"]
    assert noor.ask("PUT", f"{mine}/answers", {"answers": answers}).status_code == 409
    seen = program(world.ben).get(mine)
    assert (seen["answers"], seen["result"]["score_min"]) == (None, 14)
    assert [one["id"] for one in program(world.ben).get(here)] == [seen["id"]]
    assert program(world.ben).get("/queue")[0]["why_here"] == ["visible_high_risk"]


def test_what_is_wrong_is_a_problem(program: Programs, world: World) -> None:
    sent, noor, chidi = make.sent_referral(world), program(world.noor), program(world.chidi)
    here = f"/referrals/{sent.id.hex}"
    assert noor.ask("POST", f"{here}/assessments", {"instrument": "odara"}).status_code == 422
    assert chidi.ask("POST", f"{here}/assessments", {"instrument": "s-dash"}).status_code == 403
    assert noor.ask("POST", f"{here}/dates", {"kind": "release", "on": "2027-02-30"}).status_code == 422
    assert noor.ask("POST", f"{here}/dates", {"kind": "party", "on": "2027-02-03"}).status_code == 422
    assert chidi.ask("POST", f"{here}/dates", {"kind": "birth", "on": "2027"}).status_code == 403


def test_a_date_is_told_once_read_and_taken_out(program: Programs, world: World) -> None:
    sent, noor = make.sent_referral(world), program(world.noor)
    here = f"/referrals/{sent.id.hex}/dates"
    body = {"kind": "hearing", "on": "2027-02", "estimated": True}
    told = [noor.ask("POST", here, body, **KEY) for _ in "12"]
    assert told[0].json() == told[1].json()
    assert told[0].headers["location"] == f"/api/v1{here}"
    assert noor.get(here) == [told[0].json()]
    assert noor.ask("DELETE", f"{here}/{told[0].json()['id']}").status_code == 204
    assert noor.get(here) == []
    assert noor.ask("POST", here, body, **KEY).status_code == 404


def test_a_gate_shows_a_program_the_way(program: Programs, world: World) -> None:
    draft, amara = make.draft(world), program(world.amara)
    here = f"/referrals/{draft.id.hex}"
    assert amara.get(f"{here}/ways") == []
    amara.put(f"{here}/victim", {"name": "Testa Marrowby", "born": "2012"})
    (way,) = amara.get(f"{here}/ways")
    assert (way["to"], way["also"], way["door"]) == ("safelives-dash-yp", ["childrens_services"], "read")
    facts = {"refer": False, "facts": {"relationship": "family"}}
    assert amara.ask("PUT", f"{here}/final-judgement", facts).status_code == 422
