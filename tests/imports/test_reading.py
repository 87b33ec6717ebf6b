"""What a row says is read as it stands; what it does not say stays unknown; what cannot be says why."""

from datetime import date

import pytest

from conferences.imports import cells, mapping, words
from conferences.imports.cells import NotADay
from conferences.imports.reading import Problem, Reading, read_row

TODAY = date(2026, 11, 23)
AGENCIES = {"police": "p1", "housing": "h1"}
GOOD = {
    "reference": "12",
    "referred_on": "24/11/2025",
    "heard_on": "10/12/2025",
    "agency": "Police",
    "victim_name": "Testa Marrowby",
    "victim_born": "4/5/1992",
    "perpetrator_name": "Derrin Quillfeather",
}
PROMISE = {
    "action": "Change the lock",
    "action_agency": "Housing",
    "action_due": "17/12/2025",
    "action_status": "Done",
}


def read(unnamed: str | None = None, **cells_by_field: str) -> Reading:
    """Reads a good row with some cells changed."""
    row = GOOD | cells_by_field
    return read_row(
        list(row.values()),
        list(row),
        lambda words: AGENCIES.get(words.lower()),
        today=TODAY,
        unnamed_agency=unnamed,
    )


def test_a_good_row_says_who_when_and_from_whom() -> None:
    record = read().record
    assert record is not None
    assert (record.reference, record.agency) == ("12", "p1")
    assert (record.referred_on, record.heard_on) == (date(2025, 11, 24), date(2025, 12, 10))
    assert (record.victim_name, record.victim_born) == ("Testa Marrowby", "1992-05-04")
    assert record.decision is None
    assert record.perpetrator_born is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("3/12/2025", date(2025, 12, 3)),
        ("03-12-2025", date(2025, 12, 3)),
        ("3.12.25", date(2025, 12, 3)),
        ("2025-12-03", date(2025, 12, 3)),
        ("2025-12-03 10:00:00", date(2025, 12, 3)),
        ("3 Dec 2025", date(2025, 12, 3)),
        ("Wed 3rd December 2025", date(2025, 12, 3)),
        ("3-Sept-25", date(2025, 9, 3)),
        ("29/02/2024", date(2024, 2, 29)),
        ("03/12/2025 9:30 am", date(2025, 12, 3)),
    ],
)
def test_a_day_is_read_day_first_or_year_first(written: str, day: date) -> None:
    assert cells.parse_day(written) == day


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("12/31/2025", "not_a_day"),
        ("29/02/2025", "not_a_day"),
        ("45630", "day_number"),
        ("last Wednesday", "not_a_day"),
        ("0/0/0000", "not_a_day"),
        ("3 Decembruary 2025", "not_a_day"),
    ],
)
def test_what_is_no_day_is_never_turned_into_one(written: str, code: str) -> None:
    with pytest.raises(NotADay) as found:
        cells.parse_day(written)
    assert found.value.code == code


@pytest.mark.parametrize(
    ("written", "born"),
    [("04/05/1992", "1992-05-04"), ("1992", "1992"), ("5/1992", "1992-05"), ("1992-05", "1992-05")],
)
def test_a_birth_is_as_precise_as_it_was_given(written: str, born: str) -> None:
    assert cells.parse_birth(written) == born


def test_a_birth_with_two_digits_of_a_year_is_nobodys_to_guess() -> None:
    assert read(victim_born="04/05/32").problems == (Problem("victim_born", "short_year"),)


@pytest.mark.parametrize("nothing", ["", "-", "n/k", "NOT KNOWN", "Unknown", "TBC", "?", " n/a "])
def test_words_for_not_knowing_are_not_answers(nothing: str) -> None:
    record = read(victim_born=nothing, perpetrator_name=nothing, reference=nothing).record
    assert record is not None
    assert (record.victim_born, record.perpetrator_name, record.reference) == (None, None, None)
    assert record.pair is None


@pytest.mark.parametrize(
    ("cell", "said", "problem"),
    [
        ("victim_name", "", Problem("victim_name", "missing")),
        ("victim_name", "12345", Problem("victim_name", "not_a_name")),
        ("victim_name", "#REF!", Problem("victim_name", "sheet_error")),
        ("heard_on", "10/12/2027", Problem("heard_on", "in_the_future")),
        ("heard_on", "10/12/1925", Problem("heard_on", "too_long_ago")),
        ("heard_on", "10/11/2025", Problem("heard_on", "before_referral")),
        ("victim_born", "1850", Problem("victim_born", "not_a_birth")),
        ("agency", "The Moon", Problem("agency", "no_such_agency")),
        ("agency", "", Problem("agency", "missing")),
        ("decision", "perhaps", Problem("decision", "not_a_choice")),
        ("summary", "x" * 10_001, Problem("summary", "too_long")),
    ],
)
def test_each_cell_that_cannot_be_says_which_and_why(cell: str, said: str, problem: Problem) -> None:
    reading = read(**{cell: said})
    assert problem in reading.problems
    assert reading.record is None


def test_every_problem_of_a_row_is_told_at_once() -> None:
    reading = read(victim_name="", heard_on="31/02/2025", agency="The Moon")
    assert [(one.key, one.code) for one in reading.problems] == [
        ("heard_on", "not_a_day"),
        ("agency", "no_such_agency"),
        ("victim_name", "missing"),
    ]


