"""PDF by ReportLab: own Song and Hei faces as embedded subsets, page x of y, the same bytes every time."""

from __future__ import annotations

import functools
import io
import re
import threading
from collections.abc import Mapping
from typing import Any

from reportlab.lib import colors
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageTemplate, Spacer
from reportlab.platypus import PageBreak as NewPage
from reportlab.platypus import Table as Grid

from mediation_desk.documents import styles
from mediation_desk.documents.content import Fields, PageBreak, Paper, Picture, Run, Space, Table
from mediation_desk.documents.flow import Item, Line, PicturedLines, file_title, flow, footer_number
from mediation_desk.documents.render.pdf_picture import Portrait, card
from mediation_desk.documents.render.pdf_text import Prose, RepeatedProse, draw_outlines
from mediation_desk.documents.render.typeface import Face, hei, require_printable, song
from mediation_desk.documents.styles import Align, Page, Role, Style

_LOCK = threading.Lock()  # ReportLab keeps its fonts in one registry for the whole process
_ENOUGH = 60.0  # points of what follows a heading: two lines
_BEYOND_BMP = re.compile(r"<(\w\w)> <(\w{5,6})>")


def render_pdf(paper: Paper, among: str = "") -> bytes:
    """The paper as PDF; the same paper gives the same bytes.

    ``among`` is the text of all papers that are rendered together: their faces are then prepared only once.
    Raises ``InputError`` naming every character that no face can show.
    """
    items = flow(paper)
    pages = "第页共0123456789" + footer_number(paper)
    text = "".join(_text(item) for item in items) + pages
    with _LOCK:
        require_printable(text)
        fonts = [_EmbeddedFont(face, among + text if among else text) for face in (song(), hei())]
        try:
            for font in fonts:
                pdfmetrics.registerFont(font)
            return _build(paper, items)
        finally:  # the registry keeps the first font of a name: the next paper would miss its characters
            for font in fonts:
                font.unregister()


def _build(paper: Paper, items: tuple[Item, ...]) -> bytes:
    stream = io.BytesIO()
    heading, page = paper.heading, styles.page(paper.profile, landscape=paper.landscape)
    document = BaseDocTemplate(
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
    frame = Frame(
        page.left,
        page.bottom,
        page.text_width,
        page.text_height,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document.addPageTemplates(PageTemplate(frames=[frame]))
    number = footer_number(paper)
    document.build(
        _story(paper, items, page),
        canvasmaker=lambda *args, **kw: _PagedCanvas(number, page, paper.numbered, *args, **kw),
    )
    return stream.getvalue()


def _story(paper: Paper, items: tuple[Item, ...], page: Page) -> list[Flowable]:
    looks = styles.styles(paper.profile)
    story: list[Flowable] = []
    held: list[Flowable] = []
    for item in items:
        match item:
            case Line():
                held.append(
                    Prose(item.runs, looks[item.role], right_indent=item.right_indent, rule=item.rule)
                )
                if item.keep:
                    continue
            case Table():
                held.append(_grid(item, looks, page.text_width, styles.table_gap(paper.profile)))
            case Picture():
                held.append(Portrait(item))
            case PicturedLines():
                held += card(item, looks, page.text_width)
            case Space():
                held.append(Spacer(0, item.height * styles.MM))
            case Fields():
                held.append(_fields(item, looks, page.text_width))
            case PageBreak():
                held.append(NewPage())
        story += _together(held, page)
        held = []
    return story + held


def _together(held: list[Flowable], page: Page) -> list[Flowable]:
    """Lines that belong on one page: start a new one unless all but the last, and two lines of that, still fit."""
    if len(held) < 2:
        return held
    heights = [flowable.wrap(page.text_width, page.height)[1] for flowable in held]
    spaces = sum(flowable.getSpaceBefore() + flowable.getSpaceAfter() for flowable in held)
    needed = sum(heights[:-1]) + min(heights[-1], _ENOUGH) + spaces
    return [CondPageBreak(min(needed, page.text_height)), *held]


def _grid(table: Table, looks: Mapping[Role, Style], width: float, gap: float) -> Flowable:
    roles = (Role.FINE, Role.FINE_HEAD) if table.fine else (Role.CELL, Role.CELL_HEAD)
    cell, head = (looks[role] for role in roles)
    whole = sum(column.weight for column in table.columns)
    widths = [width * column.weight / whole for column in table.columns]
    centred = Style(size=cell.size, leading=cell.leading, align=Align.CENTRE)
    faces = [centred if column.centred else cell for column in table.columns]
    rows: list[list[Flowable]] = [[RepeatedProse((Run(text=c.title),), head) for c in table.columns]]
    rows += [[Prose((Run(text=t),), look) for t, look in zip(row, faces, strict=True)] for row in table.rows]
    padding = styles.cell_padding(tall=table.tall, fine=table.fine)
    return Grid(
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
        case PicturedLines():
            return "".join(line.text for line in item.lines)
        case Fields():
            return "".join("".join(row) for row in item.rows)
        case Picture() | Space() | PageBreak():
            return ""


class _PagedCanvas(Canvas):
    """Holds the pages back until their number is known, then writes the footer on each."""

    def __init__(self, number: str, page: Page, numbered: bool, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self._number, self._page, self._numbered = number, page, numbered
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
                self._footer(f"第{place}页 共{len(held)}页")
            super().showPage()
        super().save()

    def _footer(self, page: str) -> None:
        """Page x of y as text; the paper's number as outlines, so that extracted text says it only once."""
        face, size = song(), styles.FOOTER_SIZE
        sheet = self._page
        y = sheet.bottom - styles.FOOTER_DROP - size
        width = sum(face.width(char) for char in page) * size
        self.setFont(face.name, size)
        self.drawString(sheet.width - sheet.right - width, y, page)
        draw_outlines(self, self._number, sheet.left, y, size)


@functools.lru_cache(maxsize=4)
def _prepared(face: Face, chars: frozenset[str]) -> bytes:
    return face.truetype(chars)


class _EmbeddedFont(TTFont):
    """A subset of one face for one document."""

    def __init__(self, face: Face, text: str) -> None:
        super().__init__(face.name, io.BytesIO(_prepared(face, frozenset(text))), shapable=False)

    def addObjects(self, doc: Any) -> None:
        """Write the font, and mend the text map: ReportLab writes 𬱖 as five digits where UTF-16 is asked for."""
        super().addObjects(doc)
        for name, thing in doc.idToObject.items():
            if str(name).startswith("toUnicodeCMap:"):
                thing.content = _BEYOND_BMP.sub(_surrogates, thing.content)


def _surrogates(match: re.Match[str]) -> str:
    return f"<{match[1]}> <{chr(int(match[2], 16)).encode('utf-16-be').hex().upper()}>"
