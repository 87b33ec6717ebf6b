"""The small fixtures of intake: who refers together, what is not known, a new name, the odd day of a year."""

from datetime import UTC, datetime

import pytest

from conferences import policies
from conferences.models import AgencyKind, Gate, ReferralStatus
from conferences.person import people
from conferences.person.people import PersonDetails
from conferences.referral import told
from tests import make
from tests.browse import Browse
from tests.conferences.case.test_repeats import judged, link
from tests.journeys.intake import Desk
from tests.make import World


def test_two_agencies_refer_together(client: Browse, world: World) -> None:
    """Both are on the referral; nothing divides it before somebody counts."""
    row = make.filled_draft(world)
    health = make.an_agency(world.session, world.area, "Ashmere Acute", "ACU", AgencyKind.HEALTH)
    desk = Desk(client, world, world.amara, world.now)
    desk.sit()
    here = f"/referrals/{row.id.hex}"
    desk.saved(f"{here}/form/about", {"joint_agencies": [health.id.hex, world.agencies["HSG"].id.hex]})
    desk.saved(f"{here}/submit", {})
    world.session.expire_all()
    assert told.read(world.session, row)["joint_agencies"] == [health.id.hex, world.agencies["HSG"].id.hex]
    page = Desk(client, world, world.ben, world.now).reads(f"/queue/{row.id.hex}")
    for agency in ("Education", "Ashmere Acute", "Housing"):
        assert agency in page
    # Being named in it opens nothing: another agency’s worker still knows of no such referral.
    assert Desk(client, world, world.dana, world.now).sit().get(here).status_code == 404


def test_not_known_is_an_answer_and_silence_is_not(client: Browse, world: World) -> None:
    silent, unknown = make.filled_draft(world), make.filled_draft(world)
    desk = Desk(client, world, world.amara, world.now)
    desk.sit()
    desk.saved(f"/referrals/{unknown.id.hex}/form/needs", {"ethnicity": "not_known"})
    pages = []
    for row in (silent, unknown):
        desk.sit()
        desk.saved(f"/referrals/{row.id.hex}/submit", {})
        pages.append(Desk(client, world, world.ben, world.now).reads(f"/queue/{row.id.hex}"))
    assert "Ethnicity Not known" in pages[1]
    assert "Ethnicity" not in pages[0]


def test_somebody_who_has_another_name_now_is_offered(client: Browse, world: World) -> None:
    before = make.sent_referral(world)
    row = make.filled_draft(world, victim="Testa Quillfeather")
    details = PersonDetails(name="Testa Quillfeather", former_names="Testa Marrowby", born="1992-05-04")
    people.describe(world.session, people.victim_of(row.case), details)
    desk = Desk(client, world, world.amara, world.now)
    desk.sit()
    desk.saved(f"/referrals/{row.id.hex}/submit", {})
    page = Desk(client, world, world.ben, world.now).reads(f"/queue/{row.id.hex}/people")
    assert f"At risk, {before.case.reference}" in page


@pytest.mark.parametrize(("day", "kind"), [("2025-02-28", "repeat"), ("2025-03-01", "new")])
def test_twelve_months_after_the_29th_of_february_is_the_28th(world: World, day: str, kind: str) -> None:
    s = world.session
    policies.in_force(s, world.area.id, world.now.date()).effective_from = datetime(2023, 1, 1).date()  # noqa: DTZ001
    s.flush()
    before = make.sent_referral(world, now=datetime(2024, 2, 29, 10, tzinfo=UTC))
    later = World(**{**world.__dict__, "now": datetime(2025, 3, 2, 9, tzinfo=UTC)})
    new = make.sent_referral(later, history={"incidents": [day]}, yes=3, judged_high=False)
    for part in new.case.involvements:
        link(later, new, before, part=part.part)
    assert judged(later, new).decision.kind == kind


def test_from_another_area_it_is_kept_sent_on_and_the_referrer_reads_it(client: Browse, world: World) -> None:
    row = make.filled_draft(world)
    desk = Desk(client, world, world.amara, world.now)
    desk.sit()
    desk.saved(f"/referrals/{row.id.hex}/form/about", {"lives_in_area": "no"})
    desk.saved(f"/referrals/{row.id.hex}/submit", {})
    world.session.expire_all()
    assert row.gate is Gate.OUTSIDE_AREA
    ben = Desk(client, world, world.ben, world.now)
    ben.sit()
    on = {"to": "other_area", "reason": "Northmoor’s coordinator has taken it.", "version": row.version}
    ben.saved(f"/queue/{row.id.hex}/redirect", on)
    world.session.expire_all()
    assert row.status is ReferralStatus.REDIRECTED
    assert "Northmoor’s coordinator has taken it." in desk.reads(f"/referrals/{row.id.hex}")