def test_a_referral_without_a_hearing_must_say_what_was_decided() -> None:
    assert read(heard_on="").problems == (Problem("decision", "missing"),)
    declined = read(heard_on="", decision="Not accepted").record
    assert declined is not None
    assert declined.decision == "declined"


def test_who_referred_may_be_said_once_for_a_list_that_does_not_say() -> None:
    record = read(unnamed="h1", agency="").record
    assert record is not None
    assert record.agency == "h1"


def test_names_in_two_columns_or_last_name_first_become_one_name() -> None:
    for said in ({"victim_first": "Testa", "victim_last": "Marrowby"}, {"victim_name": "Marrowby, Testa"}):
        record = read(**({"victim_name": ""} | said)).record
        assert record is not None
        assert record.victim_name == "Testa Marrowby"


def test_children_are_names_and_a_count_names_nobody() -> None:
    named, counted = read(children="Pim; Oona and Bo (2)"), read(children="3")
    assert named.record is not None
    assert counted.record is not None
    assert named.record.children == ("Pim", "Oona", "Bo (2)")
    assert counted.record.children == ()


def test_an_action_with_agency_day_and_state_becomes_one() -> None:
    record = read(**PROMISE).record
    assert record is not None
    assert record.promised is not None
    assert (record.promised.agency, record.promised.status) == ("h1", "done")
    assert record.promised.due_on == date(2025, 12, 17)
    assert record.promised.done_on is None


@pytest.mark.parametrize(
    "unclear", [{"action_due": ""}, {"action_agency": "The Moon"}, {"action_status": "hm"}]
)
def test_an_action_that_leaves_something_open_is_kept_in_the_lists_own_words(unclear: dict[str, str]) -> None:
    reading = read(**(PROMISE | unclear))
    assert reading.record is not None
    assert reading.record.promised is None
    assert reading.notes == ("action_as_words",)
    assert (reading.record.kept_as_words or "").startswith("Change the lock")


def test_an_action_due_on_no_day_is_put_right_by_a_person() -> None:
    assert read(**(PROMISE | {"action_due": "31/02/2026"})).problems == (Problem("action_due", "not_a_day"),)


def test_an_action_alone_needs_only_the_reference_of_its_case() -> None:
    row = {"reference": "12"} | PROMISE
    reading = read_row(list(row.values()), list(row), lambda words: AGENCIES.get(words.lower()), today=TODAY)
    assert reading.problems == ()


@pytest.mark.parametrize("formula", ["=1+1", "@SUM(A1)", "-2+3+cmd|' /C calc'!A0", "+A1"])
def test_words_a_spreadsheet_would_work_out_are_words_and_are_pointed_out(formula: str) -> None:
    reading = read(reason=formula)
    assert reading.record is not None
    assert reading.record.reason == formula
    assert reading.notes == ("looks_like_formula",)


@pytest.mark.parametrize("plain", ["+44 7700 900123", "-", "-5", "07700 900123"])
def test_a_number_or_a_dash_is_no_formula(plain: str) -> None:
    assert not cells.is_formula(plain)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\0=1"])
def test_what_goes_back_into_a_spreadsheet_can_do_nothing_there(cell: str) -> None:
    assert cells.harmless(cell).startswith("'")
    assert "\0" not in cells.harmless(cell)


def test_what_cannot_be_seen_is_dropped_and_joiners_inside_words_stay() -> None:
    assert cells.tidy("Te\u200bsta\u202e\x07 ") == "Testa"
    assert cells.tidy("می\u200cخواهم") == "می\u200cخواهم"
    assert cells.tidy("Tes\u200dta") == "Testa"


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Victim’s Name", "victim_name"),
        ("VICTIM DOB", "victim_born"),
        ("Name of perpetrator", "perpetrator_name"),
        ("MARAC Date", "heard_on"),
        ("Referring Agency", "agency"),
        ("Date Completed", "action_done_on"),
        ("Favourite colour", "left_out"),
        ("Victim address", "left_out"),
        ("Phone", "left_out"),
    ],
)
def test_headings_are_understood_as_lists_write_them(heading: str, key: str) -> None:
    assert mapping.meaning_of(heading) == key


def test_a_field_named_twice_goes_to_the_first_and_saying_it_twice_is_put_right() -> None:
    assert mapping.guess(["Victim", "Victim name"]) == ["victim_name", "left_out"]
    assert [one.code for one in mapping.wrong_with(["victim_name", "victim_name", "heard_on"])] == ["twice"]
    assert [one.code for one in mapping.wrong_with(["summary", "heard_on"])] == ["nobody_named"]
    assert [one.code for one in mapping.wrong_with(["victim_name", "nonsense"])] == ["unknown", "no_day"]


def test_a_status_beside_an_action_is_the_actions() -> None:
    assert mapping.guess(["Victim", "Status"]) == ["victim_name", "decision"]
    assert mapping.guess(["Victim", "Action", "Due", "Outcome"])[3] == "action_status"
    assert mapping.guess(["Victim", "Status", "Action", "Outcome"])[1::2] == ["decision", "action_status"]


def test_a_word_that_is_not_understood_is_answered_with_those_that_are() -> None:
    assert words.of_problem("decision:not_a_choice") == (
        "Decision: this word is not understood here; write one of these: accepted, declined"
    )
    assert "done, not done, not possible" in words.of_problem("action_status:not_a_choice")
