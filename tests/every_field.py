"""Every text field of a record, found by its types: a field added tomorrow is among them without a word here."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

Text = Callable[[type, str], str]
"""The text for a field of a record."""

_SAMPLES: dict[type, Any] = {
    int: 1,
    float: 1.0,
    bool: True,
    bytes: b"x",
    Decimal: Decimal("1.00"),
    date: date(2026, 3, 2),
    datetime: datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
    time: time(9, 30),
}


@cache
def hints(cls: type) -> Mapping[str, Any]:
    """The types of the fields of a record."""
    return get_type_hints(cls)


def text_fields(cls: type) -> tuple[tuple[type, str], ...]:
    """Record and field of every text below ``cls``, each once."""
    return tuple(dict.fromkeys(_fields(cls, set())))


def filled(cls: type, text: Text) -> Any:
    """A ``cls`` with something in every field: ``text`` in every text, one thing in every list."""
    known = hints(cls)
    return cls(**{item.name: _value(known[item.name], cls, item.name, text) for item in fields(cls)})


def defaults(cls: type, text: Text) -> Any:
    """As `filled`, with only what has no default."""
    known = hints(cls)
    needed = [one for one in fields(cls) if one.default is MISSING and one.default_factory is MISSING]
    return cls(**{item.name: _value(known[item.name], cls, item.name, text) for item in needed})


def texts_in(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Place and text of every text that stands in a record now; what comes from a vocabulary is none."""
    if isinstance(value, str):
        if not isinstance(value, Enum):
            yield place, value
    elif is_dataclass(value):
        for item in fields(value):
            yield from texts_in(getattr(value, item.name), f"{place}/{item.name}")
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from texts_in(inner, f"{place}/{key}")
    elif isinstance(value, tuple | list):
        for at, inner in enumerate(value):
            yield from texts_in(inner, f"{place}/{at}")


def with_text(value: Any, place: str, text: str) -> Any:
    """``value`` with ``text`` at a place that `texts_in` gave."""
    if not place:
        return text
    step, _, rest = place[1:].partition("/")
    rest = f"/{rest}" if rest else ""
    if is_dataclass(value):
        from dataclasses import replace

        return replace(value, **{step: with_text(getattr(value, step), rest, text)})  # type: ignore[type-var]
    if isinstance(value, Mapping):
        return {**value, step: with_text(value[step], rest, text)}
    at = int(step)
    return (*value[:at], with_text(value[at], rest, text), *value[at + 1 :])


def _fields(cls: type, seen: set[type]) -> Iterator[tuple[type, str]]:
    if cls in seen:
        return
    seen.add(cls)
    for item in fields(cls):
        for kind in _leaves(hints(cls)[item.name]):
            if kind is str:
                yield cls, item.name
            elif is_dataclass(kind):
                yield from _fields(kind, seen)


def _leaves(hint: Any) -> Iterator[type]:
    if hint is Any or hint is object:
        return
    if get_origin(hint) is None:
        if isinstance(hint, type):
            yield hint
        return
    for part in get_args(hint):
        if part is not Ellipsis:
            yield from _leaves(part)


def _value(hint: Any, cls: type, name: str, text: Text) -> Any:
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _value(next(one for one in parts if one is not type(None)), cls, name, text)
    if origin is tuple:
        if parts[-1] is Ellipsis:
            return (_value(parts[0], cls, name, text),)
        return tuple(_value(one, cls, name, text) for one in parts)
    if origin in (frozenset, set, list):
        return origin((_value(parts[0], cls, name, text),))
    if origin is not None and issubclass(origin, Mapping):
        if parts[1] is object:
            return {"文字": text(cls, name)}
        return {_value(parts[0], cls, name, text): _value(parts[1], cls, name, text)}
    if hint is str:
        return text(cls, name)
    if issubclass(hint, Enum):
        return next(iter(hint))
    return _SAMPLES[hint] if hint in _SAMPLES else filled(hint, text)
