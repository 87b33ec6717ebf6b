"""Where somebody is, asked by a program: a reason, a code of this moment, a line in the trail each time."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.auth import accounts, codes
from app.auth.tokens import form_token
from conferences.models import AuditEntry, User
from conferences.sealing import unseal
from tests import make
from tests.api.conftest import Program, Programs
from tests.app.people import SECRET
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user

HIDDEN = "1 Hidden Row, ZZ99 1AA"
WHY = "To tell the police where to go."


@pytest.fixture
def case(world: World) -> Any:
    return make.opened_listing(world, address=HIDDEN).case


def with_phone(world: World, user: User) -> User:
    """Gives somebody an authenticator app."""
    accounts.give_secrets(world.session, user, password_hash="x", code_secret=SECRET)
    return user


def code(client: Browse, later: int = 0) -> str:
    return codes.code_at(SECRET, client.moment + timedelta(seconds=later))


def looks(session: Session) -> list[tuple[object, str | None]]:
    wanted = select(AuditEntry).where(AuditEntry.kind == "address.viewed").order_by(AuditEntry.seq)
    return [(row.actor_id, unseal(session, row, "reason")) for row in session.scalars(wanted)]


def asked(program: Program, case: Any, **body: str) -> Any:
    return program.ask("POST", f"/cases/{case.id.hex}/address", body)


def test_it_is_shown_for_a_reason_and_a_code_and_recorded(
    client: Browse, world: World, program: Programs, case: Any
) -> None:
    noor = program(with_phone(world, world.noor))
    answer = asked(noor, case, reason=WHY, code=code(client))
    assert (answer.status_code, answer.json()["address"]) == (200, HIDDEN)
    assert answer.headers["cache-control"] == "no-store"
    assert looks(world.session) == [(world.noor.id, WHY)]


def test_a_code_shows_it_once(client: Browse, world: World, program: Programs, case: Any) -> None:
    noor, now = program(with_phone(world, world.noor)), code(client)
    assert asked(noor, case, reason=WHY, code=now).status_code == 200
    again = asked(noor, case, reason=WHY, code=now)
    assert again.status_code == 403
    assert HIDDEN not in again.text
    assert len(looks(world.session)) == 1


@pytest.mark.parametrize("body", [{}, {"code": ""}, {"code": "12345"}, {"code": "000000"}])
def test_a_token_alone_is_not_enough(
    world: World, program: Programs, case: Any, body: dict[str, str]
) -> None:
    answer = asked(program(with_phone(world, world.noor)), case, reason=WHY, **body)
    assert answer.status_code == 403
    assert HIDDEN not in answer.text
    assert looks(world.session) == []


def test_codes_cannot_be_tried_one_after_another(
    client: Browse, world: World, program: Programs, case: Any
) -> None:
    noor = program(with_phone(world, world.noor))
    tried = [asked(noor, case, reason=WHY, code="000000").status_code for _ in range(10)]
    assert set(tried) == {403}
    assert asked(noor, case, reason=WHY, code=code(client)).status_code == 429
    assert looks(world.session) == []


@pytest.mark.parametrize("body", [{}, {"reason": " "}])
def test_without_a_reason_nothing_is_shown_and_the_code_stays_good(
    client: Browse, world: World, program: Programs, case: Any, body: dict[str, str]
) -> None:
    noor = program(with_phone(world, world.noor))
    assert asked(noor, case, code=code(client), **body).status_code == 422
    assert looks(world.session) == []
    assert asked(noor, case, code=code(client), reason=WHY).status_code == 200


@pytest.mark.parametrize(("name", "status"), [("dana", 404), ("erin", 404), ("ada", 404)])
def test_whoever_may_not_know_of_the_case_learns_nothing(
    client: Browse, world: World, program: Programs, case: Any, name: str, status: int
) -> None:
    user = with_phone(world, world.cast()[name])
    assert asked(program(user), case, reason=WHY, code=code(client)).status_code == status
    assert user.totp_last_step is None, "a code is not used up on what is not there"
    assert looks(world.session) == []


def test_an_action_shows_it_only_to_the_agency_that_needs_it(
    client: Browse, world: World, program: Programs
) -> None:
    turn = make.opened_listing(world, address=HIDDEN)
    plain, needs = make.action(world, turn), make.action(world, turn, needs_address=True)
    dana = program(with_phone(world, world.dana))
    body = {"reason": "To fit the lock.", "code": code(client)}
    assert dana.ask("POST", f"/actions/{plain.id.hex}/address", body).status_code == 403
    shown = dana.post(f"/actions/{needs.id.hex}/address", body)
    assert (shown["address"], shown["safety"]) == (HIDDEN, "unknown")
    assert HIDDEN not in dana.ask("GET", f"/actions/{needs.id.hex}").text
    assert looks(world.session) == [(world.dana.id, "To fit the lock.")]


def test_a_browser_needs_no_second_code_while_the_first_is_fresh(
    client: Browse, world: World, case: Any
) -> None:
    as_user(client, world, world.ben)
    keyring = client.app.state.keyring  # type: ignore[attr-defined]
    headers = {"X-CSRF-Token": form_token(keyring, client.cookies["__Host-session"])}

    def ask() -> Any:
        return client.post(f"/api/v1/cases/{case.id.hex}/address", json={"reason": WHY}, headers=headers)

    assert ask().json()["address"] == HIDDEN
    client.moment += timedelta(minutes=6)
    assert ask().status_code == 403
    assert looks(world.session) == [(world.ben.id, WHY)]
