"""What happens before a referral is sent, in any order: signed off or not, put aside, left by its writer."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import text

from conferences.models import User
from conferences.permissions import Permission, may
from conferences.referral import drafts, referrals, signing, taking_over
from tests.conferences.triage.living import BELOW, WHICH, YES, Living

SELDOM = st.integers(0, 9)
UNSENT = text("""
    SELECT r.*, u.is_active FROM referral r JOIN user_account u ON u.id = r.referrer_id
    WHERE r.id = ANY(:ids) AND r.submitted_at IS NULL
""")


class BeforeSending(Living):
    """Drafts, a manager who signs off, and people who leave."""

    @precondition(lambda self: self._any("draft"))
    @rule(which=WHICH)
    def send(self, which: int) -> None:
        row = self._pick(which, "draft")
        self._try(lambda: referrals.submit(self.session, row.referrer, row, now=self.now))

    def _hana(self) -> User:
        return self.world.others["Hana Birchwood"]

    @precondition(lambda self: self._any("awaiting_signoff"))
    @rule(which=WHICH, lets_go=YES)
    def the_manager_answers(self, which: int, lets_go: bool) -> None:
        row, s, dana = self._pick(which, "awaiting_signoff"), self.session, self.world.dana
        if lets_go:
            self._try(lambda: signing.sign_off(s, dana, row, now=self.now))
        else:
            self._try(lambda: signing.give_back(s, dana, row, reason="Which school?", now=self.now))

    @precondition(lambda self: self._any("awaiting_signoff", "draft"))
    @rule(which=WHICH)
    def the_coordinator_takes_in(self, which: int) -> None:
        row, ben = self._pick(which, "awaiting_signoff", "draft"), self.world.ben
        self._or_refused(
            may(ben, Permission.TAKE_IN, row),
            lambda: signing.take_in(self.session, ben, row, reason="Now", now=self.now),
        )

    @precondition(lambda self: self._any("draft"))
    @rule(which=WHICH, chance=SELDOM)
    def drafts_are_gone_through(self, which: int, chance: int) -> None:
        """Some morning, or, seldom, as if fifteen days had passed."""
        later = timedelta(days=15 if chance == 0 else 0)
        drafts.tidy(self.session, now=self.now + later)
        self._look()
        if chance > 7 and self._any("draft"):
            row = self._pick(which, "draft")
            self._or_refused(
                may(row.referrer, Permission.EDIT_REFERRAL, row),
                lambda: drafts.keep_longer(self.session, row.referrer, row, now=self.now),
            )

    @rule(chance=SELDOM)
    def somebody_leaves_or_comes_back(self, chance: int) -> None:
        """Hana, who began some of them, or Dana, her manager; neither for long."""
        who = {0: self._hana(), 1: self.world.dana}.get(chance)
        if who is not None:
            who.is_active = not who.is_active
            self.session.flush()

    @precondition(lambda self: self._any("draft") and not self._hana().is_active)
    @rule(which=WHICH, manager=YES)
    def somebody_takes_over(self, which: int, manager: bool) -> None:
        row, who = self._pick(which, "draft"), self.world.dana if manager else self.world.ben
        self._or_refused(
            may(who, Permission.TAKE_OVER, row),
            lambda: taking_over.take_over(self.session, who, row, reason="Left", now=self.now),
        )

    def unsent_and_unknown(self) -> list[str]:
        """What must be heard, is not sent, and is neither with somebody who is there nor told to Ben.

        Asked when nobody has done anything for a week; by hand, from the rows, and only then held against
        what the product tells.
        """
        if not self._any("draft", "awaiting_signoff"):
            return []
        self.now += timedelta(days=7)
        drafts.tidy(self.session, now=self.now)
        told = {one.referral.id for one in signing.stuck(self.session, self.world.ben, now=self.now)}
        must = {"ids": [id for id in self.ids if id != self.ids[BELOW]]}
        rows = self.session.execute(UNSENT, must).all()
        return [row.status for row in rows if row.withheld or not (self._is_held(row) or row.id in told)]

    def _is_held(self, row: Any) -> bool:
        if row.status == "draft":
            return row.is_active and row.expires_on >= self.now.date() and not row.given_back_at
        return self.world.dana.is_active and self.now <= _next_weekday_at_five(row.signoff_asked_at)


def _next_weekday_at_five(asked: datetime) -> datetime:
    """Five o’clock on the next weekday; later than that in the days around Christmas."""
    day = asked.date() + timedelta(days=1)
    while day.weekday() > 4 or (day.month, day.day) in ((12, 25), (12, 28), (1, 1)):
        day += timedelta(days=1)
    return datetime.combine(day, time(17), UTC)
