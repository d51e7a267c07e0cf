"""Records to plain data and back, for what a submission keeps: rules and figures must be read as they were written."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def plain(value: Any) -> Any:
    """What JSON can hold of ``value``; amounts and days as text."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(plain(one) for one in value)
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, frozenset):
        return sorted(plain(one) for one in value)  # the same words always: they are sealed
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | Enum):
        return str(value.value if isinstance(value, Enum) else value)
    return value


def restored(kind: type[T], data: Mapping[str, Any]) -> T:
    """A record of ``kind`` from what `plain` made of it."""
    hints = _hints(kind)  # type: ignore[arg-type]  # a class can be hashed
    return kind(**{name: _read(hints[name], value) for name, value in data.items()})


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _one_of(arguments, value)
    if origin in (tuple, frozenset):
        return origin(_read(arguments[0], one) for one in value)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {key: _read(arguments[1], one) for key, one in value.items()}
    if is_dataclass(kind):
        return restored(kind, value)  # type: ignore[arg-type]  # a class, not a record
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is Decimal:
        return Decimal(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return value


def _one_of(kinds: tuple[Any, ...], value: Any) -> Any:
    """Which of several kinds a value is: text is text where that is possible, else an amount or a day."""
    if isinstance(value, str):
        if str in kinds:
            return value
        return _read(Decimal if Decimal in kinds else date, value)
    if isinstance(value, int):
        return value
    return _read(next(kind for kind in kinds if kind is not types.NoneType), value)
