"""A sheet between file and database: every row as it would go in, to be looked at and put right."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Generic, Protocol, Self, TypeVar

from mediation_desk.interchange.sheets.columns import SheetColumns
from mediation_desk.interchange.sheets.heading import Heading, body_lines, guess_heading, heading_at
from mediation_desk.interchange.sheets.judging import Judge, judged
from mediation_desk.interchange.sheets.matching import guess, is_ignored
from mediation_desk.interchange.sheets.rows import SheetRow, State, in_state
from mediation_desk.interchange.sheets.table import Line, Table, Watch, tell
from mediation_desk.interchange.sheets.twins import Choice
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record

_STEP = 500
_SAMPLE = 50
R = TypeVar("R", bound=SheetRow)
R_co = TypeVar("R_co", bound=SheetRow, covariant=True)


@record
class Plan:
    """The file and what somebody has decided about it: plain data, to be kept as a draft.

    ``mapping`` gives the field of a column, ``choices`` what is to be done with a row, by its number.
    """

    table: Table
    heading: Heading
    mapping: Mapping[int, str]
    choices: Mapping[int, Choice]


class Reader(Protocol[R_co]):
    """Reads the lines of a plan."""

    def lines(self) -> Sequence[Line]:
        """The lines that are rows."""

    def read(self, line: Line) -> R_co:
        """What the cells of one line say."""


@record
class StagedSheet(ABC, Generic[R]):
    """A plan carried out on paper. Every change gives another one; nothing is stored before it is taken in."""

    plan: Plan
    rows: tuple[R, ...]

    @property
    @abstractmethod
    def columns(self) -> SheetColumns:
        """The columns this kind of sheet may have."""

    @abstractmethod
    def reader(self, plan: Plan) -> Reader[R]:
        """Reads the rows of ``plan``."""

    @abstractmethod
    def judge(self) -> Judge[R]:
        """Compares the rows with what is on record."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said about the whole sheet."""
        return self.plan.table.notes

    @property
    def needed(self) -> tuple[str, ...]:
        """Fields every row needs for which the file has no column; one value may stand for all rows."""
        return ()

    def row(self, number: int) -> R:
        """The row Excel shows under this number. Raises ``InputError`` when there is none."""
        return self.rows[self._place(number)]

    def count(self, state: State) -> int:
        """How many rows are ready, wrong or skipped."""
        return in_state(self.rows, state)

    @property
    def unknown(self) -> tuple[tuple[int, str], ...]:
        """Columns with a title that are not read, so that nobody loses one unawares."""
        titles = enumerate(self.plan.heading.titles)
        return tuple((place, title) for place, title in titles if title and place not in self.plan.mapping)

    @property
    def strange(self) -> tuple[str, ...]:
        """The titles of ``unknown`` that nobody would expect (序号 and 照片 are expected)."""
        return tuple(title for _place, title in self.unknown if not is_ignored(self.columns, title))

    def current(self) -> Plan:
        """The plan with every cell as it reads now."""
        edited = {row.number: row.line for row in self.rows}
        lines = tuple(edited.get(line.number, line) for line in self.plan.table.lines)
        return replace(self.plan, table=replace(self.plan.table, lines=lines))

    def with_cell(self, number: int, column: int, text: str) -> Self:
        """Type ``text`` into a cell; only this row is read again."""
        place = self._place(number)
        row = self.reader(self.plan).read(self.rows[place].line.with_cell(column, text))
        return self._judged((*self.rows[:place], row, *self.rows[place + 1 :]), self.plan)

    def with_choice(self, number: int, choice: Choice) -> Self:
        """Decide what is to be done with a row. Raises ``InputError`` for what is not offered."""
        return self.with_choices({number: choice})

    def with_choices(self, wanted: Mapping[int, Choice]) -> Self:
        """The same for several rows at once."""
        for number, choice in wanted.items():
            if choice not in self.row(number).choices:
                raise InputError(f"第{number}{self.plan.table.unit}不能选“{choice.value}”。")
        plan = replace(self.plan, choices={**self.plan.choices, **wanted})
        return self._judged(self.rows, plan)

    def with_mapping(self, column: int, field: str) -> Self:
        """Say that a column is ``field``, or with "" nothing of ours; another column gives the field up."""
        kept = {
            place: name for place, name in self.current().mapping.items() if name != field and place != column
        }
        mapping = dict(sorted((kept | {column: field} if field else kept).items()))
        return self.restaged(replace(self.current(), mapping=mapping))

    def with_fill(self, field: str, text: str) -> Self:
        """Write ``text`` into every empty cell of a field, in a new column where the file has none."""
        plan = self.current()
        column = next((place for place, name in plan.mapping.items() if name == field), None)
        if column is None:
            column = len(plan.heading.titles)
            plan = _with_column(plan, field, self.columns.by_field[field].name)
        body = {line.number for line in self.reader(plan).lines()}
        lines = tuple(
            line.with_cell(column, text)
            if line.number in body and not line.cell(column).strip() and not line.flaw(column)
            else line
            for line in plan.table.lines
        )
        return self.restaged(replace(plan, table=replace(plan.table, lines=lines)))

    def with_heading(self, row: int) -> Self:
        """Another row names the columns; they are guessed anew."""
        table = self.current().table
        return self.restaged(plan_for(self.columns, table, heading=heading_at(table, row)))

    def restaged(self, plan: Plan, *, watch: Watch | None = None) -> Self:
        """Another plan beside the same records. Raises ``ImportStopped`` when ``watch`` says so."""
        return self._judged(read_rows(self.reader(plan), watch=watch), plan, watch=watch)

    def _judged(self, rows: Sequence[R], plan: Plan, *, watch: Watch | None = None) -> Self:
        made: Any = judged(rows, plan.choices, self.judge(), watch=watch)
        return replace(self, plan=plan, rows=made)

    def _place(self, number: int) -> int:
        place = bisect_left(self.rows, number, key=lambda row: row.number)
        if place == len(self.rows) or self.rows[place].number != number:
            raise InputError(f"名单里没有第{number}{self.plan.table.unit}。")
        return place


def read_rows(reader: Reader[R], *, watch: Watch | None = None) -> tuple[R, ...]:
    """Every row, not yet compared with anything. Raises ``ImportStopped`` when ``watch`` says so."""
    rows = []
    for done, line in enumerate(reader.lines(), start=1):
        rows.append(reader.read(line))
        if done % _STEP == 0:
            tell(watch, done)
    return tuple(rows)


def plan_for(
    columns: SheetColumns,
    table: Table,
    *,
    heading: Heading | None = None,
    remembered: Mapping[int, str] | None = None,
) -> Plan:
    """The likely meaning of a file: its heading, and its columns as last time or as they look."""
    found = heading or guess_heading(columns, table)
    body = body_lines(table, found)[:_SAMPLE]
    width = max([len(found.titles), *(len(line.cells) for line in body)])
    titles = tuple(found.titles) + ("",) * (width - len(found.titles))
    samples = {place: [line.cell(place) for line in body] for place in range(width)}
    mapping = dict(remembered) if remembered else guess(columns, titles, samples)
    return Plan(table=table, heading=replace(found, titles=titles), mapping=mapping, choices={})


def _with_column(plan: Plan, field: str, name: str) -> Plan:
    heading = plan.heading
    return replace(
        plan,
        heading=replace(heading, titles=(*heading.titles, name), added=heading.added + 1),
        mapping={**plan.mapping, len(heading.titles): field},
    )
