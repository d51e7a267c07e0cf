"""One case of a register: what its line, and the lines that go on with it, say."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace
from typing import Any, Self

from mediation_desk.interchange.ledger.columns import LedgerColumn, LedgerColumns, Reading, ledger_columns
from mediation_desk.interchange.ledger.layout import Layout, laid_out
from mediation_desk.interchange.ledger.parties import two_sides
from mediation_desk.interchange.ledger.reading import Context, read
from mediation_desk.interchange.ledger.twins import traits
from mediation_desk.interchange.ledger.words import told_by_result
from mediation_desk.interchange.sheets.cells import Cell, Value
from mediation_desk.interchange.sheets.rows import RowReader, SheetRow, Trouble
from mediation_desk.interchange.sheets.staging import Plan
from mediation_desk.interchange.sheets.table import Line, column_letter
from mediation_desk.shared.record import record

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_WHOLE = ""
"""Stands for the whole line where a trouble is about no single field."""
_ADDED_TO = (Reading.NAMES, Reading.PIECES, Reading.TEXT, Reading.LINE)


@record
class LedgerRow(SheetRow):
    """``cells`` has every cell by its heading, those of lines that go on with it included."""

    cells: dict[str, str]


@record
class LedgerReader(RowReader[LedgerColumn]):
    """Reads the cases of a register."""

    layout: Layout
    rules: LedgerColumns

    @classmethod
    def for_plan(cls, plan: Plan) -> Self:
        """Under the rules in force."""
        rules = ledger_columns()
        columns = tuple((place, rules.by_field[field]) for place, field in plan.mapping.items())
        layout = laid_out(plan.table, plan.heading, columns, rules)
        made = cls.of(plan.table, plan.heading, plan.mapping, rules.by_field, layout=layout, rules=rules)
        return replace(made, titles={**made.titles, _WHOLE: (None, "")})

    def lines(self) -> tuple[Line, ...]:
        """The lines that begin a case."""
        return self.layout.lines

    def read(self, line: Line) -> LedgerRow:
        """What the cells say; not yet compared with anything."""
        line = self.uncovered(line)
        whole, notices = self._whole(line)
        year = self._year(whole)

        def value(column: LedgerColumn, cell: Cell) -> Value | None:
            return read(column, cell, Context(rules=self.rules, title=self._title(column.field), year=year))

        found, misread = self.cells(whole, value)
        values: dict[str, Any] = {field: one.value for field, one in found.items() if one.value is not None}
        notices += [
            self.trouble(line, field, one.notice, blocking=False)
            for field, one in found.items()
            if one.notice
        ]
        notices += self._sides(line, values)
        values = told_by_result(self.rules, self._text(whole, "result")) | values
        return LedgerRow(
            line=line,
            values=values,
            misread=(*(self._weighed(one) for one in misread), *notices),
            traits=traits(values),
            titles=self.titles,
            unit=self.table.unit,
            cells=self._cells(line),
        )

    def _weighed(self, trouble: Trouble) -> Trouble:
        """A row is held back for a cell it cannot do without; elsewhere the words of the cell are kept."""
        if self.rules.by_field[trouble.field].must:
            return trouble
        return replace(trouble, blocking=False, reason=f"{trouble.reason.rstrip('。')}，只保留原文。")

    def _whole(self, line: Line) -> tuple[Line, list[Trouble]]:
        """The line with what it takes over from above and what the lines below add to it."""
        whole, notices = line, []
        for place, text in self.layout.carried.get(line.number, {}).items():
            own = line.cell(place).strip()
            if not own or own in self.rules.above:
                whole = whole.with_cell(place, text)
                if own != text:
                    field = self.heading_field(place)
                    notices.append(self.trouble(line, field, f"同上，按“{text[:20]}”读。", blocking=False))
        for below in self.layout.following.get(line.number, ()):
            whole = self._joined(whole, below)
            notices.append(self.trouble(line, _WHOLE, f"第{below.number}行接着这一行。", blocking=False))
        return whole, notices

    def _joined(self, whole: Line, below: Line) -> Line:
        covered = {cover.column for cover in below.covered}
        for place, column in self.columns:
            text = below.cell(place).strip()
            if not text or place in covered:
                continue
            own = whole.cell(place).strip()
            if own and column.reading in _ADDED_TO:
                whole = whole.with_cell(place, f"{own}\n{text}")
            elif not own:
                whole = whole.with_cell(place, text)
        return whole

    def heading_field(self, place: int) -> str:
        """The field of a column that is read."""
        return next(column.field for where, column in self.columns if where == place)

    def _year(self, line: Line) -> int | None:
        """The year in the number of the case goes before what stands above or in the title."""
        found = _YEAR.search(self._text(line, "number"))
        return int(found[0]) if found else self.layout.years.get(line.number)

    def _text(self, line: Line, field: str) -> str:
        place = self.titles[field][0]
        return line.cell(place) if place is not None else ""

    def _title(self, field: str) -> str:
        return self.titles[field][1]

    def _sides(self, line: Line, values: dict[str, Any]) -> list[Trouble]:
        """A column that names everybody fills the sides that have no column of their own."""
        together = values.pop("parties", None)
        if together is None or values.get("applicant") or values.get("respondent"):
            return []
        values["applicant"], values["respondent"], told = two_sides(together)
        if told or not values["respondent"]:
            return []
        notice = f"没有分清双方，“{values['applicant'][0].name}”作为申请人，其余作为被申请人。"
        return [self.trouble(line, "parties", notice, blocking=False)]

    def _cells(self, line: Line) -> dict[str, str]:
        kept: dict[str, str] = {}
        below = self.layout.following.get(line.number, ())
        width = max(len(one.cells) for one in (line, *below))
        for place in range(width):
            if texts := [text for one in (line, *below) if (text := one.cell(place).strip())]:
                kept[self._name(place, kept)] = "\n".join(texts)
        for place, text in line.before:
            kept[f"{self._name(place, {})}（原文）"] = text
        return kept

    def _name(self, place: int, taken: Container[str]) -> str:
        """The heading of a column; its letter where it has none, or shares it."""
        letter = f"{column_letter(place)}列"
        title = self.heading.titles[place] if place < len(self.heading.titles) else ""
        return title if title and title not in taken else f"{title}（{letter}）" if title else letter
