"""DOCX by python-docx: named styles with the official faces, page x of y as fields, the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Mapping

from docx.document import Document as Draft
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.table import Table as Grid
from docx.table import _Row as GridRow
from docx.text.paragraph import Paragraph

from mediation_desk.documents import styles
from mediation_desk.documents.content import (
    Fields,
    Illustration,
    PageBreak,
    Paper,
    Picture,
    Profile,
    Space,
    Table,
)
from mediation_desk.documents.flow import Line, PicturedLines, file_title, flow, footer_number
from mediation_desk.documents.form_grid import FormGrid
from mediation_desk.documents.render.docx_across import set_across
from mediation_desk.documents.render.docx_grid import add_form_grid
from mediation_desk.documents.render.docx_letter import finish_letter_line, set_letter_footers
from mediation_desk.documents.render.docx_picture import add_card, add_drawing, add_foot_code, add_portrait
from mediation_desk.documents.render.docx_template import add_field, add_run, new_draft, set_style
from mediation_desk.documents.render.hand import hand_size
from mediation_desk.documents.render.packing import EPOCH, repacked
from mediation_desk.documents.render.pdf import closeness
from mediation_desk.documents.sealing.check_code import foot_words
from mediation_desk.documents.styles import Page, Role, Style

_HAND_ALT = "屏幕手写的签名"


def render_docx(paper: Paper) -> bytes:
    """The paper as DOCX; the same paper gives the same bytes."""
    closer = closeness(paper)
    draft = new_draft(paper.profile, paper.letterhead, landscape=paper.landscape, closer=closer)
    looks = styles.styles(paper.profile, paper.letterhead.faces, closer)
    page = styles.page(paper.profile, landscape=paper.landscape, margins=paper.letterhead.margins)
    _set_properties(draft, paper)
    set_across(draft, paper.across)
    if paper.profile is Profile.LETTER:
        set_letter_footers(draft, paper.mark)
    else:
        _set_footer(draft, paper, page)
    break_before = False
    for item in flow(paper):
        if isinstance(item, PageBreak):
            break_before = True
        elif isinstance(item, Line):
            _add_line(draft, item, looks[item.role], page, break_before)
            break_before = False
        else:
            if break_before and isinstance(item, Table | FormGrid):
                draft.add_paragraph().paragraph_format.page_break_before = True
                break_before = False
            if isinstance(item, Table):
                _part_from(draft, styles.table_gap(paper.profile))
            _add(draft, item, looks, page)
    return repacked(draft)


def _part_from(draft: Draft, gap: float) -> None:
    """White between the last line and the table below it, as in the PDF."""
    last = draft.element.body[-2]  # behind it are only the properties of the section
    if gap and last.tag == qn("w:p"):
        Paragraph(last, draft).paragraph_format.space_after = Pt(gap)


def _add(
    draft: Draft,
    item: Table | FormGrid | Picture | Illustration | PicturedLines | Space | Fields,
    looks: Mapping[Role, Style],
    page: Page,
) -> None:
    """What is no line of text."""
    match item:
        case Table():
            _add_table(draft, item, looks, page)
        case FormGrid():
            add_form_grid(draft, item, page)
        case Picture():
            add_portrait(draft.add_paragraph(), item)
        case Illustration():
            add_drawing(draft, item, page)
        case PicturedLines():
            add_card(draft, item, looks, page)
        case Space():
            _add_space(draft, item)
        case Fields():
            _add_fields(draft, item, page)


def _set_properties(draft: Draft, paper: Paper) -> None:
    """Form and number, never a person; the template's own author and comments are wiped."""
    core = draft.core_properties
    core.title, core.subject = file_title(paper), paper.heading.form
    core.author = core.last_modified_by = core.comments = core.keywords = core.category = ""
    core.language, core.revision = "zh-CN", 1
    core.created = core.modified = EPOCH


def _add_line(draft: Draft, line: Line, look: Style, page: Page, break_before: bool) -> None:
    paragraph = draft.add_paragraph()
    set_style(paragraph, line.role)
    form = paragraph.paragraph_format
    if line.keep:
        form.keep_with_next = True
    if break_before:
        form.page_break_before = True
    if line.right_indent:
        form.right_indent = Pt(line.right_indent * look.size)
    for run in line.runs:
        add_run(paragraph, run, look, line.size)
    finish_letter_line(paragraph, line, look, page)
    if line.rule:
        stop = Pt(page.text_width - styles.RULE_GAP)
        form.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
        if line.drawn is not None:
            form.line_spacing_rule = WD_LINE_SPACING.AT_LEAST  # an exact one would cut the picture
            width, height = hand_size(line.drawn, page.text_width / 2, look.leading)
            shape = paragraph.add_run().add_picture(io.BytesIO(line.drawn), Pt(width), Pt(height))
            shape._inline.docPr.set("descr", _HAND_ALT)  # noqa: SLF001  # python-docx has no alternative text
        paragraph.add_run("\t")


