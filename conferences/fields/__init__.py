"""The referral form as definitions: every field once, for pages, checks, programs and paper alike."""

from functools import cache

from conferences.fields.coaching import Pages, read_coaching
from conferences.fields.definition import FieldClass, Form, FormField, Level, Sheet, When
from conferences.fields.loading import BadForm, read_form

__all__ = [
    "BadForm",
    "FieldClass",
    "Form",
    "FormField",
    "Level",
    "Sheet",
    "When",
    "coached",
    "form",
    "read_form",
]


@cache
def form() -> Form:
    """Returns the shipped form; raises BadForm when its files do not fit."""
    return read_form()


@cache
def coached() -> Pages:
    """Returns why each question of a page written by hand is asked, by page and question."""
    return read_coaching(form())
