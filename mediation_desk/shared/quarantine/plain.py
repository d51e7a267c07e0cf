"""Records as plain JSON data and back: nothing that crosses can run, and whatever is not as declared is refused."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

_KIND, _BYTES = "$kind", "$bytes"

Blobs = list[bytes]
Read = Callable[[Any, Sequence[bytes]], Any]


class Garbage(ValueError):
    """The other side sent what it never may."""


def to_plain(value: Any, blobs: Blobs) -> Any:
    """``value`` as JSON data; bytes go to ``blobs``. Raises ``TypeError`` for what is no plain data."""
    match value:
        case None | bool() | int() | float() | str() if not isinstance(value, Enum):
            return value
        case Enum():
            return value.value
        case bytes():
            blobs.append(value)
            return {_BYTES: len(blobs) - 1}
        case tuple() | list() | frozenset() | set():
            return [to_plain(item, blobs) for item in value]
        case Mapping():
            return {_text(key): to_plain(item, blobs) for key, item in value.items()}
        case date():
            return value.isoformat()
    if is_dataclass(value):
        parts = {one.name: to_plain(getattr(value, one.name), blobs) for one in fields(value)}
        return {_KIND: type(value).__name__, **parts}
    raise TypeError(type(value).__name__)


def from_plain(kind: Any, data: Any, blobs: Sequence[bytes]) -> Any:
    """What was written, as ``kind`` declares it. Raises ``Garbage``."""
    try:
        return _reader(kind)(data, blobs)
    except (TypeError, ValueError, LookupError, AttributeError) as error:
        raise Garbage(type(error).__name__) from None


def _text(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError("keys are words")
    return str(key)


@cache
def _reader(kind: Any) -> Read:
    if kind is Any:
        return lambda data, _blobs: data
    read = _several(get_origin(kind), get_args(kind)) if get_args(kind) else _single(kind)
    if read is None:
        raise TypeError(f"{kind} does not cross")
    return read


def _single(kind: Any) -> Read | None:
    if kind in (str, int, bool, type(None)):
        return _exactly(kind)
    if kind is float:
        return _number
    if kind is bytes:
        return _bytes
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda data, _blobs: kind(data)
    if kind in (date, datetime):
        return lambda data, _blobs: kind.fromisoformat(data)
    return _record(kind) if is_dataclass(kind) else None


def _several(origin: Any, inner: tuple[Any, ...]) -> Read | None:
    if origin in (Union, types.UnionType):
        return _one_of(inner)
    if origin is tuple and inner[1:] != (...,):
        return _few(inner)
    if origin in (tuple, list, frozenset, Sequence):
        return _many(inner[0], tuple if origin is Sequence else origin)
    return _mapping(inner[1]) if origin in (Mapping, dict) else None


def _exactly(kind: type) -> Read:
    def read(data: Any, _blobs: Sequence[bytes]) -> Any:
        if type(data) is not kind:
            raise Garbage
        return data

    return read


def _number(data: Any, _blobs: Sequence[bytes]) -> float:
    if type(data) not in (int, float):
        raise Garbage
    return float(data)


def _bytes(data: Any, blobs: Sequence[bytes]) -> bytes:
    place = data[_BYTES]
    if type(place) is not int or place < 0:
        raise Garbage
    return blobs[place]


def _one_of(kinds: tuple[Any, ...]) -> Read:
    """None, the record it calls itself, or the first kind that takes it."""

    def read(data: Any, blobs: Sequence[bytes]) -> Any:
        called = data.get(_KIND) if isinstance(data, dict) else None
        for kind in kinds:
            if called is not None and getattr(kind, "__name__", "") != called:
                continue
            try:
                return _reader(kind)(data, blobs)
            except (TypeError, ValueError, LookupError, AttributeError):
                continue
        raise Garbage

    return read


def _many(kind: Any, made: Callable[[Any], Any]) -> Read:
    read_one = _reader(kind)

    def read(data: Any, blobs: Sequence[bytes]) -> Any:
        if type(data) is not list:
            raise Garbage
        if kind is str:  # the cells of a sheet: a million of them
            if not all(type(item) is str for item in data):
                raise Garbage
            return made(data)
        return made(read_one(item, blobs) for item in data)

    return read


def _few(kinds: tuple[Any, ...]) -> Read:
    def read(data: Any, blobs: Sequence[bytes]) -> Any:
        if type(data) is not list:
            raise Garbage
        return tuple(_reader(kind)(item, blobs) for kind, item in zip(kinds, data, strict=True))

    return read


def _mapping(kind: Any) -> Read:
    def read(data: Any, blobs: Sequence[bytes]) -> Any:
        if type(data) is not dict:
            raise Garbage
        return {key: _reader(kind)(item, blobs) for key, item in data.items()}

    return read


def _record(kind: Any) -> Read:
    hints = get_type_hints(kind)
    wanted = {one.name: hints[one.name] for one in fields(kind)}

    def read(data: Any, blobs: Sequence[bytes]) -> Any:
        if data[_KIND] != kind.__name__ or len(data) != len(wanted) + 1:
            raise Garbage
        return kind(**{name: _reader(hint)(data[name], blobs) for name, hint in wanted.items()})

    return read
