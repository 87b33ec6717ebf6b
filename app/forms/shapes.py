"""How each field of a model is typed in: one box, ticks, a date in three boxes, or a repeated group."""

import dataclasses
import datetime
import enum
import types
from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

PARTS: Final = ("day", "month", "year")


class _Multiline:
    """Marks text whose line breaks are kept."""


Lines = Annotated[str, _Multiline()]


class Shape(enum.Enum):
    """The ways a field is typed in."""

    ONE = "one"
    LINES = "lines"
    CHOICE = "choice"
    MANY = "many"
    DAY = "day"
    PARTS = "parts"
    GROUP = "group"
    GROUPS = "groups"


def shape_of(field: FieldInfo) -> Shape:
    """Tell how a field is typed in, from its annotation."""
    if any(isinstance(mark, _Multiline) for mark in field.metadata):
        return Shape.LINES
    return _shape(field.annotation)


def member(field: FieldInfo) -> type[BaseModel]:
    """Give the model of a group, or of each group of a repeated group."""
    return next(p for p in _plain(field.annotation) if isinstance(p, type) and issubclass(p, BaseModel))


def _plain(annotation: Any) -> Iterator[Any]:
    """Walk an annotation down to plain types: through Optional, Annotated and containers."""
    origin = get_origin(annotation)
    if origin is None or origin is Literal:
        yield annotation
        return
    for inner in get_args(annotation):
        if origin is Annotated and inner is not get_args(annotation)[0]:
            yield inner
        else:
            yield from _plain(inner)


def _shape(annotation: Any) -> Shape:
    if get_origin(annotation) in (list, tuple, set, frozenset):
        models = [p for p in _plain(annotation) if isinstance(p, type) and issubclass(p, BaseModel)]
        return Shape.GROUPS if models else Shape.MANY
    if get_origin(annotation) in (Union, types.UnionType, Annotated):
        inner = [a for a in get_args(annotation) if a is not type(None)]
        if any(isinstance(a, _Multiline) for a in inner):
            return Shape.LINES
        return _shape(inner[0])
    return _plain_shape(annotation)


def _plain_shape(annotation: Any) -> Shape:
    if get_origin(annotation) is Literal:
        return Shape.CHOICE
    if not isinstance(annotation, type):
        return Shape.ONE
    if annotation is datetime.date:
        return Shape.DAY
    if set(PARTS) <= _names(annotation):
        return Shape.PARTS
    if issubclass(annotation, BaseModel):
        return Shape.GROUP
    return Shape.CHOICE if annotation is bool or issubclass(annotation, enum.Enum) else Shape.ONE


def _names(annotation: type) -> set[str]:
    if issubclass(annotation, BaseModel):
        return set(annotation.model_fields)
    return {f.name for f in dataclasses.fields(annotation)} if dataclasses.is_dataclass(annotation) else set()
