"""At the door of a referral: who is too young, who lives elsewhere, who is on both sides."""

import re
from datetime import date
from html import unescape

import pytest
from sqlalchemy.exc import IntegrityError

from conferences import fields
from conferences.checklist import assessments
from conferences.checklist.assessments import Answer
from conferences.errors import Refused
from conferences.fields import Level
from conferences.models import Elsewhere, Gate, Part, Policy, ReferralStatus, Urgency
from conferences.person import people
from conferences.person.people import PersonDetails
from conferences.referral import completeness, referrals, told
from conferences.referral.completeness import level_of
from conferences.triage import queue_views
from tests import make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user


@pytest.mark.parametrize(
    ("born", "gate"),
    [
        ("2010-11-24", Gate.UNDER_16),  # 16 tomorrow
        ("2010-11-23", None),  # 16 today
        ("2010", Gate.UNDER_16),  # 15 or 16: taken to be the younger
        ("2009", None),
        (None, None),
    ],
)
def test_somebody_under_16_is_stored_and_shown_the_way(
    client: Browse, world: World, born: str | None, gate: Gate | None
) -> None:
    row = make.filled_draft(world)
    young = PersonDetails(name="Testa Marrowby", born=born)
    referrals.save_person(world.session, world.amara, row, Part.VICTIM, young, now=world.now)
    referrals.submit(world.session, world.amara, row, now=world.now)
    assert (row.status, row.gate) == (ReferralStatus.SUBMITTED, gate)
    said = (
        "Tell children’s services today"
        in as_user(client, world, world.amara).get(f"/referrals/{row.id.hex}").text
    )
    seen = "Under 16, or may be" in as_user(client, world, world.ben).get(f"/queue/{row.id.hex}").text
    waiting = next(one for one in queue_views.queue(world.session, world.ben, now=world.now))
    assert said is seen is ("under_16" in waiting.why_here) is (gate is not None)


def test_somebody_who_lives_elsewhere_is_stored_and_passed_on(client: Browse, world: World) -> None:
    row = make.filled_draft(world)
    about = told.sheet("about")
    told.save(world.session, world.amara, row, about, {"lives_in_area": "no"}, now=world.now)
    referrals.submit(world.session, world.amara, row, now=world.now)
    assert (row.status, row.gate) == (ReferralStatus.SUBMITTED, Gate.OUTSIDE_AREA)
    assert "They live in another area" in as_user(client, world, world.ben).get(f"/queue/{row.id.hex}").text


@pytest.mark.parametrize(
    ("born", "gate"),
    [
        (("2011-02-01",), Gate.HARMER_UNDER_16),
        (("2010",), Gate.HARMER_UNDER_16),  # 15 or 16
        (("2011-02-01", "1990"), None),  # a grown man as well
        (("2011-02-01", None), None),  # nobody knows how old the other one is
    ],
)
def test_harm_by_children_alone_is_stored_and_shown_the_way(
    world: World, born: tuple[str | None, ...], gate: Gate | None
) -> None:
    row, s = make.filled_draft(world), world.session
    (first,) = people.in_part(row.case, Part.PERPETRATOR)
    for at, day in enumerate(born):
        known = PersonDetails(name=f"Kit Larkspur{at}", born=day, relationship="brother")
        involved = first if at == 0 else None
        referrals.save_person(
            s, world.amara, row, Part.PERPETRATOR, known, involvement=involved, now=world.now
        )
    referrals.submit(s, world.amara, row, now=world.now)
    assert (row.status, row.gate) == (ReferralStatus.SUBMITTED, gate)
    assert [one.gate for one in queue_views.queue(s, world.ben, now=world.now)] == [gate]


