"""The queue keeps everything until a person decides, and says why each row is there."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from conferences.errors import NotAllowed, Refused, Stale, WrongState
from conferences.meeting import agenda
from conferences.models import DecisionKind, ReferralStatus, Scoring, Urgency
from conferences.referral import deciding
from conferences.triage import queue_views, triage
from tests import make
from tests.make import World


def test_least_time_left_comes_first_and_emergencies_before_all(world: World) -> None:
    s = world.session
    late = make.sent_referral(world, victim="Later Person", now=world.now)
    early = make.sent_referral(world, victim="Earlier Person", now=world.now - timedelta(days=3))
    urgent = make.sent_referral(world, victim="Urgent Person", urgency=Urgency.EMERGENCY)
    asked = make.sent_referral(world, victim="Asked Person", now=world.now - timedelta(days=4))
    triage.return_with_question(s, world.ben, asked, question="Who lives there?", now=world.now)
    rows = queue_views.queue(s, world.ben, now=world.now)
    assert [row.referral_id for row in rows] == [row.id for row in (urgent, early, late, asked)]
    assert [row.paused for row in rows] == [False, False, False, True]


def test_each_row_says_why_it_is_there(world: World) -> None:
    s = world.session
    both = make.sent_referral(world, victim="A Both", urgency=Urgency.EMERGENCY)
    below = make.sent_referral(world, victim="B Below", yes=3, judged_high=False)
    why = {row.referral_id: row.why_here for row in queue_views.queue(s, world.ben, now=world.now)}
    assert why[both.id] == ("emergency", "visible_high_risk", "professional_judgement")
    assert why[below.id] == ("below_the_line",)


def test_a_referral_is_due_at_five_the_next_working_day(world: World) -> None:
    make.sent_referral(world)
    (row,) = queue_views.queue(world.session, world.ben, now=world.now)
    assert row.decide_by.isoformat() == "2026-11-24T17:00:00+00:00"


def test_the_queue_is_for_those_who_decide(world: World) -> None:
    for user in (world.amara, world.dana, world.noor, world.ada):
        with pytest.raises(NotAllowed):
            queue_views.queue(world.session, user, now=world.now)
    assert queue_views.queue(world.session, world.chidi, now=world.now) == []
    assert len(queue_views.queue(world.session, world.erin, now=world.now)) == 1


def test_accepting_puts_the_case_on_the_meeting_and_out_of_the_queue(world: World) -> None:
    row, meeting = make.sent_referral(world), make.conference(world)
    turn = triage.accept(world.session, world.ben, row, meeting, now=world.now)
    assert (row.status, turn.case, turn.minutes) == (ReferralStatus.ACCEPTED, row.case, 14)
    assert queue_views.queue(world.session, world.ben, now=world.now) == []
    with pytest.raises(WrongState):
        triage.accept(world.session, world.ben, row, meeting, now=world.now)


def test_two_coordinators_at_once_the_second_is_told(world: World) -> None:
    row, meeting = make.sent_referral(world), make.conference(world)
    seen = row.version
    triage.return_with_question(world.session, world.ben, row, question="Who?", now=world.now, version=seen)
    with pytest.raises(Stale):
        triage.accept(world.session, world.ben, row, meeting, now=world.now, version=seen)


def test_another_areas_meeting_takes_no_case_from_here(world: World) -> None:
    row, meeting = make.sent_referral(world), make.conference(world)
    meeting.area_id = world.northmoor.id
    with pytest.raises(NotAllowed):
        triage.accept(world.session, world.ben, row, meeting, now=world.now)


def test_a_question_stops_the_clock_and_its_answer_brings_the_referral_back(world: World) -> None:
    s, row = world.session, make.sent_referral(world)
    with pytest.raises(Refused):
        triage.return_with_question(s, world.ben, row, question=" ", now=world.now)
    triage.return_with_question(s, world.ben, row, question="Who lives there?", now=world.now)
    assert row.status is ReferralStatus.RETURNED
    with pytest.raises(NotAllowed):
        triage.reply(s, world.dana, row, words="His mother", now=world.now)
    triage.reply(s, world.amara, row, words="His mother", now=world.now)
    assert row.status is ReferralStatus.SUBMITTED
    with pytest.raises(WrongState):
        triage.reply(s, world.amara, row, words="Again", now=world.now)
    s.refresh(row)
    assert [(d.kind, deciding.reason_of(s, d)) for d in row.decisions] == [
        (DecisionKind.RETURNED, "Who lives there?"),
        (DecisionKind.REPLIED, "His mother"),
    ]


def test_one_that_does_not_qualify_is_declined_with_a_reason(world: World) -> None:
    row = make.sent_referral(world, yes=3, judged_high=False)
    with pytest.raises(Refused):
        triage.decline(world.session, world.ben, row, **make.declining(""), now=world.now)
    triage.decline(
        world.session, world.ben, row, **make.declining("Support offered by housing"), now=world.now
    )
    assert (row.status, row.chair_confirmed_by_id) == (ReferralStatus.DECLINED, None)


def test_one_that_qualifies_waits_in_the_queue_for_the_chair(world: World) -> None:
    s, row = world.session, make.sent_referral(world)
    triage.decline(s, world.ben, row, **make.declining("Heard last week elsewhere"), now=world.now)
    assert row.status is ReferralStatus.DECLINE_ASKED
    assert [q.why_here[0] for q in queue_views.queue(s, world.chidi, now=world.now)] == ["decline_asked"]
    with pytest.raises(NotAllowed):
        triage.confirm_decline(s, world.ben, row, agreed=True, reason="I insist", now=world.now)
    triage.confirm_decline(s, world.chidi, row, agreed=True, reason="Agreed, heard there", now=world.now)
    assert (row.status, row.chair_confirmed_by_id) == (ReferralStatus.DECLINED, world.chidi.id)


def test_the_chair_may_send_it_back_to_the_queue(world: World) -> None:
    s, row = world.session, make.sent_referral(world)
    with pytest.raises(WrongState):
        triage.confirm_decline(s, world.chidi, row, agreed=True, reason="Too soon", now=world.now)
    triage.decline(s, world.ben, row, **make.declining("Too many cases"), now=world.now)
    triage.confirm_decline(s, world.chidi, row, agreed=False, reason="It qualifies", now=world.now)
    assert row.status is ReferralStatus.SUBMITTED


def test_an_unscored_referral_also_needs_the_chair(world: World) -> None:
    row = make.sent_referral(world)
    row.scoring, row.qualifies = Scoring.UNSCORED, None
    triage.decline(world.session, world.ben, row, **make.declining("Looks low"), now=world.now)
    assert row.status is ReferralStatus.DECLINE_ASKED


def test_the_database_itself_refuses_a_decline_without_the_chair(world: World) -> None:
    row = make.sent_referral(world)
    row.status = ReferralStatus.DECLINED
    with pytest.raises(IntegrityError, match="chair_confirms_declining_what_qualifies"):
        world.session.flush()


def test_only_meetings_that_have_not_begun_take_cases(world: World) -> None:
    meeting = make.conference(world)
    assert triage.open_conferences(world.session, world.ben, now=world.now) == [meeting]
    assert triage.open_conferences(world.session, world.ben, now=world.now + timedelta(days=30)) == []
    assert triage.open_conferences(world.session, world.erin, now=world.now) == []


def test_children_come_first_on_an_agenda(world: World) -> None:
    meeting = make.conference(world)
    adult = make.listing(world, meeting=meeting, victim="Adult One")
    first = make.listing(world, meeting=meeting, victim="With Child", children=("Pim",))
    last = make.listing(world, meeting=meeting, victim="Adult Two")
    second = make.listing(world, meeting=meeting, victim="Also Child", children=("Oona",))
    rows = agenda.listings_for(world.session, world.ben, meeting)
    assert [row.id for row in rows] == [first.id, second.id, adult.id, last.id]
