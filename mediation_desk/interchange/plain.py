"""One way from domain records to plain JSON data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

_AS_THEY_ARE = frozenset((str, int, bool, float, type(None)))
_NAMES = {"from_on": "from"}  # Python keeps "from" for itself
_TOGETHER = {
    "undisputed_facts": "undisputed_facts_consent",
    "signed_on": "signed",
    "returned_papers": "returned_on",
}
"""Keys that may be left out, but are written, even empty, wherever their partner is."""


def plain(value: Any) -> Any:
    """``value`` as JSON knows it: records as objects, amounts as text with two decimals, days as ISO.

    Keys a record declares ``omitted`` are left out while they have their default.
    """
    kind: type = type(value)
    if kind in _AS_THEY_ARE:
        return value
    keys = _keys(kind)
    return _object(value, keys) if keys is not None else _single(value)


def _single(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case Decimal():
            return f"{value:.2f}"
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
        case tuple() | list():
            return [plain(item) for item in value]
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
    return value


@cache
def _keys(kind: type) -> tuple[tuple[str, str, bool, Any], ...] | None:
    """Of each field of a record: its name, its key, whether it may be left out, its default; None for others."""
    if not is_dataclass(kind):
        return None
    return tuple(
        (item.name, _NAMES.get(item.name, item.name), bool(item.metadata.get("omit")), item.default)
        for item in fields(kind)
    )


def _object(value: Any, keys: tuple[tuple[str, str, bool, Any], ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, key, omit, default in keys:
        held = getattr(value, name)
        if not omit or held != default or _partner_is_written(value, name):
            found[key] = plain(held)
    return found


def _partner_is_written(value: Any, name: str) -> bool:
    return getattr(value, _TOGETHER.get(name, ""), None) is not None
