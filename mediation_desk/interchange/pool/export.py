"""The pool as a workbook: every column the import reads, ready to print on A4 across."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from mediation_desk.documents.render.sheet import write_cell
from mediation_desk.experts.mediator import Mediator, Standing, public_card
from mediation_desk.interchange.pool.columns import PUBLIC, Column, column_rules
from mediation_desk.interchange.pool.writing import value_of, written

_BOLD = Font(bold=True)
_WRAPPED = Alignment(vertical="center", wrap_text=True)
_WIDE = 26
_A4 = 9  # ST_PaperSize of ECMA-376
_DAY = "yyyy-mm-dd"
_TEXT = "@"
_PUBLIC_NAMES = {"years_mediating": "years"}


def workbook(mediators: Iterable[Mediator], *, on: date, public_only: bool = False) -> bytes:
    """The bytes of the XLSX file; reading it again gives equal records.

    ``public_only`` leaves everything out that is not on the public card, and everybody who does not serve now.
    """
    columns = column_rules().columns
    if public_only:
        columns = tuple(column_rules().by_field[field] for field in PUBLIC)
        mediators = (one for one in mediators if one.standing is Standing.ENGAGED)
    book = Workbook(write_only=True)
    book.properties.creator = "调解台"
    book.properties.title = "专家库"
    roster: Any = book.create_sheet("专家库")  # the write-only kind; the stubs only know the full one
    _page(roster, columns)
    roster.append([_heading(roster, column.name) for column in columns])
    for mediator in mediators:
        shown = _public(mediator, on) if public_only else [value_of(mediator, one.field) for one in columns]
        roster.append([_cell(roster, one, value) for one, value in zip(columns, shown, strict=True)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _public(mediator: Mediator, on: date) -> list[Any]:
    """From the public card alone, so that nothing else can slip in; 聘任 stands on the public roster too."""
    card = public_card(mediator, on)
    return [
        mediator.card.employment if field == "employment" else getattr(card, _PUBLIC_NAMES.get(field, field))
        for field in PUBLIC
    ]


def _heading(roster: Any, name: str) -> Any:
    cell = WriteOnlyCell(roster)
    write_cell(cell, name)
    cell.font, cell.alignment = _BOLD, _WRAPPED
    return cell


def _cell(roster: Any, column: Column, value: Any) -> Any:
    """Styles are given sparingly: the library works them out anew for every cell."""
    shown = written(column, value)
    if shown is None:
        return None
    cell = WriteOnlyCell(roster)
    write_cell(cell, shown)
    if column.width >= _WIDE:
        cell.alignment = _WRAPPED
    if not isinstance(shown, int):
        cell.number_format = _DAY if isinstance(shown, date) else _TEXT
    return cell


def _page(roster: Any, columns: Sequence[Column]) -> None:
    for place, column in enumerate(columns, start=1):
        roster.column_dimensions[get_column_letter(place)].width = column.width
    roster.freeze_panes = "C2"
    roster.print_title_rows = "1:1"
    roster.page_setup.orientation, roster.page_setup.paperSize = "landscape", _A4
    roster.page_setup.fitToWidth, roster.page_setup.fitToHeight = 1, 0
    roster.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    roster.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1"
