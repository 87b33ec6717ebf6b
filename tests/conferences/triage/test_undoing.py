"""A decision can be undone for ten minutes, exactly, unless somebody has acted on it."""

from datetime import timedelta
from typing import Any

import pytest

from conferences.errors import NotAllowed, Stale, WrongState
from conferences.meeting import agenda
from conferences.models import DecisionKind, Elsewhere, ListingStatus, Referral, ReferralStatus
from conferences.referral import deciding
from conferences.triage import appeals, diverting, merging, queue_views, triage, undoing
from tests import make
from tests.make import World

R = ReferralStatus
AFTER = timedelta(minutes=10)


def _redirect(world: World, row: Referral) -> None:
    diverting.redirect(world.session, world.ben, row, to=Elsewhere.MATAC, reason="Serial", now=world.now)


def _alert(world: World, row: Referral) -> None:
    diverting.alert_only(world.session, world.ben, row, reason="Flags", now=world.now)


def _return(world: World, row: Referral) -> None:
    triage.return_with_question(world.session, world.ben, row, question="Who?", now=world.now)


def _decline(world: World, row: Referral) -> None:
    triage.decline(world.session, world.ben, row, **make.declining(), now=world.now)


def _accept(world: World, row: Referral) -> None:
    triage.accept(world.session, world.ben, row, make.conference(world), now=world.now)


@pytest.mark.parametrize("decide", [_redirect, _alert, _return, _decline, _accept])
def test_every_decision_is_undone_exactly(world: World, decide: Any) -> None:
    s, row = world.session, make.sent_referral(world)
    before = deciding.as_it_is(row)
    decide(world, row)
    assert deciding.as_it_is(row) != before
    undoing.undo(s, world.ben, row, now=world.now + AFTER)
    assert deciding.as_it_is(row) == before
    assert [one.referral_id for one in queue_views.queue(s, world.ben, now=world.now)] == [row.id]
    assert [one.kind for one in row.decisions][-1] is DecisionKind.UNDONE
    assert deciding.standing(row) == []


def test_after_ten_minutes_it_stands(world: World) -> None:
    row = make.sent_referral(world)
    _alert(world, row)
    later = world.now + AFTER + timedelta(seconds=1)
    assert undoing.undoable(world.session, world.ben, row, now=later) is None
    with pytest.raises(WrongState, match="Ten minutes are over"):
        undoing.undo(world.session, world.ben, row, now=later)


def test_a_case_accepted_by_mistake_leaves_the_agenda_and_can_come_back(world: World) -> None:
    s, row, meeting = world.session, make.sent_referral(world), make.conference(world)
    first = triage.accept(s, world.ben, row, meeting, now=world.now)
    undoing.undo(s, world.ben, row, now=world.now)
    assert (first.status, agenda.listings_for(s, world.ben, meeting)) == (ListingStatus.TAKEN_OFF, [])
    again = triage.accept(s, world.ben, row, meeting, now=world.now)
    assert agenda.listings_for(s, world.ben, meeting) == [again]


def test_an_issued_agenda_is_not_undone_under_its_readers(world: World) -> None:
    s, turn = world.session, make.listing(world)
    agenda.issue(s, world.ben, turn.conference, now=world.now)
    with pytest.raises(WrongState, match="agenda has been issued"):
        undoing.undo(s, world.ben, turn.referral, now=world.now)


def test_what_somebody_has_acted_on_is_not_undone(world: World) -> None:
    s, turn = world.session, make.listing(world)
    again = make.sent_referral(world)
    merging.merge(s, world.ben, again, turn, reason="Same", now=world.now)
    with pytest.raises(WrongState, match="worked on the case’s turn"):
        undoing.undo(s, world.ben, turn.referral, now=world.now)
    row = make.sent_referral(world)
    _return(world, row)
    triage.reply(s, world.amara, row, words="His mother", now=world.now)
    with pytest.raises(WrongState, match="no decision here"):
        undoing.undo(s, world.ben, row, now=world.now)


def test_an_undone_decision_is_not_undone_twice(world: World) -> None:
    row = make.sent_referral(world)
    _alert(world, row)
    undoing.undo(world.session, world.ben, row, now=world.now)
    with pytest.raises(WrongState):
        undoing.undo(world.session, world.ben, row, now=world.now)


def test_only_those_who_may_take_a_decision_undo_it(world: World) -> None:
    s, row = world.session, make.sent_referral(world)
    _decline(world, row)
    with pytest.raises(NotAllowed):
        undoing.undo(s, world.amara, row, now=world.now)
    triage.confirm_decline(s, world.chidi, row, agreed=True, reason="Read", now=world.now)
    with pytest.raises(NotAllowed):
        undoing.undo(s, world.ben, row, now=world.now)
    undoing.undo(s, world.chidi, row, now=world.now)
    assert (row.status, row.chair_confirmed_by_id) == (R.DECLINE_ASKED, None)


def test_undoing_from_an_older_page_is_told(world: World) -> None:
    row = make.sent_referral(world)
    seen = row.version
    _alert(world, row)
    with pytest.raises(Stale):
        undoing.undo(world.session, world.ben, row, now=world.now, version=seen)


def test_the_chairs_word_on_an_appeal_can_be_undone_by_the_chair(world: World) -> None:
    s, row = world.session, make.appealed(world)
    appeals.decide_appeal(s, world.chidi, row, agreed=True, reason="Go on", now=world.now)
    undoing.undo(s, world.chidi, row, now=world.now)
    assert row.status is R.APPEALED
