"""What a file holds, cell by cell as text, before anybody says what the columns mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record

MOST_ROWS = 20_000
"""Rows of one sheet; a province's largest pools and a county's ledger of a year hold some thousands."""
MOST_COLUMNS = 120

Watch = Callable[[int], bool]
"""Told how many rows are done; False stops the work."""


class ImportStopped(InputError):
    """Somebody stopped the import; nothing was changed."""


@record
class Flaw:
    """Why a cell cannot be used as it stands in the file; ``column`` counts from 0."""

    column: int
    reason: str


@record
class Covered:
    """A cell hidden below a merged one whose own cell lies at ``row``, ``by``."""

    column: int
    row: int
    by: int


@record
class Merge:
    """A merged range; rows as in Excel, columns from 0, all included."""

    top: int
    left: int
    bottom: int
    right: int


@record
class Line:
    """One row that is not blank; ``number`` as Excel shows it. ``numeric`` are columns that held a number.

    ``before`` has what stood in the file where somebody has typed something else, by column.
    """

    number: int
    cells: tuple[str, ...]
    numeric: tuple[int, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    covered: tuple[Covered, ...] = ()
    before: tuple[tuple[int, str], ...] = ()

    def cell(self, column: int) -> str:
        """Text of a cell; empty beyond the end of the row."""
        return self.cells[column] if column < len(self.cells) else ""

    def with_cell(self, column: int, text: str) -> Line:
        """The line with other text in a cell, which is then as good as typed."""
        cells = [*self.cells, *("" for _ in range(column + 1 - len(self.cells)))]
        old, cells[column] = cells[column], text
        first = old.strip() and old != text and all(place != column for place, _text in self.before)
        return replace(
            self,
            cells=tuple(cells),
            numeric=tuple(place for place in self.numeric if place != column),
            flaws=tuple(flaw for flaw in self.flaws if flaw.column != column),
            covered=tuple(cover for cover in self.covered if cover.column != column),
            before=(*self.before, (column, old)) if first else self.before,
        )

    def flaw(self, column: int) -> str:
        """Why this cell cannot be used, or ""."""
        return next((flaw.reason for flaw in self.flaws if flaw.column == column), "")


@record
class Table:
    """One sheet. ``titles`` only where the file itself names its columns (JSON); ``notes`` are about the file."""

    file: str
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    merges: tuple[Merge, ...] = ()
    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    since_1904: bool = False

    @property
    def unit(self) -> str:
        """What one entry is called: 行 of a sheet, 条 of a JSON list."""
        return "条" if self.titles else "行"


def column_letter(column: int) -> str:
    """``A`` for 0, ``AA`` for 26: the name Excel shows above a column."""
    letters = ""
    rest = column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def tell(watch: Watch | None, done: int) -> None:
    """Report progress. Raises ``ImportStopped`` when the watcher wants no more."""
    if watch is not None and not watch(done):
        raise ImportStopped("导入已停止，什么也没有改变。")
