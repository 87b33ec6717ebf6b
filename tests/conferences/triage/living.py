"""One life of a few referrals: the world it is lived in, and how a step is taken."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import text
from sqlalchemy.orm import Session

from conferences.errors import DomainError
from conferences.models import Conference, Referral, User
from tests.make import World

WHICH, WHO = st.integers(0, 5), st.sampled_from(("amara", "ben", "chidi", "dana", "noor", "erin"))
YES = st.booleans()
BELOW = 3  # the only one that may be put aside
STATES = text("SELECT id, status FROM referral WHERE id = ANY(:ids)")


class Living(RuleBasedStateMachine):
    """Six referrals, two meetings, and everybody who may or may not do something to them."""

    world: World
    ids: tuple[UUID, ...]
    meetings: tuple[UUID, ...]
    now: datetime

    def __init__(self) -> None:
        super().__init__()
        self.session: Session = self.world.session
        self.run = self.session.begin_nested()
        self.now = self.world.now
        self.known: dict[UUID, str] = {}
        self._look()

    def _look(self) -> None:
        rows = self.session.execute(STATES, {"ids": list(self.ids)})
        self.known = {row.id: row.status for row in rows}

    def _try(self, verb: Callable[[], object]) -> None:
        """As a page does: what is refused leaves nothing half-done."""
        try:
            with self.session.begin_nested():
                verb()
        except DomainError:
            return
        self._look()

    def _or_refused(self, allowed: bool, verb: Callable[[], object]) -> None:
        """What is not allowed is refused before anything is written, so it needs no savepoint."""
        if allowed:
            self._try(verb)
            return
        with pytest.raises(DomainError):
            verb()

    def _any(self, *states: str) -> bool:
        return any(status in states for status in self.known.values())

    def _pick(self, which: int, *states: str) -> Referral:
        ids = [id for id in self.ids if self.known[id] in states]
        return self.session.get_one(Referral, ids[which % len(ids)])

    def _who(self, name: str) -> User:
        user: User = getattr(self.world, name)
        return user

    def _meeting(self, which: int) -> Conference:
        return self.session.get_one(Conference, self.meetings[which % len(self.meetings)])
