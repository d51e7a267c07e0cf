"""What differs between two readings of one case, place by place, in words a person can check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any

from mediation_desk.cases.beside import Change
from mediation_desk.cases.model import CaseFile
from mediation_desk.shared.assets import rules

_APART = ("beside", "version", "as_of", "closed_loop")
"""Not typed by anybody: what the desk keeps itself."""


def changes(before: CaseFile, after: CaseFile) -> tuple[Change, ...]:
    """Every place where ``after`` says something else than ``before``, in the order of the file."""
    found = []
    for field in fields(CaseFile):
        if field.name not in _APART:
            old, new = getattr(before, field.name), getattr(after, field.name)
            found += list(_differences(old, new, f"/{field.name}", field.name))
    return tuple(found)


def _differences(before: Any, after: Any, place: str, key: str) -> Iterator[Change]:
    if before == after:
        return
    if is_dataclass(before) and type(before) is type(after):
        for field in fields(before):
            old, new = getattr(before, field.name), getattr(after, field.name)
            yield from _differences(old, new, f"{place}/{field.name}", field.name)
    elif isinstance(before, tuple) and isinstance(after, tuple) and _records(before + after):
        for number in range(max(len(before), len(after))):
            old = before[number] if number < len(before) else None
            new = after[number] if number < len(after) else None
            yield from _differences(old, new, f"{place}/{number}", key)
    else:
        yield Change(place=place, name=_name(key), before=_words(before), after=_words(after))


def _records(values: tuple[Any, ...]) -> bool:
    return all(is_dataclass(value) for value in values)


def _name(key: str) -> str:
    """The name of a key on screen; the rule table names those a counter types."""
    return str(rules("names").get(key, key))


def _words(value: Any) -> str:
    match value:
        case None | ():
            return ""
        case bool():
            return "是" if value else "否"
        case Enum():
            return str(value.value)
        case Decimal():
            return f"{value:,.2f}"
        case date() | time():
            return value.isoformat()
        case tuple():
            return "、".join(_words(one) for one in value)
    if is_dataclass(value):
        said = (_words(getattr(value, field.name)) for field in fields(value))
        return "，".join(word for word in said if word)
    return str(value)
