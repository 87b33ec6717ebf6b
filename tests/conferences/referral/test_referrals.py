"""A referral is stored and queued whatever happens, and nothing acknowledged is lost."""

import pytest
from sqlalchemy import func, select

import risk
from conferences.checklist import assessments
from conferences.checklist.assessments import Answer
from conferences.errors import Incomplete, NotAllowed, Refused, Stale
from conferences.models import AuditEntry, Part, Referral, ReferralStatus, SafeAddress, Scoring, Urgency
from conferences.person import people
from conferences.person.people import PersonDetails
from conferences.referral import referrals
from conferences.triage import queue_views
from tests import make
from tests.make import World


def test_it_does_not_begin_when_it_is_not_safe_to_talk(world: World) -> None:
    with pytest.raises(Refused, match="Stop here and come back"):
        referrals.start(world.session, world.amara, safe_to_talk="no", now=world.now)
    assert world.session.scalar(select(func.count()).select_from(Referral)) == 1


def test_an_administrator_refers_nobody(world: World) -> None:
    with pytest.raises(NotAllowed):
        make.draft(world, by=world.ada)


def test_a_new_draft_is_kept_for_fourteen_days_and_its_reference_is_random(world: World) -> None:
    first, second = make.draft(world), make.draft(world)
    assert (first.expires_on - world.now.date()).days == 14
    assert first.case.reference != second.case.reference
    assert first.case.reference.startswith("AS-")
    assert len(first.case.reference) == 8


def test_an_empty_draft_cannot_be_sent_and_says_everything_that_is_missing(world: World) -> None:
    row = make.draft(world)
    with pytest.raises(Incomplete) as refused:
        referrals.submit(world.session, world.amara, row, now=world.now)
    assert [task for task, _ in refused.value.missing] == [
        "judgement", "checklist", "final", "victim", "contact", "perpetrators", "reason", "sharing",
    ]  # fmt: skip
    assert row.status is ReferralStatus.DRAFT


def test_answers_are_kept_one_by_one_and_unanswered_is_never_no(world: World) -> None:
    row = make.draft(world)
    assessments.answer(
        world.session, world.amara, row, [Answer("3", "yes", "victim", "“Sick”")], now=world.now
    )
    progress = assessments.answer(world.session, world.amara, row, [Answer("9", "dont_know")], now=world.now)
    assert (progress.answered, progress.total, progress.certain) == (2, 24, False)
    assert assessments.values(assessments.answers_of(world.session, row.assessment)) == {
        "3": "yes",
        "9": "dont_know",
    }


def test_an_answer_can_be_changed_and_taken_back_while_it_is_a_draft(world: World) -> None:
    row = make.draft(world)
    for value, expected in (("yes", {"3": "yes"}), ("no", {"3": "no"}), (None, {})):
        assessments.answer(world.session, world.amara, row, [Answer("3", value)], now=world.now)
        assert assessments.values(assessments.answers_of(world.session, row.assessment)) == expected


@pytest.mark.parametrize(("item", "value"), [("25", "yes"), ("0", "yes"), ("1", "maybe"), ("1", "true")])
def test_an_answer_that_does_not_exist_is_refused(world: World, item: str, value: str) -> None:
    with pytest.raises(Refused):
        assessments.answer(
            world.session, world.amara, make.draft(world), [Answer(item, value)], now=world.now
        )


def test_certain_as_soon_as_fourteen_are_yes(world: World) -> None:
    row = make.draft(world)
    given = [Answer(str(n), "yes") for n in range(1, 14)]
    assert not assessments.answer(world.session, world.amara, row, given, now=world.now).certain
    assert assessments.answer(world.session, world.amara, row, [Answer("14", "yes")], now=world.now).certain


def test_fourteen_yes_qualifies_and_thirteen_without_judgement_does_not(world: World) -> None:
    assert make.sent_referral(world, yes=14, judged_high=False).qualifies is True
    below = make.sent_referral(world, yes=13, judged_high=False, victim="Edda Harrow")
    assert below.qualifies is False
    assert below.id in [row.referral_id for row in queue_views.queue(world.session, world.ben, now=world.now)]


