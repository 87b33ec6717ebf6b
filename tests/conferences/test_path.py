"""The whole path by its verbs: from the first question to an agency's plan."""

from conferences.meeting import actions, agenda, documents, meetings, papers
from conferences.models import ActionStatus, ListingStatus, ReferralStatus, RiskNow
from conferences.triage import queue_views, triage
from tests import make
from tests.make import World


def test_a_case_goes_from_referral_to_a_kept_promise(world: World) -> None:
    s, now = world.session, world.now
    referral = make.sent_referral(world, children=("Pim",), address="1 Hidden Row")
    assert [row.victim for row in queue_views.queue(s, world.ben, now=now)] == ["Testa Marrowby"]
    meeting = make.conference(world)
    turn = triage.accept(s, world.ben, referral, meeting, now=now)
    assert referral.status is ReferralStatus.ACCEPTED
    assert agenda.issue(s, world.ben, meeting, now=now) == 1
    meetings.open_meeting(s, world.chidi, meeting, now=now)
    make.contribution(world, turn)
    action = make.action(world, turn)
    meetings.conclude(s, world.chidi, turn, make.conclusion(), now=now)
    assert turn.status is ListingStatus.HEARD
    paper = documents.ask_for_plan(s, world.dana, world.agencies["HSG"], now=now)
    plan = papers.action_plan(s, paper, now=now)
    assert [item.what for item in plan.actions] == ["Change the front door lock"]
    agenda_paper = documents.ask_for_agenda(s, world.chidi, meeting, now=now)
    assert [case.victim.name for case in papers.agenda_plan(s, agenda_paper).cases] == ["Testa Marrowby"]
    actions.complete(s, world.dana, action, outcome="Fitted, job 12", risk_now=RiskNow.LOWER, now=now)
    assert action.status is ActionStatus.DONE
