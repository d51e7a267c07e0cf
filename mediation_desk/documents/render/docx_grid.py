"""A form grid as a DOCX table; a foot is a row of its own whose upper border is not drawn."""

from __future__ import annotations

from docx.document import Document as Draft
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table, _Cell, _Row

from mediation_desk.documents import styles
from mediation_desk.documents.form_grid import FormGrid, GridCell, PlacedCell, placed
from mediation_desk.documents.render.docx_template import set_style
from mediation_desk.documents.styles import Page, Role
from mediation_desk.shared.record import record

_SHORT = 40  # millimetres: a row lower than that is kept on one page


@record
class _Slot:
    """A cell as one row of the DOCX table shows it: its head, its foot, or neither where it only goes on."""

    cell: GridCell
    column: int
    head: bool = False
    foot: bool = False
    merged: bool = False
    open_below: bool = False


def add_form_grid(draft: Draft, grid: FormGrid, page: Page) -> None:
    """Append the grid at full width."""
    table = draft.add_table(rows=0, cols=len(grid.columns), style="Table Grid")
    table.autofit = False
    whole = sum(grid.columns)
    widths = [page.text_width * share / whole for share in grid.columns]
    for made, width in zip(table.columns, widths, strict=True):
        made.width = Pt(width)
    _set_margins(table)
    places = tuple(placed(grid))
    for number, one in enumerate(grid.rows):
        here = [place for place in places if place.row <= number < place.row + place.cell.deep]
        here.sort(key=lambda place: place.column)
        feet = any(_foot_due(place, number) for place in here)
        foot_height = styles.GRID_FOOT_MM if feet else 0.0
        _add_row(
            table,
            [_upper(place, number, feet) for place in here],
            widths,
            one.height - foot_height,
            one.height,
        )
        if feet:
            _add_row(table, [_lower(place, number) for place in here], widths, foot_height, one.height)


def _foot_due(place: PlacedCell, number: int) -> bool:
    """Whether the cell ends with this row and has something to say at its end."""
    return bool(place.cell.foot) and place.row + place.cell.deep - 1 == number


def _upper(place: PlacedCell, number: int, feet: bool) -> _Slot:
    foot = _foot_due(place, number)
    merged = (place.cell.deep > 1 or feet) and not (foot and place.cell.deep == 1)
    return _Slot(
        cell=place.cell, column=place.column, head=place.row == number, merged=merged, open_below=foot
    )


def _lower(place: PlacedCell, number: int) -> _Slot:
    foot = _foot_due(place, number)
    return _Slot(cell=place.cell, column=place.column, foot=foot, merged=not foot)


def _add_row(table: Table, slots: list[_Slot], widths: list[float], least: float, whole: float) -> None:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    if least > 0:
        row.height, row.height_rule = Pt(least * styles.MM), WD_ROW_HEIGHT_RULE.AT_LEAST
    if whole < _SHORT:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001  # no public way
    running = whole > 0
    elements = list(row._tr.tc_lst)  # noqa: SLF001  # row.cells counts merged cells twice
    for slot in slots:
        element = elements[slot.column]
        for covered in elements[slot.column + 1 : slot.column + slot.cell.span]:
            row._tr.remove(covered)  # noqa: SLF001
        element.grid_span = slot.cell.span
        made = _Cell(element, table)
        made.width = Pt(sum(widths[slot.column : slot.column + slot.cell.span]))
        if slot.merged:
            element.vMerge = "restart" if slot.head else "continue"
        _write(made, slot, running=running)


def _write(made: _Cell, slot: _Slot, *, running: bool) -> None:
    cell = slot.cell
    text = cell.foot if slot.foot else cell.text if slot.head else ""
    role = Role.GRID_CAPTION if cell.caption else Role.GRID_TEXT if running else Role.GRID
    if slot.foot:
        role = Role.GRID_FOOT
        _hide_border(made, "w:top")
    if slot.open_below:
        _hide_border(made, "w:bottom")
    if cell.caption or not (running or cell.foot):
        made.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    elif slot.foot:
        made.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM
    for place, line in enumerate(text.split("\n")):
        paragraph = made.paragraphs[0] if place == 0 else made.add_paragraph()
        set_style(paragraph, role)
        if line:
            paragraph.add_run(line)


def _hide_border(made: _Cell, side: str) -> None:
    properties = made._tc.get_or_add_tcPr()  # noqa: SLF001
    borders = properties.find(qn("w:tcBorders"))
    if borders is None:
        borders = OxmlElement("w:tcBorders")
        properties.append(borders)
    line = OxmlElement(side)
    line.set(qn("w:val"), "nil")
    borders.append(line)


def _set_margins(table: Table) -> None:
    """The same white around the words as in the PDF."""
    margins = OxmlElement("w:tblCellMar")
    sides = {
        "w:top": styles.GRID_PADDING,
        "w:left": styles.GRID_MARGIN,
        "w:bottom": styles.GRID_PADDING,
        "w:right": styles.GRID_MARGIN,
    }
    for side, points in sides.items():
        margin = OxmlElement(side)
        margin.set(qn("w:w"), str(int(points * 20)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)  # noqa: SLF001  # the order Word asks for
