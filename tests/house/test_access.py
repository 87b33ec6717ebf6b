"""Every route, asked by everyone of the cast, answers what the hand-written matrix says."""

import random

import pytest

from conferences import permissions
from conferences.permissions import Permission
from tests.browse import Browse
from tests.house import access
from tests.make import World

ROWS = access.rows()


def test_the_matrix_lists_every_route_and_no_other() -> None:
    found = list(access.routes())
    pages = {(method, path) for method, path in found if not path.startswith("/api/v1/")}
    pages |= {("GET", "/api/v1/openapi.json")}
    assert pages == {(row.method, row.path) for row in ROWS}
    assert len(found) == len(set(found))
    assert len(pages) == 231


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everyone_gets_exactly_their_answer(client: Browse, world: World, row: access.Row) -> None:
    assert access.wrong_answers(client, world, row) == {}


# Each of these guards a row of the matrix; taking it away must show there.
GUARDS = {
    Permission.VIEW_QUEUE: "GET /queue none",
    Permission.DECIDE_REFERRAL: "POST /queue/{ref}/decline sent",
    Permission.SIGN_OFF: "POST /referrals/{ref}/give-back sent",
    Permission.CALL_EMERGENCY: "POST /queue/{ref}/emergency urgent",
    Permission.TAKE_IN: "POST /queue/{ref}/take-in given_back",
    Permission.TAKE_OVER: "POST /referrals/{ref}/take-over left_behind",
    Permission.READ_SAMPLE: "GET /sample none",
    Permission.DECIDE_APPEAL: "POST /queue/{ref}/appeal appealed",
    Permission.WITHDRAW_REFERRAL: "POST /referrals/{ref}/withdraw sent",
    Permission.ASSESS_AGAIN: "POST /referrals/{ref}/assessments sent",
    Permission.APPEAL: "POST /referrals/{ref}/appeal declined",
    Permission.CONFIRM_DECLINE: "POST /queue/{ref}/confirm asked",
    Permission.PLAN_CONFERENCE: "POST /conferences/new none",
    Permission.RUN_CONFERENCE: "POST /conferences/{ref}/open issued",
    Permission.CONCLUDE_LISTING: "POST /listings/{ref}/conclude listing",
    Permission.ANSWER_ACTION: "POST /actions/{ref}/start action",
    Permission.CONFIRM_ACTION: "POST /actions/{ref}/confirm claimed",
    Permission.RELEASE_ACTION: "POST /actions/{ref}/release action",
    Permission.REPLY_TO_QUESTION: "POST /referrals/{ref}/reply returned",
    Permission.LIFT_WALL: "POST /cases/{ref}/exclusions case",
}


def test_a_guard_taken_away_at_random_is_noticed(
    client: Browse, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    permission = random.SystemRandom().choice(list(GUARDS))
    monkeypatch.setitem(permissions.MAP, permission, [[lambda user, thing: True]])
    (row,) = (one for one in ROWS if str(one) == GUARDS[permission])
    assert access.wrong_answers(client, world, row) != {}, permission
