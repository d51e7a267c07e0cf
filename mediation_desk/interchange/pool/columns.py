"""The known columns of a roster: one for each field of a record, with the names other tables give it."""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache, lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.model import MediatorCard
from mediation_desk.experts.texts import LABELS
from mediation_desk.interchange.sheets.columns import SheetColumn, SheetColumns, names_of, plain_title
from mediation_desk.shared.assets import built, rules
from mediation_desk.shared.record import record

_KEPT_BY_THE_DESK = ("card", "has_photo", "batch", "version")
CARD_FIELDS = frozenset(item.name for item in fields(MediatorCard))
_LIKELY = (
    ("id_no", re.compile(r"'?[1-9]\d{16}[\dXx]")),
    ("phone", re.compile(r"'?1[3-9]\d{9}")),
    ("gender", re.compile("[男女]")),
)
PUBLIC = (
    "pool_no",
    "name",
    "organisation",
    "employment",
    "grade",
    "specialties",
    "languages",
    "years_mediating",
    "introduction",
)
"""Fields that may leave the house (domain.md §5.1 last row): never identity number, telephone, address or ties."""


@record
class Column(SheetColumn):
    """A field as a column. ``kind`` is the type of its value, ``many`` whether it is a list of them."""

    kind: type
    many: bool
    optional: bool

    @property
    def is_parts(self) -> bool:
        """Whether the value is a list of records (等级, 证书, 培训 …)."""
        return self.many and is_dataclass(self.kind)

    @property
    def offered(self) -> tuple[str, ...]:
        """The values of a vocabulary."""
        return tuple(str(member.value) for member in self.kind) if issubclass(self.kind, Enum) else ()


@record
class ColumnRules(SheetColumns):
    """All of ``rules/pool_columns.toml``."""

    columns: tuple[Column, ...]
    by_field: Mapping[str, Column]


def column_rules() -> ColumnRules:
    """The columns in force. Raises ``InputError`` when the rule file misses a field or names an unknown one."""
    rules("pool_columns")
    return _remembered(rules.cache_info().misses)


@lru_cache(maxsize=1)
def _remembered(_read: int) -> ColumnRules:
    return built("pool_columns", _column_rules)


def _column_rules(data: Mapping[str, Any]) -> ColumnRules:
    entries = {entry["field"]: entry for entry in data["column"]}
    kinds = field_kinds()
    if set(entries) != set(kinds):
        raise ValueError("fields missing or unknown")
    columns = tuple(_column(entries[field], kinds[field], data.get("values", {})) for field in kinds)
    return ColumnRules(
        columns=columns,
        by_field={column.field: column for column in columns},
        names=names_of(columns),
        ignored=frozenset(plain_title(title) for title in data.get("ignored", ())),
        likely=_LIKELY,
    )


def _column(entry: Mapping[str, Any], kind: tuple[type, bool, bool], words: Mapping[str, Any]) -> Column:
    field = entry["field"]
    return Column(
        field=field,
        name=LABELS[field],
        aliases=tuple(entry.get("aliases", ())),
        width=int(entry["width"]),
        shared=bool(entry.get("shared", False)),
        kind=kind[0],
        many=kind[1],
        optional=kind[2],
        words=dict(words.get(field, {})),
    )


@cache
def field_kinds() -> Mapping[str, tuple[type, bool, bool]]:
    """Type of every field a roster may hold, whether it is a list, whether it may be None; in their order."""
    hints = get_type_hints(MediatorCard) | {
        name: hint for name, hint in get_type_hints(Mediator).items() if name not in _KEPT_BY_THE_DESK
    }
    order = [item.name for item in (*fields(MediatorCard), *fields(Mediator)) if item.name in hints]
    return {name: _kind(hints[name]) for name in order}


def part_kinds(part: type) -> Mapping[str, tuple[type, bool, bool]]:
    """The same for a part of a record (Grade, Leave …)."""
    return _part_kinds(part)


@cache
def _part_kinds(part: type) -> Mapping[str, tuple[type, bool, bool]]:
    hints = get_type_hints(part)
    return {item.name: _kind(hints[item.name]) for item in fields(part)}


def _kind(hint: Any) -> tuple[type, bool, bool]:
    if get_origin(hint) is tuple:
        return get_args(hint)[0], True, False
    if get_origin(hint) in (Union, types.UnionType):
        return next(one for one in get_args(hint) if one is not type(None)), False, True
    return hint, False, False
