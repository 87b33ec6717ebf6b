"""Copies: numbered, versioned, sealed, and for one reader alone."""

from datetime import timedelta

import pytest

from conferences.checklist import assessments
from conferences.checklist.assessments import Answer
from conferences.errors import NotAllowed, NotFound, Refused
from conferences.meeting import agenda, documents, papers
from conferences.models import Document, DocumentStatus
from conferences.person import people
from conferences.referral import referrals
from conferences.triage import triage
from conferences.visibility import find
from tests import make
from tests.make import World


def test_an_agencys_plans_share_a_number_and_count_up(world: World) -> None:
    housing = world.agencies["HSG"]
    first, second = (documents.ask_for_plan(world.session, world.dana, housing, now=world.now) for _ in "12")
    other = documents.ask_for_plan(world.session, world.ben, housing, now=world.now)
    assert first.number == second.number != other.number
    assert (first.version, second.version, other.version) == (1, 2, 1)
    assert len({first.check_code, second.check_code, other.check_code}) == 3


def test_a_copy_of_an_agenda_carries_the_version_that_was_issued(world: World) -> None:
    meeting = make.listing(world).conference
    with pytest.raises(Refused, match="Issue the agenda first"):
        documents.ask_for_agenda(world.session, world.chidi, meeting, now=world.now)
    agenda.issue(world.session, world.ben, meeting, now=world.now)
    first = documents.ask_for_agenda(world.session, world.chidi, meeting, now=world.now)
    agenda.issue(world.session, world.ben, meeting, now=world.now)
    second = documents.ask_for_agenda(world.session, world.chidi, meeting, now=world.now)
    assert (first.version, second.version) == (1, 2)
    assert documents.copy_of(world.session, second).recipient_name == "Chidi Ravenhall"


def test_the_chairs_agenda_is_in_words_also_where_little_is_known(world: World) -> None:
    s, row = world.session, make.filled_draft(world)
    assessments.answer(s, world.amara, row, [Answer("5", "dont_know")], now=world.now)
    referrals.submit(s, world.amara, row, now=world.now)
    meeting = triage.accept(s, world.ben, row, make.conference(world), now=world.now).conference
    agenda.issue(s, world.ben, meeting, now=world.now)
    document = documents.ask_for_agenda(s, world.ben, meeting, now=world.now)
    (case,) = papers.agenda_plan(s, document).cases
    assert [gap.who_may_know for gap in case.unknown] == ["health, mental health, independent adviser"]
    assert (case.victim.age, case.perpetrators[0].age) == ("34", "38 or 39")
    assert not any(reason.sentence[0].islower() for reason in case.why_here)
    assert all(reason.sentence[-1] in ".”" for reason in case.why_here)


def test_another_agencys_plan_does_not_exist(world: World) -> None:
    for user in (world.amara, world.noor, world.erin, world.ada):
        with pytest.raises(NotFound):
            documents.ask_for_plan(world.session, user, world.agencies["HSG"], now=world.now)


def test_only_the_reader_fetches_it_and_only_when_it_is_ready(world: World) -> None:
    s = world.session
    row = documents.ask_for_plan(s, world.dana, world.agencies["HSG"], now=world.now)
    with pytest.raises(Refused, match="not ready"):
        documents.fetch(s, world.dana, row, now=world.now)
    made = documents.to_make(s, row.id)
    assert made is row
    documents.keep(s, row, b"%PDF-1.7 Dana's", now=world.now)
    assert b"Dana" not in (row.body_sealed or b"")
    assert documents.fetch(s, world.dana, row, now=world.now) == b"%PDF-1.7 Dana's"
    for user in (world.ben, world.chidi, world.noor):
        with pytest.raises(NotAllowed):
            documents.fetch(s, user, row, now=world.now)
    s.flush()
    assert documents.to_make(s, row.id) is None


def test_one_that_cannot_be_made_says_so(world: World) -> None:
    row = documents.ask_for_plan(world.session, world.dana, world.agencies["HSG"], now=world.now)
    documents.give_up(row)
    world.session.flush()
    assert row.status is DocumentStatus.FAILED


def test_a_copy_made_before_its_reader_was_shut_out_is_gone(world: World) -> None:
    """Finding: a chair shut out of a case could still download an agenda made the day before."""
    s, turn = world.session, make.listing(world)
    agenda.issue(s, world.ben, turn.conference, now=world.now)
    before = documents.ask_for_agenda(s, world.chidi, turn.conference, now=world.now)
    held = papers.cases_in(s, before)
    assert held == {turn.case_id}
    documents.keep(s, before, b"%PDF-1.7", cases=held, now=world.now)
    other = documents.ask_for_agenda(s, world.chidi, turn.conference, now=world.now)
    documents.keep(s, other, b"%PDF-1.7", now=world.now)
    assert find(s, world.chidi, Document, before.id) is before
    later = world.now + timedelta(hours=1)
    people.exclude(s, world.ben, turn.case, user_id=world.chidi.id, reason="Neighbour", now=later)
    with pytest.raises(NotFound):
        find(s, world.chidi, Document, before.id)
    assert find(s, world.chidi, Document, other.id) is other  # it never spoke of the case
    after = documents.ask_for_agenda(s, world.chidi, turn.conference, now=later + timedelta(hours=1))
    assert find(s, world.chidi, Document, after.id) is after


def test_an_agenda_asks_nobody_after_an_agency_that_is_shut_out(world: World) -> None:
    """Finding: "No return: Housing" sent the chair to ask there about a case kept from Housing."""
    s, turn = world.session, make.opened_listing(world)
    make.contribution(world, turn, agency="EDU")
    copy = documents.ask_for_agenda(s, world.chidi, turn.conference, now=world.now)
    (before,) = papers.agenda_plan(s, copy).cases
    assert "Housing" in before.no_return
    out = world.agencies["HSG"].id
    people.exclude(s, world.ben, turn.case, agency_id=out, reason="He works there", now=world.now)
    (after,) = papers.agenda_plan(s, copy).cases
    assert set(before.no_return) - set(after.no_return) == {"Housing"}
