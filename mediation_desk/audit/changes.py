"""What an act changed in a record: where, what stood there before, what stands there now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from functools import cache
from itertools import zip_longest
from typing import Any

from mediation_desk.shared.record import record

MOST, LONGEST = 60, 400
"""Changes told of one act, and characters told of one value: enough to see what happened; the record has the rest."""

_COUNTERS = frozenset(("version", "as_of"))  # moved by the desk itself


@record
class Change:
    """One place (``/parties/0/phone``); the texts are empty where nothing stood."""

    where: str
    before: str
    after: str


def changes(before: Any, after: Any) -> tuple[Change, ...]:
    """The places in which two records differ, in the order of their fields."""
    found: list[Change] = []
    for change in _between("", before, after):
        if len(found) == MOST:
            break
        found.append(change)
    return tuple(found)


def fields_of(found: tuple[Change, ...]) -> list[str]:
    """For the details of an entry: the places only."""
    return [change.where for change in found]


def words_of(found: tuple[Change, ...]) -> dict[str, Any]:
    """For the personal words of an entry: place, before, after."""
    return {"changes": [[change.where, change.before, change.after] for change in found]} if found else {}


def _between(where: str, before: Any, after: Any) -> Iterator[Change]:
    if before is after or before == after:
        return
    names = _names(_kind(after)) if type(before) is type(after) else None
    if names is not None:
        for name in names:
            yield from _between(f"{where}/{name}", getattr(before, name), getattr(after, name))
    elif isinstance(before, tuple) and isinstance(after, tuple):
        for place, (was, now) in enumerate(zip_longest(before, after)):
            yield from _between(f"{where}/{place}", was, now)
    else:
        yield Change(where=where, before=_told(before), after=_told(after))


def _kind(value: Any) -> Any:
    return type(value)  # as Any: a class is not seen as hashable


@cache
def _names(kind: Any) -> tuple[str, ...] | None:
    if not (isinstance(kind, type) and is_dataclass(kind)):
        return None
    return tuple(item.name for item in fields(kind) if item.name not in _COUNTERS)


def _told(value: Any) -> str:
    return " ".join(_leaves(value))[:LONGEST]


def _leaves(value: Any) -> Iterator[str]:
    if value in (None, "", False):
        return
    if (names := _names(_kind(value))) is not None:
        parts: Iterable[Any] = (getattr(value, name) for name in names)
    elif isinstance(value, Mapping):
        parts = (f"{key}:{_told(held)}" for key, held in value.items())
    elif isinstance(value, tuple | list | frozenset):
        parts = value
    else:
        yield _single(value)
        return
    for part in parts:
        yield from _leaves(part)


def _single(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value.value if isinstance(value, Enum) else value)