@pytest.mark.parametrize(
    ("gate", "to", "words"),
    [
        (Gate.UNDER_16, Elsewhere.CHILD_PROTECTION, "The person at risk is under 16, or may be."),
        (Gate.HARMER_UNDER_16, Elsewhere.CHILD_PROTECTION, "Everyone who causes harm is under 16"),
        (Gate.OUTSIDE_AREA, Elsewhere.OTHER_AREA, "The person at risk lives in another area"),
    ],
)
def test_one_press_sends_it_on_and_it_can_be_undone(
    client: Browse, world: World, gate: Gate, to: Elsewhere, words: str
) -> None:
    row = make.sent_referral(world)
    row.gate = gate
    world.session.flush()
    as_user(client, world, world.ben)
    here = f"/queue/{row.id.hex}"
    page = unescape(client.get(here).text)
    (form,) = re.findall(r'action="[^"]*/redirect".*?</form>', page, flags=re.S)
    typed = dict(re.findall(r'name="(version|to|reason)" value="([^"]*)"', form))
    assert (typed["to"], typed["reason"].startswith(words)) == (to.value, True)
    assert client.post_form(f"{here}/redirect", typed, page=here).status_code == 303
    world.session.expire_all()
    assert (row.status, row.redirected_to) == (ReferralStatus.REDIRECTED, to)
    after = client.get(here).text
    assert words in unescape(after)
    assert "Undo the last decision" in after
    assert "It belongs on another route" not in after


