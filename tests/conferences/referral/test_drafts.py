"""Drafts past their last day: what is put aside, and what must never vanish without a person."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from app import jobs, tidying
from conferences.case import identity_views
from conferences.checklist import assessments
from conferences.errors import NotAllowed, NotFound, Refused
from conferences.finding import search
from conferences.models import AuditEntry, Case, Referral, ReferralStatus, Urgency
from conferences.referral import drafts, signing
from conferences.visibility import find, visible_to
from tests import after, make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user

R = ReferralStatus
LATER = timedelta(days=15)  # the day after the last of fourteen


def below(world: World, **about: Any) -> Referral:
    return make.filled_draft(world, yes=3, judged_high=False, **about)


def tidied(world: World, days: timedelta = LATER) -> tuple[int, int]:
    found = drafts.tidy(world.session, now=world.now + days)
    return found.put_aside, found.left_lying


def lines(world: World, kind: str) -> int:
    return world.session.query(AuditEntry).filter_by(kind=kind).count()


@pytest.mark.parametrize(("days", "put_aside"), [(14, 0), (15, 1)])
def test_a_draft_is_kept_to_its_last_day_and_not_longer(world: World, days: int, put_aside: int) -> None:
    row = below(world)
    assert row.expires_on == date(2026, 12, 7)
    assert tidied(world, timedelta(days=days)) == (put_aside, 0)
    assert (row.status is R.DISCARDED) is bool(put_aside)
    assert tidied(world, timedelta(days=days)) == (0, 0)  # twice is harmless
    assert lines(world, "referral.discarded") == put_aside


def test_what_was_put_aside_is_known_to_nobody(world: World) -> None:
    row, s = below(world, victim="Quincy Forgotten"), world.session
    tidied(world)
    for who in world.cast().values():
        assert row not in s.scalars(visible_to(who, Referral)).all()
        assert row.case not in s.scalars(visible_to(who, Case)).all()
        with pytest.raises(NotFound):
            find(s, who, Referral, row.id)
    with pytest.raises(NotAllowed):
        drafts.keep_longer(s, world.amara, row, now=world.now)
    for name in ("ben", "amara"):
        assert search.find(s, world.cast()[name], "Quincy Forgotten", now=world.now).hits == ()
    new = make.sent_referral(world, victim="Quincy Forgotten")
    assert row.case.reference not in repr(identity_views.asked_about(s, world.ben, new, now=world.now))


@pytest.mark.parametrize(
    "about",
    [
        {},
        {"yes": 3},
        {"yes": 3, "judged_high": False, "urgency": Urgency.EMERGENCY},
        {"yes": 3, "judged_high": False, "history": {"repeat": "yes", "last_referral_on": "2021-03-01"}},
    ],
    ids=["on answers", "on judgement", "an emergency", "called a repeat"],
)
def test_what_would_have_to_be_heard_is_never_put_aside_unseen(world: World, about: dict[str, Any]) -> None:
    row, now = make.filled_draft(world, **about), world.now + LATER
    assert signing.stuck(world.session, world.ben, now=now) == []
    assert tidied(world) == (0, 1)
    assert tidied(world) == (0, 0)
    assert (row.status, row.left_lying_at) == (R.DRAFT, now)
    (told,) = signing.stuck(world.session, world.ben, now=now)
    assert (told.referral, told.why, told.agency, told.reason) == (row, "left_lying", "Education", "")
    assert find(world.session, world.amara, Referral, row.id) == row
    for who in (world.chidi, world.dana, world.noor, world.erin):
        assert signing.stuck(world.session, who, now=now) == []
    signing.take_in(world.session, world.ben, row, reason="Its writer has left.", now=now)
    assert (row.status, row.left_lying_at) == (R.SUBMITTED, None)


def test_what_cannot_be_scored_is_never_put_aside_unseen(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    below(world)
    monkeypatch.setattr(assessments, "explain", lambda *a, **k: 1 / 0)
    assert tidied(world) == (0, 1)


def test_an_empty_draft_is_put_aside(world: World) -> None:
    make.draft(world)
    assert tidied(world) == (1, 0)


def test_an_incomplete_one_is_not_taken_in(world: World) -> None:
    row = make.draft(world)
    row.urgency = Urgency.EMERGENCY
    assert tidied(world) == (0, 1)
    with pytest.raises(Refused, match="Ring them"):
        signing.take_in(world.session, world.ben, row, reason="Now", now=world.now + LATER)


def test_a_coordinator_who_is_like_somebody_in_it_is_not_told(world: World) -> None:
    make.filled_draft(world, perpetrator="Ben Oakhurst")
    assert tidied(world) == (0, 1)
    told = [signing.stuck(world.session, who, now=world.now + LATER) for who in (world.ben, world.chidi)]
    assert [[one.why for one in rows] for rows in told] == [[], ["left_lying"]]


def test_neither_a_sent_referral_nor_one_that_waits_for_its_sign_off_has_a_last_day(world: World) -> None:
    make.sent_referral(world, yes=3, judged_high=False)
    waits = after.handed_in(world, yes=3, judged_high=False)
    assert tidied(world) == (0, 0)
    assert waits.status is R.AWAITING_SIGNOFF


def test_its_writer_keeps_it_longer_and_nobody_else(world: World) -> None:
    row, later = make.filled_draft(world), world.now + LATER
    tidied(world)
    for name in ("ben", "chidi", "dana", "noor", "erin"):
        with pytest.raises(NotAllowed):
            drafts.keep_longer(world.session, world.cast()[name], row, now=later)
    drafts.keep_longer(world.session, world.amara, row, now=later)
    assert (row.expires_on, row.left_lying_at) == (date(2026, 12, 22), None)
    drafts.keep_longer(world.session, world.amara, row, now=world.now)  # never for less
    assert row.expires_on == date(2026, 12, 22)
    assert signing.stuck(world.session, world.ben, now=later) == []
    assert lines(world, "referral.kept_longer") == 2


@pytest.mark.parametrize(("left", "near"), [(8, False), (7, True), (0, True)])
def test_its_writer_is_warned_for_the_last_seven_days(world: World, left: int, near: bool) -> None:
    row = make.draft(world)
    assert drafts.is_near_its_end(row, row.expires_on - timedelta(days=left)) is near


def test_the_warning_is_on_the_draft_and_on_my_work_with_a_way_to_keep_it(
    client: Browse, world: World
) -> None:
    row = make.filled_draft(world)
    as_user(client, world, world.amara)
    here = f"/referrals/{row.id.hex}"
    assert "Keep it longer" not in client.get(here).text
    row.expires_on = world.now.date() + timedelta(days=3)
    world.session.flush()
    assert "Keep it longer" in client.get(here).text
    assert "Send it soon" in client.get("/").text
    assert client.post_form(f"{here}/keep", {}, page=here).headers["location"] == here
    assert "Keep it longer" not in client.get(here).text


def test_the_worker_does_it_once_a_day(
    world: World, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    ((name, _),) = [key for key in jobs.queue.periodic_registry.periodic_tasks if key[0] == "drafts.tidy"]
    seen: list[datetime] = []
    monkeypatch.setattr(drafts, "tidy", lambda session, now: seen.append(now))
    with jobs.working_on(sessions):
        tidying.tidy_drafts(timestamp=0)
    assert (name, len(seen)) == ("drafts.tidy", 1)


def test_the_database_refuses_one_put_aside_that_somebody_may_know_of(world: World) -> None:
    row = below(world)
    tidied(world)
    row.withheld = False
    with pytest.raises(IntegrityError, match="discarded_is_known_to_nobody"):
        world.session.flush()
