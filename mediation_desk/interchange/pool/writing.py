"""The value of a field becomes what stands in a cell: text, a whole number or a day."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any

from mediation_desk.experts.mediator import Mediator
from mediation_desk.interchange.pool.columns import CARD_FIELDS, Column
from mediation_desk.interchange.sheets.splitting import join_items, join_words

_WEEKDAYS = "一二三四五六日"


def value_of(mediator: Mediator, field: str) -> Any:
    """The field's value, wherever in the record it lies."""
    return getattr(mediator.card if field in CARD_FIELDS else mediator, field)


def written(column: Column, value: Any) -> str | int | date | None:
    """What stands in the cell; reading it again gives ``value``."""
    if value is None or value in ("", ()):
        return None
    if column.is_parts:
        return join_items(
            [part_text(item.name, getattr(one, item.name)) for item in fields(one)] for one in value
        )
    if column.many:
        return join_words(one.value if isinstance(one, Enum) else one for one in value)
    if isinstance(value, Enum):
        return str(value.value)
    return value if isinstance(value, int | date) else str(value)


def part_text(name: str, value: Any) -> str:
    """One field of a part (a grade's day, a duty's weekday) as text."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else ""
        case Enum():
            return str(value.value)
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
        case Decimal():
            return f"{value.normalize():f}"
        case int() if name == "weekday" and 1 <= value <= 7:
            return f"周{_WEEKDAYS[value - 1]}"
    return str(value)
