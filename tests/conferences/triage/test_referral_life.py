"""Whatever people do, in whatever order: nothing that qualifies is ever absent from the queue, an agenda
or a recorded human decision. Real verbs on the real database; each run is rolled back.

`REFERRAL_LIVES` says how many runs of sixty steps (300 unless it says otherwise).
"""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text
from sqlalchemy.orm import Session

from conferences.meeting import agenda
from conferences.models import (
    Elsewhere,
    Listing,
    Referral,
    ReferralStatus,
    Urgency,
    WithdrawCode,
)
from conferences.permissions import Permission, may
from conferences.referral import deciding, drafts, referrals, signing, taking_over
from conferences.triage import (
    appeals,
    diverting,
    emergencies,
    holding,
    merging,
    queue_views,
    triage,
    undoing,
    withdrawals,
)
from tests import after, make
from tests.conferences.triage.before_sending import BeforeSending
from tests.conferences.triage.living import BELOW, WHICH, WHO, YES
from tests.make import World

RUNS = int(os.environ.get("REFERRAL_LIVES", "300"))
PARTS = 4  # so that several workers can share them
P = Permission
pytestmark = pytest.mark.slow

# The oracle, written by hand on the tables and knowing nothing of the verbs: every sent referral that
# qualifies, is a repeat or could not be scored is waiting, has a turn, or was decided by a person.
LOST = text("""
    SELECT r.id, r.status FROM referral r
    WHERE r.id = ANY(:ids) AND r.submitted_at IS NOT NULL
      AND (r.qualifies IS NOT FALSE OR r.known_repeat)
      AND r.status NOT IN ('submitted', 'returned', 'decline_asked', 'withdraw_asked', 'appealed')
      AND NOT (r.status = 'accepted' AND EXISTS (
        SELECT 1 FROM listing l WHERE l.referral_id = r.id AND l.status <> 'taken_off'))
      AND NOT (r.status = 'merged' AND EXISTS (
        SELECT 1 FROM listing l WHERE l.id = r.merged_into_id AND l.status <> 'taken_off'))
      AND NOT (r.status IN ('redirected', 'alert_only', 'declined', 'withdrawn') AND EXISTS (
        SELECT 1 FROM decision d WHERE d.referral_id = r.id AND d.kind = r.status AND d.by_id IS NOT NULL
          AND d.reason_sealed IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM decision u WHERE u.undoes_id = d.id)))
""")


