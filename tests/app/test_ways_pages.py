"""A gate of a checklist shows where else somebody belongs, on every page of it, and drops nobody."""

from datetime import timedelta
from typing import Any

import pytest

import risk
from conferences import policies
from conferences.checklist import assessments
from conferences.checklist.assessments import Answer
from conferences.errors import Refused
from conferences.meeting import papers
from conferences.models import Part, Referral
from conferences.person.people import PersonDetails
from conferences.referral import dated_events, reassessing, referrals, ways
from conferences.triage import triage
from tests import make
from tests.browse import Browse
from tests.make import World

BELONGS = "This person may belong elsewhere as well"
YOUNG, DVSAT = "safelives-dash-yp", "dvsat"


def born(world: World, row: Referral, year: str) -> Referral:
    details = PersonDetails(name="Testa Marrowby", born=year)
    referrals.save_person(world.session, world.amara, row, Part.VICTIM, details, now=world.now)
    return row


def enable(world: World, *slugs: str) -> None:
    policies.in_force(world.session, world.area.id, world.now.date()).checklists = list(slugs)


def doors(world: World, row: Referral) -> list[tuple[str, str]]:
    return [(one.gate, one.door) for one in ways.of(world.session, world.amara, row, world.now)]


@pytest.mark.parametrize(
    ("year", "shown"), [("2009", False), ("2010", True), ("2010-11-23", False), ("2010-11-24", True)]
)
def test_who_may_be_under_16_is_shown_the_way(world: World, year: str, shown: bool) -> None:
    """The day is 23 November 2026; of a year alone the lower age counts."""
    found = doors(world, born(world, make.draft(world), year))
    assert found == ([("adult", "read")] if shown else [])


def test_every_page_of_the_draft_says_so_and_the_result_as_well(client: Browse, world: World) -> None:
    row = born(world, make.filled_draft(world), "2012")
    client.become(world.amara)
    here = f"/referrals/{row.id.hex}"
    for page in ("checklist/1", "paper", "check"):
        said = client.get(f"{here}/{page}").text
        assert BELONGS in said
        assert "Tell: Children’s services." in said
        assert f"/instruments/{YOUNG}" in said
    assert client.submit(f"{here}/submit", {}).status_code == 303
    assert BELONGS in client.get(here).text
    turn = triage.accept(world.session, world.ben, row, make.conference(world), now=world.now)
    reasons = papers._why_here(world.session, turn, assessments.result_of(world.session, row.assessment))  # type: ignore[arg-type]
    assert [one.ground for one in reasons].count("Belongs elsewhere as well") == 1


def test_nothing_is_said_while_nothing_is_known(client: Browse, world: World) -> None:
    row = make.filled_draft(world)
    client.become(world.amara)
    assert BELONGS not in client.get(f"/referrals/{row.id.hex}/checklist/1").text
    assert doors(world, make.draft(world)) == []


def test_an_unanswered_checklist_is_changed_and_the_people_stay(client: Browse, world: World) -> None:
    enable(world, DVSAT)
    row = born(world, make.draft(world), "1990")
    client.become(world.amara)
    here = f"/referrals/{row.id.hex}"
    answer = client.submit(f"{here}/instrument", {"instrument": DVSAT})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{here}/checklist/1")
    world.session.expire_all()
    assert row.assessment.instrument == DVSAT
    assert make.referrals.people.victim_of(row.case) is not None
    assert client.submit(f"{here}/instrument", {"instrument": "odara"}).status_code == 422


def test_an_answered_checklist_is_never_changed(world: World) -> None:
    enable(world, DVSAT)
    with pytest.raises(Refused):
        assessments.choose(world.session, world.amara, make.filled_draft(world), DVSAT, now=world.now)


def judged(world: World, row: Referral, **facts: str) -> None:
    assessments.judge_last(world.session, world.amara, row, refer=False, why=None, facts=facts, now=world.now)


@pytest.mark.parametrize(("what", "gates"), [("intimate", []), ("family", ["intimate"]), ("dont_know", [])])
def test_what_the_two_are_to_each_other_is_asked_where_a_gate_looks_at_it(
    world: World, what: str, gates: list[str]
) -> None:
    enable(world, DVSAT)
    row = make.draft(world)
    assessments.choose(world.session, world.amara, row, DVSAT, now=world.now)
    judged(world, row, relationship=what)
    assert [one.gate for one in ways.of(world.session, world.amara, row, world.now)] == gates
    found = assessments.explain(world.session, row, on=world.now.date())
    assert found.level == ("requires_judgement" if gates else found.computed_level)


