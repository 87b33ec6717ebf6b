"""Alive is not the same as ready."""

import pytest

from app import readiness
from app.auth import passwords
from app.db import NotFit
from conferences.sealing import Keyring
from tests.browse import Browse

GOOD = {"ready": True, "database": True, "revision": True, "key": True, "documents": True, "worker": False}


def test_alive(client: Browse) -> None:
    assert client.get("/healthz/live").json() == {"live": True}


def test_ready_when_it_can_serve_even_before_the_worker(client: Browse) -> None:
    answer = client.get("/healthz/ready")
    assert (answer.status_code, answer.json()) == (200, GOOD)


def test_not_ready_without_the_libraries_for_documents(
    client: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "missing_libraries", lambda: ("libpango-1.0-0",))
    answer = client.get("/healthz/ready")
    assert (answer.status_code, answer.json()) == (503, {**GOOD, "ready": False, "documents": False})


def test_not_ready_behind_the_code(client: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "head_revision", lambda: "a later one")
    answer = client.get("/healthz/ready")
    assert (answer.status_code, answer.json()) == (503, {**GOOD, "ready": False, "revision": False})


@pytest.mark.parametrize("name", ["k1", "k9"])
def test_not_ready_with_the_wrong_key_even_when_it_has_the_right_name(
    client: Browse, session: object, name: str
) -> None:
    from conferences import sealing

    sealing.new_data_key(session)  # type: ignore[arg-type]
    client.app.state.keyring = Keyring(name, {name: b"0" * 32})  # type: ignore[attr-defined]
    answer = client.get("/healthz/ready")
    assert (answer.status_code, answer.json()) == (503, {**GOOD, "ready": False, "key": False})


def test_the_command_names_the_packages() -> None:
    assert "libpango-1.0-0" in readiness.install_command(("libpango-1.0-0",))


def test_cheap_password_hashing_is_refused_at_the_start() -> None:
    passwords.check_floor()
    with pytest.raises(NotFit, match="3 passes over 64 MiB"):
        passwords.check_floor(passwords.PasswordHasher(time_cost=1, memory_cost=8))
