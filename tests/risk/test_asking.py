"""Which items arise: the kind of weapon is asked only where a weapon was used."""

import pytest

from risk.asking import arising
from risk.shelf import edition


@pytest.mark.parametrize(
    ("answers", "asked"),
    [({}, True), ({"5": "yes"}, True), ({"5": "no"}, False), ({"5": "dont_know"}, True)],
)
def test_the_gun_is_asked_about_unless_there_was_no_weapon(answers: dict[str, str], asked: bool) -> None:
    assert ("5a" in {item.id for item in arising(edition("danger-assessment"), answers)}) is asked


def test_where_nothing_depends_on_an_answer_every_item_arises() -> None:
    dash = edition("safelives-dash-ric")
    assert arising(dash, {"1": "no"}) == dash.items