def test_judgement_alone_qualifies(world: World) -> None:
    row = make.sent_referral(world, yes=2, judged_high=True)
    result = assessments.result_of(world.session, row.assessment)
    assert result is not None
    assert row.qualifies is True
    assert [ground["id"] for ground in result["grounds"]] == ["professional_judgement"]
    assert (result["score_min"], result["score_max"], result["threshold"]) == (2, 2, 14)


def test_a_repeat_as_a_stated_fact_qualifies_up_to_the_anniversary(world: World) -> None:
    inside = {"repeat": "yes", "last_referral_on": "2025-11-24", "incidents": ["2026-11-20"]}
    outside = {"repeat": "yes", "last_referral_on": "2025-11-01", "incidents": ["2026-11-20"]}
    assert make.sent_referral(world, yes=1, judged_high=False, history=inside).qualifies is True
    assert make.sent_referral(world, yes=1, judged_high=False, history=outside).qualifies is False


def test_three_incidents_in_twelve_months_qualify(world: World) -> None:
    three = {"incidents": ["2026-03-01", "2026-08-01", "2026-11-20"]}
    assert make.sent_referral(world, yes=1, judged_high=False, history=three).qualifies is True
    assert (
        make.sent_referral(world, yes=1, judged_high=False, history={"incidents": ["2026-03-01"]}).qualifies
        is False
    )