def test_a_fact_that_no_rule_looks_at_is_refused_and_its_question_not_shown(
    client: Browse, world: World
) -> None:
    row = make.filled_draft(world)
    with pytest.raises(Refused):
        judged(world, row, relationship="family")
    client.become(world.amara)
    assert 'name="relationship"' not in client.get(f"/referrals/{row.id.hex}/final").text


def test_suspected_honour_based_abuse_refers_by_itself_where_the_area_says_so(
    client: Browse, world: World
) -> None:
    policies.in_force(world.session, world.area.id, world.now.date()).profile = "kingston"
    row = make.filled_draft(world, yes=0, judged_high=False)
    client.become(world.amara)
    here = f"/referrals/{row.id.hex}"
    assert "Do you suspect so-called honour-based abuse?" in client.get(f"{here}/final").text
    typed: dict[str, Any] = {"refer": "no", "suspected_honour_based_abuse": "yes"}
    assert client.submit(f"{here}/final", typed).status_code == 303
    assert "Do you suspect so-called honour-based abuse?" in client.get(f"{here}/check").text
    client.submit(f"{here}/submit", {})
    world.session.expire_all()
    result = assessments.result_of(world.session, row.assessment)
    assert result is not None
    assert [one["id"] for one in result["grounds"]] == ["honour_based_abuse_automatic"]


def test_a_checklist_that_the_area_uses_is_gone_on_with_at_once(
    client: Browse, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = [risk.edition("safelives-dash-ric"), risk.edition(YOUNG)]
    monkeypatch.setattr(ways.instruments, "enabled", lambda *_: both)
    row = born(world, make.draft(world), "2012")
    assert doors(world, row) == [("adult", "choose")]
    client.become(world.amara)
    page = client.get(f"/referrals/{row.id.hex}/checklist/1").text
    assert f'action="/referrals/{row.id.hex}/instrument"' in page
    assert f'name="instrument" value="{YOUNG}"' in page
    assessments.answer(world.session, world.amara, row, [Answer("1", "yes")], now=world.now)
    assert doors(world, row) == [("adult", "read")]


def test_a_gate_of_a_signed_checklist_opens_the_other_one_on_the_same_case(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = born(world, make.filled_draft(world), "2012")
    referrals.submit(world.session, world.amara, row, now=world.now)
    assert doors(world, row) == [("adult", "read")]
    active = risk.edition(YOUNG).model_copy(update={"status": "active"})
    found = {one.slug: one for one in risk.editions()} | {YOUNG: active}
    monkeypatch.setattr(reassessing.risk, "edition", lambda slug, *_, **__: found[slug])
    assert doors(world, row) == [("adult", "beside")]


def test_a_date_is_told_on_its_page_and_moves_the_clock_of_the_case(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    client.become(world.noor)
    here = f"/referrals/{row.id.hex}/dates"
    typed = {"kind": "release", "on-month": "3", "on-year": "2027", "form_key": "once"}
    assert client.submit(here, typed).headers["location"] == here
    assert client.submit(here, typed).status_code == 303
    page = client.get(here).text
    assert page.count("3/2027") == 2  # beside its button it is said once more, for who cannot see
    case = client.get(f"/cases/{row.case_id.hex}").text
    assert "Look again by Monday 1 March 2027: then somebody is released." in case
    (event,) = dated_events.of_referral(world.session, row)
    assert client.submit(here, {"out": event.id}).status_code == 303
    assert client.submit(here, {"out": event.id}).status_code == 404
    assert "somebody is released." not in client.get(f"/cases/{row.case_id.hex}").text


def test_a_date_that_cannot_be_comes_back_with_what_was_typed(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    client.become(world.ben)
    answer = client.submit(
        f"/referrals/{row.id.hex}/dates", {"on-day": "31", "on-month": "2", "on-year": "2027"}
    )
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert 'value="31"' in answer.text
    assert "Select what happens on that day" in answer.text


def test_a_date_told_late_and_one_gone_by_are_said_in_words(client: Browse, world: World) -> None:
    row = make.sent_referral(world, now=world.now - timedelta(days=2))
    told: dict[str, Any] = {"estimated": False, "now": world.now}
    dated_events.add(world.session, world.ben, row, kind="separation", on="2026-11-01", **told)
    client.become(world.ben)
    page = client.get(f"/cases/{row.case_id.hex}").text
    assert "It was told later: they separated (1 November 2026)." in page
