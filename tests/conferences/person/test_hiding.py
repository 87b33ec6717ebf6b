"""Where somebody is stands in no words that many read, even where a person typed it there."""

import pytest

from conferences.errors import Refused
from conferences.meeting import action_views, documents, papers
from conferences.models import Listing, Part
from conferences.person import hiding, people
from conferences.person.hiding import LEFT_OUT, Hidden
from conferences.referral import referrals
from conferences.triage import queue_views
from tests import make
from tests.make import World

ELM = "Flat 2, 14 Elm Road, Ashmere, ZZ99 1AA"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("She is at 14 Elm Road now.", f"She is at {LEFT_OUT} now."),
        ("at 14, ELM  Rd.", f"at {LEFT_OUT}."),
        ("Flat 2, 14 Elm road", LEFT_OUT),
        ("post to zz991aa or ZZ99  1AA", f"post to {LEFT_OUT} or {LEFT_OUT}"),
        ("He was seen at 114 Elm Road and 14 Elmwood Road.", None),
        ("14 times; in Elm Road; ZZ99 1AB; Ashmere", None),
        ("", None),
    ],
)
def test_the_address_is_left_out_however_it_is_written_and_nothing_else(typed: str, kept: str | None) -> None:
    assert Hidden([ELM]).without(typed) == (typed if kept is None else kept)


@pytest.mark.parametrize(
    ("address", "typed", "hidden"),
    [
        ("Rowan House, Mill Lane", "They moved her to Rowan House.", True),
        ("Rowan Hse, Mill Lane", "rowan house", True),
        ("Room 6, Rowan House, Mill Lane", "She is at Rowan House.", True),
        ("Refuge", "The refuge has a place.", False),
        ("Ground floor, 21 Madeup Road", "A lock for the ground floor window.", False),
        ("Ground floor, 21 Madeup Road", "A lock at 21 Madeup Road.", True),
        ("Flat 2, 9 Sample Row", "Flat 2 is empty.", False),
        ("No fixed abode", "She has no fixed abode.", False),
        ("Her mother's house", "He rang at her mother's house.", True),
        ("A safe house, Ashmere", "Find her a safe house.", False),
        ("3 St Mary's Close", "3 st marys close, 3 St Mary’s Cl", True),
        ("(.*) 1 [a-z", "1 b", False),
        ("", "anything", False),
    ],
)
def test_a_house_may_have_a_name_and_one_word_is_no_address(address: str, typed: str, hidden: bool) -> None:
    assert Hidden([address]).in_(typed) is hidden


def moved(world: World, turn: Listing) -> None:
    """Where she is becomes known after the words were written."""
    victim = people.victim_of(turn.case)
    assert victim is not None
    people.set_address(world.session, world.ben, turn.case, victim.person, ELM, now=world.now)


def written(world: World, turn: Listing) -> None:
    make.contribution(world, turn, words="Complaints from 14 Elm Road, ZZ99 1AA.")
    make.action(world, turn, what="Change the lock at 14 elm rd")


def test_no_document_says_where_she_is_though_somebody_wrote_it_there(world: World) -> None:
    s, turn = world.session, make.opened_listing(world)
    written(world, turn)
    plan = documents.ask_for_plan(s, world.dana, world.agencies["HSG"], now=world.now)
    copy = documents.ask_for_agenda(s, world.chidi, turn.conference, now=world.now)
    assert "14 elm rd" in repr(papers.action_plan(s, plan, now=world.now))
    moved(world, turn)
    for said in (papers.action_plan(s, plan, now=world.now), papers.agenda_plan(s, copy)):
        assert LEFT_OUT in repr(said)
        assert not any(word in repr(said).casefold() for word in ("elm r", "zz99"))


def test_nor_does_a_list(world: World) -> None:
    s, turn = world.session, make.opened_listing(world)
    written(world, turn)
    moved(world, turn)
    (line,) = action_views.lines_for(s, world.dana, now=world.now)
    assert line.what == f"Change the lock at {LEFT_OUT}"
    draft = make.filled_draft(world, victim="Walt Open", address=ELM)
    referrals.save_reason(
        s, world.amara, draft, reason="He stands before 14 Elm Road.", wishes=None,
        urgency=draft.urgency, history={}, now=world.now,
    )  # fmt: skip
    referrals.submit(s, world.amara, draft, now=world.now)
    (row,) = queue_views.queue(s, world.ben, now=world.now)
    assert row.reason == f"He stands before {LEFT_OUT}."


def test_an_action_does_not_say_where_she_is(world: World) -> None:
    """Whoever does it opens the address, with a reason; the words of an action are read by a whole agency."""
    turn = make.opened_listing(world)
    moved(world, turn)
    for typed in ("Change the lock at Flat 2, 14 Elm Road", "Ring the bell at ZZ991AA"):
        with pytest.raises(Refused, match="Leave out where they are") as refusal:
            make.action(world, turn, what=typed)
        assert refusal.value.field == "what"
    assert make.action(world, turn, what="Change the lock", needs_address=True).needs_address


def test_where_whoever_causes_harm_lives_may_be_said(world: World) -> None:
    s, turn = world.session, make.opened_listing(world)
    him = people.in_part(turn.case, Part.PERPETRATOR)[0].person
    people.set_address(s, world.ben, turn.case, him, ELM, now=world.now)
    assert make.action(world, turn, what="Visit him at 14 Elm Road")


def test_where_she_lives_in_another_case_is_not_confirmed_by_a_gap(world: World) -> None:
    """Else whoever writes a guess into one case would read from the gap what another case holds."""
    s = world.session
    make.sent_referral(world, victim="Hetty Hidden", address=ELM)
    other = make.sent_referral(world, victim="Hetty Hidden").case
    assert not hiding.of_case(s, other).in_(ELM)
