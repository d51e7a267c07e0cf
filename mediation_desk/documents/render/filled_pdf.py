"""PDF of a filled template: the page of the document, its paragraphs and tables with their own measures."""

from __future__ import annotations

import io
from typing import Any, Literal

from reportlab.lib import colors
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageTemplate
from reportlab.platypus import PageBreak as NewPage
from reportlab.platypus import Table as TableOnPage
from reportlab.platypus.doctemplate import LayoutError

from mediation_desk.documents.content import Mark, Paper
from mediation_desk.documents.flow import file_title
from mediation_desk.documents.mark import code_text
from mediation_desk.documents.render.across import on_page
from mediation_desk.documents.render.code import code_png
from mediation_desk.documents.render.looked_text import LookedText
from mediation_desk.documents.render.pdf_fonts import embedded_fonts
from mediation_desk.documents.render.typeface import song
from mediation_desk.documents.styles import MM, Align
from mediation_desk.documents.templates.layout import Cell, Grid, Lines, Piece, Sheet, Stretch, words_of
from mediation_desk.documents.templates.word.page_fields import PAGE, PAGES
from mediation_desk.shared.errors import InputError

_CODE = 13 * MM  # of the code at the foot of each page
_CODE_GAP = 5 * MM
_SIDE: dict[Align, Literal["CENTER", "RIGHT"]] = {Align.CENTRE: "CENTER", Align.RIGHT: "RIGHT"}
_LEAST_TEXT = 60.0  # points of height that headers must leave


def render_sheet(sheet: Sheet, paper: Paper) -> bytes:
    """The sheet as PDF; the same sheet gives the same bytes.

    Raises ``InputError`` naming every character that no face can show, or what does not fit a page.
    """
    margins = (sheet.header, sheet.footer, sheet.first_header or (), sheet.first_footer or ())
    text = "".join("".join(words_of(part)) for part in (sheet.body, *margins))
    with embedded_fonts(text.replace(PAGE, "").replace(PAGES, "") + "0123456789\u3000"):
        try:
            return _build(sheet, paper)
        except LayoutError as error:
            raise InputError(
                "模板里有一行表格或者一张图片比一页还高，印不出来；请把这一行分成几行，或者缩小。",
                field="file",
            ) from error


def _build(sheet: Sheet, paper: Paper) -> bytes:
    stream = io.BytesIO()
    document = BaseDocTemplate(
        stream,
        pagesize=(sheet.width, sheet.height),
        title=file_title(paper),
        author="",
        subject=paper.heading.form,
        creator="调解台",
        invariant=1,
        initialFontName=song().name,
        lang="zh-CN",
        pageCompression=1,
    )
    first = _frame(sheet, _header(sheet, first=True), _footer(sheet, first=True))
    later = _frame(sheet, _header(sheet, first=False), _footer(sheet, first=False))
    across = on_page(paper.across)
    document.addPageTemplates(
        [
            PageTemplate("first", frames=[first], autoNextPageTemplate="later", onPage=across),
            PageTemplate("later", frames=[later], onPage=across),
        ]
    )
    story = _story(sheet.body, sheet.text_width) or [LookedText(Lines(stretches=(), size=10, leading=14))]
    document.build(story, canvasmaker=lambda *args, **kw: _Pages(sheet, paper.mark, *args, **kw))
    return stream.getvalue()


def _header(sheet: Sheet, *, first: bool) -> tuple[Piece, ...]:
    return sheet.first_header if first and sheet.first_header is not None else sheet.header


def _footer(sheet: Sheet, *, first: bool) -> tuple[Piece, ...]:
    return sheet.first_footer if first and sheet.first_footer is not None else sheet.footer


