"""A returned referral asks for exactly what is missing, and takes exactly that."""

from datetime import timedelta
from typing import Any

import pytest

from conferences.checklist import assessments
from conferences.checklist.assessments import Answer
from conferences.errors import Incomplete, Refused
from conferences.meeting import agenda
from conferences.models import ListingStatus, Referral, ReferralStatus
from conferences.referral import referrals
from conferences.sealing import unseal_json
from conferences.triage import asking, queue_views, triage, undoing
from conferences.triage.asking import Given
from tests import make
from tests.make import World


def unsure(world: World) -> Referral:
    """Eleven yes, and items 13, 14 and 23 without a clear answer: three yes would decide it."""
    row = make.filled_draft(world, yes=11, judged_high=False)
    given = [Answer("13", "dont_know"), Answer("14", "refused"), Answer("23", "dont_know")]
    assessments.answer(world.session, world.amara, row, given, now=world.now)
    referrals.submit(world.session, world.amara, row, now=world.now)
    return row


def asked(world: World, row: Referral, **about: Any) -> None:
    keys = ("item_13", "item_14", "item_23", "part_children")
    triage.return_with_question(world.session, world.ben, row, ask=keys, now=world.now, **about)


def test_what_could_decide_it_is_offered_first(world: World) -> None:
    row = unsure(world)
    offered = asking.askable(world.session, row)
    assert [one.key for one in offered[:4]] == ["item_13", "item_14", "item_23", "part_victim"]
    assert [one.decides for one in offered[:4]] == [True, True, True, False]
    with pytest.raises(Refused, match="still open"):
        triage.return_with_question(world.session, world.ben, row, ask=["item_1"], now=world.now)


def test_the_referrer_answers_each_and_the_referral_is_scored_again(world: World) -> None:
    s, row = world.session, unsure(world)
    asked(world, row)
    given = {
        "item_13": Given("yes", "A knife in the car."),
        "item_14": Given("yes"),
        "item_23": Given("dont_know", "Nobody knows."),
    }
    with pytest.raises(Incomplete) as refused:
        triage.reply(s, world.amara, row, answers=given, now=world.now)
    assert refused.value.missing == [("part_children", "Answer: Children")]
    given["part_children"] = Given(words="Two, with her sister.")
    triage.reply(s, world.amara, row, answers=given, now=world.now)
    result = assessments.result_of(s, row.assessment)
    assert result is not None
    assert (row.status, result["score_min"], result["score_max"]) == (ReferralStatus.SUBMITTED, 13, 14)
    kept = asking.questions(s, row)
    assert unseal_json(s, kept[0].row, "before")["value"] == "dont_know"
    assert kept[0].given == Given("yes", "A knife in the car.")
    assert all(one.row.answered_by_id == world.amara.id for one in kept)


def test_an_answer_that_is_no_answer_of_the_item_is_refused(world: World) -> None:
    row = unsure(world)
    triage.return_with_question(world.session, world.ben, row, ask=["item_13"], now=world.now)
    with pytest.raises(Incomplete):
        triage.reply(world.session, world.amara, row, answers={"item_13": Given("perhaps")}, now=world.now)


def test_answers_can_make_a_referral_qualify_and_never_stop_it(world: World) -> None:
    s, row = world.session, unsure(world)
    assert row.qualifies is False
    asked(world, row)
    yes = {f"item_{n}": Given("yes") for n in (13, 14, 23)} | {"part_children": Given(words="None.")}
    triage.reply(s, world.amara, row, answers=yes, now=world.now)
    assert row.qualifies is True


def test_the_clock_stands_still_and_the_referrers_own_is_chased(world: World) -> None:
    s, row = world.session, unsure(world)
    asked(world, row)
    (now_row,) = queue_views.queue(s, world.ben, now=world.now)
    assert (now_row.clock.state.value, now_row.clock.because) == ("paused", "referrer_asked")
    chases = []
    for days in (1, 2, 3):
        (later,) = queue_views.queue(s, world.ben, now=world.now + timedelta(days=days))
        assert later.chase is not None
        chases.append((later.chase.chase, later.chase.escalate))
        assert later.clock.spent == 0
    assert chases == [(False, False), (True, False), (True, True)]


def test_where_the_clock_is_a_moment_behind_the_queue_opens_all_the_same(world: World) -> None:
    """Two machines never agree to the millisecond: one asks, the other shows the queue."""
    s, row = world.session, unsure(world)
    asked(world, row)
    (found,) = queue_views.queue(s, world.ben, now=world.now - timedelta(milliseconds=40))
    assert found.chase is not None
    assert (found.chase.chase, found.chase.escalate) == (False, False)


def test_a_place_is_held_while_the_referrer_answers(world: World) -> None:
    s, row, meeting = world.session, make.sent_referral(world), make.conference(world)
    triage.return_with_question(s, world.ben, row, question="Which school?", meanwhile=meeting, now=world.now)
    (held,) = agenda.listings_for(s, world.ben, meeting)
    assert held.provisional
    triage.reply(s, world.amara, row, words="Mill Lane", now=world.now)
    firm = triage.accept(s, world.ben, row, meeting, now=world.now)
    assert (firm.id, firm.provisional) == (held.id, False)
    undoing.undo(s, world.ben, row, now=world.now)
    assert (held.provisional, held.status, row.status) == (
        True,
        ListingStatus.LISTED,
        ReferralStatus.SUBMITTED,
    )


def test_a_held_place_is_let_go_with_the_decision_and_comes_back_when_it_is_undone(world: World) -> None:
    s, row, meeting = world.session, make.sent_referral(world), make.conference(world)
    other = make.conference(world, days=16)
    triage.return_with_question(s, world.ben, row, question="Which school?", meanwhile=meeting, now=world.now)
    triage.accept(s, world.ben, row, other, now=world.now)
    assert agenda.listings_for(s, world.ben, meeting) == []
    undoing.undo(s, world.ben, row, now=world.now)
    assert agenda.listings_for(s, world.ben, other) == []
    assert [turn.provisional for turn in agenda.listings_for(s, world.ben, meeting)] == [True]


def test_only_what_may_qualify_holds_a_place(world: World) -> None:
    row, meeting = make.sent_referral(world, yes=3, judged_high=False), make.conference(world)
    with pytest.raises(Refused, match="may qualify"):
        triage.return_with_question(
            world.session, world.ben, row, question="Who?", meanwhile=meeting, now=world.now
        )


def test_asking_undone_leaves_no_question(world: World) -> None:
    row = unsure(world)
    asked(world, row)
    undoing.undo(world.session, world.ben, row, now=world.now)
    assert asking.questions(world.session, row) == []
