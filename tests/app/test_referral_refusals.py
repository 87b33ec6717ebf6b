"""What the domain refuses comes back on the same page, and nothing is half-done."""

from datetime import date
from typing import Annotated

import pytest
from pydantic import BaseModel
from sqlalchemy.orm.exc import StaleDataError

from app.forms import Filled, fill
from app.forms.refusals import Tried, attempt
from conferences.errors import Incomplete, NotAllowed, Refused, Stale, WrongState
from conferences.models import Area
from tests.make import World


class OneDay(BaseModel):
    on: date


class Typed(BaseModel):
    what: str
    due: date | None = None
    days: Annotated[list[OneDay], "any"] = []


def tried(world: World, error: Exception | None) -> Tried[str]:
    def verb(form: Typed) -> str:
        world.area.help_phone = "changed"
        if error:
            raise error
        return form.what

    return attempt(world.session, fill(Typed, {"what": ["a"]}), verb)


def test_a_verb_that_runs_gives_its_answer(world: World) -> None:
    found = tried(world, None)
    assert (found.status, found.refused, found.value) == (303, False, "a")
    assert world.session.get_one(Area, world.area.id).help_phone == "changed"


def test_what_was_typed_wrong_never_reaches_the_verb(world: World) -> None:
    form: Filled[Typed] = fill(Typed, {})
    found = attempt(world.session, form, lambda typed: pytest.fail("called"))
    assert (found.status, found.form.error("what")) == (422, "Enter what")


@pytest.mark.parametrize(
    ("error", "field", "sentence", "anchor"),
    [
        (Refused("Say what.", field="what"), "what", "Say what", "what"),
        (Refused("Say when.", field="due"), "due", "Say when", "due-day"),
        (Refused("Say on which days.", field="days"), "days", "Say on which days", "days-0-on-day"),
        (Refused("Not yet.", field="days-3-on"), "days-3-on", "Not yet", "days-3-on-day"),
        (Refused("Not so.", field="days-3-at"), "days-3-at", "Not so", "days-3-at"),
        (Refused("A part is missing.", field="a-part"), "a-part", "A part is missing", "a-part"),
        (WrongState("Too late."), "", "Too late", "main"),
        (Incomplete([("what", "Say what.")]), "what", "Say what", "what"),
    ],
)
def test_a_refusal_is_a_sentence_at_its_field(
    world: World, error: Exception, field: str, sentence: str, anchor: str
) -> None:
    found = tried(world, error)
    assert (found.status, found.stale, found.form.error(field)) == (422, False, sentence)
    assert found.form.errors[0].anchor == anchor
    assert found.form.value("what") == "a"


@pytest.mark.parametrize("error", [Stale(), StaleDataError("somebody else")])
def test_somebody_else_was_first(world: World, error: Exception) -> None:
    found = tried(world, error)
    assert (found.status, found.stale, found.refused) == (409, True, True)
    assert found.form.error("") == (
        "Someone else changed this while you were writing. Nothing was overwritten."
    )


def test_a_refusal_leaves_nothing_half_done(world: World) -> None:
    before = world.area.help_phone
    tried(world, Refused("No."))
    assert world.session.get_one(Area, world.area.id).help_phone == before


def test_not_allowed_passes_through(world: World) -> None:
    with pytest.raises(NotAllowed):
        tried(world, NotAllowed("referral:edit"))
