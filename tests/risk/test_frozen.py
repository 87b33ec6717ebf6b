"""What was loaded or said cannot be changed afterwards."""

import dataclasses

import pytest
from pydantic import ValidationError

import risk
from risk.context import Event, read_context

DASH = risk.edition("safelives-dash-ric")


def test_an_explanation_cannot_be_changed():
    found = risk.assess(DASH, {})
    with pytest.raises(ValidationError, match="frozen"):
        found.level = "high"
    with pytest.raises(ValidationError, match="frozen"):
        found.considered[0].state = "met"


@pytest.mark.parametrize(
    "part", [DASH, DASH.items[0], DASH.sections[0], DASH.rules, risk.profile("kingston")]
)
def test_a_definition_cannot_be_changed(part):
    with pytest.raises(ValidationError, match="frozen"):
        part.title = "Other"


def test_a_fact_cannot_be_changed():
    event = read_context({"events": [{"date": "2026-01-01"}]})["events"][0]
    assert isinstance(event, Event)
    with pytest.raises(dataclasses.FrozenInstanceError):
        event.kind = "crime"


def test_an_explanation_has_no_room_for_more():
    with pytest.raises(ValidationError, match="extra"):
        risk.Explanation.model_validate({**risk.assess(DASH, {}).model_dump(), "odds": 3})


def test_the_same_definition_is_loaded_once_and_planned_once():
    assert risk.edition("safelives-dash-ric") is DASH
    assert risk.plan_for(DASH) is risk.plan_for(DASH, "safelives-national")
    assert risk.plan_for(DASH, "kingston") is not risk.plan_for(DASH)
