"""The referral form as definitions: every field once, for pages, checks, programs and paper alike."""

from functools import cache

from conferences.fields.definition import FieldClass, Form, FormField, Level, Sheet, When
from conferences.fields.loading import BadForm, read_form

__all__ = ["BadForm", "FieldClass", "Form", "FormField", "Level", "Sheet", "When", "form", "read_form"]


@cache
def form() -> Form:
    """Returns the shipped form; raises BadForm when its files do not fit."""
    return read_form()