class Life(BeforeSending):
    """From the draft to every way a referral can end, and back where a decision is undone."""

    def teardown(self) -> None:
        """The product’s own queue shows exactly what waits, and nothing unsent is nobody’s."""
        waits = {"submitted", "returned", "decline_asked", "withdraw_asked", "appealed"}
        expected = {id for id, status in self.known.items() if status in waits}
        try:
            rows = queue_views.queue(self.session, self.world.ben, now=self.now)
            unknown = self.unsent_and_unknown()
        finally:
            self.run.rollback()
        shown = {row.referral_id for row in rows}
        assert shown & set(self.ids) == expected
        assert unknown == []

    @precondition(lambda self: self._any("submitted", "returned", "alert_only"))
    @rule(which=WHICH, onto=WHICH)
    def accept(self, which: int, onto: int) -> None:
        row, meeting = self._pick(which, "submitted", "returned", "alert_only"), self._meeting(onto)
        self._try(lambda: triage.accept(self.session, self.world.ben, row, meeting, now=self.now))

    @precondition(lambda self: self._any("submitted", "returned"))
    @rule(which=WHICH, chair=YES)
    def call_an_emergency(self, which: int, chair: bool) -> None:
        row, w = self._pick(which, "submitted", "returned"), self.world
        told = {"venue": "By telephone", "chair": w.chidi.id, "called": [w.agencies["POL"].id]}
        by, soon = w.chidi if chair else w.ben, self.now + timedelta(hours=1)
        self._try(
            lambda: emergencies.call(self.session, by, row, starts_at=soon, **told, now=self.now)  # type: ignore[arg-type]
        )

    @precondition(lambda self: self._any("submitted"))
    @rule(which=WHICH, hold=YES)
    def ask(self, which: int, hold: bool) -> None:
        row = self._pick(which, "submitted")
        held = self._meeting(which) if hold else None
        self._try(
            lambda: triage.return_with_question(
                self.session, self.world.ben, row, question="Who?", meanwhile=held, now=self.now
            )
        )

    @precondition(lambda self: self._any("returned"))
    @rule(which=WHICH)
    def reply(self, which: int) -> None:
        row = self._pick(which, "returned")
        self._try(lambda: triage.reply(self.session, row.referrer, row, words="Him", now=self.now))

    @precondition(lambda self: self._any("submitted"))
    @rule(which=WHICH)
    def decline(self, which: int) -> None:
        row, told = self._pick(which, "submitted"), make.declining()
        self._try(lambda: triage.decline(self.session, self.world.ben, row, **told, now=self.now))

    @precondition(lambda self: self._any("decline_asked"))
    @rule(which=WHICH, agreed=YES)
    def confirm_decline(self, which: int, agreed: bool) -> None:
        row, chidi = self._pick(which, "decline_asked"), self.world.chidi
        self._try(
            lambda: triage.confirm_decline(self.session, chidi, row, agreed=agreed, reason="Y", now=self.now)
        )

    @precondition(lambda self: self._any("submitted", "returned"))
    @rule(which=WHICH, alert=YES)
    def divert(self, which: int, alert: bool) -> None:
        row, s, ben = self._pick(which, "submitted", "returned"), self.session, self.world.ben
        if alert:
            self._try(lambda: diverting.alert_only(s, ben, row, reason="Flags", now=self.now))
        else:
            to = Elsewhere.MAPPA
            self._try(lambda: diverting.redirect(s, ben, row, to=to, reason="Level 2", now=self.now))

    @precondition(lambda self: self._any("submitted", "returned") and self._any("accepted"))
    @rule(which=WHICH, into=WHICH)
    def merge(self, which: int, into: int) -> None:
        row, s = self._pick(which, "submitted", "returned"), self.session
        turn = holding.turn_of(s, self._pick(into, "accepted"))
        if isinstance(turn, Listing):
            self._try(lambda: merging.merge(s, self.world.ben, row, turn, reason="Same", now=self.now))

    @precondition(lambda self: self._any("submitted", "returned"))
    @rule(which=WHICH)
    def withdraw(self, which: int) -> None:
        row, code = self._pick(which, "submitted", "returned"), WithdrawCode.SENT_TWICE
        self._try(
            lambda: withdrawals.withdraw(
                self.session, row.referrer, row, code=code, reason="Twice", now=self.now
            )
        )

    @precondition(lambda self: self._any("withdraw_asked"))
    @rule(which=WHICH, agreed=YES)
    def confirm_withdrawal(self, which: int, agreed: bool) -> None:
        row, ben = self._pick(which, "withdraw_asked"), self.world.ben
        self._try(
            lambda: withdrawals.confirm_withdrawal(
                self.session, ben, row, agreed=agreed, reason="Y", now=self.now
            )
        )

    @precondition(lambda self: self._any("declined"))
    @rule(which=WHICH)
    def appeal(self, which: int) -> None:
        row = self._pick(which, "declined")
        self._try(lambda: appeals.appeal(self.session, row.referrer, row, reason="No", now=self.now))

    @precondition(lambda self: self._any("appealed"))
    @rule(which=WHICH, agreed=YES)
    def decide_appeal(self, which: int, agreed: bool) -> None:
        row, chidi = self._pick(which, "appealed"), self.world.chidi
        self._try(
            lambda: appeals.decide_appeal(self.session, chidi, row, agreed=agreed, reason="Y", now=self.now)
        )

    @precondition(lambda self: any(status != "draft" for status in self.known.values()))
    @rule(which=WHICH, chair=YES)
    def undo(self, which: int, chair: bool) -> None:
        row = self._pick(which, *(set(self.known.values()) - {"draft"}))
        who = self.world.chidi if chair else self.world.ben
        self._or_refused(
            undoing.undoable(self.session, who, row, now=self.now) is not None,
            lambda: undoing.undo(self.session, who, row, now=self.now),
        )

    @rule(which=WHICH, name=WHO, step=st.integers(0, 6))
    def anybody_tries(self, which: int, name: str, step: int) -> None:
        row, who, s = self.session.get_one(Referral, self.ids[which]), self._who(name), self.session
        tries: list[tuple[Permission, Callable[[], object]]] = [
            (P.DECIDE_REFERRAL, lambda: triage.decline(s, who, row, **make.declining(), now=self.now)),
            (
                P.CONFIRM_DECLINE,
                lambda: triage.confirm_decline(s, who, row, agreed=True, reason="Y", now=self.now),
            ),
            (
                P.DECIDE_REFERRAL,
                lambda: withdrawals.confirm_withdrawal(s, who, row, agreed=True, reason="Y", now=self.now),
            ),
            (
                P.DECIDE_APPEAL,
                lambda: appeals.decide_appeal(s, who, row, agreed=False, reason="Y", now=self.now),
            ),
            (P.SIGN_OFF, lambda: signing.sign_off(s, who, row, now=self.now)),
            (P.TAKE_IN, lambda: signing.take_in(s, who, row, reason="Now", now=self.now)),
            (P.TAKE_OVER, lambda: taking_over.take_over(s, who, row, reason="Left", now=self.now)),
        ]
        needed, verb = tries[step]
        self._or_refused(may(who, needed, row), verb)

    @rule(minutes=st.sampled_from((1, 5, 11, 600, 3000)))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @invariant()
    def nothing_that_qualifies_is_lost(self) -> None:
        lost = self.session.execute(LOST, {"ids": list(self.ids)}).all()
        assert lost == []
        put_aside = {id for id, status in self.known.items() if status == "discarded"}
        assert put_aside <= {self.ids[BELOW]}


