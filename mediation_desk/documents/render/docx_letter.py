"""What only letters have in a DOCX: edges and tails of lines, the imprint at the foot, page numbers left and right."""

from __future__ import annotations

from docx.document import Document as Draft
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from mediation_desk.documents import styles
from mediation_desk.documents.content import Mark
from mediation_desk.documents.lines import Line
from mediation_desk.documents.render.docx_picture import add_foot_code
from mediation_desk.documents.render.docx_template import add_field, set_style
from mediation_desk.documents.styles import Page, Role, Style

_RED, _BLACK = "D90000", "000000"


def finish_letter_line(paragraph: Paragraph, line: Line, look: Style, page: Page) -> None:
    """Add what a plain line has not: the words at its right end, the lines above and below, its place at the foot."""
    if line.size:
        paragraph.paragraph_format.line_spacing = Pt(1.3 * line.size)
    if line.tail:
        stop = page.text_width - look.left_indent * look.size
        paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(stop), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(f"\t{line.tail}")
    if line.over or line.under:
        red = line.role in (Role.MASTHEAD, Role.LETTER_NUMBER)
        gap = round(styles.RED_LINE_DROP) if red else 1
        _add_borders(paragraph, line, _RED if red else _BLACK, gap)
    if line.role is Role.IMPRINT:
        _put_at_foot(paragraph, page)


def set_letter_footers(draft: Draft, mark: Mark | None) -> None:
    """— 1 — at the right of odd pages and the left of even ones, one character in; the code of the whole paper."""
    section = draft.sections[0]
    draft.settings.odd_and_even_pages_header_footer = True
    if mark is not None:
        section.footer_distance = Pt(styles.CODE_FOOT)
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        set_style(paragraph, Role.FOOTER)
        form = paragraph.paragraph_format
        form.alignment, form.left_indent, form.right_indent = side, Pt(14), Pt(14)
        paragraph.add_run("— ")
        add_field(paragraph, "PAGE")
        paragraph.add_run(" —")
        if mark is not None:
            below = footer.add_paragraph()
            set_style(below, Role.FOOTER)
            below.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            add_foot_code(below, mark)


def _add_borders(paragraph: Paragraph, line: Line, colour: str, gap: int) -> None:
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  # python-docx has no borders of paragraphs
    borders = OxmlElement("w:pBdr")
    for side, thick in (("w:top", line.over), ("w:bottom", line.under)):
        if not thick:
            continue
        border = OxmlElement(side)
        for key, value in (
            ("w:val", "single"),
            ("w:sz", str(max(2, round(thick * 8)))),
            ("w:space", str(gap)),
            ("w:color", colour),
        ):
            border.set(qn(key), value)
        borders.append(border)
    properties.insert_element_before(borders, *_AFTER_BORDERS)


def _put_at_foot(paragraph: Paragraph, page: Page) -> None:
    """In a frame at the foot of the page its text comes to; neighbours in equal frames share one."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  # nor frames
    frame = OxmlElement("w:framePr")
    for key, value in (
        ("w:w", str(round(page.text_width * 20))),
        ("w:wrap", "around"),
        ("w:vAnchor", "margin"),
        ("w:hAnchor", "margin"),
        ("w:xAlign", "left"),
        ("w:yAlign", "bottom"),
    ):
        frame.set(qn(key), value)
    properties.insert_element_before(frame, *_AFTER_FRAME)


_AFTER_BORDERS = (
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:kinsoku",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:jc",
)
_AFTER_FRAME = ("w:widowControl", "w:numPr", "w:suppressLineNumbers", "w:pBdr", *_AFTER_BORDERS)
