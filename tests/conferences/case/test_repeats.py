"""The twelve-month rule in the product: referred on 24 November 2025, heard on 10 December 2025."""

from datetime import UTC, datetime, timedelta

import pytest

from conferences.case import repeats
from conferences.errors import NotAllowed, Refused, WrongState
from conferences.models import Listing, ListingStatus, Part, Referral, Sameness, User
from conferences.person import identity, people
from conferences.triage import queue_views, triage
from tests import make
from tests.make import World

FIRST = datetime(2025, 11, 24, 10, tzinfo=UTC)
HEARD = datetime(2025, 12, 10, 10, tzinfo=UTC)


def the_earlier(world: World, **about) -> Listing:
    """The first referral, accepted and heard a year before everything else here."""
    from conferences.meeting import agenda, meetings
    from conferences.triage import triage

    row = make.sent_referral(world, now=FIRST, **about)
    meeting = make.conference(world, days=16, now=FIRST)
    turn = triage.accept(world.session, world.ben, row, meeting, now=FIRST)
    agenda.issue(world.session, world.ben, meeting, now=FIRST)
    meetings.open_meeting(world.session, world.chidi, meeting, now=HEARD)
    shown = make.World(**{**world.__dict__, "now": HEARD})
    make.action(shown, turn)
    meetings.conclude(world.session, world.chidi, turn, make.conclusion(), now=HEARD)
    return turn


def link(world: World, one: Referral, other: Referral, *, part: Part = Part.VICTIM, to: Part | None = None):
    """Says that two referrals name the same person."""
    first, second = people.in_part(one.case, part)[0], people.in_part(other.case, to or part)[0]
    return identity.decide(
        world.session,
        world.ben,
        first.person,
        second.person,
        Sameness.SAME,
        reason="Same birth",
        now=world.now,
    )


def the_new(world: World, incident: str, kind: str | None = None, **about) -> Referral:
    return make.sent_referral(
        world, history={"incidents": [incident], "incident_kind": kind}, yes=3, judged_high=False, **about
    )


def the_pair(world: World, incident: str, kind: str | None = None) -> tuple[Listing, Referral]:
    before, new = the_earlier(world), the_new(world, incident, kind)
    link(world, new, before.referral)
    link(world, new, before.referral, part=Part.PERPETRATOR)
    return before, new


def judged(world: World, row: Referral) -> repeats.Judged:
    return repeats.judge(world.session, world.ben, row, now=world.now)


@pytest.mark.parametrize(
    ("incident", "kind"),
    [("2026-11-20", "repeat"), ("2026-11-23", "repeat"), ("2025-11-24", "repeat"), ("2025-11-23", "new")],
)
def test_an_incident_within_twelve_months_of_the_last_referral_is_a_repeat(
    world: World, incident: str, kind: str
) -> None:
    _, new = the_pair(world, incident)
    assert judged(world, new).decision.kind == kind


def test_the_evidence_shows_both_anchors_and_both_windows(world: World) -> None:
    before, new = the_pair(world, "2026-11-20")
    (one,) = judged(world, new).evidence
    assert one.reference == before.case.reference
    assert one.referred_on.isoformat() == "2025-11-24"
    assert one.referral_window.isoformat() == "2026-11-24"
    assert one.heard_on is not None
    assert one.heard_on.isoformat() == "2025-12-10"
    assert one.hearing_window is not None
    assert one.hearing_window.isoformat() == "2026-12-10"


def test_without_a_confirmed_identity_nothing_is_a_repeat(world: World) -> None:
    the_earlier(world)
    found = judged(world, the_new(world, "2026-11-20"))
    assert found.decision.kind == "new"
    assert found.evidence == ()


def test_another_perpetrator_makes_a_new_case_linked_by_the_victim(world: World) -> None:
    before, new = the_earlier(world), the_new(world, "2026-11-20", perpetrator="Somebody Else")
    link(world, new, before.referral)
    found = judged(world, new)
    assert found.decision.kind == "new"
    assert [one.relation for one in found.evidence] == ["same_victim"]


def test_another_victim_of_the_same_perpetrator_is_linked(world: World) -> None:
    before, new = the_earlier(world), the_new(world, "2026-11-20", victim="Ann Newcome")
    link(world, new, before.referral, part=Part.PERPETRATOR)
    assert [one.relation for one in judged(world, new).evidence] == ["same_perpetrator"]


def test_roles_reversed_is_a_new_case_and_says_so(world: World) -> None:
    before = the_earlier(world)
    new = the_new(world, "2026-11-20", victim="Derrin Quillfeather", perpetrator="Testa Marrowby")
    link(world, new, before.referral, part=Part.VICTIM, to=Part.PERPETRATOR)
    link(world, new, before.referral, part=Part.PERPETRATOR, to=Part.VICTIM)
    found = judged(world, new)
    assert (found.decision.kind, found.evidence[0].relation) == ("new", "role_reversal")


def test_while_a_listing_is_open_it_is_an_update(world: World) -> None:
    listed = make.listing(world, now=world.now - timedelta(days=2))
    new = the_new(world, "2026-11-22")
    link(world, new, listed.referral)
    link(world, new, listed.referral, part=Part.PERPETRATOR)
    assert judged(world, new).decision.kind == "update"


