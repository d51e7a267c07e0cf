"""One way from domain records to plain JSON data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any

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
    return _object(value) if is_dataclass(value) else value


def _object(value: Any) -> dict[str, Any]:
    return {
        _NAMES.get(item.name, item.name): plain(getattr(value, item.name))
        for item in fields(value)
        if _written(value, item.name, item.default, omit=bool(item.metadata.get("omit")))
    }


def _written(value: Any, name: str, default: Any, *, omit: bool) -> bool:
    if not omit or getattr(value, name) != default:
        return True
    return getattr(value, _TOGETHER.get(name, ""), None) is not None
