"""The ways out of the queue that are no meeting: elsewhere, alerts only, an update, taken back, appealed."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from conferences.case import case_views
from conferences.errors import NotAllowed, Refused, WrongState
from conferences.meeting import agenda, meetings
from conferences.models import (
    Case,
    DecisionKind,
    Elsewhere,
    ListingStatus,
    Part,
    Referral,
    ReferralStatus,
    WithdrawCode,
)
from conferences.person import contacts, people
from conferences.reaching import Contact, Point
from conferences.referral import deciding
from conferences.sealing import unseal
from conferences.triage import appeals, diverting, merging, queue_views, triage, withdrawals
from conferences.visibility import visible_to
from conferences.wall import conflicts, sides, staff, walls
from conferences.wall.staff import Home
from tests import make
from tests.make import World

R = ReferralStatus


def waiting(world: World) -> list[Referral]:
    rows = queue_views.queue(world.session, world.ben, now=world.now)
    return [world.session.get_one(Referral, row.referral_id) for row in rows]


def test_a_referral_that_belongs_elsewhere_is_sent_on_with_its_reason(world: World) -> None:
    s, row = world.session, make.sent_referral(world)
    with pytest.raises(Refused):
        diverting.redirect(s, world.ben, row, to=Elsewhere.MAPPA, reason=" ", now=world.now)
    with pytest.raises(NotAllowed):
        diverting.redirect(s, world.chidi, row, to=Elsewhere.MAPPA, reason="Level 2", now=world.now)
    diverting.redirect(s, world.ben, row, to=Elsewhere.CHILD_PROTECTION, reason="She is 15", now=world.now)
    assert (row.status, row.redirected_to) == (R.REDIRECTED, Elsewhere.CHILD_PROTECTION)
    assert waiting(world) == []
    with pytest.raises(WrongState):
        diverting.alert_only(s, world.ben, row, reason="Again", now=world.now)


def test_one_listed_for_alerts_only_can_go_onto_a_meeting_later(world: World) -> None:
    s, row = world.session, make.sent_referral(world)
    diverting.alert_only(s, world.ben, row, reason="Flag her address history", now=world.now)
    assert (row.status, waiting(world)) == (R.ALERT_ONLY, [])
    turn = triage.accept(s, world.ben, row, make.conference(world), now=world.now)
    assert (row.status, turn.referral) == (R.ACCEPTED, row)


def test_a_second_referral_of_the_same_two_people_is_an_update_and_counts_once(world: World) -> None:
    s, turn = world.session, make.listing(world)
    again = make.sent_referral(world, victim="MARROWBY Testa")
    assert merging.turns_for(s, world.ben, again) == [turn]
    merging.merge(s, world.ben, again, turn, reason="Same birth date and same man", now=world.now)
    assert (again.status, again.merged_into_id) == (R.MERGED, turn.id)
    assert agenda.listings_for(s, world.ben, turn.conference) == [turn]
    assert merging.updates_of(s, world.chidi, turn) == [again]
    assert case_views.listings_of(s, world.ben, again.case) == [turn]


@pytest.mark.parametrize(
    "about", [{"victim": "Somebody Else"}, {"perpetrator": "Another Man"}], ids=["victim", "perpetrator"]
)
def test_other_people_are_not_merged(world: World, about: dict[str, str]) -> None:
    s, turn = world.session, make.listing(world)
    again = make.sent_referral(world, **about)
    assert merging.turns_for(s, world.ben, again) == []
    with pytest.raises(Refused, match="about other people"):
        merging.merge(s, world.ben, again, turn, reason="I think so", now=world.now)


def test_cases_with_different_walls_are_not_merged(world: World) -> None:
    """Who is shut out of one case must not learn of the other through it."""
    s, turn = world.session, make.listing(world)
    again = make.sent_referral(world)
    people.exclude(s, world.ben, turn.case, user_id=world.dana.id, reason="His sister", now=world.now)
    with pytest.raises(Refused, match="Different people are shut out"):
        merging.merge(s, world.ben, again, turn, reason="Same people", now=world.now)
    people.exclude(s, world.ben, again.case, user_id=world.dana.id, reason="His sister", now=world.now)
    merging.merge(s, world.ben, again, turn, reason="Same people", now=world.now)
    assert again.status is R.MERGED


def two_as_one(world: World) -> tuple[Case, Case]:
    """A case with its turn, and a later one that was added to it."""
    turn, again = make.listing(world), make.sent_referral(world)
    merging.merge(world.session, world.ben, again, turn, reason="Same people", now=world.now)
    return turn.case, again.case


def who_knows(world: World, case: Case) -> set[str]:
    wanted = Case.id == case.id
    return {
        name
        for name, user in world.cast().items()
        if world.session.scalars(visible_to(user, Case).where(wanted)).one_or_none()
    }


@pytest.mark.parametrize("first", [0, 1], ids=["the earlier", "the later"])
def test_whoever_is_shut_out_of_one_afterwards_is_shut_out_of_both(world: World, first: int) -> None:
    """Finding: a chair shut out of the turn still read the referral that had been added to it."""
    s, both = world.session, two_as_one(world)
    walls.exclude(s, world.ben, both[first], user_id=world.chidi.id, reason="His cousin", now=world.now)
    assert [who_knows(world, one) for one in both] == [{"amara", "ben", "noor"}] * 2
    assert sides.same(s, *both)
    row = both[1 - first].exclusions[0]
    walls.lift(s, world.ben, both[1 - first], row.id, reason="A namesake", now=world.now)
    assert [who_knows(world, one) for one in both] == [{"amara", "ben", "chidi", "noor"}] * 2


def test_what_is_kept_to_a_few_afterwards_keeps_what_was_added_to_it(world: World) -> None:
    s, both = world.session, two_as_one(world)
    walls.restrict(s, world.ben, both[0], user_id=world.chidi.id, reason="Staff", now=world.now)
    assert [who_knows(world, one) for one in both] == [{"amara", "ben", "chidi"}] * 2
    walls.open_again(s, world.ben, both[1], reason="They left", now=world.now)
    assert [who_knows(world, one) for one in both] == [{"amara", "ben", "chidi", "noor"}] * 2


def test_whoever_is_like_somebody_in_one_is_shut_out_of_both(world: World) -> None:
    """Only the first referral says how he is reached; the second was added to it and names him alone."""
    s, both = world.session, two_as_one(world)
    him = people.in_part(both[0], Part.PERPETRATOR)[0].person
    hers = Contact(None, (Point(value="01632 960777"),))
    contacts.change(s, world.ben, both[0], him, hers, now=world.now)
    staff.keep_household(s, world.noor, Home(phones="01632 960777"), now=world.now)
    conflicts.look_at_user(s, world.noor, now=world.now)
    assert [who_knows(world, one) for one in both] == [{"amara", "ben", "chidi"}] * 2
    waiting_ = both[1].exclusions[0]
    walls.confirm(s, world.ben, both[1], waiting_.id, now=world.now)
    assert [walls.waits(one.exclusions[0]) for one in both] == [False, False]


def test_a_turn_that_is_over_takes_no_update(world: World) -> None:
    s, turn = world.session, make.opened_listing(world)
    make.action(world, turn)
    meetings.conclude(s, world.chidi, turn, make.conclusion(), now=world.now)
    again = make.sent_referral(world)
    assert merging.turns_for(s, world.ben, again) == []
    with pytest.raises(WrongState):
        merging.merge(s, world.ben, again, turn, reason="Same people", now=world.now)


def test_taking_back_needs_a_reason_and_the_coordinators_word(world: World) -> None:
    s, row = world.session, make.sent_referral(world)
    code = WithdrawCode.SENT_TWICE
    with pytest.raises(NotAllowed):
        withdrawals.withdraw(s, world.dana, row, code=code, reason="Twice", now=world.now)
    withdrawals.withdraw(s, world.amara, row, code=code, reason="Twice", now=world.now)
    assert (row.status, waiting(world)) == (R.WITHDRAW_ASKED, [row])
    with pytest.raises(NotAllowed):
        withdrawals.confirm_withdrawal(s, world.amara, row, agreed=True, reason="Yes", now=world.now)
    withdrawals.confirm_withdrawal(s, world.ben, row, agreed=True, reason="I see the other", now=world.now)
    assert (row.status, row.withdrawal_confirmed_by_id) == (R.WITHDRAWN, world.ben.id)


def test_that_she_does_not_want_it_is_no_reason_by_itself(world: World) -> None:
    row = make.sent_referral(world)
    with pytest.raises(Refused, match="not a reason by itself"):
        withdrawals.withdraw(
            world.session, world.amara, row, code=WithdrawCode.NOT_WANTED, reason="She said no", now=world.now
        )


def test_taking_back_refused_puts_the_referral_where_it_was(world: World) -> None:
    s, row = world.session, make.sent_referral(world)
    triage.return_with_question(s, world.ben, row, question="Which school?", now=world.now)
    withdrawals.withdraw(
        s, world.amara, row, code=WithdrawCode.FACTS_CHANGED, reason="He is not", now=world.now
    )
    withdrawals.confirm_withdrawal(s, world.ben, row, agreed=False, reason="Answer first", now=world.now)
    assert row.status is R.RETURNED


def test_a_repeat_is_declined_only_with_the_chair(world: World) -> None:
    history = {"repeat": "yes", "last_referral_on": "2021-03-01"}
    row = make.sent_referral(world, yes=3, judged_high=False, history=history)
    assert (row.qualifies, row.known_repeat) == (False, True)
    triage.decline(world.session, world.ben, row, **make.declining(), now=world.now)
    assert row.status is R.DECLINE_ASKED


def test_declining_says_why_where_to_turn_and_what_was_advised(world: World) -> None:
    s, row = world.session, make.sent_referral(world, yes=3, judged_high=False)
    told = make.declining()
    with pytest.raises(Refused):
        triage.decline(s, world.ben, row, **(told | {"signpost": ""}), now=world.now)
    triage.decline(s, world.ben, row, **told, advice="Ring the advocate", now=world.now)
    said = deciding.newest(row, DecisionKind.DECLINED)
    assert said is not None
    assert (said.decline_code, unseal(s, said, "signpost"), unseal(s, said, "advice")) == (
        told["code"],
        told["signpost"],
        "Ring the advocate",
    )


def test_a_referrer_may_appeal_once_within_two_working_days_and_the_chair_decides(world: World) -> None:
    s, row = world.session, make.declined(world)
    until = appeals.appeal_by(s, row)
    assert until is not None
    assert until.isoformat() == "2026-11-25T17:00:00+00:00"
    with pytest.raises(WrongState, match="time to appeal is over"):
        appeals.appeal(s, world.amara, row, reason="No", now=until + timedelta(minutes=1))
    appeals.appeal(s, world.amara, row, reason="He is back", now=until)
    assert (row.status, waiting(world)) == (R.APPEALED, [row])
    with pytest.raises(NotAllowed):
        appeals.decide_appeal(s, world.ben, row, agreed=False, reason="No", now=until)
    appeals.decide_appeal(s, world.chidi, row, agreed=False, reason="Read again", now=until)
    assert (row.status, row.chair_confirmed_by_id) == (R.DECLINED, world.chidi.id)
    with pytest.raises(WrongState, match="already decided an appeal"):
        appeals.appeal(s, world.amara, row, reason="Again", now=until)


def test_an_appeal_the_chair_agrees_with_is_back_in_the_queue(world: World) -> None:
    row = make.appealed(world)
    appeals.decide_appeal(world.session, world.chidi, row, agreed=True, reason="Go on", now=world.now)
    assert (row.status, waiting(world)) == (R.SUBMITTED, [row])


@pytest.mark.parametrize(
    ("status", "rule"),
    [
        (R.REDIRECTED, "redirected_says_where_to"),
        (R.MERGED, "merged_says_into_what"),
        (R.WITHDRAWN, "withdrawing_is_confirmed"),
        (R.APPEALED, "appeal_is_dated"),
        (R.AWAITING_SIGNOFF, "signing_off_is_dated"),
    ],
)
def test_the_database_refuses_an_end_without_what_belongs_to_it(
    world: World, status: ReferralStatus, rule: str
) -> None:
    row = make.sent_referral(world)
    row.status = status
    with pytest.raises(IntegrityError, match=rule):
        world.session.flush()


def test_the_database_refuses_a_repeat_declined_without_the_chair(world: World) -> None:
    row = make.sent_referral(world, yes=3, judged_high=False)
    row.status, row.known_repeat = R.DECLINED, True
    with pytest.raises(IntegrityError, match="chair_confirms_declining_what_qualifies"):
        world.session.flush()


def test_a_turn_taken_off_is_no_turn(world: World) -> None:
    turn = make.listing(world)
    agenda.take_off(world.session, turn)
    assert turn.status is ListingStatus.TAKEN_OFF
    assert agenda.listings_for(world.session, world.ben, turn.conference) == []
    assert case_views.listings_of(world.session, world.ben, turn.case) == []
