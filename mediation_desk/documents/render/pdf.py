"""PDF by ReportLab: own Song and Hei faces as embedded subsets, page x of y, the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reportlab import rl_config
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    PageTemplate,
    Spacer,
)
from reportlab.platypus import PageBreak as NewPage
from reportlab.platypus import Table as Grid

from mediation_desk.documents import styles
from mediation_desk.documents.content import (
    Fields,
    Illustration,
    PageBreak,
    Paper,
    Picture,
    Profile,
    Run,
    Space,
    Table,
)
from mediation_desk.documents.flow import Item, Line, PicturedLines, file_title, flow, footer_number
from mediation_desk.documents.form_grid import FormGrid
from mediation_desk.documents.render.across import on_page
from mediation_desk.documents.render.pdf_fonts import embedded_fonts, truetype_of
from mediation_desk.documents.render.pdf_grid import GridSheet, grid_sheet
from mediation_desk.documents.render.pdf_letter import AtFoot, prose
from mediation_desk.documents.render.pdf_picture import Drawing, Portrait, card, draw_code
from mediation_desk.documents.render.pdf_text import Prose, RepeatedProse, draw_outlines, row_pieces
from mediation_desk.documents.render.typeface import song
from mediation_desk.documents.sealing.check_code import foot_words
from mediation_desk.documents.styles import Align, Page, Role, Style
from mediation_desk.shared.forgetting import forgetful

rl_config.useA85 = 0  # streams as bytes: a fifth smaller, and Python need not spell them out
_ENOUGH = 60.0  # points of what follows a heading: two lines
_LITTLE = 0.4  # of a page: what a paper may be set closer for
_STUB = 0.4  # of a page: a form grid no higher stays whole with what leads to it
_REMEMBERED = 256
_STEPS: dict[Paper, int] = {}  # how much closer papers were set; the same paper always comes out alike
forgetful(_STEPS.clear)
_HIGHEST_ROW = 0.75  # of a page; a header row has to fit above it


def render_pdf(paper: Paper, among: str = "") -> bytes:
    """The paper as PDF; the same paper gives the same bytes.

    ``among`` is the text of all papers that are rendered together: their faces are then prepared only once.
    Raises ``InputError`` naming every character that no face can show.
    """
    items = flow(paper)
    pages = "第页共— 0123456789" + footer_number(paper) + paper.each_page + foot_words(paper)
    text = "".join(_text(item) for item in items) + pages
    looks = styles.styles(paper.profile, paper.letterhead.faces)
    faces = {name for look in looks.values() for name in (look.face, look.strong_face)}
    with embedded_fonts(text, faces, among):
        return _settled(paper, items)


def closeness(paper: Paper) -> int:
    """How many steps closer the PDF of the paper is set; the DOCX follows it."""
    if not styles.closest(paper.profile, torn=True):
        return 0
    if _alike(paper) not in _STEPS:
        render_pdf(paper)
    return _STEPS.get(_alike(paper), 0)


def forget() -> None:
    """What was found of papers rendered before; benchmarks start from nothing."""
    _STEPS.clear()
    truetype_of.cache_clear()


def _settled(paper: Paper, items: tuple[Item, ...]) -> bytes:
    """The PDF, set closer where that spares a last page with little on it."""
    known = _STEPS.get(_alike(paper))
    data, pages, filled = _build(paper, items, known or 0)
    if known is not None:
        return data
    steps = 0
    if pages > 1 and filled <= _LITTLE:
        torn = any(isinstance(item, Line) and item.role is Role.PERFORATION for item in items)
        for closer in range(1, styles.closest(paper.profile, torn=torn) + 1):
            tried, fewer, _ = _build(paper, items, closer)
            if fewer < pages:
                data, steps = tried, closer
                break
    _remember(paper, steps)
    return data


def _remember(paper: Paper, steps: int) -> None:
    """Within the lock of the fonts: what was found once is not tried again for the print or the DOCX."""
    while len(_STEPS) >= _REMEMBERED:
        del _STEPS[next(iter(_STEPS))]
    _STEPS[_alike(paper)] = steps


def _alike(paper: Paper) -> Paper:
    """The anchor at the foot and what stands across differ from print to print and take no room from the text."""
    return replace(paper, anchor="", across="")


class _WholeGrid(Grid):
    """A table that stands on one page with what leads to it."""


class _Document(BaseDocTemplate):
    """Knows how much of the last page is ``filled``, as a share of the height of its text."""

    filled = 0.0
    reached = 0  # the page of what was set last

    def afterFlowable(self, flowable: Flowable) -> None:
        """Called for everything that was set; right after a page break there is no frame yet."""
        frame: Any = self.frame
        if isinstance(flowable, AtFoot):  # takes what is left of its page
            self.filled = self.filled if self.reached == self.page else 0.0
        elif frame is not None:
            self.reached = self.page
            self.filled = 1 - (frame._y - frame._y1) / frame._height  # noqa: SLF001  # no public way


def _build(paper: Paper, items: tuple[Item, ...], closer: int) -> tuple[bytes, int, float]:
    """The PDF, its pages, and the share of the last one that is filled."""
    looks = styles.styles(paper.profile, paper.letterhead.faces, closer)
    stream = io.BytesIO()
    heading = paper.heading
    page = styles.page(paper.profile, landscape=paper.landscape, margins=paper.letterhead.margins)
    document = _Document(
        stream,
        pagesize=(page.width, page.height),
        title=file_title(paper),
        author="",
        subject=heading.form,
        creator="调解台",
        invariant=1,
        initialFontName=song().name,
        lang="zh-CN",
        pageCompression=1,
    )
    taken = styles.EACH_PAGE if paper.each_page else 0.0
    frame = Frame(
        page.left,
        page.bottom + taken,
        page.text_width,
        page.text_height - taken,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=on_page(paper.across)))
    canvas = _LetterCanvas if paper.profile is Profile.LETTER else _PagedCanvas
    number = footer_number(paper)
    document.build(
        _story(paper, items, replace(page, bottom=page.bottom + taken), looks),
        canvasmaker=lambda *args, **kw: canvas(number, page, paper, looks[Role.FOOTER], *args, **kw),
    )
    return stream.getvalue(), document.page, document.filled


def _story(paper: Paper, items: tuple[Item, ...], page: Page, looks: Mapping[Role, Style]) -> list[Flowable]:
    story: list[Flowable] = []
    held: list[Flowable] = []
    foot: list[Prose] = []
    for item in items:
        if isinstance(item, Line):
            if item.role is Role.IMPRINT:
                foot.append(prose(item, looks[item.role]))
                continue
            held.append(prose(item, looks[item.role]))
            if item.keep:
                continue
        else:
            held += _placed(item, looks, page, styles.table_gap(paper.profile))
        story += _together(held, page)
        held = []
    return story + held + ([AtFoot(foot)] if foot else [])


def _placed(
    item: Table | FormGrid | Picture | Illustration | PicturedLines | Space | Fields | PageBreak,
    looks: Mapping[Role, Style],
    page: Page,
    gap: float,
) -> list[Flowable]:
    """What is no line of text."""
    match item:
        case Table():
            return [_grid(item, looks, page, gap)]
        case FormGrid():
            return [grid_sheet(item, looks, page.text_height)]
        case Picture():
            return [Portrait(item)]
        case Illustration():
            return [Drawing(item, page.text_width), Prose((Run(text=item.caption),), looks[Role.CAPTION])]
        case PicturedLines():
            return card(item, looks, page.text_width)
        case Space():
            return [Spacer(0, item.height * styles.MM)]
        case Fields():
            return [_fields(item, looks, page.text_width)]
        case PageBreak():
            return [NewPage()]


def _together(held: list[Flowable], page: Page) -> list[Flowable]:
    """Lines that belong on one page: start a new one unless all but the last, and two lines of that, still fit."""
    if len(held) < 2:
        return held
    heights = [flowable.wrap(page.text_width, page.height)[1] for flowable in held]
    spaces = sum(flowable.getSpaceBefore() + flowable.getSpaceAfter() for flowable in held)
    last = held[-1]
    whole = isinstance(last, _WholeGrid) or (
        isinstance(last, GridSheet) and heights[-1] <= _STUB * page.text_height
    )
    needed = sum(heights[:-1]) + (heights[-1] if whole else min(heights[-1], _ENOUGH)) + spaces
    return [CondPageBreak(min(needed, page.text_height)), *held]


def _grid(table: Table, looks: Mapping[Role, Style], page: Page, gap: float) -> Flowable:
    roles = (Role.FINE, Role.FINE_HEAD) if table.fine else (Role.CELL, Role.CELL_HEAD)
    cell, head = (looks[role] for role in roles)
    whole = sum(column.weight for column in table.columns)
    widths = [page.text_width * column.weight / whole for column in table.columns]
    inner = [width - 2 * styles.CELL_MARGIN for width in widths]
    centred = replace(cell, align=Align.CENTRE)
    faces = [centred if column.centred else cell for column in table.columns]
    rows: list[list[Flowable]] = [[RepeatedProse((Run(text=c.title),), head) for c in table.columns]]
    for row in table.rows:
        cells = [Prose((Run(text=text),), look) for text, look in zip(row, faces, strict=True)]
        rows += row_pieces(cells, inner, _HIGHEST_ROW * page.text_height)
    padding = styles.cell_padding(tall=table.tall, fine=table.fine)
    kind = _WholeGrid if table.whole else Grid
    return kind(
        rows,
        colWidths=widths,
        repeatRows=1,
        spaceBefore=gap,
        spaceAfter=gap,
        style=[
            ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
            ("FONT", (0, 0), (-1, -1), song().name, cell.size),  # else Helvetica creeps in
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), styles.CELL_MARGIN),
            ("RIGHTPADDING", (0, 0), (-1, -1), styles.CELL_MARGIN),
            ("TOPPADDING", (0, 0), (-1, -1), padding),
            ("BOTTOMPADDING", (0, 0), (-1, -1), padding),
        ],
    )


def _fields(item: Fields, looks: Mapping[Role, Style], width: float) -> Flowable:
    head, field = looks[Role.FIELD_HEAD], looks[Role.FIELD]
    rows = [[Prose((Run(text=c),), head), Prose((Run(text=v),), field)] for c, v in item.rows]
    caption = width * styles.FIELD_HEAD_SHARE
    inner = width - caption - styles.FIELD_MARGIN - styles.CELL_MARGIN
    least = item.height * styles.MM
    for _, value in rows:
        value.wrap(inner, least)
    return Grid(
        rows,
        colWidths=[caption, width - caption],
        rowHeights=[max(least, value.height + 2 * styles.CELL_PADDING) for _, value in rows],
        style=[
            ("GRID", (0, 0), (-1, -1), 0.6, colors.black),
            ("BOX", (0, 0), (-1, -1), 1.2, colors.black),
            ("FONT", (0, 0), (-1, -1), song().name, field.size),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (0, -1), styles.CELL_MARGIN),
            ("LEFTPADDING", (1, 0), (1, -1), styles.FIELD_MARGIN),
            ("RIGHTPADDING", (0, 0), (-1, -1), styles.CELL_MARGIN),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ],
    )


def _text(item: Item) -> str:
    match item:
        case Line():
            return item.text
        case Table():
            heads = "".join(column.title for column in item.columns)
            return heads + "".join("".join(row) for row in item.rows)
        case FormGrid():
            return "".join(cell.text + cell.foot for row in item.rows for cell in row.cells)
        case Illustration():
            return item.caption
        case PicturedLines():
            return "".join(line.text for line in item.lines)
        case Fields():
            return "".join("".join(row) for row in item.rows)
        case Picture() | Space() | PageBreak():
            return ""


class _PagedCanvas(Canvas):
    """Holds the pages back until their number is known, then writes the footer on each."""

    def __init__(self, number: str, page: Page, paper: Paper, look: Style, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self._number, self._page, self._mark, self._look = number, page, paper.mark, look
        self._each_page = paper.each_page
        self._foot_words = foot_words(paper)
        self._numbered = paper.numbered
        self._held: list[dict[str, Any]] = []

    def showPage(self) -> None:
        """Put the page aside."""
        self._held.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]  # missing in the stubs

    def save(self) -> None:
        """Write all pages with their footers."""
        held = self._held
        for place, state in enumerate(held, start=1):
            self.__dict__.update(state)
            if self._numbered:
                self._footer(place, len(held))
            self._place_to_sign()
            super().showPage()
        super().save()

    def _footer(self, place: int, count: int) -> None:
        """Page x of y as text; the paper's number as outlines, so that extracted text says it only once.

        The code stands at the right edge of the text, the page number before it.
        """
        sheet, label, size = self._page, f"第{place}页 共{count}页", self._look.size
        y = sheet.bottom - styles.FOOTER_DROP - size
        right = sheet.width - sheet.right
        if self._mark is not None:
            self._page_code(place)
            right -= styles.CODE_SIZE + styles.CODE_GAP
        draw_outlines(self, self._number, sheet.left, y, size)
        if self._foot_words:
            self._put_label(self._foot_words, sheet.left, y - styles.CODE_LEADING, styles.CODE_WORDS)
        self._put_label(label, right - self._label_width(label), y)

    def _page_code(self, place: int) -> None:
        """The code of this page at the right edge of the text."""
        if self._mark is not None:
            left = self._page.width - self._page.right - styles.CODE_SIZE
            draw_code(self, self._mark, place, left, styles.CODE_FOOT)

    def _label_width(self, label: str) -> float:
        return sum(song().width(char) for char in label) * self._look.size

    def _put_label(self, label: str, x: float, y: float, size: float = 0) -> None:
        self.setFont(song().name, size or self._look.size)
        self.drawString(x, y, label)

    def _place_to_sign(self) -> None:
        """Beneath the text of every page, as outlines: it is no part of what the paper says."""
        if not self._each_page:
            return
        size, sheet = styles.EACH_PAGE_SIZE, self._page
        end = sheet.width - sheet.right
        start = end - styles.EACH_PAGE_LINE
        width = sum(song().width(char) for char in self._each_page) * size
        draw_outlines(self, self._each_page, start - width, sheet.bottom, size)
        self.setLineWidth(0.6)
        self.line(start, sheet.bottom - 2, end, sheet.bottom - 2)


class _LetterCanvas(_PagedCanvas):
    """The page number of a letter: between dashes, at the outer edge, one character in (GB/T 9704)."""

    def _footer(self, place: int, count: int) -> None:  # noqa: ARG002
        """The code of the page, and its number 7 mm below the text."""
        sheet, label, size = self._page, f"— {place} —", self._look.size
        y = sheet.bottom - styles.FOOTER_DROP - size
        odd = sheet.width - sheet.right - size - self._label_width(label)
        self._put_label(label, odd if place % 2 else sheet.left + size, y)
        self._page_code(place)
