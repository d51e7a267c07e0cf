"""The empty document every DOCX starts from: page, official faces and one named style for each kind of line."""

from __future__ import annotations

import functools
import io
from typing import Any, cast

from docx import Document
from docx.document import Document as Draft
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from mediation_desk.documents import styles
from mediation_desk.documents.content import Profile, Run
from mediation_desk.documents.letterhead import PLAIN, Faces, Letterhead
from mediation_desk.documents.styles import Align, Page, Role, Style

_LETTER_SIZE = 16.0  # 三号, the words of a letter
_CLOSER = (
    -5
)  # twentieths of a point from one character to the next: 15.75 points, and 28 of them are 441 of 442
_OFF_GRID = frozenset((Role.CELL, Role.CELL_HEAD, Role.FINE, Role.FINE_HEAD, Role.CAPTION, Role.NOTE))
_ALIGN = {
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}


def new_draft(
    profile: Profile, letterhead: Letterhead = PLAIN, *, landscape: bool = False, closer: int = 0
) -> Draft:
    """An empty document for papers of this size and body; its style names are the values of ``Role``."""
    return Document(io.BytesIO(_template(profile, letterhead.margins, letterhead.faces, landscape, closer)))


@functools.cache
def _template(
    profile: Profile, margins: tuple[float, ...], faces: Faces, landscape: bool, closer: int
) -> bytes:
    """Made once in a process: creating styles takes longer than writing a paper."""
    draft = Document()
    _set_page(draft, styles.page(profile, landscape=landscape, margins=margins))
    _set_styles(draft, profile, faces, closer)
    _close_gaps(draft.styles["Normal"])
    if profile is Profile.LETTER:
        _set_grid(draft)
    package = draft.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):  # a picture of python-docx's own template
            package.rels.pop(key)
    stream = io.BytesIO()
    draft.save(stream)
    return stream.getvalue()


def set_face(style_or_run: Any, face: str) -> None:
    """Set ``face`` in all four slots; python-docx alone would leave Chinese text in the default face."""
    fonts = style_or_run.element.get_or_add_rPr().get_or_add_rFonts()
    for slot in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(slot), None)
    for slot in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(slot), face)


def set_style(paragraph: Paragraph, role: Role) -> None:
    """By its id: python-docx searches all styles when asked by name, which is most of the work of a long table."""
    paragraph._p.style = role.value  # noqa: SLF001


def add_run(paragraph: Paragraph, run: Run, look: Style, size: float = 0) -> None:
    """Append the words of ``run`` in its face; ``size`` in points goes before that of the style."""
    made = paragraph.add_run(run.text)
    if run.strong:
        set_face(made, look.strong_face)
    if size:
        made.font.size = Pt(size)


def add_field(paragraph: Paragraph, name: str) -> None:
    """Append a field Word fills in (PAGE, NUMPAGES)."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001  # python-docx has no fields


def _set_page(draft: Draft, page: Page) -> None:
    section = draft.sections[0]
    if page.width > page.height:
        section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Pt(page.width), Pt(page.height)
    section.top_margin, section.bottom_margin = Pt(page.top), Pt(page.bottom)
    section.left_margin, section.right_margin = Pt(page.left), Pt(page.right)
    section.footer_distance = Pt(page.bottom - styles.FOOTER_DROP - styles.FOOTER_SIZE * 1.4)
    compat = OxmlElement("w:compat")
    mode = OxmlElement("w:compatSetting")
    mode.set(qn("w:name"), "compatibilityMode")
    mode.set(qn("w:uri"), "http://schemas.microsoft.com/office/word")
    mode.set(qn("w:val"), "15")
    compat.append(mode)
    settings = draft.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    rsids = settings.find(qn("w:rsids"))
    settings.append(compat) if rsids is None else rsids.addprevious(compat)


def _set_grid(draft: Draft) -> None:
    """22 lines to the page, the grid of GB/T 9704.

    Its 28 characters to the line come from the styles (:data:`_CLOSER`): a grid of characters narrower than 三号 is
    read by LibreOffice as two cells for each.
    """
    draft.styles["Normal"].font.size = Pt(16)
    properties = draft.sections[0]._sectPr  # noqa: SLF001  # python-docx has no grid
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(225 / 22 * styles.MM * 20)))
    properties.append(grid)


def _set_styles(draft: Draft, profile: Profile, faces: Faces, closer: int) -> None:
    for style in draft.styles:
        if style.type in (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER):
            set_face(style, faces.text)
    for role, look in styles.styles(profile, faces, closer).items():
        style = cast("ParagraphStyle", draft.styles.add_style(role.value, WD_STYLE_TYPE.PARAGRAPH))
        style.element.set(qn("w:styleId"), role.value)
        style.base_style = draft.styles["Normal"]
        style.quick_style = True
        _apply(style, look)
        if profile is Profile.LETTER and look.size == _LETTER_SIZE:
            _track(style)
        if profile is Profile.LETTER and role in _OFF_GRID:
            _leave_grid(style)
    languages = draft.styles.element.find(f".//{qn('w:lang')}")
    if languages is not None:
        languages.set(qn("w:eastAsia"), "zh-CN")


def _apply(style: ParagraphStyle, look: Style) -> None:
    set_face(style, look.face)
    style.font.size, style.font.bold = Pt(look.size), look.strong
    style.font.color.rgb = RGBColor(0xD9, 0, 0) if look.red else RGBColor(0, 0, 0)
    form = style.paragraph_format
    form.alignment = _ALIGN[look.align]
    form.line_spacing = Pt(look.leading)
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.left_indent = Pt(look.left_indent * look.size)
    form.first_line_indent = Pt(look.first_indent * look.size)
    form.widow_control = True


def _leave_grid(style: ParagraphStyle) -> None:
    """Its own line pitch: on the grid of a letter every small line would be as high as one of its text."""
    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(off, "w:spacing", "w:ind", "w:jc")


def _track(style: ParagraphStyle) -> None:
    """28 characters on a line of 156 mm."""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(_CLOSER))
    style.element.rPr.find(qn("w:sz")).addprevious(spacing)


def _close_gaps(style: ParagraphStyle) -> None:
    """2026年3月5日 without the white Word puts between Chinese characters and figures (§6.9)."""
    properties = style.element.get_or_add_pPr()
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        off = OxmlElement(name)
        off.set(qn("w:val"), "0")
        properties.insert_element_before(off, "w:spacing", "w:ind", "w:jc")  # the order Word asks for