def test_an_earlier_case_one_is_shut_out_of_is_no_evidence(world: World) -> None:
    before, new = the_pair(world, "2026-11-20")
    people.exclude(
        world.session, world.amara, before.case, user_id=world.ben.id, reason="Family", now=world.now
    )
    found = judged(world, new)
    assert (found.decision.kind, found.evidence) == ("new", ())


def test_declining_a_confirmed_repeat_needs_the_chair_whatever_the_checklist_says(world: World) -> None:
    before, new = the_pair(world, "2026-11-20")
    assert not triage.needs_the_chair(new)
    row = repeats.confirm(world.session, world.ben, new, is_repeat=True, reason=None, now=world.now)
    assert triage.needs_the_chair(new)
    assert new.qualifies is False  # what the checklist says is left as it is
    assert row.earlier_referral_id == before.referral_id
    kept = repeats.evidence_of(world.session, row)
    assert kept["rule"] == {"definition": "any_abuse", "anchor": "last_referral", "months": 12}
    assert kept["earlier"][0]["heard_on"] == "2025-12-10"


def test_deciding_otherwise_than_the_rule_needs_a_reason(world: World) -> None:
    _, new = the_pair(world, "2026-11-20")
    with pytest.raises(Refused) as refusal:
        repeats.confirm(world.session, world.ben, new, is_repeat=False, reason=None, now=world.now)
    assert refusal.value.field == "reason"
    repeats.confirm(world.session, world.ben, new, is_repeat=False, reason="Same incident", now=world.now)
    assert triage.needs_the_chair(new)  # one person alone does not both overrule the rule and decline


def test_a_mistaken_confirmation_taken_back_leaves_nothing_behind(world: World) -> None:
    before, new = the_earlier(world), the_new(world, "2025-11-23")
    link(world, new, before.referral)
    link(world, new, before.referral, part=Part.PERPETRATOR)
    repeats.confirm(world.session, world.ben, new, is_repeat=True, reason="Misread", now=world.now)
    repeats.confirm(world.session, world.ben, new, is_repeat=False, reason=None, now=world.now)
    assert not triage.needs_the_chair(new)


def test_what_a_further_checklist_raised_is_not_lowered_by_deciding_about_the_repeat(world: World) -> None:
    _, new = the_pair(world, "2026-11-20")
    new.qualifies = True
    repeats.confirm(world.session, world.ben, new, is_repeat=True, reason=None, now=world.now)
    repeats.confirm(world.session, world.ben, new, is_repeat=False, reason="Same incident", now=world.now)
    assert new.qualifies is True


def test_a_declined_referral_is_not_confirmed_afterwards(world: World) -> None:
    """Once a constraint of the database answered, and the page broke."""
    _, new = the_pair(world, "2025-11-23")
    triage.decline(world.session, world.ben, new, **make.declining(), now=world.now)
    with pytest.raises(WrongState):
        repeats.confirm(world.session, world.ben, new, is_repeat=True, reason=None, now=world.now)


def test_a_repeat_of_a_hidden_case_is_told_by_neither_page_nor_tag(world: World) -> None:
    before, new = the_pair(world, "2026-11-20")
    repeats.confirm(world.session, world.ben, new, is_repeat=True, reason=None, now=world.now)
    people.exclude(
        world.session, world.amara, before.case, user_id=world.chidi.id, reason="Family", now=world.now
    )

    def told(who: User) -> tuple[bool, bool]:
        rows = queue_views.queue(world.session, who, now=world.now)
        (row,) = [one for one in rows if one.referral_id == new.id]
        return "said_repeat" in row.why_here, repeats.confirmed_shown(world.session, who, new) is not None

    assert told(world.ben) == (True, True)
    assert told(world.chidi) == (False, False)


def test_a_later_confirmation_replaces_the_earlier_and_keeps_it(world: World) -> None:
    _, new = the_pair(world, "2026-11-20")
    first = repeats.confirm(world.session, world.ben, new, is_repeat=True, reason=None, now=world.now)
    repeats.confirm(world.session, world.ben, new, is_repeat=False, reason="Same incident", now=world.now)
    assert first.undone_by_id == world.ben.id
    standing = repeats.confirmed(world.session, new)
    assert standing is not None
    assert standing.is_repeat is False
    assert repeats.reason_of(world.session, standing) == "Same incident"


def test_a_repeat_of_nobody_known_is_refused(world: World) -> None:
    new = the_new(world, "2026-11-20")
    with pytest.raises(Refused) as refusal:
        repeats.confirm(world.session, world.ben, new, is_repeat=True, reason="I remember", now=world.now)
    assert refusal.value.field == "is_repeat"


def test_only_a_coordinator_confirms(world: World) -> None:
    _, new = the_pair(world, "2026-11-20")
    for who in (world.amara, world.chidi, world.dana, world.noor, world.erin):
        with pytest.raises(NotAllowed):
            repeats.confirm(world.session, who, new, is_repeat=True, reason=None, now=world.now)


def test_a_referral_that_took_part_in_a_taken_back_identity_is_new_again(world: World) -> None:
    before, new = the_earlier(world), the_new(world, "2026-11-20")
    same = link(world, new, before.referral)
    link(world, new, before.referral, part=Part.PERPETRATOR)
    assert judged(world, new).decision.kind == "repeat"
    identity.undo(world.session, world.ben, same, now=world.now)
    assert judged(world, new).decision.kind == "new"


def test_the_turn_it_was_heard_in_stands(world: World) -> None:
    assert the_earlier(world).status is ListingStatus.HEARD
