"""What a document cannot say, because there is no place to put it."""

import dataclasses
import inspect

import pytest

from conferences import plans
from tests.pdf import make

SHAPES = [shape for _, shape in inspect.getmembers(plans, inspect.isclass) if dataclasses.is_dataclass(shape)]


def test_every_plan_is_looked_at() -> None:
    assert {shape.__name__ for shape in SHAPES} >= {"AgendaPlan", "AgendaCase", "ActionPlan", "PlannedAction"}


def test_no_plan_has_a_place_for_where_someone_lives_or_when_they_were_born() -> None:
    names = [field.name for shape in SHAPES for field in dataclasses.fields(shape)]
    for word in ("address", "postcode", "street", "born", "birth", "dob", "phone_number"):
        assert [name for name in names if word in name] == []


def test_an_action_plan_has_places_for_one_agency_only() -> None:
    assert [field.name for field in dataclasses.fields(plans.ActionPlan)] == [
        "agency_name",
        "meeting_on",
        "reply_by",
        "coordinator_phone",
        "actions",
        "copy",
        "service_name",
    ]
    assert "agency" not in " ".join(field.name for field in dataclasses.fields(plans.PlannedAction))


def test_a_plan_cannot_be_changed_after_it_was_made() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        make.agenda().copy.version = 3  # type: ignore[misc]
