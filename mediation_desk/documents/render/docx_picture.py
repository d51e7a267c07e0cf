"""Pictures in a DOCX: portraits, alone or with lines beside them, and the code at the foot of the pages."""

from __future__ import annotations

import io
from collections.abc import Mapping

from docx.document import Document as Draft
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table as Grid
from docx.text.paragraph import Paragraph

from mediation_desk.documents import styles
from mediation_desk.documents.content import Code, Illustration, Mark, Picture
from mediation_desk.documents.flow import PicturedLines
from mediation_desk.documents.render.code import foot_png
from mediation_desk.documents.render.docx_template import add_run, set_style
from mediation_desk.documents.render.portrait import drawing_size, embedded, size_of
from mediation_desk.documents.styles import Page, Role, Style

_ALT, _CODE_ALT, _FOOT_ALT = "调解员照片", "案件代码二维码", "文书识别码"


def add_portrait(paragraph: Paragraph, picture: Picture | Code) -> None:
    """Put the portrait or code into an empty paragraph."""
    set_style(paragraph, Role.CARD)
    form = paragraph.paragraph_format
    form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE  # an exact one would show a strip of the picture only
    width, height = size_of(picture)
    shape = paragraph.add_run().add_picture(io.BytesIO(embedded(picture)), Pt(width), Pt(height))
    shape._inline.docPr.set("descr", _CODE_ALT if isinstance(picture, Code) else _ALT)  # noqa: SLF001  # python-docx has no alternative text


def add_drawing(draft: Draft, item: Illustration, page: Page) -> None:
    """The drawing with its words for who cannot see it, and its caption below on the same page."""
    paragraph = draft.add_paragraph()
    set_style(paragraph, Role.CAPTION)
    form = paragraph.paragraph_format
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    form.space_after, form.keep_with_next = Pt(0), True
    width, height = drawing_size(item, page.text_width)
    shape = paragraph.add_run().add_picture(io.BytesIO(item.png), Pt(width), Pt(height))
    shape._inline.docPr.set("descr", item.alt)  # noqa: SLF001  # python-docx has no alternative text
    caption = draft.add_paragraph(item.caption)
    set_style(caption, Role.CAPTION)


def add_foot_code(paragraph: Paragraph, mark: Mark) -> None:
    """Append the code of the whole paper to the words of a footer."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    size = Pt(styles.CODE_SIZE)
    shape = paragraph.add_run().add_picture(io.BytesIO(foot_png(mark)), size, size)
    shape._inline.docPr.set("descr", _FOOT_ALT)  # noqa: SLF001  # python-docx has no alternative text


def add_card(draft: Draft, item: PicturedLines, looks: Mapping[Role, Style], page: Page) -> None:
    """Portrait and lines in one frame, and the gap below, without which Word would join two frames."""
    grid = draft.add_table(rows=1, cols=2)
    grid.autofit = False
    _frame(grid)
    left = size_of(item.picture)[0] + 2 * styles.CARD_PADDING
    row = grid.rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
    for cell, column, width in zip(row.cells, grid.columns, (left, page.text_width - left), strict=True):
        cell.width = column.width = Pt(width)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    photo, words = row.cells
    add_portrait(photo.paragraphs[0], item.picture)
    for place, line in enumerate(item.lines):
        paragraph = words.add_paragraph() if place else words.paragraphs[0]
        set_style(paragraph, line.role)
        for run in line.runs:
            add_run(paragraph, run, looks[line.role])
    gap = draft.add_paragraph()
    set_style(gap, Role.CARD)
    gap.paragraph_format.line_spacing = Pt(styles.CARD_GAP)


def _frame(grid: Grid) -> None:
    properties = grid._tbl.tblPr  # noqa: SLF001  # no public way to the borders of a table
    borders, margins = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    for side in ("w:top", "w:left", "w:bottom", "w:right"):
        border = OxmlElement(side)
        for key, value in (("w:val", "single"), ("w:sz", "6"), ("w:space", "0"), ("w:color", "000000")):
            border.set(qn(key), value)
        borders.append(border)
    for side, width in (("w:top", 1.0), ("w:left", 0.0), ("w:bottom", 1.0), ("w:right", 0.0)):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), str(int(width * styles.CARD_PADDING * 20)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.append(borders)
    properties.append(margins)
