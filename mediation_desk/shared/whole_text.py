"""Every text of a whole record in its canonical form, so that no field gets past `canonical` by being new."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import LONGEST, canonical

T = TypeVar("T")


@record
class Limits:
    """What a field takes: its name on screen, whether it has one line only, and how long it may be."""

    name: str
    one_line: bool = False
    longest: int = LONGEST


def whole(value: T, limits: Callable[[str], Limits], name: str = "") -> T:
    """``value`` (a record, a list, a mapping, a text) with every text in it canonical; unchanged parts stay.

    ``limits`` says what the field of a name takes; things in a list go by the name of the list, values of a
    mapping by their key, and ``value`` itself by ``name``. Raises ``InputError`` with the field and the JSON
    pointer of the first text that may not be kept.
    """
    made: T = _whole(value, name, f"/{name}" if name else "", limits)
    return made


def _whole(value: Any, name: str, place: str, limits: Callable[[str], Limits]) -> Any:
    if isinstance(value, str):
        return value if isinstance(value, Enum) else _text(value, name, place, limits(name))
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            item.name: new
            for item in fields(value)
            if (old := getattr(value, item.name)) is not None
            and (new := _whole(old, item.name, f"{place}/{item.name}", limits)) is not old
        }
        return replace(value, **changed) if changed else value
    if isinstance(value, Mapping):
        made = {
            _whole(key, "key", f"{place}/{key!s:.40}", limits): _whole(
                inner, key if isinstance(key, str) else name, f"{place}/{key!s:.40}", limits
            )
            for key, inner in value.items()
        }
        return value if made == value else made
    if isinstance(value, tuple | list | frozenset | set):
        items = [_whole(inner, name, f"{place}/{at}", limits) for at, inner in enumerate(value)]
        return value if all(map(_same, items, value)) else type(value)(items)
    return value


def _same(new: Any, old: Any) -> bool:
    return new is old or (isinstance(new, str) and new == old)


def _text(text: str, name: str, place: str, limit: Limits) -> str:
    try:
        plain = canonical(text, limit.name, multiline=not limit.one_line, longest=limit.longest)
    except InputError as error:
        raise InputError(error.message, field=name, pointer=place) from None
    return text if plain == text else plain
