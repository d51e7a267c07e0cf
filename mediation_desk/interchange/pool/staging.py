"""A roster between file and pool: every row as a record or with its problems, to be looked at and put right."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from mediation_desk.interchange.pool.columns import column_rules
from mediation_desk.interchange.pool.heading import Heading, body_lines, guess_heading, heading_at
from mediation_desk.interchange.pool.judging import judged
from mediation_desk.interchange.pool.matching import guess, is_ignored
from mediation_desk.interchange.pool.rows import RowReader, StagedRow, State
from mediation_desk.interchange.pool.table import Table, Watch, tell
from mediation_desk.interchange.pool.twins import Choice, Known
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record

_STEP = 500
_SAMPLE = 50


@record
class Plan:
    """The file and what somebody has decided about it: plain data, to be kept as a draft.

    ``mapping`` gives the field of a column, ``choices`` what is to be done with a row, by its number.
    """

    table: Table
    heading: Heading
    mapping: Mapping[int, str]
    choices: Mapping[int, Choice]


@record
class StagedImport:
    """A plan carried out on paper. Every change gives another one; nothing is stored before it is taken in."""

    plan: Plan
    pool: Known
    on: date
    rows: tuple[StagedRow, ...]

    def row(self, number: int) -> StagedRow:
        """The row Excel shows under this number. Raises ``InputError`` when it is none of the roster."""
        return self.rows[self._place(number)]

    def count(self, state: State) -> int:
        """How many rows are ready, wrong or skipped."""
        return sum(1 for row in self.rows if row.state is state)

    @property
    def unknown(self) -> tuple[tuple[int, str], ...]:
        """Columns with a title that are not read, so that nobody loses one unawares."""
        titles = enumerate(self.plan.heading.titles)
        return tuple((place, title) for place, title in titles if title and place not in self.plan.mapping)

    @property
    def strange(self) -> tuple[str, ...]:
        """The titles of ``unknown`` that nobody would expect (序号 and 照片 are expected)."""
        return tuple(title for _place, title in self.unknown if not is_ignored(title))

    def current(self) -> Plan:
        """The plan with every cell as it reads now."""
        edited = {row.number: row.line for row in self.rows}
        lines = tuple(edited.get(line.number, line) for line in self.plan.table.lines)
        return replace(self.plan, table=replace(self.plan.table, lines=lines))

    def with_cell(self, number: int, column: int, text: str) -> StagedImport:
        """Type ``text`` into a cell; only this row is read again."""
        place = self._place(number)
        reader = self._reader()
        row = reader.read(self.rows[place].line.with_cell(column, text))
        rows = (*self.rows[:place], row, *self.rows[place + 1 :])
        return replace(self, rows=judged(rows, self.plan.choices, self.pool, self.on))

    def with_choice(self, number: int, choice: Choice) -> StagedImport:
        """Decide what is to be done with a row. Raises ``InputError`` for what is not offered."""
        return self.with_choices({number: choice})

    def with_choices(self, wanted: Mapping[int, Choice]) -> StagedImport:
        """The same for several rows at once."""
        for number, choice in wanted.items():
            if choice not in self.row(number).choices:
                raise InputError(f"第{number}{self.plan.table.unit}不能选“{choice.value}”。")
        plan = replace(self.plan, choices={**self.plan.choices, **wanted})
        return replace(self, plan=plan, rows=judged(self.rows, plan.choices, self.pool, self.on))

    def with_mapping(self, column: int, field: str) -> StagedImport:
        """Say that a column is ``field``, or with "" nothing of ours; another column gives the field up."""
        kept = {
            place: name for place, name in self.current().mapping.items() if name != field and place != column
        }
        mapping = dict(sorted((kept | {column: field} if field else kept).items()))
        return stage(replace(self.current(), mapping=mapping), self.pool, self.on)

    def with_fill(self, field: str, text: str) -> StagedImport:
        """Write ``text`` into every empty cell of a field, in a new column where the file has none."""
        plan = self.current()
        column = next((place for place, name in plan.mapping.items() if name == field), None)
        if column is None:
            column = len(plan.heading.titles)
            heading = plan.heading
            titles = (*heading.titles, column_rules().by_field[field].name)
            plan = replace(
                plan,
                heading=replace(heading, titles=titles, added=heading.added + 1),
                mapping={**plan.mapping, column: field},
            )
        body = {line.number for line in body_lines(plan.table, plan.heading)}
        lines = tuple(
            line.with_cell(column, text)
            if line.number in body and not line.cell(column).strip() and not line.flaw(column)
            else line
            for line in plan.table.lines
        )
        return stage(replace(plan, table=replace(plan.table, lines=lines)), self.pool, self.on)

    def with_heading(self, row: int) -> StagedImport:
        """Another row names the columns; they are guessed anew."""
        table = self.current().table
        return stage(plan_for(table, heading=heading_at(table, row)), self.pool, self.on)

    def _place(self, number: int) -> int:
        place = bisect_left(self.rows, number, key=lambda row: row.number)
        if place == len(self.rows) or self.rows[place].number != number:
            raise InputError(f"名单里没有第{number}{self.plan.table.unit}。")
        return place

    def _reader(self) -> RowReader:
        return RowReader.of(self.plan.table, self.plan.heading, self.plan.mapping)


def plan_for(
    table: Table, *, heading: Heading | None = None, remembered: Mapping[int, str] | None = None
) -> Plan:
    """The likely meaning of a file: its heading, and its columns as last time or as they look."""
    found = heading or guess_heading(table)
    body = body_lines(table, found)[:_SAMPLE]
    width = max([len(found.titles), *(len(line.cells) for line in body)])
    titles = tuple(found.titles) + ("",) * (width - len(found.titles))
    samples = {place: [line.cell(place) for line in body] for place in range(width)}
    mapping = dict(remembered) if remembered else guess(titles, samples)
    return Plan(table=table, heading=replace(found, titles=titles), mapping=mapping, choices={})


def stage(plan: Plan, pool: Known, on: date, *, watch: Watch | None = None) -> StagedImport:
    """Read every row and compare it with the pool. Raises ``ImportStopped`` when ``watch`` says so."""
    reader = RowReader.of(plan.table, plan.heading, plan.mapping)
    rows = []
    for done, line in enumerate(reader.lines(), start=1):
        rows.append(reader.read(line))
        if done % _STEP == 0:
            tell(watch, done)
    return StagedImport(plan=plan, pool=pool, on=on, rows=judged(rows, plan.choices, pool, on, watch=watch))
