"""What one database keeps and the other cannot, told by table and key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, Table
from sqlalchemy.engine import Dialect

from db.moving.tally import key_of, parts_of, told_keys

UNHOLDABLE = (
    "表 {table} 的“{column}”一栏有目的地存不下的内容（{why}），没有搬。这些行：{keys}。"
    "请在原来的中心改正以后再搬。"
)
_UNSENDABLE = re.compile("[\x00\ud800-\udfff]")
_LARGEST = 1 << 31


def unholdable(source: Connection, table: Table, dialect: Dialect) -> str:
    """The sentence for the first column with such values, "" where there is none."""
    if dialect.name != "postgresql":
        return ""
    found: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    looks = list(_looks(table, dialect))
    for part in parts_of(source, table):
        for row in part:
            for place, name, look in looks:
                if why := look(row[place]):
                    found.setdefault((name, why), []).append(key_of(table, row))
    for (name, why), keys in found.items():
        return UNHOLDABLE.format(table=table.name, column=name, why=why, keys=told_keys(table, keys))
    return ""


def _looks(table: Table, dialect: Dialect) -> Iterator[tuple[int, str, Callable[[Any], str]]]:
    for place, column in enumerate(table.c):
        kind = column.type.dialect_impl(dialect)
        process = kind.bind_processor(dialect)
        narrow = isinstance(kind, Integer) and not isinstance(kind, BigInteger)
        yield place, column.name, _look(process or (lambda value: value), narrow=narrow)


def _look(process: Callable[[Any], Any], *, narrow: bool) -> Callable[[Any], str]:
    def look(value: Any) -> str:
        sent = process(value)
        if isinstance(sent, str) and _UNSENDABLE.search(sent):
            return "空字符或者残缺的编码"
        if narrow and isinstance(sent, int) and not -_LARGEST <= sent < _LARGEST:
            return "太大的数"
        return ""

    return look