def _frame(sheet: Sheet, header: tuple[Piece, ...], footer: tuple[Piece, ...]) -> Frame:
    """The text block; a high header or footer pushes it in, as a word processor does."""
    top = max(sheet.top, sheet.header_at + _height(header, sheet.text_width) if header else 0.0)
    bottom = max(sheet.bottom, sheet.footer_at + _height(footer, sheet.text_width) if footer else 0.0)
    height = sheet.height - top - bottom
    if height < _LEAST_TEXT or sheet.text_width < _LEAST_TEXT:
        raise InputError("模板的页边距、页眉和页脚太大，一页里放不下正文。", field="file")
    return Frame(
        sheet.left,
        bottom,
        sheet.text_width,
        height,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )


def _story(pieces: tuple[Piece, ...], width: float) -> list[Flowable]:
    story: list[Flowable] = []
    held: list[Flowable] = []
    for place, piece in enumerate(pieces):
        if isinstance(piece, Lines):
            if piece.new_page:
                story += [*held, NewPage()]
                held = []
                if not piece.text and place + 1 < len(pieces):
                    continue  # the paragraph that only carries the break
            held.append(LookedText(piece))
            if piece.keep and len(held) < 12:
                continue
        else:
            held.append(_grid(piece, width))
        story += _together(held, width)
        held = []
    return story + held


def _together(held: list[Flowable], width: float) -> list[Flowable]:
    if len(held) < 2:
        return held
    heights = [one.wrap(width, 10_000)[1] + one.getSpaceBefore() + one.getSpaceAfter() for one in held]
    return [CondPageBreak(min(sum(heights[:-1]) + min(heights[-1], 60.0), 600.0)), *held]


def _height(pieces: tuple[Piece, ...], width: float) -> float:
    return sum(
        one.wrap(width, 10_000)[1] + one.getSpaceBefore() + one.getSpaceAfter()
        for one in (_flowable(piece, width) for piece in pieces)
    )


def _flowable(piece: Piece, width: float, *, outlined: bool = False) -> Flowable:
    return LookedText(piece, outlined=outlined) if isinstance(piece, Lines) else _grid(piece, width, outlined)


class _HeaderText(LookedText):
    """A cell of a row that is repeated on each page: text once, shapes afterwards."""

    def draw(self) -> None:
        """Draw, and remember that it was."""
        super().draw()
        self.outlined = True


def _grid(grid: Grid, width: float, outlined: bool = False) -> Flowable:
    widths = _fitting(grid, width)
    headers = 0
    while headers < len(grid.rows) - 1 and grid.rows[headers].header:
        headers += 1
    cells: list[list[Any]] = [["" for _ in widths] for _ in grid.rows]
    style: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, -1), song().name, 8),
        ("LEFTPADDING", (0, 0), (-1, -1), grid.padding),
        ("RIGHTPADDING", (0, 0), (-1, -1), grid.padding),
        ("TOPPADDING", (0, 0), (-1, -1), grid.over),
        ("BOTTOMPADDING", (0, 0), (-1, -1), grid.over),
    ]
    for line, row in enumerate(grid.rows):
        for cell in row.cells:
            style += _lines_around(cell, line)
            if cell.rows:
                made = _HeaderText if line < headers else LookedText
                cells[line][cell.column] = [made(one, outlined=outlined) for one in cell.lines]
                style += _spanned(cell, line)
    return TableOnPage(
        cells,
        colWidths=widths,
        rowHeights=_heights(grid, widths),
        repeatRows=headers,
        splitInRow=1,
        hAlign=_SIDE.get(grid.align, "LEFT"),
        style=style,
    )


def _fitting(grid: Grid, width: float) -> list[float]:
    whole = sum(grid.widths)
    share = min(1.0, (width + 2 * grid.padding) / whole) if whole else 1.0
    return [one * share for one in grid.widths]


def _spanned(cell: Cell, line: int) -> list[tuple[Any, ...]]:
    start, end = (cell.column, line), (cell.column + cell.span - 1, line + cell.rows - 1)
    style: list[tuple[Any, ...]] = [("VALIGN", start, end, cell.valign)]
    if start != end:
        style.append(("SPAN", start, end))
    if cell.ground:
        style.append(("BACKGROUND", start, end, colors.HexColor(f"#{cell.ground}")))
    return style


