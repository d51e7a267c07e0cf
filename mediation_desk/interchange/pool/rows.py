"""One row of a roster: what its cells say, and everything wrong with it in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.texts import LABELS
from mediation_desk.interchange.pool.assembling import from_identity
from mediation_desk.interchange.pool.columns import Column, column_rules
from mediation_desk.interchange.pool.heading import Heading, body_lines
from mediation_desk.interchange.pool.reading import Cell, Value, read
from mediation_desk.interchange.pool.table import Covered, Flaw, Line, Table, column_letter
from mediation_desk.interchange.pool.twins import Choice, Trait, Twin, traits
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record


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
class StagedRow:
    """A row with what was read of it. ``mediator`` is what would be stored; its number may still be empty."""

    line: Line
    values: Mapping[str, Any]
    misread: tuple[Trouble, ...]
    traits: tuple[Trait, ...]
    titles: Mapping[str, tuple[int, str]]
    unit: str
    twin: Twin | None = None
    choice: Choice | None = None
    mediator: Mediator | None = None
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
        return _trouble(self.line, self.titles, self.unit, field, reason, blocking=blocking)

    @property
    def twin_sentence(self) -> str:
        """``与库中M07周敬安身份证号相同。``; empty without a twin."""
        if self.twin is None:
            return ""
        other = f"库中{self.twin.pool_no}" if self.twin.pool_no else f"第{self.twin.row}{self.unit}"
        return f"与{other}{self.twin.name}{self.twin.why}。"


@record
class RowReader:
    """Reads lines by a mapping of columns to fields."""

    table: Table
    heading: Heading
    columns: tuple[tuple[int, Column], ...]
    titles: Mapping[str, tuple[int, str]]
    by_number: Mapping[int, Line]

    @classmethod
    def of(cls, table: Table, heading: Heading, mapping: Mapping[int, str]) -> RowReader:
        """For these columns."""
        known = column_rules().by_field
        return cls(
            table=table,
            heading=heading,
            columns=tuple((place, known[field]) for place, field in mapping.items()),
            titles={field: (place, _title(table, heading, place)) for place, field in mapping.items()},
            by_number={line.number: line for line in table.lines},
        )

    def lines(self) -> Sequence[Line]:
        """The lines of the roster."""
        return body_lines(self.table, self.heading)

    def read(self, line: Line) -> StagedRow:
        """What the cells say; not yet compared with anybody else."""
        line = self._uncovered(line)
        values: dict[str, Any] = {}
        misread = []
        day_given = True
        for place, column in self.columns:
            try:
                found = self._value(line, place, column)
            except InputError as error:
                reason = f"{error.message.rstrip('。')}。"
                misread.append(self._trouble(line, column.field, reason))
                continue
            if found is None:
                continue
            values[column.field] = found.value
            if column.field == "birth_date":
                day_given = found.whole
            elif found.notice:
                misread.append(self._trouble(line, column.field, found.notice, blocking=False))
        told = from_identity(values, day_given=day_given)
        if not day_given and "birth_date" not in told:
            notice = "只写到月份，按当月1日登记。"
            misread.append(self._trouble(line, "birth_date", notice, blocking=False))
        values |= told
        return StagedRow(
            line=line,
            values=values,
            misread=tuple(misread),
            traits=traits(values),
            titles=self.titles,
            unit=self.table.unit,
        )

    def _value(self, line: Line, place: int, column: Column) -> Value | None:
        flaw = line.flaw(place)
        if flaw:
            raise InputError(flaw)
        return read(
            column,
            Cell(text=line.cell(place), numeric=place in line.numeric, since_1904=self.table.since_1904),
        )

    def _uncovered(self, line: Line) -> Line:
        """Hidden cells of columns that may be shared take the text of the merged one; others are flawed."""
        if not line.covered:
            return line
        shared = {place: column.shared for place, column in self.columns}
        for cover in line.covered:
            if cover.column in shared:
                line = self._under(line, cover, shared=shared[cover.column])
        return line

    def _under(self, line: Line, cover: Covered, *, shared: bool) -> Line:
        below = cover.by == cover.column
        top = self.by_number.get(cover.row)
        if below and shared and top is not None and cover.row > self.heading.last:
            return line.with_cell(cover.column, top.cell(cover.column))
        over = f"第{cover.row}行" if below else f"{column_letter(cover.by)}列"
        reason = f"与{over}的单元格合并成一格，请取消合并、分别填写"
        bare = line.with_cell(cover.column, "")
        return replace(bare, flaws=(*bare.flaws, Flaw(column=cover.column, reason=reason)))

    def _trouble(self, line: Line, field: str, reason: str, *, blocking: bool = True) -> Trouble:
        return _trouble(line, self.titles, self.table.unit, field, reason, blocking=blocking)


def _trouble(
    line: Line, titles: Mapping[str, tuple[int, str]], unit: str, field: str, reason: str, *, blocking: bool
) -> Trouble:
    place, title = titles.get(field, (None, f"“{LABELS.get(field, field)}”"))
    return Trouble(
        field=field, place=place, where=f"第{line.number}{unit}{title}", reason=reason, blocking=blocking
    )


def _title(table: Table, heading: Heading, place: int) -> str:
    title = heading.titles[place] if place < len(heading.titles) else ""
    if table.titles or place >= heading.own:
        return f"“{title}”"
    letter = f"{column_letter(place)}列"
    return f"“{title}”（{letter}）" if title else letter
