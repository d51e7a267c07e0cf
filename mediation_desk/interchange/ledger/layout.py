"""Which lines of a register are cases: not its totals and signatures, not lines that go on with the one above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mediation_desk.interchange.ledger.columns import LedgerColumn, LedgerColumns
from mediation_desk.interchange.ledger.days import year_in
from mediation_desk.interchange.ledger.words import squeezed
from mediation_desk.interchange.sheets.heading import Heading, body_lines
from mediation_desk.interchange.sheets.table import Line, Table
from mediation_desk.shared.record import record

_FIRST_CELLS = 3
_SIDES = ("applicant", "respondent", "parties")
_DAYS = ("received_on", "accepted_on")
_COUNTED = ("serial", "number")


@record
class Layout:
    """``lines`` are the cases; by number of a case: the lines that go on with it, what it takes over from above
    (by column), and the year the register speaks of there. ``left_out`` are lines that are none, with their words.
    """

    lines: tuple[Line, ...]
    following: Mapping[int, tuple[Line, ...]]
    carried: Mapping[int, Mapping[int, str]]
    years: Mapping[int, int | None]
    left_out: tuple[tuple[int, str], ...]


def laid_out(
    table: Table, heading: Heading, columns: Sequence[tuple[int, LedgerColumn]], rules: LedgerColumns
) -> Layout:
    """The layout of a sheet, in one pass."""
    return _Walk(table, heading, columns, rules).layout()


class _Walk:
    def __init__(
        self,
        table: Table,
        heading: Heading,
        columns: Sequence[tuple[int, LedgerColumn]],
        rules: LedgerColumns,
    ) -> None:
        self._table, self._heading, self._rules = table, heading, rules
        self._places = {column.field: place for place, column in columns}
        self._alone = [place for place, column in columns if column.alone]
        self._carrying = [place for place, column in columns if column.carries]
        self._read = [place for place, _column in columns]
        self._last: dict[int, str] = {}
        self._widths = {merge.top: merge.right - merge.left for merge in table.merges}

    def layout(self) -> Layout:
        lines: list[Line] = []
        following: dict[int, tuple[Line, ...]] = {}
        carried: dict[int, Mapping[int, str]] = {}
        years: dict[int, int | None] = {}
        left_out = []
        year = self._year_above()
        for line in body_lines(self._table, self._heading):
            texts = [cell.strip() for cell in line.cells if cell.strip()]
            if len(set(texts)) == 1 and self._is_banner(line, texts[0]):
                year = year_in(texts[0]) or year
                left_out.append((line.number, texts[0]))
            elif self._is_no_case(line, texts):
                left_out.append((line.number, texts[0]))
            elif lines and self._goes_on(line):
                last = lines[-1].number
                following[last] = (*following.get(last, ()), line)
            else:
                lines.append(line)
                years[line.number] = year
                if taken := self._taken_over(line):
                    carried[line.number] = taken
        return Layout(
            lines=tuple(lines), following=following, carried=carried, years=years, left_out=tuple(left_out)
        )

    def _year_above(self) -> int | None:
        titles = [
            cell for line in self._table.lines if line.number < self._heading.row for cell in line.cells
        ]
        places = (" ".join(titles), self._table.sheet, self._table.file)
        return next((year for place in places if (year := year_in(place))), None)

    def _is_banner(self, line: Line, text: str) -> bool:
        """One text over the whole width, or a month that stands alone: 2024年3月."""
        width = self._widths.get(line.number, 0)
        plain = squeezed(text)
        month = plain.endswith(("月", "月份", "年", "年度", "季度")) and len(plain) <= 12
        return width >= max(2, len(self._heading.titles) // 2) or month

    def _is_no_case(self, line: Line, texts: Sequence[str]) -> bool:
        dated = any(self._own(line, self._places[field]) for field in _DAYS if field in self._places)
        return not dated and any(
            squeezed(text).startswith(self._rules.not_cases) for text in texts[:_FIRST_CELLS]
        )

    def _goes_on(self, line: Line) -> bool:
        """Whether nothing in the line begins a case, and it does not name both sides either."""
        if not self._alone or any(self._own(line, place) for place in self._alone):
            return False
        sides = [field for field in _SIDES if field in self._places and self._own(line, self._places[field])]
        if sides == ["parties"]:
            return any(field in self._places for field in _COUNTED)
        return len(sides) < 2

    def _taken_over(self, line: Line) -> Mapping[int, str]:
        taken = {}
        for place in self._read:
            text = self._own(line, place)
            as_above = text in self._rules.above or (not text and place in self._carrying)
            if as_above and self._last.get(place):
                taken[place] = self._last[place]
            elif text and text not in self._rules.above:
                self._last[place] = text
        return taken

    def _own(self, line: Line, place: int) -> str:
        """The text of a cell; what lies hidden below a merged one is none of its own."""
        if any(cover.column == place for cover in line.covered):
            return ""
        return line.cell(place).strip()
