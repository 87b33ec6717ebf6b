"""The tables of moves: every state has an exit or is final, and every move has its audit sentence."""

import pytest

from conferences import audit, states
from conferences.errors import Stale, WrongState
from conferences.models import ActionStatus, BatchStatus, ConferenceStatus, ListingStatus, ReferralStatus
from tests import make
from tests.make import World

FINAL = {
    "referral": {
        ReferralStatus.ACCEPTED,
        ReferralStatus.MERGED,
        ReferralStatus.REDIRECTED,
        ReferralStatus.WITHDRAWN,
        ReferralStatus.DISCARDED,
    },
    "conference": {ConferenceStatus.CONCLUDED, ConferenceStatus.CANCELLED},
    "listing": {ListingStatus.HEARD, ListingStatus.DEFERRED, ListingStatus.TAKEN_OFF},
    "action": {
        ActionStatus.DONE,
        ActionStatus.REASSIGNED,
        ActionStatus.SUPERSEDED,
        ActionStatus.RELEASED,
    },
    "import_batch": {BatchStatus.UNDONE, BatchStatus.DISCARDED},
}


def test_only_the_named_states_are_final() -> None:
    for noun, table in states.MOVES.items():
        assert {state for state, exits in table.items() if not exits} == FINAL[noun]


def test_every_state_is_in_its_table_and_can_be_reached() -> None:
    kinds = {"referral": ReferralStatus, "conference": ConferenceStatus, "listing": ListingStatus}
    for noun, kind in (kinds | {"action": ActionStatus, "import_batch": BatchStatus}).items():
        table = states.MOVES[noun]
        assert set(table) == set(kind)
        reached = set().union(*table.values()) | {next(iter(kind))}
        assert reached == set(kind), noun


def test_every_noun_has_a_sentence_and_audit_sentences_are_sentences() -> None:
    assert set(states.SENTENCES) == set(states.MOVES)
    assert all(sentence.strip() and not sentence.endswith(".") for sentence in audit.SENTENCES.values())


def test_a_wrong_move_is_refused_and_changes_nothing(world: World) -> None:
    row = make.draft(world)
    with pytest.raises(WrongState):
        states.move(row, ReferralStatus.ACCEPTED)
    assert row.status is ReferralStatus.DRAFT


def test_a_form_drawn_from_an_older_version_is_told(world: World) -> None:
    row = make.draft(world)
    states.expect(row, None)
    states.expect(row, row.version)
    with pytest.raises(Stale):
        states.expect(row, row.version - 1)


def test_an_unknown_audit_kind_is_a_mistake_of_ours(world: World) -> None:
    with pytest.raises(KeyError):
        audit.record(world.session, world.ben, "referral.eaten", at=world.now)
