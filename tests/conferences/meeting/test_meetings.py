"""What happens in the room: shared words, risks, and a conclusion that leaves nobody out."""

import pytest
from sqlalchemy.exc import IntegrityError

from conferences.errors import Incomplete, NotAllowed, Refused, Stale, WrongState
from conferences.meeting import meetings
from conferences.models import About, ContributionKind, ListingStatus, Nature, Outcome
from conferences.sealing import unseal
from tests import make
from tests.make import World


def test_an_agency_shares_facts_opinions_or_nothing(world: World) -> None:
    s, turn = world.session, make.opened_listing(world)
    fact = make.contribution(world, turn, "HSG", "Lock reported broken on 16 November.")
    none = meetings.contribute(
        s, world.ben, turn, world.agencies["POL"],
        kind=ContributionKind.NOTHING_KNOWN, statement="ignored", nature=Nature.FACT, now=world.now,
    )  # fmt: skip
    assert unseal(s, fact, "statement") == "Lock reported broken on 16 November."
    assert (none.statement_sealed, none.nature) == (None, None)
    assert len(turn.contributions) == 2


@pytest.mark.parametrize(
    ("statement", "nature", "field"), [(None, Nature.FACT, "statement"), ("x", None, "nature")]
)
def test_what_is_shared_has_words_and_says_fact_or_opinion(
    world: World, statement: str | None, nature: Nature | None, field: str
) -> None:
    turn = make.opened_listing(world)
    with pytest.raises(Refused) as refused:
        meetings.contribute(
            world.session, world.ben, turn, world.agencies["POL"],
            kind=ContributionKind.SHARED, statement=statement, nature=nature, now=world.now,
        )  # fmt: skip
    assert refused.value.field == field


def test_an_agency_of_another_area_is_refused(world: World) -> None:
    turn = make.opened_listing(world)
    assert world.erin.agency is not None
    with pytest.raises(Refused):
        meetings.contribute(
            world.session, world.ben, turn, world.erin.agency,
            kind=ContributionKind.NOTHING_KNOWN, statement=None, nature=None, now=world.now,
        )  # fmt: skip


def test_nothing_is_recorded_before_the_meeting_begins_or_by_an_agency(world: World) -> None:
    turn = make.listing(world)
    with pytest.raises(WrongState, match="Open the meeting first"):
        make.risk(world, turn)
    with pytest.raises(NotAllowed):
        meetings.record_risk(world.session, world.dana, turn, about=About.STAFF, statement="x", now=world.now)


def test_a_risk_needs_words(world: World) -> None:
    turn = make.opened_listing(world)
    with pytest.raises(Refused):
        make.risk(world, turn, "")


def test_two_people_write_the_summary_and_neither_is_overwritten(world: World) -> None:
    s, turn = world.session, make.opened_listing(world)
    seen = turn.version
    meetings.summarise(s, world.ben, turn, summary="Escalating.", version=seen, now=world.now)
    with pytest.raises(Stale):
        meetings.summarise(s, world.chidi, turn, summary="Calm.", version=seen, now=world.now)
    assert meetings.summary_of(s, turn) == "Escalating."


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"outcome": None}, ["outcome"]),
        ({"victims_voice": None}, ["victims_voice"]),
        ({"child_line": None}, ["child_line"]),
        ({"perpetrator_line": None}, ["perpetrator_line"]),
        ({"outcome": Outcome.NO_FURTHER_ACTION}, ["outcome_reason"]),
        (
            {"outcome": None, "victims_voice": None, "child_line": None, "perpetrator_line": None},
            ["outcome", "victims_voice", "child_line", "perpetrator_line"],
        ),
    ],
)
def test_a_turn_is_not_concluded_without_every_line(
    world: World, changes: dict[str, object], missing: list[str]
) -> None:
    turn = make.action(world).listing
    with pytest.raises(Incomplete) as refused:
        meetings.conclude(world.session, world.chidi, turn, make.conclusion(**changes), now=world.now)
    assert [field for field, _ in refused.value.missing] == missing
    assert turn.status is ListingStatus.LISTED


def test_actions_agreed_needs_an_action_and_a_risk(world: World) -> None:
    turn = make.opened_listing(world)
    with pytest.raises(Incomplete) as refused:
        meetings.conclude(world.session, world.chidi, turn, make.conclusion(), now=world.now)
    assert [field for field, _ in refused.value.missing] == ["outcome", "outcome"]


def test_a_stated_reason_stands_for_a_line(world: World) -> None:
    s, turn = world.session, make.action(world).listing
    said = make.conclusion(
        victims_voice=None, victims_voice_missing="Not safe to contact",
        child_line=None, child_line_missing="No children",
        perpetrator_line=None, perpetrator_line_missing="In custody",
    )  # fmt: skip
    meetings.conclude(s, world.chidi, turn, said, now=world.now)
    assert meetings.conclusion_of(s, turn) == said
    assert (turn.status, turn.concluded_by_id) == (ListingStatus.HEARD, world.chidi.id)


def test_no_further_action_with_a_reason_concludes(world: World) -> None:
    turn = make.opened_listing(world)
    said = make.conclusion(outcome=Outcome.NO_FURTHER_ACTION, outcome_reason="Everything is in place")
    meetings.conclude(world.session, world.chidi, turn, said, now=world.now)
    with pytest.raises(WrongState):
        meetings.conclude(world.session, world.chidi, turn, said, now=world.now)


def test_only_the_chair_concludes(world: World) -> None:
    turn = make.action(world).listing
    with pytest.raises(NotAllowed):
        meetings.conclude(world.session, world.ben, turn, make.conclusion(), now=world.now)


def test_putting_off_needs_a_reason(world: World) -> None:
    turn = make.opened_listing(world)
    with pytest.raises(Refused):
        meetings.defer(world.session, world.chidi, turn, reason="", now=world.now)


def test_the_database_itself_refuses_a_heard_case_without_its_lines(world: World) -> None:
    turn = make.opened_listing(world)
    turn.status, turn.concluded_at, turn.concluded_by_id = ListingStatus.HEARD, world.now, world.chidi.id
    with pytest.raises(IntegrityError, match="heard_has_every_line"):
        world.session.flush()


def test_looking_at_a_turn_leaves_a_line(world: World) -> None:
    turn = make.listing(world)
    meetings.look(world.session, world.chidi, turn, now=world.now)
    with pytest.raises(NotAllowed):
        meetings.look(world.session, world.noor, turn, now=world.now)
