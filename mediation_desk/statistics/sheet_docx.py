"""The sheet of a table as DOCX by python-docx: headings on every page, page x of y as fields."""

from __future__ import annotations

from docx.document import Document as Draft
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table as Grid
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from mediation_desk.documents.content import Profile
from mediation_desk.documents.letterhead import PLAIN
from mediation_desk.documents.render.docx_across import set_across
from mediation_desk.documents.render.docx_template import add_field, new_draft, set_face
from mediation_desk.documents.render.packing import EPOCH, repacked
from mediation_desk.statistics.layout import MARGIN, Box, Layout, Look

_TITLE, _WORDS, _NOTE = 18.0, 10.5, 9.0
_FACE, _TITLE_FACE = "宋体", "黑体"
_CELL_MARGIN = 30  # twentieths of a point
_DIGIT, _BOLD_DIGIT = 0.66, 0.72  # of the size: how wide a digit is at most, whatever face stands in for 宋体


def sheet_docx(layout: Layout) -> bytes:
    """The DOCX; the same layout gives the same bytes."""
    draft = new_draft(Profile.DENSE, PLAIN, landscape=layout.landscape)
    _page(draft, layout)
    core = draft.core_properties
    core.title = layout.title
    core.author = core.last_modified_by = core.comments = core.keywords = core.category = core.subject = ""
    core.language, core.revision = "zh-CN", 1
    core.created = core.modified = EPOCH
    _line(draft, layout.title, _TITLE, face=_TITLE_FACE, align=WD_ALIGN_PARAGRAPH.CENTER)
    for left, right in layout.over:
        made = _line(draft, f"{left}\t{right}", _WORDS)
        made.paragraph_format.tab_stops.add_tab_stop(Mm(sum(layout.widths)), WD_TAB_ALIGNMENT.RIGHT)
    _table(draft, layout)
    _line(draft, layout.foot, _WORDS).paragraph_format.space_before = Pt(_WORDS)
    for note in layout.notes:
        _line(draft, note, _NOTE)
    return repacked(draft)


def _page(draft: Draft, layout: Layout) -> None:
    section = draft.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if layout.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(layout.page[0]), Mm(layout.page[1])
    section.top_margin = section.bottom_margin = Mm(MARGIN)
    section.left_margin = Mm((layout.page[0] - sum(layout.widths)) / 2)
    section.right_margin = Mm((layout.page[0] - sum(layout.widths)) / 2)
    section.footer_distance = section.header_distance = Mm(MARGIN / 2)
    set_across(draft, layout.across)
    section.footer.is_linked_to_previous = False
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("第")
    add_field(foot, "PAGE")
    foot.add_run("页 共")
    add_field(foot, "NUMPAGES")
    foot.add_run("页")


def _line(
    draft: Draft,
    text: str,
    size: float,
    *,
    face: str = _FACE,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
) -> Paragraph:
    made = draft.add_paragraph()
    made.alignment = align
    _tight(made, size * 1.5)
    run = made.add_run(text)
    run.font.size = Pt(size)
    set_face(run, face)
    return made


def _tight(paragraph: Paragraph, leading: float) -> None:
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(leading)


def _table(draft: Draft, layout: Layout) -> None:
    size = layout.size
    grid = draft.add_table(rows=layout.rows, cols=len(layout.widths), style="Table Grid")
    grid.autofit = False
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    _margins(grid)
    for made, width in zip(grid.columns, layout.widths, strict=True):
        made.width = Mm(width)
    rows = [list(row.cells) for row in grid.rows]
    for number, row in enumerate(grid.rows):
        row.height, row.height_rule = Pt(layout.line_height), WD_ROW_HEIGHT_RULE.AT_LEAST
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001  # no public way to row properties
        properties.append(OxmlElement("w:cantSplit"))
        if number < layout.heads:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, width in zip(rows[number], layout.widths, strict=True):
            cell.width = Mm(width)
    for box in layout.boxes:
        cell = rows[box.row][box.column]
        if box.rows > 1 or box.columns > 1:
            cell = cell.merge(rows[box.row + box.rows - 1][box.column + box.columns - 1])
        _write(cell, box, size, sum(layout.widths[box.column : box.column + box.columns]))


def _write(cell: _Cell, box: Box, size: float, width: float) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    if box.look is not Look.LABEL or box.rows > 1:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if box.look is Look.FIGURE:
        room = Mm(width).pt - 2 * _CELL_MARGIN / 20
        wide = len(box.text) * (_BOLD_DIGIT if box.strong else _DIGIT)
        size = min(size, max(4.0, int(2 * room / max(wide, 1)) / 2))
    _tight(paragraph, size * 1.2)
    run = paragraph.add_run(box.text)
    run.font.size, run.bold = Pt(size), box.strong or None
    set_face(run, _FACE)


def _margins(grid: Grid) -> None:
    """Narrow ones: Word's own leave no room for a heading of two letters."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), str(_CELL_MARGIN))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    grid._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)  # noqa: SLF001  # the order Word asks for
