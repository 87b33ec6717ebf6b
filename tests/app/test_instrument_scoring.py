"""Answers scored over the API: the explanation of the command line, nothing stored, each fault named."""

import json
from typing import Any

import pytest
from sqlalchemy import func, select

from app.auth.tokens import form_token
from app.shell import SESSION_COOKIE
from conferences.models import Assessment, AuditEntry
from tests.browse import Browse
from tests.make import World

DASH = "safelives-dash-ric"
FOURTEEN = {str(item): "yes" for item in range(1, 15)}


def score(client: Browse, slug: str, body: Any) -> Any:
    """Sends a body, as JSON, the way a signed-in page would."""
    token = form_token(client.app.state.keyring, client.cookies[SESSION_COOKIE])  # type: ignore[attr-defined]
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"X-CSRF-Token": token, "Content-Type": "application/json"}
    return client.post(f"/api/v1/instruments/{slug}/score", content=content, headers=headers)


@pytest.fixture
def signed_in(client: Browse, world: World) -> Browse:
    """Dana's browser."""
    client.become(world.dana)
    return client


def test_the_explanation_comes_back_and_nothing_is_stored(signed_in: Browse, world: World) -> None:
    counts = [select(func.count()).select_from(table) for table in (Assessment, AuditEntry)]
    before = [world.session.scalar(count) for count in counts]
    answer = score(signed_in, DASH, {"answers": FOURTEEN})
    assert answer.status_code == 200
    said = answer.json()
    assert (said["instrument"], said["score"], said["refer"]) == ("safelives-dash-ric@2009.1", 14, True)
    assert [ground["id"] for ground in said["grounds"]] == ["visible_high_risk"]
    assert [world.session.scalar(count) for count in counts] == before


def test_version_profile_and_context_are_taken(signed_in: Browse) -> None:
    body = {
        "instrument": DASH,
        "version": "2009.1",
        "profile": "local-threshold-10",
        "answers": {str(item): "yes" for item in range(1, 11)},
        "context": {"assessed_on": "2026-11-20", "victim_age": 15},
    }
    said = score(signed_in, DASH, body).json()
    assert (said["threshold"], said["threshold_state"]) == (10, "met")
    assert said["routes"][0]["to"] == "safelives-dash-yp"


def test_a_draft_says_so(signed_in: Browse) -> None:
    answers = {str(item): "yes" for item in range(1, 25)}
    said = score(signed_in, "safelives-dash-yp", {"answers": answers}).json()
    assert (said["status"], said["refer"]) == ("draft", False)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "answers"),
        ({"answers": []}, "answers"),
        ({"answers": {}, "context": []}, "context"),
        ({"answers": {}, "version": 3}, "version"),
        ({"answers": {"25": "yes"}}, "answers"),
        ({"answers": {"1": True}}, "answers.1"),
        ({"answers": {"1": "\ud800"}}, "answers.1"),
        ({"answers": {"\ud800": "yes"}}, "answers"),
        ({"answers": {}, "profile": "\ud800"}, "profile"),
        ({"answers": {}, "context": {"victim_age": "old"}}, "context.victim_age"),
        ({"answers": {}, "instrument": "dvsat"}, "instrument"),
        ({"answers": {}, "profile": "kingston-upon-hull"}, "profile"),
        ({"answers": dict.fromkeys(map(str, range(50_000)), "yes")}, "answers"),
    ],
)
def test_what_is_wrong_is_named(signed_in: Browse, body: Any, field: str) -> None:
    answer = score(signed_in, DASH, body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [one["field"] for one in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[]", b"\xff\xfe", b"[" * 50_000, b'{"answers": NaN}'])
def test_what_is_no_request_is_a_problem(signed_in: Browse, body: bytes) -> None:
    answer = score(signed_in, DASH, body)
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"answers": {"1": "yes", "1": "no"}}', "request: '1' is there more than once"),
        (b'{"answers": {"1": "yes"}, "answers": {}}', "request: 'answers' is there more than once"),
        (b'{"answers": {"1": Infinity}}', "request: is not JSON"),
        ('{"answers": {}}'.encode("utf-16"), "request: is not UTF-8"),
        (b'{"answers": {}, "context": {"assessed_on": "0001-01-01"}}', "context.assessed_on: must be in"),
    ],
)
def test_what_could_be_read_two_ways_is_refused(signed_in: Browse, body: bytes, said: str) -> None:
    answer = score(signed_in, DASH, body)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(said)


def test_half_a_character_in_a_reason_comes_back_as_it_was_sent(signed_in: Browse) -> None:
    context = {"judgement": {"refer": True, "reason": "\ud800 她怕"}}
    said = score(signed_in, DASH, {"answers": {}, "context": context}).json()
    assert said["grounds"][0]["because"] == "\ud800 她怕"


def test_an_unknown_checklist_is_not_found(signed_in: Browse) -> None:
    for slug in ("no-such-list", "%00", "..%2fetc"):
        assert score(signed_in, slug, {"answers": {}}).status_code == 404


def test_nobody_is_answered_without_signing_in(client: Browse, world: World) -> None:
    assert client.post(f"/api/v1/instruments/{DASH}/score", json={"answers": {}}).status_code == 403
    bearer = {"Authorization": "Bearer nonsense"}
    answer = client.post(f"/api/v1/instruments/{DASH}/score", json={"answers": {}}, headers=bearer)
    assert answer.status_code == 401
