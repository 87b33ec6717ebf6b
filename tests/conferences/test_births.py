"""Dates of birth as precise as they are known."""

from datetime import date

import pytest

from conferences import births

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1992-05-04", "34"),
        ("1992-11-23", "34"),
        ("1992-11-24", "33"),
        ("1992", "33 or 34"),
        ("1992-11", "33 or 34"),
        ("1992-03", "34"),
        ("1992-12", "33"),
        ("2004-02-29", "22"),
        (None, "age not known"),
        ("", "age not known"),
    ],
)
def test_age_in_words(typed: str | None, words: str) -> None:
    assert births.age_words(typed, TODAY) == words


@pytest.mark.parametrize("typed", ["92", "1992-13", "1992-02-30", "yesterday", "1992-5-4"])
def test_nonsense_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        births.parse(typed)


@pytest.mark.parametrize("typed", ["1992", "1992-05", "1992-05-04"])
def test_what_was_known_is_kept_as_it_was(typed: str) -> None:
    assert str(births.parse(typed)) == typed
