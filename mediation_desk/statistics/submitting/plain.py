"""Records to plain data and back, for what a submission keeps: rules and figures must be read as they were written."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache, partial
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Reader = Callable[[Any], Any]


def plain(value: Any) -> Any:
    """What JSON can hold of ``value``; amounts and days as text."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
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
    readers = _readers(kind)  # type: ignore[arg-type]  # a class can be hashed
    return kind(**{name: readers[name](value) for name, value in data.items()})


@cache
def _readers(kind: type[Any]) -> dict[str, Reader]:
    return {name: _reader(hint) for name, hint in get_type_hints(kind).items()}


@cache
def _reader(kind: Any) -> Reader:
    """How a value of this kind is read: a submission holds thousands of the same few."""
    read = _reader_of(kind)
    return lambda value: None if value is None else read(value)


def _reader_of(kind: Any) -> Reader:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return partial(_one_of, arguments)
    if origin in (tuple, frozenset):
        member = _reader(arguments[0])
        return lambda value: origin(map(member, value))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        entry = _reader(arguments[1])
        return lambda value: {key: entry(one) for key, one in value.items()}
    if is_dataclass(kind):
        return partial(restored, kind)  # type: ignore[arg-type]  # a class, not a record
    if kind in (datetime, date):
        return kind.fromisoformat  # type: ignore[no-any-return]  # of both classes
    if kind is Decimal or (isinstance(kind, type) and issubclass(kind, Enum)):
        return kind
    return lambda value: value


def _one_of(kinds: tuple[Any, ...], value: Any) -> Any:
    """Which of several kinds a value is: text is text where that is possible, else an amount or a day."""
    if isinstance(value, str):
        if str in kinds:
            return value
        return _reader(Decimal if Decimal in kinds else date)(value)
    if isinstance(value, int):
        return value
    return _reader(next(kind for kind in kinds if kind is not types.NoneType))(value)
