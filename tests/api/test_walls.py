"""Who may know of a case, said by a program: by the same rules as on the pages."""

from typing import Any

import pytest

from conferences.models import Case
from conferences.wall import walls
from tests import after, make
from tests.api.conftest import Programs
from tests.make import World

WHY = {"reason": "A relative of theirs."}


def at(case: Case, step: str = "walls") -> str:
    return f"/cases/{case.id.hex}/{step}"


def test_somebody_is_shut_out_and_let_in_again(program: Programs, world: World) -> None:
    case, ben, noor = make.sent_referral(world).case, program(world.ben), program(world.noor)
    reference = case.reference
    choices = {one["name"]: one["user_id"] for one in ben.get(at(case))["choices"] if one["user_id"]}
    assert choices["Noor Hadley"] == world.noor.id.hex
    for _ in range(2):
        assert ben.ask("POST", at(case), WHY | {"user_id": choices["Noor Hadley"]}).status_code == 204
    (one,) = ben.get(at(case))["shut_out"]
    assert (one["who"], one["reason"], one["to_confirm"]) == ("Noor Hadley", WHY["reason"], False)
    assert reference not in str(noor.get("/advocates"))
    assert noor.ask("GET", at(case)).status_code == 404
    assert ben.ask("POST", f"{at(case)}/{one['id']}/lift", WHY).status_code == 204
    assert ben.get(at(case))["shut_out"] == []
    assert reference in str(noor.get("/advocates"))


def test_a_name_alike_is_confirmed(program: Programs, world: World) -> None:
    case, ben = make.sent_referral(world, perpetrator="Noor Hadley").case, program(world.ben)
    (one,) = ben.get(at(case))["shut_out"]
    assert one["to_confirm"]
    for _ in range(2):
        assert ben.ask("POST", f"{at(case)}/{one['id']}/confirm").status_code == 204
    assert not ben.get(at(case))["shut_out"][0]["to_confirm"]


def test_a_case_is_kept_to_a_few_and_opened_again(program: Programs, world: World) -> None:
    case, ben = make.sent_referral(world).case, program(world.ben)
    assert ben.ask("POST", at(case, "few"), WHY | {"user_id": world.ben.id.hex}).status_code == 204
    assert {one["who"] for one in ben.get(at(case))["few"]} == {"Ben Oakhurst", "Amara Blythe"}
    assert program(world.chidi).ask("GET", at(case)).status_code == 404
    assert ben.ask("POST", at(case, "few/lift"), WHY).status_code == 204
    assert ben.get(at(case))["few"] == []


def test_the_author_says_it_in_the_draft_by_the_case_it_names(program: Programs, world: World) -> None:
    row, amara = make.filled_draft(world), program(world.amara)
    case_id = amara.get(f"/referrals/{row.id.hex}")["case_id"]
    body = WHY | {"agency_id": world.agencies["HSG"].id.hex}
    assert amara.ask("POST", f"/cases/{case_id}/walls", body).status_code == 204
    assert [one["who"] for one in amara.get(f"/cases/{case_id}/walls")["shut_out"]] == ["Housing"]
    assert program(world.ben).ask("GET", f"/cases/{case_id}/walls").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"reason": "Nobody named."},
        {"reason": "Two.", "named": "Ned", "agency_id": "0" * 32},
        {"reason": " ", "named": "Ned"},
        {"reason": "Not of here.", "user_id": "0" * 32},
        {"reason": "Odd.", "named": "Ned", "by": "me"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_changed(program: Programs, world: World, body: Any) -> None:
    case = make.sent_referral(world).case
    assert program(world.ben).ask("POST", at(case), body).status_code == 422
    assert walls.shown(world.session, case) == ([], [])


def test_only_those_who_decide_read_or_end_a_wall(program: Programs, world: World) -> None:
    case = after.shut(world)
    wall = case.exclusions[0].id.hex
    for user, status in ((world.chidi, 403), (world.noor, 403), (world.amara, 403), (world.dana, 404)):
        asked = program(user)
        assert asked.ask("GET", at(case)).status_code == status
        assert asked.ask("POST", f"{at(case)}/{wall}/lift", WHY).status_code == status
    assert [one.who for one in walls.shown(world.session, case)[0]] == ["Mina Alderoak"]
    assert program(world.ben).ask("POST", f"{at(case)}/{'0' * 32}/lift", WHY).status_code == 404
