"""Where the heading of a sheet stands: often below a title such as ××区人民调解员花名册."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from mediation_desk.interchange.sheets.columns import SheetColumns
from mediation_desk.interchange.sheets.matching import field_of_title
from mediation_desk.interchange.sheets.merging import heading_end, heading_texts
from mediation_desk.interchange.sheets.table import Line, Table
from mediation_desk.shared.record import record

_SEARCHED = 20


@record
class Heading:
    """Rows ``row`` to ``last`` name the columns; 0 where the file does it itself (JSON).

    The last ``added`` titles are no columns of the file: somebody filled them in for all rows.
    """

    row: int
    last: int
    titles: tuple[str, ...]
    added: int = 0

    @property
    def own(self) -> int:
        """How many columns are the file's own."""
        return len(self.titles) - self.added

    @property
    def fingerprint(self) -> str:
        """The same for every file with the same titles in the same order."""
        own = "\n".join(self.titles[: self.own]).rstrip("\n")
        return hashlib.sha256(own.encode()).hexdigest()[:16]


def guess_heading(columns: SheetColumns, table: Table) -> Heading:
    """The row that names most known columns; without any the first row with two texts."""
    if table.titles:
        return Heading(row=0, last=0, titles=table.titles)
    searched = table.lines[:_SEARCHED]
    best = max(searched, key=lambda line: heading_score(columns, table, line.number), default=None)
    if best is None or heading_score(columns, table, best.number) == 0:
        several = (line for line in searched if len({cell for cell in line.cells if cell.strip()}) > 1)
        best = next(several, searched[0] if searched else None)
    return heading_at(table, best.number if best else 1)


def heading_at(table: Table, row: int) -> Heading:
    """The heading that begins in ``row``."""
    lines = {line.number: line for line in table.lines}
    last = heading_end(table.merges, row)
    titles = [title.strip() for title in heading_texts(lines, table.merges, row, last)]
    return Heading(row=row, last=last, titles=tuple(titles))


def heading_score(columns: SheetColumns, table: Table, row: int) -> int:
    """How many different fields this row would name."""
    titles = heading_at(table, row).titles
    return len({field for title in titles if (field := field_of_title(columns, title))})


def body_lines(table: Table, heading: Heading) -> tuple[Line, ...]:
    """What stands below the heading, without headings repeated for each printed page."""
    below = (line for line in table.lines if line.number > heading.last)
    return tuple(line for line in below if not _repeats(line, heading.titles))


def _repeats(line: Line, titles: Iterable[str]) -> bool:
    texts = ["".join(cell.split()) for cell in line.cells]
    wanted = [title for title in titles if title]
    return len(wanted) > 1 and [text for text in texts if text] == wanted
