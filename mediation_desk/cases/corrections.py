"""What differs between two readings of one case, place by place, in words a person can check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from itertools import zip_longest
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


def _differences(before: Any, after: Any, place: str, key: str, whose: str = "") -> Iterator[Change]:
    if before == after:
        return
    if is_dataclass(before) and type(before) is type(after):
        for field in fields(before):
            old, new = getattr(before, field.name), getattr(after, field.name)
            yield from _differences(old, new, f"{place}/{field.name}", field.name, whose)
    elif isinstance(before, tuple) and isinstance(after, tuple) and _records(before + after):
        for number, (old, new) in enumerate(_side_by_side(before, after)):
            yield from _differences(old, new, f"{place}/{number}", key, called(old) or whose)
    else:
        name = f"{whose}的{name_of_key(key)}" if whose else name_of_key(key)
        yield Change(place=place, name=name, before=in_words(before), after=in_words(after))


def _side_by_side(before: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[tuple[Any, Any]]:
    """The same party, member or claim on both sides by its reference; one taken out or added has nothing opposite."""
    if all(hasattr(one, "ref") for one in before + after):
        there = {one.ref: one for one in after}
        known = {one.ref for one in before}
        yield from ((one, there.get(one.ref)) for one in before)
        yield from ((None, one) for one in after if one.ref not in known)
    else:
        yield from zip_longest(before, after)


def called(one: Any) -> str:
    """Whose word it is that changed: a person's or body's name, a claim by what is asked."""
    return str(getattr(one, "name", "") or getattr(one, "item", "") or "")


def _records(values: tuple[Any, ...]) -> bool:
    return all(is_dataclass(value) for value in values)


def name_of_key(key: str) -> str:
    """The name of a key on screen; the rule table names those a counter types."""
    return str(rules("names").get(key, key))


def in_words(value: Any) -> str:
    """Any value as a person reads it; "" for nothing."""
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
            return "、".join(in_words(one) for one in value)
    if is_dataclass(value):
        said = (in_words(getattr(value, field.name)) for field in fields(value))
        return "，".join(word for word in said if word)
    return str(value)
