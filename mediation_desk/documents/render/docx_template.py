"""The empty document every DOCX starts from: page, official faces and one named style for each kind of line."""

from __future__ import annotations

import functools
import io
from typing import Any, cast

from docx import Document
from docx.document import Document as Draft
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from mediation_desk.documents import styles
from mediation_desk.documents.content import Profile
from mediation_desk.documents.styles import Align, Style

_ALIGN = {
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}


def new_draft(profile: Profile) -> Draft:
    """An empty document for papers of this size; its style names are the values of ``Role``."""
    return Document(io.BytesIO(_template(profile)))


@functools.cache
def _template(profile: Profile) -> bytes:
    """Made once in a process: creating styles takes longer than writing a paper."""
    draft = Document()
    _set_page(draft)
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


def _set_page(draft: Draft) -> None:
    section = draft.sections[0]
    section.page_width, section.page_height = Pt(styles.PAGE_WIDTH), Pt(styles.PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Pt(styles.TOP), Pt(styles.BOTTOM)
    section.left_margin, section.right_margin = Pt(styles.LEFT), Pt(styles.RIGHT)
    section.footer_distance = Pt(styles.BOTTOM - styles.FOOTER_DROP - styles.FOOTER_SIZE * 1.4)
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
