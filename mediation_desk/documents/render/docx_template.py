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
from mediation_desk.documents.styles import Align, Page, Role, Style

_STRONG_FACE = "黑体"
_ALIGN = {
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}


def new_draft(profile: Profile, *, landscape: bool = False) -> Draft:
    """An empty document for papers of this size; its style names are the values of ``Role``."""
    return Document(io.BytesIO(_template(profile, landscape)))


@functools.cache
def _template(profile: Profile, landscape: bool) -> bytes:
    """Made once in a process: creating styles takes longer than writing a paper."""
    draft = Document()
    _set_page(draft, styles.page(profile, landscape=landscape))
    _set_styles(draft, profile)
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


def add_run(paragraph: Paragraph, run: Run) -> None:
    """Append the words of ``run`` in its face."""
    made = paragraph.add_run(run.text)
    if run.strong:
        set_face(made, _STRONG_FACE)


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


def _set_styles(draft: Draft, profile: Profile) -> None:
    for style in draft.styles:
        if style.type in (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER):
            set_face(style, "仿宋")
    for role, look in styles.styles(profile).items():
        style = cast("ParagraphStyle", draft.styles.add_style(role.value, WD_STYLE_TYPE.PARAGRAPH))
        style.element.set(qn("w:styleId"), role.value)
        style.base_style = draft.styles["Normal"]
        style.quick_style = True
        _apply(style, look)
    languages = draft.styles.element.find(f".//{qn('w:lang')}")
    if languages is not None:
        languages.set(qn("w:eastAsia"), "zh-CN")


def _apply(style: ParagraphStyle, look: Style) -> None:
    set_face(style, look.face)
    style.font.size, style.font.bold = Pt(look.size), look.strong
    style.font.color.rgb = RGBColor(0, 0, 0)
    form = style.paragraph_format
    form.alignment = _ALIGN[look.align]
    form.line_spacing = Pt(look.leading)
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.left_indent = Pt(look.left_indent * look.size)
    form.first_line_indent = Pt(look.first_indent * look.size)
    form.widow_control = True
