"""The sentence for each thing that can be wrong with a field; a model may say it better in `messages`."""

from collections.abc import Mapping
from typing import Any, Final, get_args

from pydantic import BaseModel
from pydantic_core.core_schema import ErrorType

from app.forms.shapes import Shape, shape_of
from app.templating import t

OF_PYDANTIC: Final = frozenset(get_args(ErrorType))
OUR_OWN: Final = frozenset({"value_error", "assertion_error"})

# Each key is a kind of error; the sentence may use label, Label and the limits that pydantic gives.
GENERIC: Final = {
    "missing": "Enter %(label)s",
    "missing_choice": "Select %(label)s",
    "repeated": "Give one answer only for %(label)s",
    "day_missing": "%(Label)s must include a day",
    "month_missing": "%(Label)s must include a month",
    "year_missing": "%(Label)s must include a year",
    "year_short": "Year must include 4 numbers, like 2026",
    "not_a_day": "%(Label)s must be a real date, like 27 3 2026",
    "string_too_long": "%(Label)s must be %(max_length)s characters or fewer",
    "string_too_short": "%(Label)s must be %(min_length)s characters or more",
    "literal_error": "Select %(label)s from the choices given",
    "enum": "Select %(label)s from the choices given",
    "bool_parsing": "Select %(label)s from the choices given",
    "too_short": "Add %(label)s",
    "too_long": "%(Label)s must be no more than %(max_length)s",
    "int_parsing": "%(Label)s must be a whole number, like 3",
    "int_from_float": "%(Label)s must be a whole number, like 3",
    "float_parsing": "%(Label)s must be a number, like 3",
    "decimal_parsing": "%(Label)s must be a number, like 3",
    "time_parsing": "%(Label)s must be a time, like 9:30am",
    "greater_than": "%(Label)s must be more than %(gt)s",
    "greater_than_equal": "%(Label)s must be %(ge)s or more",
    "less_than": "%(Label)s must be less than %(lt)s",
    "less_than_equal": "%(Label)s must be %(le)s or less",
    "date_past": "%(Label)s must be in the past",
    "date_future": "%(Label)s must be in the future",
    "string_pattern_mismatch": "Check how %(label)s is written",
}
OTHERWISE: Final = "Check %(label)s"
CHOICES: Final = (Shape.CHOICE, Shape.MANY)


def sentence(model: type[BaseModel], name: str, kind: str, found: Mapping[str, Any] | None = None) -> str:
    """Say what to put right, from the model's `messages`, a rule's own words, or the generic sentences."""
    own: Mapping[tuple[str, str], str] = getattr(model, "messages", {})
    context = dict((found or {}).get("ctx") or {})
    label = label_of(model, name)
    values = {**context, "label": label, "Label": label[:1].upper() + label[1:]}
    written = own.get((name, kind)) or own.get((name, "*"))
    if written:
        return t(written, **values)
    if found and kind in OUR_OWN and "error" in context:
        return t(str(context["error"])) or t(OTHERWISE, **values)
    if found and kind not in OF_PYDANTIC and kind not in GENERIC:
        return t(str(found["msg"]))
    if kind == "missing" and name in model.model_fields and shape_of(model.model_fields[name]) in CHOICES:
        kind = "missing_choice"
    return t(GENERIC.get(kind, OTHERWISE), **values)


def label_of(model: type[BaseModel], name: str) -> str:
    """Give the words for a field inside a sentence: its title, or its name with spaces."""
    about = model.model_fields.get(name)
    title = about.title if about else None
    return t(title) if title else name.replace("_", " ") or t("this page")
