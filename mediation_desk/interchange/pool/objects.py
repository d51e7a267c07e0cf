"""Reads a list of mediators from JSON: our own export, ``expert list --json``, or the mediators of a case file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mediation_desk.interchange.parse import parse_any
from mediation_desk.interchange.pool.columns import Column, column_rules, part_kinds
from mediation_desk.interchange.sheets.matching import match_title
from mediation_desk.interchange.sheets.package import LARGEST_FILE
from mediation_desk.interchange.sheets.splitting import join_items, join_words
from mediation_desk.interchange.sheets.table import MOST_ROWS, Flaw, Line, Table, Watch, tell
from mediation_desk.shared.errors import InputError

_LISTS = ("mediators", "experts")
_KEYS = {"from_on": "from"}
"""Python keeps "from" for itself; the exchange format does not."""
_STEP = 500


def read_objects(file: str, data: bytes, *, watch: Watch | None = None) -> Table:
    """The mediators ``data`` holds as a table, one line each.

    Raises ``InputError`` naming place and reason when it is no JSON or no list of objects.
    """
    if len(data) > LARGEST_FILE:
        raise InputError(f"文件超过{LARGEST_FILE // 1024 // 1024}兆，不像一份花名册，没有读。")
    found = _objects(parse_any(data))
    keys = tuple(dict.fromkeys(key for entry in found for key in entry))
    if not keys:
        raise InputError("文件里没有调解员。")
    lines = []
    for number, entry in enumerate(found, start=1):
        lines.append(_line(number, entry, keys))
        if number % _STEP == 0:
            tell(watch, number)
    return Table(file=file, lines=tuple(lines), titles=keys)


def _objects(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, dict):
        data = next((data[key] for key in _LISTS if key in data), [data])
    if not isinstance(data, list) or not all(isinstance(entry, dict) for entry in data):
        raise InputError("文件应是调解员的列表，每人一个对象。")
    if len(data) > MOST_ROWS:
        raise InputError(f"文件超过{MOST_ROWS}人，请分成几个文件导入。")
    return [_flat(entry) for entry in data]


def _flat(entry: dict[str, Any]) -> dict[str, Any]:
    """A record as the pool writes it has its card inside."""
    card = entry.get("card")
    if not isinstance(card, dict):
        return entry
    return card | {key: value for key, value in entry.items() if key != "card"}


def _line(number: int, entry: Mapping[str, Any], keys: Sequence[str]) -> Line:
    cells, flaws = [], []
    for place, key in enumerate(keys):
        try:
            cells.append(_text(key, entry.get(key)))
        except InputError as error:
            cells.append("")
            flaws.append(Flaw(column=place, reason=error.message))
    return Line(number=number, cells=tuple(cells), flaws=tuple(flaws))


def _text(key: str, value: Any) -> str:
    if isinstance(value, list):
        match = match_title(column_rules(), key)
        return _list_text(column_rules().by_field[match.field] if match else None, value)
    if isinstance(value, dict):
        raise InputError("应为文字，不是对象")
    return _plain(value)


def _list_text(column: Column | None, values: Sequence[Any]) -> str:
    if column is not None and column.is_parts and all(isinstance(value, dict) for value in values):
        return join_items(_fields(column, value) for value in values)
    if any(isinstance(value, dict | list) for value in values):
        raise InputError("应为文字的列表")
    return join_words(_plain(value) for value in values)


def _fields(column: Column, value: Mapping[str, Any]) -> list[str]:
    kinds = part_kinds(column.kind)
    keys = {name: _KEYS.get(name, name) for name in kinds}
    strange = set(value) - set(keys.values())
    if strange:
        raise InputError(f"不认识“{min(strange)}”这个键")
    return [_plain(value.get(key)) for key in keys.values()]


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else ""
    if isinstance(value, dict | list):
        raise InputError("应为文字")
    return str(value)
