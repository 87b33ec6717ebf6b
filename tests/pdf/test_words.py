"""Days, times and letters as documents write them."""

from datetime import UTC, date, datetime, time

import pytest

from app.pdf.letters import drawable
from app.pdf.words import brief_day, moment, qr, time_of_day


def test_days_and_times_are_written_as_people_say_them() -> None:
    assert brief_day(date(2026, 12, 3)) == "Thu 3 Dec 2026"
    assert [time_of_day(time(9, 30)), time_of_day(time(12, 0)), time_of_day(time(17, 5))] == [
        "9:30am",
        "midday",
        "5:05pm",
    ]


def test_a_moment_is_told_in_london_in_summer_and_winter() -> None:
    assert moment(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "Thu 2 Jul 2026, 12:30am"
    assert moment(datetime(2026, 11, 27, 16, 22, tzinfo=UTC)) == "Fri 27 Nov 2026, 4:22pm"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        moment(datetime(2026, 7, 1, 23, 30))  # noqa: DTZ001 - the fault under test


def test_the_square_code_is_as_wide_as_its_kind_needs() -> None:
    square = qr("H7QK-2M9R-XW41")
    assert square.size == 21
    assert square.path.startswith("M0 0.5h7M")
    assert square.path != qr("H7QK-2M9R-XW42").path


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("Ffion Ŵyn", "Ffion Ŵyn"),
        ("two\nlines\t", "two\nlines\t"),
        ("\x00\x07\x1b\x85\ud800", ""),
        ("a\u202eb\u2066c\u200ed\ufe0f", "abcd"),
        ("ṣ", "s\u0323"),
        ("日", "\ufffd"),
        ("\u226e", "\ufffd"),
        ("اردو", "اردو"),
    ],
)
def test_what_has_no_shape_is_left_out_or_shown_as_missing(typed: str, drawn: str) -> None:
    assert drawable(typed) == drawn