def test_who_only_looks_gets_no_such_press(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    row.gate = Gate.UNDER_16
    world.session.flush()
    page = as_user(client, world, world.chidi).get(f"/queue/{row.id.hex}").text
    assert "Under 16, or may be" in page
    assert "It belongs on another route" not in page


def test_what_the_checklist_says_of_another_route_is_seen_by_both(client: Browse, world: World) -> None:
    row = make.filled_draft(world)
    young = PersonDetails(name="Juno Pell", born="2012-10-03")
    referrals.save_person(world.session, world.amara, row, Part.VICTIM, young, now=world.now)
    referrals.submit(world.session, world.amara, row, now=world.now)
    (waiting,) = queue_views.queue(world.session, world.ben, now=world.now)
    assert waiting.why_here[:3] == ("under_16", "childrens_services", "other_checklist")
    for user, path in ((world.ben, "/queue"), (world.amara, "/referrals")):
        page = as_user(client, world, user).get(f"{path}/{row.id.hex}").text
        assert 'href="/instruments/safelives-dash-yp"' in page, path


def test_nothing_is_said_of_another_route_where_the_checklist_fits(world: World) -> None:
    make.sent_referral(world)
    (waiting,) = queue_views.queue(world.session, world.ben, now=world.now)
    assert not {"under_16", "childrens_services", "other_checklist"} & set(waiting.why_here)


def test_nobody_is_on_both_sides(world: World) -> None:
    row, s = make.filled_draft(world), world.session
    for born in (None, "1992-05-04"):
        same = PersonDetails(name=" testa  MARROWBY", born=born)
        with pytest.raises(Refused, match="same name") as refused:
            referrals.save_person(s, world.amara, row, Part.PERPETRATOR, same, now=world.now)
        assert refused.value.field == "name"
    father = PersonDetails(name="Testa Marrowby", born="1960")
    referrals.save_person(s, world.amara, row, Part.PERPETRATOR, father, now=world.now)
    victim = PersonDetails(name="Derrin Quillfeather")
    with pytest.raises(Refused, match="same name"):
        referrals.save_person(s, world.amara, row, Part.VICTIM, victim, now=world.now)


def test_the_day_a_decision_is_looked_at_again_is_still_to_come(world: World) -> None:
    row = make.filled_draft(world)
    with pytest.raises(Refused, match="still to come"):
        make.without_agreement(world, row, share_review="2026-11-22")
    make.without_agreement(world, row, share_review="2026-11-23")


def test_why_it_cannot_wait_is_worth_asking_in_an_emergency_and_stops_nothing(world: World) -> None:
    row = make.filled_draft(world)
    asked = ("events", "If it cannot wait, why not?")
    assert asked not in completeness.reminders(world.session, row)
    row.urgency = Urgency.EMERGENCY
    assert asked in completeness.reminders(world.session, row)
    assert completeness.missing(world.session, row) == []


def test_a_person_without_a_name_is_described(world: World) -> None:
    row = make.filled_draft(world)
    with pytest.raises(Refused, match="what you know of them"):
        referrals.save_person(
            world.session, world.amara, row, Part.PERPETRATOR, PersonDetails(gender="man"), now=world.now
        )
    known = PersonDetails(relationship="cousin, name not known")
    referrals.save_person(world.session, world.amara, row, Part.PERPETRATOR, known, now=world.now)
    assert len(people.in_part(row.case, Part.PERPETRATOR)) == 2


def test_an_area_asks_for_more_or_less_but_never_less_than_safety(world: World) -> None:
    row, s = make.filled_draft(world), world.session
    assert referrals.missing(s, row) == []
    policy = s.query(Policy).filter_by(area_id=world.area.id).one()
    policy.fields_required = ["ethnicity", "weapons", "victim_language", "interpreter_language"]
    assert referrals.missing(s, row) == [
        ("needs", "Answer this as well: Ethnicity"),
        ("perpetrators", "Answer this as well: Do they have, or could they get, a weapon?"),
    ]
    needs = told.sheet("needs")
    told.save(s, world.amara, row, needs, {"ethnicity": "not_known", "interpreter": "yes"}, now=world.now)
    assert ("interpreter", "Say which language the interpreter needs.") in referrals.missing(s, row)
    lighter, form = (
        Policy(fields_required=[], fields_left_out=["interpreter_language", "reason"]),
        fields.form(),
    )
    assert level_of(form.fields["interpreter_language"], lighter) is Level.ASKED
    assert level_of(form.fields["reason"], lighter) is Level.REQUIRED


def test_the_database_refuses_a_policy_that_leaves_safety_out(world: World) -> None:
    policy = world.session.query(Policy).filter_by(area_id=world.area.id).one()
    policy.fields_left_out = ["share_review"]
    with pytest.raises(IntegrityError, match="safety_fields_stay"):
        world.session.flush()


def test_paper_keeps_its_own_day_and_who_keyed_it(client: Browse, world: World) -> None:
    row = make.draft(world)
    as_user(client, world, world.amara)
    where = f"/referrals/{row.id.hex}/paper"
    typed = {
        "filled_on-day": "20", "filled_on-month": "11", "filled_on-year": "2026",
        "filled_by": "The night nurse", "answer-1": "yes", "answer-2": "dont_know",
    }  # fmt: skip
    late = client.post_form(where, typed | {"filled_on-year": "2027"})
    assert late.status_code == 422
    assert "cannot be in the future" in late.text
    assert 'value="yes" data-key="y" checked' in late.text
    odd = client.post_form(where, typed | {"answer-1": "perhaps"})
    assert odd.status_code == 422
    for _ in range(2):
        saved = client.post_form(where, typed)
        assert (saved.status_code, saved.headers["location"]) == (303, f"/referrals/{row.id.hex}/final")
    world.session.expire_all()
    known = assessments.answers_of(world.session, row.assessment)
    assert {item: one["value"] for item, one in known.items()} == {"1": "yes", "2": "dont_know"}
    paper = assessments.paper_of(world.session, row.assessment)
    assert (paper["on"], paper["by"], paper["keyed_by"]) == (
        "2026-11-20", "The night nurse", world.amara.id.hex,
    )  # fmt: skip
    assert "The night nurse" in client.get(where).text


def test_a_transcription_in_the_future_is_refused(world: World) -> None:
    row = make.draft(world)
    with pytest.raises(Refused) as refused:
        assessments.transcribe(
            world.session,
            world.amara,
            row,
            [Answer("1", "yes")],
            on=date(2026, 11, 24),
            by="N",
            now=world.now,
        )
    assert refused.value.field == "filled_on"
