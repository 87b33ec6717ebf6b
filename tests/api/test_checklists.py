"""A program fills in any enabled checklist: its edition, its parts and numbers, a level it chooses."""

import pytest

from conferences import policies
from tests.api.conftest import Programs
from tests.make import World


@pytest.fixture
def many(world: World) -> None:
    """An area that works with checklists of several kinds."""
    policies.in_force(world.session, world.area.id, world.now.date()).checklists = ["odara", "police-dash"]


def test_a_program_sends_parts_and_numbers(program: Programs, world: World, many: None) -> None:
    amara = program(world.amara)
    draft = amara.post("/referrals", {"safe_to_talk": "alone", "instrument": "odara"})
    assert draft["instrument"] == "odara@2004.1"
    here = f"/referrals/{draft['id']}"
    given = [
        {"item": "8", "value": None, "number": 2},
        {"item": "11", "value": None, "parts": {"alc_index": "yes", "drug_problem": "yes"}},
        {"item": "13", "value": "not_applicable", "note": "Lives in a refuge."},
    ]
    assert amara.put(f"{here}/answers", {"answers": given})["answered"] == 3
    answers = amara.get(here)["answers"]
    assert (answers["8"]["value"], answers["8"]["number"]) == ("yes", 2)
    assert answers["11"]["value"] == "yes"
    assert answers["13"]["value"] == "not_applicable"


def test_a_program_chooses_a_level_with_its_reason(program: Programs, world: World, many: None) -> None:
    amara = program(world.amara)
    draft = amara.post("/referrals", {"safe_to_talk": "from_notes", "instrument": "police-dash"})
    where = f"/referrals/{draft['id']}/final-judgement"
    assert amara.ask("PUT", where, {"refer": False}).status_code == 422
    assert amara.ask("PUT", where, {"refer": False, "level": "high"}).status_code == 422
    assert amara.ask("PUT", where, {"refer": False, "level": "dire", "why": "Fear."}).status_code == 422
    assert amara.ask("PUT", where, {"refer": False, "level": "high", "why": "Fear."}).status_code == 204


@pytest.mark.parametrize(
    "answer",
    [
        {"item": "1", "value": "present"},
        {"item": "1", "value": "not_applicable"},
        {"item": "8", "value": "no", "number": 2},
        {"item": "8", "value": None, "number": 2.5},
        {"item": "8", "value": None, "number": True},
        {"item": "11", "value": None, "parts": {"alc_index": "perhaps"}},
        {"item": "11", "value": None, "parts": {"beer": "yes"}},
        {"item": "1", "value": None, "parts": ["alc_index"]},
    ],
)
def test_an_answer_that_cannot_be_is_refused(
    program: Programs, world: World, many: None, answer: dict[str, object]
) -> None:
    amara = program(world.amara)
    here = f"/referrals/{amara.post('/referrals', {'safe_to_talk': 'alone', 'instrument': 'odara'})['id']}"
    assert amara.ask("PUT", f"{here}/answers", {"answers": [answer]}).status_code == 422
    assert amara.get(here)["answers"] == {}


def test_a_checklist_that_is_not_enabled_is_refused(program: Programs, world: World) -> None:
    amara = program(world.amara)
    for slug in ("odara", "no-such-list", "NO", ""):
        body = {"safe_to_talk": "alone", "instrument": slug}
        assert amara.ask("POST", "/referrals", body).status_code == 422
