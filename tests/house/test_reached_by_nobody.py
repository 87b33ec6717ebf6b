"""A way to reach somebody is in no answer of the API but its own, in no search, and not in the trail."""

import re
from typing import Any

import pytest
from sqlalchemy import select, text

from app.auth import api_tokens
from conferences.models import AuditEntry
from conferences.sealing import unseal
from tests.api.endpoints import ENDPOINTS
from tests.browse import Browse
from tests.house import seeded
from tests.make import World
from tests.sign_in import as_user

WAY = re.compile(r"Zqone(?:phone|mail|address|times|code_word|who_else)\w*")


def read_by_program(client: Browse, world: World, made: seeded.Seeded, name: str) -> list[tuple[str, str]]:
    """Everything a person's program can fetch of the seeded case and of the lists."""
    token = api_tokens.make(world.session, world.cast()[name], list(api_tokens.SCOPES), now=client.moment)
    client.cookies.clear()
    refs: dict[str, Any] = {"turn": made.listing, "action": made.housing, "meeting": made.listing.conference}
    found = []
    for one in ENDPOINTS:
        path = one.path.replace("{sent}", "{draft}").replace("{asked}", "{draft}")
        path = path.replace("{draft}", made.referral.id.hex)
        for word, row in refs.items():
            path = path.replace(f"{{{word}}}", row.id.hex)
        if one.method == "GET" and "{" not in path and not path.endswith("/contact"):
            answer = client.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {token}"})
            found.append((path, answer.text + str(answer.headers)))
    return found


@pytest.fixture
def made(world: World) -> seeded.Seeded:
    return seeded.seed(world, "one")


def test_no_answer_of_the_api_holds_a_way(client: Browse, world: World, made: seeded.Seeded) -> None:
    for name in ("amara", "ben", "chidi", "dana", "noor"):
        answers = read_by_program(client, world, made, name)
        assert [(path, WAY.findall(said)) for path, said in answers if WAY.search(said)] == [], name
        assert len(answers) > 12
        if name == "chidi":
            assert any("Zqonevictim" in said for _, said in answers), "the chair reads of the case"
    raw: Any = world.session.execute(text("SELECT string_agg(a::text, ' ') FROM audit_entry a")).scalar_one()
    assert WAY.search(raw) is None


def test_neither_a_search_nor_the_trail_says_a_way(client: Browse, world: World, made: seeded.Seeded) -> None:
    as_user(client, world, world.ben)
    page = client.post_form("/search", {"words": "Zqonevictim"}, page="/search").text
    assert made.case.reference in page
    assert WAY.search(page) is None
    s = world.session
    reasons = [unseal(s, row, "reason") for row in s.scalars(select(AuditEntry)) if row.data_key]
    assert WAY.search(" ".join(reason or "" for reason in reasons)) is None
    assert "Zqonelookedwhy" in reasons, "reasons were really read"
