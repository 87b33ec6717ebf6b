"""The twelve-month rule and its edges."""

from datetime import date

import pytest

from risk import Dyad, Earlier, RepeatRule, anniversary, decide, judge_repeat, relation
from risk.context import NewIncident

ANY, CRIMINAL = RepeatRule(), RepeatRule(definition="criminal_only")
HEARD = RepeatRule(anchor="last_heard")
LAST = date(2025, 11, 24)


def incident(on, kind="assault", same_pair=True):
    return NewIncident(on, kind, same_pair)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 11, 24), 12, date(2026, 11, 24)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2025, 1, 31), 12, date(2026, 1, 31)),
    ],
)
def test_the_same_day_so_many_months_later(day, months, later):
    assert anniversary(day, months) == later


@pytest.mark.parametrize(
    ("rule", "new", "repeat", "why"),
    [
        (
            ANY,
            incident(date(2025, 11, 24)),
            True,
            "within 12 months of the last referral on 24 November 2025",
        ),
        (ANY, incident(date(2026, 11, 24), "dispute"), True, "24 November 2026"),
        (ANY, incident(date(2026, 11, 24), None), True, "within 12 months"),
        (ANY, incident(date(2026, 11, 25)), False, "more than 12 months after the last referral"),
        (ANY, incident(date(2025, 11, 23)), False, "before the last referral"),
        (ANY, incident(date(2026, 1, 1), same_pair=False), False, "not between the same two people"),
        (ANY, None, None, "no new incident is recorded"),
        (CRIMINAL, incident(date(2026, 1, 1), "breach_of_order"), False, "not of a kind"),
        (CRIMINAL, incident(date(2026, 1, 1), "harassment_pattern"), True, "within 12 months"),
        (CRIMINAL, incident(date(2026, 1, 1), None), None, "nobody has said"),
        (HEARD, incident(date(2026, 12, 10)), True, "last hearing on 10 December 2025"),
        (HEARD, incident(date(2025, 11, 30)), False, "before the last hearing"),
    ],
)
def test_whether_it_is_a_repeat(rule, new, repeat, why):
    found = judge_repeat(rule, LAST, date(2025, 12, 10), new)
    assert found.is_repeat is repeat
    assert why in found.because


def test_no_earlier_case_is_no_repeat():
    assert judge_repeat(ANY, None, date(2025, 12, 10), incident(LAST)).is_repeat is False
    assert judge_repeat(HEARD, LAST, None, incident(LAST)).is_repeat is False
    assert judge_repeat(ANY, None, None, incident(LAST)).because == "no earlier referral is recorded"
    assert judge_repeat(HEARD, LAST, None, incident(LAST)).because == "no earlier hearing is recorded"


AMY_BY_BOB = Dyad("amy", frozenset({"bob"}))


@pytest.mark.parametrize(
    ("earlier", "kind"),
    [
        (Dyad("amy", frozenset({"bob", "cal"})), "same_pair"),
        (Dyad("amy", frozenset({"cal"})), "same_victim"),
        (Dyad("bob", frozenset({"amy"})), "role_reversal"),
        (Dyad("dee", frozenset({"bob"})), "same_perpetrator"),
        (Dyad("dee", frozenset({"cal"})), "unrelated"),
    ],
)
def test_how_two_cases_are_related(earlier, kind):
    assert relation(AMY_BY_BOB, earlier) == kind


@pytest.mark.parametrize(
    ("earlier", "new", "transferred", "kind", "why"),
    [
        ([Earlier(AMY_BY_BOB, LAST)], incident(date(2026, 1, 1)), False, "repeat", "within 12 months"),
        ([Earlier(AMY_BY_BOB, LAST)], incident(date(2026, 1, 1)), True, "repeat", "within 12 months"),
        (
            [Earlier(AMY_BY_BOB, LAST, None, True)],
            incident(date(2026, 1, 1)),
            False,
            "update",
            "already listed",
        ),
        ([Earlier(AMY_BY_BOB, LAST)], None, True, "transfer_in", "no new incident"),
        ([Earlier(AMY_BY_BOB, LAST)], None, False, "undecided", "no new incident is recorded"),
        ([Earlier(AMY_BY_BOB, LAST)], incident(date(2027, 1, 1)), False, "new", "more than 12 months"),
        ([Earlier(Dyad("bob", frozenset({"amy"})), LAST)], incident(LAST), False, "new", "roles reversed"),
        (
            [Earlier(Dyad("amy", frozenset({"cal"})), LAST)],
            incident(LAST),
            False,
            "new",
            "someone else causing harm",
        ),
        (
            [Earlier(Dyad("dee", frozenset({"bob"})), LAST)],
            incident(LAST),
            False,
            "new",
            "harm to someone else",
        ),
        ([Earlier(Dyad("dee", frozenset({"cal"})), LAST)], incident(LAST), False, "new", "no earlier case"),
        ([Earlier(Dyad("dee", frozenset({"amy"})), LAST)], incident(LAST), False, "new", "no earlier case"),
        ([Earlier(Dyad("bob", frozenset({"dee"})), LAST)], incident(LAST), False, "new", "no earlier case"),
        ([], incident(LAST), False, "new", "no earlier case"),
    ],
)
def test_what_a_new_referral_is(earlier, new, transferred, kind, why):
    found = decide(ANY, AMY_BY_BOB, new, earlier, transferred_in=transferred)
    assert found.kind == kind
    assert why in found.because


def test_nobody_says_transferred_unless_it_was():
    found = decide(ANY, AMY_BY_BOB, None, [Earlier(Dyad("dee", frozenset({"cal"})), LAST)])
    assert (found.kind, found.links) == ("new", ())


def test_an_older_case_inside_the_window_is_enough():
    earlier = [Earlier(AMY_BY_BOB, date(2020, 1, 1)), Earlier(AMY_BY_BOB, LAST)]
    found = decide(ANY, AMY_BY_BOB, incident(date(2026, 1, 1)), earlier)
    assert found.kind == "repeat"
    assert found.links == (("same_pair", 0), ("same_pair", 1))