def test_scoring_may_fail_but_the_referral_is_queued_as_unscored(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = make.filled_draft(world)

    def breaks(*args: object, **options: object) -> None:
        world.session.execute(select(func.count()).select_from(Referral))
        raise RuntimeError("scoring is broken")

    monkeypatch.setattr(risk, "assess", breaks)
    referrals.submit(world.session, world.amara, row, now=world.now)
    assert (row.status, row.scoring, row.qualifies) == (ReferralStatus.SUBMITTED, Scoring.UNSCORED, None)
    assert ["unscored" in q.why_here for q in queue_views.queue(world.session, world.ben, now=world.now)] == [
        True
    ]
    kinds = world.session.scalars(select(AuditEntry.kind).where(AuditEntry.subject_id == row.id)).all()
    assert "assessment.unscored" in kinds


def test_sending_twice_is_one_referral(world: World) -> None:
    row = make.sent_referral(world)
    sent_at = row.submitted_at
    referrals.submit(world.session, world.amara, row, now=world.now.replace(hour=16))
    assert row.submitted_at == sent_at


def test_a_stale_form_does_not_send(world: World) -> None:
    row = make.filled_draft(world)
    with pytest.raises(Stale):
        referrals.submit(world.session, world.amara, row, now=world.now, version=row.version + 7)


def test_nobody_else_edits_or_sends_a_draft(world: World) -> None:
    row = make.filled_draft(world)
    for user in (world.ben, world.chidi, world.dana, world.erin):
        with pytest.raises(NotAllowed):
            referrals.submit(world.session, user, row, now=world.now)
    with pytest.raises(NotAllowed):
        referrals.save_person(
            world.session, world.ben, row, Part.CHILD, PersonDetails(name="Oona"), now=world.now
        )


def test_what_was_sent_is_not_edited_any_more(world: World) -> None:
    row = make.sent_referral(world)
    with pytest.raises(NotAllowed):
        assessments.answer(world.session, world.amara, row, [Answer("1", "no")], now=world.now)


def test_several_perpetrators_and_children_and_one_taken_out_again(world: World) -> None:
    row = make.filled_draft(world, children=("Pim", "Oona"))
    extra = referrals.save_person(
        world.session, world.amara, row, Part.PERPETRATOR, PersonDetails(name="Imran Kestrel"), now=world.now
    )
    assert len(people.in_part(row.case, Part.PERPETRATOR)) == 2
    referrals.remove_person(world.session, world.amara, row, extra, now=world.now)
    assert len(people.in_part(row.case, Part.PERPETRATOR)) == 1
    assert len(people.in_part(row.case, Part.CHILD)) == 2
    assert extra.removed_at == world.now


def test_naming_the_victim_again_changes_the_same_person(world: World) -> None:
    row = make.filled_draft(world)
    again = PersonDetails(name="Testa Hollis")
    referrals.save_person(world.session, world.amara, row, Part.VICTIM, again, now=world.now)
    assert people.name_of(world.session, people.victim_of(row.case)) == "Testa Hollis"
    assert len(people.in_part(row.case, Part.VICTIM)) == 1


@pytest.mark.parametrize("born", ["2027-01-01", "1066", "1992-02-30"])
def test_a_date_of_birth_that_cannot_be_is_refused(world: World, born: str) -> None:
    with pytest.raises(Refused) as refused:
        referrals.save_person(
            world.session,
            world.amara,
            make.draft(world),
            Part.VICTIM,
            PersonDetails(born=born),
            now=world.now,
        )
    assert refused.value.field == "born"


def test_a_new_address_supersedes_the_old_which_is_kept(world: World) -> None:
    row = make.filled_draft(world, address="1 Hidden Row")
    referrals.save_address(world.session, world.amara, row, "2 Quiet Close", now=world.now)
    held = world.session.scalars(select(SafeAddress)).all()
    assert sorted(address.superseded_at is None for address in held) == [False, True]
    shown = people.look_at_address(world.session, world.amara, row.case, reason="Visit", now=world.now)
    assert shown is not None
    assert shown.words == "2 Quiet Close"


def test_looking_at_an_address_is_an_event_of_its_own_with_its_reason(world: World) -> None:
    row = make.sent_referral(world, address="1 Hidden Row")
    people.look_at_address(world.session, world.noor, row.case, reason="Refuge transport", now=world.now)
    entry = world.session.scalars(select(AuditEntry).where(AuditEntry.kind == "address.viewed")).one()
    assert (entry.actor_id, entry.subject_id, entry.fields) == (world.noor.id, row.case.id, None)
    assert entry.reason_sealed is not None
    assert b"Refuge" not in entry.reason_sealed


def test_an_address_needs_a_person_first(world: World) -> None:
    with pytest.raises(Refused, match="Say first who is at risk"):
        referrals.save_address(world.session, world.amara, make.draft(world), "1 Hidden Row", now=world.now)


def test_sharing_without_consent_needs_necessity(world: World) -> None:
    row = make.draft(world)
    for consent, basis, why, field in (
        ("refused", "public_task", None, "why"),
        ("maybe", "public_task", None, "consent"),
        ("given", "curiosity", None, "basis"),
    ):
        with pytest.raises(Refused) as refused:
            referrals.save_sharing(
                world.session, world.amara, row, consent=consent, basis=basis, why=why, now=world.now
            )
        assert refused.value.field == field


@pytest.mark.parametrize(
    ("history", "field"),
    [
        ({"incidents": ["2026-11-24"]}, "incidents"),
        ({"repeat": "yes"}, "last_referral_on"),
        ({"repeat": "yes", "last_referral_on": "2027-01-01"}, "last_referral_on"),
    ],
)
def test_history_that_cannot_be_is_refused(world: World, history: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        referrals.save_reason(
            world.session, world.amara, make.draft(world), reason="x", wishes=None,
            urgency=Urgency.STANDARD, history=history, now=world.now,
        )  # fmt: skip
    assert refused.value.field == field


def test_judging_high_needs_a_reason_and_a_known_view(world: World) -> None:
    row = make.draft(world)
    with pytest.raises(Refused):
        assessments.judge_last(world.session, world.amara, row, refer=True, why=None, now=world.now)
    with pytest.raises(Refused):
        assessments.judge_first(world.session, world.amara, row, view="certain", why=None, now=world.now)
