"""The official tables as data (``rules/tables.toml``): rows, columns, numbers on the sheet, and checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import StrEnum
from typing import Any

from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record
from mediation_desk.statistics.figures import Book, book
from mediation_desk.statistics.model import Column
from mediation_desk.statistics.ports import EVERYTHING, Filter


class Sign(StrEnum):
    """How the two sides of a check must stand to each other; PAIR is V-8 (件 and 人)."""

    EQUAL = "="
    AT_MOST = "<="
    PAIR = "pair"


@record
class Check:
    """One rule of §3.4: the sum of ``left`` against the sum of ``right``, and what to say where it does not hold."""

    rule: str
    left: tuple[str, ...]
    sign: Sign
    right: tuple[str, ...]
    words: str

    @property
    def codes(self) -> frozenset[str]:
        """Every figure it looks at."""
        return frozenset((*self.left, *self.right))


@record
class TableRule:
    """One table: what its lines are, which cases it counts, what its columns show.

    ``rows`` are dimensions of the facts; ``lines`` stand in the table even without cases, with ``committees`` those of
    the centre do. ``merge`` makes one line of several values; ``turned`` prints figures down and lines across;
    ``to_date`` adds a line for the statistical year so far.
    """

    code: str
    no: str
    title: str
    row_key: str
    row_title: str
    rows: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: tuple[str, ...] = ()
    committees: bool = False
    among: Filter = EVERYTHING
    merge: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    turned: bool = False
    to_date: bool = False
    total: str = "合计"

    @property
    def caption(self) -> str:
        """What the table is called in a list: ``表二 人民调解案件情况统计表``."""
        return f"{self.no} {self.title}"


@record
class Tables:
    """Every table by code, in the order they are offered, and the checks that all of them must pass."""

    listed: Mapping[str, TableRule]
    checks: tuple[Check, ...]


@remembered
def tables() -> Tables:
    """The tables in force. Raises ``InputError`` for a faulty rule file."""
    return built("tables", lambda data: _tables(data, book()))


def _tables(data: Mapping[str, Any], figures: Book) -> Tables:
    listed = (_table(entry, figures) for entry in data["table"])
    return Tables(
        listed={one.code: one for one in listed},
        checks=tuple(_check(entry, figures) for entry in data["check"]),
    )


def _table(entry: Mapping[str, Any], figures: Book) -> TableRule:
    own = {
        key: entry[key]
        for key in ("code", "no", "title", "row_key", "row_title", "committees", "turned", "to_date", "total")
        if key in entry
    }
    among: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in entry.get("among", {}).items()
    }
    return TableRule(
        **own,
        rows=tuple(entry["rows"]),
        columns=tuple(column for one in entry["columns"] for column in _columns(one, figures)),
        lines=tuple(entry.get("lines", ())),
        among=Filter(**among),
        merge={label: tuple(values) for label, values in entry.get("merge", {}).items()},
    )


def _columns(entry: Mapping[str, Any], figures: Book) -> Iterator[Column]:
    """One column, or one for each part of a split."""
    codes = figures.splits[entry["split"]] if "split" in entry else (entry["figure"],)
    for place, code in enumerate(codes):
        one = figures.find(code)
        yield Column(
            code=code,
            name=entry.get("prefix", "") + entry.get("name", one.name),
            unit=one.unit,
            definition=one.definition,
            source=one.source,
            group=entry.get("group", ""),
            number=str(entry["number"] + place) if "number" in entry else "",
            on_sheet=entry.get("sheet", True),
            in_file=entry.get("file", True),
        )


def _check(entry: Mapping[str, Any], figures: Book) -> Check:
    made = Check(
        rule=entry["rule"],
        left=tuple(_spelled_out(entry["left"], figures)),
        sign=Sign(entry["sign"]),
        right=tuple(_spelled_out(entry["right"], figures)),
        words=entry["words"],
    )
    if made.sign is Sign.PAIR and (len(made.left), len(made.right)) != (1, 1):
        raise ValueError(made.rule)
    return made


def _spelled_out(codes: list[str], figures: Book) -> Iterator[str]:
    for code in codes:
        yield from figures.splits[code] if code in figures.splits else (figures.find(code).code,)
