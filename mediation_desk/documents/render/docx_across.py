"""What stands across the pages of a PDF stands at the head of every page of the DOCX."""

from __future__ import annotations

from docx.document import Document as Draft
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor

from mediation_desk.documents.render.docx_template import set_face

_SIZE = 12.0
_GREY = RGBColor(0x80, 0x80, 0x80)


def set_across(draft: Draft, words: str) -> None:
    """Put ``words`` at the head of every page, before what stands there."""
    if not words:
        return
    for section in draft.sections:
        heads = [section.header]
        if section.different_first_page_header_footer:
            heads.append(section.first_page_header)
        if draft.settings.odd_and_even_pages_header_footer:
            heads.append(section.even_page_header)
        for head in heads:
            head.is_linked_to_previous = False
            line = head.paragraphs[0].insert_paragraph_before()
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            line.paragraph_format.space_after = Pt(0)
            run = line.add_run(words)
            run.font.size, run.font.color.rgb = Pt(_SIZE), _GREY
            set_face(run, "黑体")
