"""表格式: captions and values in ruled cells, as the official 登记表 and 报告表 look."""

from __future__ import annotations

from collections.abc import Iterator

from mediation_desk.shared.record import record


@record
class GridCell:
    """``text`` in a cell ``span`` columns wide and ``deep`` rows high; each line of it is a paragraph.

    ``foot`` stands at the lower right of the cell, where an opinion is signed and dated. ``hands`` say who signs in
    the cell where its caption does not; ``either`` that the one in the cell before may sign instead.
    """

    text: str = ""
    caption: bool = False
    span: int = 1
    deep: int = 1
    foot: str = ""
    hands: tuple[str, ...] = ()
    either: bool = False


@record
class GridRow:
    """Cells from left to right. ``height`` (millimetres, at least) makes it a row for running text."""

    cells: tuple[GridCell, ...]
    height: float = 0.0


@record
class FormGrid:
    """``columns`` are shares of the width; the cells of a row and those reaching down into it fill them exactly."""

    columns: tuple[float, ...]
    rows: tuple[GridRow, ...]


@record
class PlacedCell:
    """A cell and where its upper left corner lies."""

    row: int
    column: int
    cell: GridCell


def caption(text: str, *, span: int = 1, deep: int = 1) -> GridCell:
    """A cell that names what stands beside it."""
    return GridCell(text=text, caption=True, span=span, deep=deep)


def value(text: str = "", *, span: int = 1, deep: int = 1, foot: str = "") -> GridCell:
    """A cell to read or to write in."""
    return GridCell(text=text, span=span, deep=deep, foot=foot)


def signed(*hands: str, text: str = "", foot: str = "", span: int = 1, either: bool = False) -> GridCell:
    """A cell one of ``hands`` signs in."""
    return GridCell(text=text, span=span, foot=foot, hands=hands, either=either)


def row(*cells: GridCell, height: float = 0.0) -> GridRow:
    """One row of cells."""
    return GridRow(cells=cells, height=height)


def placed(grid: FormGrid) -> Iterator[PlacedCell]:
    """Every cell with its place, row by row. A form whose cells do not fill its columns is a mistake of ours."""
    below = [0] * len(grid.columns)  # how many further rows each column is taken from above
    for number, one in enumerate(grid.rows):
        free = [column for column, taken in enumerate(below) if not taken]
        below = [max(0, taken - 1) for taken in below]
        for cell in one.cells:
            mine, free = free[: cell.span], free[cell.span :]
            if len(mine) < cell.span or mine[-1] - mine[0] != cell.span - 1:
                raise AssertionError(f"row {number} of the form grid does not fit its columns")
            for column in mine:
                below[column] = cell.deep - 1
            yield PlacedCell(row=number, column=mine[0], cell=cell)
        if free:
            raise AssertionError(f"row {number} of the form grid leaves columns empty")
    if any(below):
        raise AssertionError("a cell of the form grid reaches below its last row")