def begun(world: World, *, sent: bool = False) -> type[Life]:
    """Six drafts and two meetings: two of one pair, on judgement, below the line, a repeat, an emergency.

    Amara wrote some of them and Hana the others, whose manager signs them off; `sent` when that is past.
    """
    repeat: dict[str, Any] = {"repeat": "yes", "last_referral_on": "2021-03-01"}
    hana = after.hana(world)
    drafts = (
        make.filled_draft(world),
        make.filled_draft(world, by=hana),
        make.filled_draft(world, by=hana, yes=3, victim="On Judgement"),
        make.filled_draft(world, yes=3, judged_high=False, victim="Below Line"),
        make.filled_draft(world, yes=3, judged_high=False, victim="Said Repeat", history=repeat),
        make.filled_draft(world, by=hana, urgency=Urgency.EMERGENCY, victim="An Emergency"),
    )
    for row in drafts if sent else ():
        referrals.submit(world.session, row.referrer, row, now=world.now)
    after.asks_first(world)
    meetings = (make.conference(world), make.conference(world, days=16))
    world.session.flush()
    ids = {"world": world, "ids": tuple(row.id for row in drafts), "meetings": tuple(m.id for m in meetings)}
    return type("LifeHere", (Life,), ids)


def settled(runs: int) -> settings:
    """Runs drawn afresh each time; the first failure is enough, and its steps are printed."""
    return settings(
        max_examples=runs,
        stateful_step_count=60,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_that_qualifies_is_ever_lost(world: World, part: int) -> None:
    """Half of the lives begin with drafts, half with what has been sent."""
    life = begun(world, sent=part % 2 == 1)
    run_state_machine_as_test(life, settings=settled(max(1, RUNS // PARTS)))


def _forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undoing takes the case off the agenda and leaves the referral accepted."""
    monkeypatch.setattr(deciding, "put_back", lambda referral, before: None)


def _leaves_the_agenda(monkeypatch: pytest.MonkeyPatch) -> None:
    """Accepting says so and gives the case no turn."""
    place = holding.firm

    def firm(session: Session, *args: Any, **named: Any) -> Listing:
        turn = place(session, *args, **named)
        agenda.take_off(session, turn)
        return turn

    monkeypatch.setattr(holding, "firm", firm)


def _hides_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The queue leaves out what the referrer was asked about."""
    left = tuple(status for status in queue_views.WAITING if status is not ReferralStatus.RETURNED)
    monkeypatch.setattr(queue_views, "WAITING", left)


def _waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is told of what its manager has had for too long, or of what has no manager any more."""
    monkeypatch.setattr(signing, "_clock", lambda *row: None)


def _puts_all_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft past its date is put aside, whatever it says."""
    monkeypatch.setattr(drafts, "must_not_vanish", lambda session, row, *, now: False)


@pytest.mark.parametrize(
    ("sabotage", "sent"),
    [
        (_forgets, True),
        (_leaves_the_agenda, True),
        (_hides_questions, True),
        (_waits_for_ever, False),
        (_puts_all_aside, False),
    ],
)
def test_a_guard_taken_away_is_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch, sabotage: Callable[[pytest.MonkeyPatch], None], sent: bool
) -> None:
    life = begun(world, sent=sent)
    sabotage(monkeypatch)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(life, settings=settled(100))


def test_the_oracle_itself_finds_a_lost_referral(world: World) -> None:
    life = begun(world)
    row = world.session.get_one(Referral, life.ids[0])
    referrals.submit(world.session, world.amara, row, now=world.now)
    row.status = ReferralStatus.ACCEPTED
    world.session.flush()
    found = world.session.execute(LOST, {"ids": list(life.ids)}).all()
    assert [one.id for one in found] == [row.id]