def _add_table(draft: Draft, table: Table, looks: Mapping[Role, Style], page: Page) -> None:
    grid = draft.add_table(rows=0, cols=len(table.columns), style="Table Grid")
    grid.autofit = False
    whole = sum(column.weight for column in table.columns)
    widths = [Pt(page.text_width * column.weight / whole) for column in table.columns]
    for made, width in zip(grid.columns, widths, strict=True):
        made.width = width
    _set_cell_margins(grid)
    cell, head = (Role.FINE, Role.FINE_HEAD) if table.fine else (Role.CELL, Role.CELL_HEAD)
    height = Pt(looks[cell].leading + 2 * styles.cell_padding(tall=table.tall, fine=table.fine))
    titles = _add_row(grid, table, tuple(column.title for column in table.columns), head, height)
    _row_property(titles, "w:tblHeader")
    made = [titles, *(_add_row(grid, table, row, cell, height) for row in table.rows)]
    for one in made[:-1] if table.whole else ():
        for part in one.cells:
            part.paragraphs[0].paragraph_format.keep_with_next = True


def _add_space(draft: Draft, space: Space) -> None:
    form = draft.add_paragraph().paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(space.height * styles.MM)


def _add_fields(draft: Draft, item: Fields, page: Page) -> None:
    grid = draft.add_table(rows=0, cols=2, style="Table Grid")
    grid.autofit = False
    caption = page.text_width * styles.FIELD_HEAD_SHARE
    for made, width in zip(grid.columns, (caption, page.text_width - caption), strict=True):
        made.width = Pt(width)
    for texts in item.rows:
        row = grid.add_row()
        row.height, row.height_rule = Pt(item.height * styles.MM), WD_ROW_HEIGHT_RULE.AT_LEAST
        _row_property(row, "w:cantSplit")
        for cell, text, role in zip(row.cells, texts, (Role.FIELD_HEAD, Role.FIELD), strict=True):
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            set_style(cell.paragraphs[0], role)
            cell.paragraphs[0].add_run(text)


def _add_row(grid: Grid, table: Table, texts: tuple[str, ...], role: Role, height: Length) -> GridRow:
    row: GridRow = grid.add_row()  # type: ignore[no-untyped-call]
    row.height, row.height_rule = height, WD_ROW_HEIGHT_RULE.AT_LEAST
    _row_property(row, "w:cantSplit")
    for cell, text, column in zip(row.cells, texts, table.columns, strict=True):
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        paragraph = cell.paragraphs[0]
        set_style(paragraph, role)
        if column.centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text)
    return row


def _set_cell_margins(grid: Grid) -> None:
    """Narrow ones, as in the PDF: Word's own would break identity numbers in two."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), str(int(styles.CELL_MARGIN * 20)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    grid._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)  # noqa: SLF001  # the order Word asks for


def _row_property(row: GridRow, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001  # no public way to row properties


def _set_footer(draft: Draft, paper: Paper, page: Page) -> None:
    """The paper's number at the left, page x of y at the right, behind it the code of the whole paper;
    above them what is signed on every page.

    The footer of a section is the same on each page, so its code cannot name the page.
    Nothing stands at the foot of covers.
    """
    if not paper.numbered:
        return
    section = draft.sections[0]
    section.footer.is_linked_to_previous = False
    paragraph = section.footer.paragraphs[0]
    if paper.each_page:
        place = paragraph.insert_paragraph_before()
        set_style(place, Role.FOOTER)
        place.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        place.paragraph_format.space_after = Pt(styles.FOOTER_DROP)
        place.add_run(paper.each_page + "＿" * 10)
    set_style(paragraph, Role.FOOTER)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(page.text_width), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{footer_number(paper)}\t第")
    add_field(paragraph, "PAGE")
    paragraph.add_run("页 共")
    add_field(paragraph, "NUMPAGES")
    paragraph.add_run("页")
    if words := foot_words(paper):
        below = section.footer.add_paragraph()
        set_style(below, Role.FOOTER)
        below.add_run(words).font.size = Pt(styles.CODE_WORDS)
    if paper.mark is not None:
        paragraph.add_run("  ")
        add_foot_code(paragraph, paper.mark)
        section.footer_distance = Pt(styles.CODE_FOOT)
