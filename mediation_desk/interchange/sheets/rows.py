"""One row of a sheet: what its cells say, what is to be done with it, and everything wrong with it in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any, Generic, Self, TypeVar

from mediation_desk.interchange.sheets.cells import Cell, Value
from mediation_desk.interchange.sheets.columns import SheetColumn
from mediation_desk.interchange.sheets.heading import Heading, body_lines
from mediation_desk.interchange.sheets.table import Covered, Flaw, Line, Table, column_letter
from mediation_desk.interchange.sheets.twins import Choice, Trait, Twin
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record

C = TypeVar("C", bound=SheetColumn)
Titles = Mapping[str, tuple[int | None, str]]
"""Column and what to call it, by field; None where the file has no column for the field."""


class State(StrEnum):
    """What will become of a row."""

    READY = "可以收入"
    WRONG = "有问题"
    SKIPPED = "跳过"


@record
class Trouble:
    """What is wrong with a row, or with ``blocking`` False only to be known.

    ``place`` is the column in the file, None where it has none for the field; ``where`` names row and column.
    """

    field: str
    place: int | None
    where: str
    reason: str
    blocking: bool = True

    @property
    def sentence(self) -> str:
        """``第7行“身份证号”（D列）：居民身份证号码的校验位不对。``"""
        return f"{self.where}：{self.reason}"


@record
class SheetRow:
    """A row with what was read of it."""

    line: Line
    values: Mapping[str, Any]
    misread: tuple[Trouble, ...]
    traits: tuple[Trait, ...]
    titles: Titles
    unit: str
    twin: Twin | None = None
    choice: Choice | None = None
    faults: tuple[Trouble, ...] = ()

    @property
    def number(self) -> int:
        """As Excel shows it."""
        return self.line.number

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """Everything to be said about the row."""
        return self.misread + self.faults

    @property
    def state(self) -> State:
        """Ready, wrong or skipped."""
        if self.choice is Choice.SKIP:
            return State.SKIPPED
        return State.WRONG if any(one.blocking for one in self.troubles) else State.READY

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What may be done with it."""
        return self.twin.choices if self.twin else (Choice.NEW, Choice.SKIP)

    def trouble(self, field: str, reason: str, *, blocking: bool = True) -> Trouble:
        """A trouble of this row's ``field``."""
        return trouble(self.line, self.titles, self.unit, field, reason, blocking=blocking)

    @property
    def twin_sentence(self) -> str:
        """``与库中M07周敬安身份证号相同。``; empty without a twin."""
        if self.twin is None:
            return ""
        other = f"库中{self.twin.key}" if self.twin.key else f"第{self.twin.row}{self.unit}"
        return f"与{other}{self.twin.name}{self.twin.why}。"


@record
class RowReader(Generic[C]):
    """Reads lines by a mapping of columns to fields."""

    table: Table
    heading: Heading
    columns: tuple[tuple[int, C], ...]
    titles: Titles
    by_number: Mapping[int, Line]

    @classmethod
    def of(
        cls, table: Table, heading: Heading, mapping: Mapping[int, str], known: Mapping[str, C], **more: Any
    ) -> Self:
        """For these columns, of all ``known``."""
        titles: dict[str, tuple[int | None, str]] = {
            field: (None, f"“{column.name}”") for field, column in known.items()
        }
        return cls(
            table=table,
            heading=heading,
            columns=tuple((place, known[field]) for place, field in mapping.items()),
            titles=titles
            | {field: (place, _title(table, heading, place)) for place, field in mapping.items()},
            by_number={line.number: line for line in table.lines},
            **more,
        )

    def lines(self) -> Sequence[Line]:
        """The lines below the heading."""
        return body_lines(self.table, self.heading)

    def cells(
        self, line: Line, read: Callable[[C, Cell], Value | None]
    ) -> tuple[dict[str, Value], list[Trouble]]:
        """What ``read`` makes of every cell that says something, by field; and what it could not make sense of."""
        found: dict[str, Value] = {}
        misread = []
        for place, column in self.columns:
            try:
                value = read(column, self._cell(line, place))
            except InputError as error:
                misread.append(self.trouble(line, column.field, f"{error.message.rstrip('。')}。"))
                continue
            if value is not None:
                found[column.field] = value
        return found, misread

    def uncovered(self, line: Line) -> Line:
        """Hidden cells of columns that may be shared take the text of the merged one; others are flawed."""
        if not line.covered:
            return line
        shared = {place: column.shared for place, column in self.columns}
        for cover in line.covered:
            if cover.column in shared:
                line = self._under(line, cover, shared=shared[cover.column])
        return line

    def trouble(self, line: Line, field: str, reason: str, *, blocking: bool = True) -> Trouble:
        """A trouble of a line not yet read."""
        return trouble(line, self.titles, self.table.unit, field, reason, blocking=blocking)

    def _cell(self, line: Line, place: int) -> Cell:
        flaw = line.flaw(place)
        if flaw:
            raise InputError(flaw)
        return Cell(text=line.cell(place), numeric=place in line.numeric, since_1904=self.table.since_1904)

    def _under(self, line: Line, cover: Covered, *, shared: bool) -> Line:
        below = cover.by == cover.column
        top = self.by_number.get(cover.row)
        if below and shared and top is not None and cover.row > self.heading.last:
            return line.with_cell(cover.column, top.cell(cover.column))
        over = f"第{cover.row}行" if below else f"{column_letter(cover.by)}列"
        reason = f"与{over}的单元格合并成一格，请取消合并、分别填写"
        bare = line.with_cell(cover.column, "")
        return replace(bare, flaws=(*bare.flaws, Flaw(column=cover.column, reason=reason)))


def trouble(
    line: Line, titles: Titles, unit: str, field: str, reason: str, *, blocking: bool = True
) -> Trouble:
    """What is wrong with ``field`` in this line."""
    place, title = titles.get(field, (None, f"“{field}”"))
    return Trouble(
        field=field, place=place, where=f"第{line.number}{unit}{title}", reason=reason, blocking=blocking
    )


def in_state(rows: Iterable[SheetRow], state: State) -> int:
    """How many of ``rows`` are ready, wrong or skipped."""
    return sum(1 for row in rows if row.state is state)


def _title(table: Table, heading: Heading, place: int) -> str:
    title = heading.titles[place] if place < len(heading.titles) else ""
    if table.titles or place >= heading.own:
        return f"“{title}”"
    letter = f"{column_letter(place)}列"
    return f"“{title}”（{letter}）" if title else letter
