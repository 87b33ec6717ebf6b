"""What an agency's own action plan says, and what it cannot say."""

from dataclasses import fields, replace
from datetime import date

import pytest

from app import pdf
from conferences.plans import ActionPlan, PlannedAction
from tests.pdf import make, reading


def test_four_actions_take_three_pages(action_plan: bytes) -> None:
    assert len(reading.words(action_plan)) == 3


def test_every_page_carries_the_marking_the_number_the_reader_and_the_page(action_plan: bytes) -> None:
    for number, page in enumerate(reading.words(action_plan), start=1):
        assert "OFFICIAL-SENSITIVE" in page
        assert "Document D-2HN8C, version 1" in page
        assert "Copy 1 of 1: Dana Whitlock, Ashmere Housing" in page
        assert f"Page {number} of 3" in page
        assert "Destroy by Wed 6 Jan 2027" in page


def test_actions_stand_in_order_of_their_due_date(action_plan: bytes) -> None:
    said = " ".join(reading.words(action_plan)[1:])
    references = ["HSG-4QD:", "HSG-2XE:", "HSG-9MB:", "HSG-7K2:"]
    places = [said.index(reference) for reference in references]
    assert places == sorted(places)


def test_the_contact_rule_comes_first_in_each_card(action_plan: bytes) -> None:
    said = " ".join(reading.words(action_plan)[1:])
    for card in said.split("HSG-")[1:]:
        assert card.index("Before any contact.") < card.index("Due") < card.index("About")
    assert "No voicemail, no letter." in said
    assert "No rule is recorded. Ask the coordinator first." in said


def test_a_card_has_what_its_owner_needs_and_room_to_answer(action_plan: bytes) -> None:
    page = reading.words(action_plan)[1]
    for said in (
        "HSG-4QD: Find out who can authorise works there now",
        "Due Thursday 26 November 2026",
        "About AS-0412, T.M.",
        "Why The same work failed last year because the landlord changed.",
        "Who Dana Whitlock",
        "In progress since Wed 18 Nov. Late by 4 working days.",
        "Show us Name of the owner or agent, told to the coordinator",
        "Due Thursday 3 December 2026, by midday",
        "Not possible: things changed",
        "Not done",
        "The risk is now: lower the same higher not known Signed",
    ):
        assert said in page


def test_the_first_page_says_when_to_reply_and_whom_to_ring(action_plan: bytes) -> None:
    page = reading.words(action_plan)[0]
    assert "Ashmere Housing, Ashmere Partnership" in page
    assert "4 actions." in page
    assert "Monday 14 December 2026" in page
    assert "01632 960 114" in page


def test_one_working_day_late_is_said_in_the_singular() -> None:
    plan = make.action_plan(actions=(make.action(late_by_working_days=1),))
    assert "Late by 1 working day." in reading.words(pdf.render_action_plan(plan, strict=True))[-1]


def test_an_agency_without_actions_gets_one_page_that_says_so() -> None:
    (page,) = reading.words(pdf.render_action_plan(make.action_plan(actions=()), strict=True))
    assert "0 actions." in page
    assert "Reply online" not in page


def test_the_outline_names_actions_and_nobody(action_plan: bytes) -> None:
    assert reading.bookmarks(action_plan) == [
        "Your actions",
        "If you need an address",
        "Keep people safe",
        "The actions",
        "HSG-4QD",
        "HSG-2XE",
        "HSG-9MB",
        "HSG-7K2",
    ]


def marked(agency: str) -> ActionPlan:
    """Fill every wording of an agency's plan with a token of its own."""
    words = {f.name: f"{agency}{f.name}canary" for f in fields(PlannedAction) if f.type is str}
    action = PlannedAction(due_on=date(2026, 12, 4), **words)  # type: ignore[arg-type]
    copy = replace(make.COPY, recipient_name=f"{agency}canary", recipient_agency=f"{agency}canary")
    return make.action_plan(agency_name=f"{agency}canary", actions=(action,), copy=copy)


@pytest.mark.parametrize(("own", "other"), [("housing", "police"), ("police", "housing")])
def test_an_agencys_plan_holds_nothing_of_another_agencys(own: str, other: str) -> None:
    pdf.render_action_plan(marked(other), strict=True)
    drawn = pdf.render_action_plan(marked(own), strict=True)
    said = reading.letters("".join(reading.words(drawn)))
    for name in ("reference", "what", "about", "why", "owner", "status_words", "evidence_required"):
        assert f"{own}{name}canary" in said
    assert f"{other}" not in said
    assert f"{other}".encode() not in reading.everything(drawn)
    assert f"{other}".encode("utf-16-be") not in reading.everything(drawn)