def _lines_around(cell: Cell, line: int) -> list[tuple[Any, ...]]:
    start, end = (cell.column, line), (cell.column + cell.span - 1, line)
    edges = cell.edges
    goes_on = cell.rows == 0
    sides = (
        ("LINEABOVE", 0.0 if goes_on else edges.top),
        ("LINEBELOW", edges.bottom if cell.rows < 2 else 0.0),
        ("LINEBEFORE", edges.left),
        ("LINEAFTER", edges.right),
    )
    return [
        (
            name,
            start if name != "LINEAFTER" else (end[0], line),
            end if name != "LINEBEFORE" else start,
            thick,
            colors.black,
        )
        for name, thick in sides
        if thick > 0
    ]


def _heights(grid: Grid, widths: list[float]) -> list[float | None]:
    """Least heights as the document says; free where no row says one, so that a long row may be cut."""
    if not any(row.height or any(cell.rows > 1 for cell in row.cells) for row in grid.rows):
        return [None] * len(grid.rows)
    heights = [
        max([row.height, *(_needed(cell, widths, grid) for cell in row.cells if cell.rows == 1)])
        for row in grid.rows
    ]
    for line, row in enumerate(grid.rows):
        for cell in row.cells:
            if cell.rows > 1:
                lack = _needed(cell, widths, grid) - sum(heights[line : line + cell.rows])
                heights[line + cell.rows - 1] += max(0.0, lack)
    return [max(height, 4.0) for height in heights]


def _needed(cell: Cell, widths: list[float], grid: Grid) -> float:
    room = sum(widths[cell.column : cell.column + cell.span]) - 2 * grid.padding
    texts = [LookedText(one) for one in cell.lines]
    white = sum(one.getSpaceBefore() + one.getSpaceAfter() for one in texts)
    return sum(one.wrap(room, 10_000)[1] for one in texts) + white + 2 * grid.over + 0.5


class _Pages(Canvas):
    """Holds the pages back until their number is known, then writes headers and footers on each."""

    def __init__(self, sheet: Sheet, mark: Mark | None, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self._sheet, self._mark = sheet, mark
        self._held: list[dict[str, Any]] = []

    def showPage(self) -> None:
        """Put the page aside."""
        self._held.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]  # missing in the stubs

    def save(self) -> None:
        """Write all pages with what stands in their margins."""
        held = self._held
        for place, state in enumerate(held, start=1):
            self.__dict__.update(state)
            self._margins(place, len(held))
            super().showPage()
        super().save()

    def _margins(self, place: int, count: int) -> None:
        sheet, first = self._sheet, place == 1
        header = _numbered(_header(sheet, first=first), place, count)
        footer = _numbered(_footer(sheet, first=first), place, count)
        self._stack(header, sheet.height - sheet.header_at, outlined=not first)
        self._stack(footer, sheet.footer_at + _height(footer, sheet.text_width), outlined=True)
        if self._mark is not None:
            image = ImageReader(io.BytesIO(code_png(code_text(self._mark, place))))
            self.drawImage(image, sheet.width - _CODE_GAP - _CODE, _CODE_GAP, _CODE, _CODE)

    def _stack(self, pieces: tuple[Piece, ...], top: float, *, outlined: bool) -> None:
        sheet = self._sheet
        for piece in pieces:
            made = _flowable(piece, sheet.text_width, outlined=outlined)
            height = made.wrap(sheet.text_width, 10_000)[1]
            top -= made.getSpaceBefore() + height
            made.drawOn(self, sheet.left, top)
            top -= made.getSpaceAfter()


def _numbered(pieces: tuple[Piece, ...], place: int, count: int) -> tuple[Piece, ...]:
    """Page and number of pages put in."""
    from dataclasses import replace

    def put(lines: Lines) -> Lines:
        stretches = tuple(
            Stretch(text=one.text.replace(PAGE, str(place)).replace(PAGES, str(count)), look=one.look)
            for one in lines.stretches
        )
        return replace(lines, stretches=stretches)

    return tuple(put(piece) if isinstance(piece, Lines) else piece for piece in pieces)
