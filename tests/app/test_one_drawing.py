"""Signs, details and numbers are drawn alike on the ordinary pages, from paper, and without an account."""

from typing import Any

from sqlalchemy import select

from app.auth.tokens import new_token, token_hash
from conferences import policies
from conferences.checklist import assessments
from conferences.models import OutsideReferral
from conferences.referral import outside
from tests import make
from tests.app.test_outside_pages import TYPED
from tests.browse import Browse
from tests.make import World

ODARA = "odara"
ON_PAPER = {
    "filled_on-day": "20",
    "filled_on-month": "11",
    "filled_on-year": "2026",
    "filled_by": "Night nurse",
}


def test_from_paper_signs_numbers_and_details_are_keyed_in(client: Browse, world: World) -> None:
    policies.in_force(world.session, world.area.id, world.now.date()).checklists = [ODARA]
    draft = make.draft(world)
    assessments.choose(world.session, world.amara, draft, ODARA, now=world.now)
    client.become(world.amara)
    here = f"/referrals/{draft.id.hex}/paper"
    page = client.get(here).text
    assert 'name="number-8"' in page
    assert page.count('name="part-11-alc_index"') == 4
    typed: dict[str, Any] = {"number-8": "3", "part-11-alc_index": "yes", "part-11-drug_index": "yes"}
    assert client.submit(here, {**typed, **ON_PAPER, "number-8": "many"}).status_code == 422
    assert client.submit(here, typed | ON_PAPER).status_code == 303
    world.session.expire_all()
    kept = assessments.answers_of(world.session, draft.assessment)
    assert (kept["8"]["number"], kept["8"]["value"], kept["11"]["value"]) == (3, "yes", "yes")
    assert 'value="3"' in client.get(here).text


def test_without_an_account_details_notes_and_sources_arrive_and_are_taken_on(
    client: Browse, world: World
) -> None:
    token = new_token()
    school = world.agencies["EDU"]
    outside.give_link(world.session, world.ben, school, token_hash=token_hash(token), days=7, now=world.now)
    page = client.get(f"/refer/{token}").text
    assert page.count('name="parts-21"') == 4  # one empty and three to tick
    assert 'name="source-1"' in page
    given = {
        "answer-21": "yes",
        "parts-21": ["", "drugs"],
        "note-21": "Said so twice.",
        "source-21": "person",
    }
    assert client.post_form(f"/refer/{token}", TYPED | given).status_code == 200
    row = world.session.scalars(select(OutsideReferral)).one()
    draft = outside.take_on(world.session, world.ben, row, now=world.now)
    kept = assessments.answers_of(world.session, draft.assessment)
    assert kept["21"] == {
        "value": "yes", "source": "person", "note": "Said so twice.", "parts": {"drugs": "yes"},
    }  # fmt: skip
    assert set(kept) == {"1", "21"}


def test_what_arrived_before_details_were_asked_is_still_taken_on(world: World) -> None:
    token = new_token()
    link = outside.give_link(
        world.session, world.ben, world.agencies["EDU"], token_hash=token_hash(token), days=7, now=world.now
    )
    row = outside.arrive(world.session, link, make.outside_body(answers={"1": "yes"}), now=world.now)
    draft = outside.take_on(world.session, world.ben, row, now=world.now)
    assert assessments.values(assessments.answers_of(world.session, draft.assessment)) == {"1": "yes"}
