"""The last things that come onto a filled DOCX: the code that leads a scan back, and what stands across."""

from __future__ import annotations

import io

from docx.document import Document as Draft
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from mediation_desk.documents.content import Mark
from mediation_desk.documents.mark import code_text
from mediation_desk.documents.render.code import code_png
from mediation_desk.documents.render.docx_across import set_across
from mediation_desk.documents.render.packing import repacked
from mediation_desk.documents.templates.word.opened import open_draft

_CODE_MM = 13


def finish(docx: bytes, mark: Mark | None, across: str = "") -> bytes:
    """The file with the code of its paper in the footer, and in the header what stands ``across`` the PDF."""
    draft = open_draft(docx)
    set_across(draft, across)
    if mark is not None:
        _add_code(draft, mark)
    return repacked(draft)


def _add_code(draft: Draft, mark: Mark) -> None:
    section = draft.sections[0]
    footers = [section.footer]
    if section.different_first_page_header_footer:
        footers.append(section.first_page_footer)
    for footer in footers:
        footer.is_linked_to_previous = False
        paragraph = footer.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        picture = io.BytesIO(code_png(code_text(mark)))
        shape = paragraph.add_run().add_picture(picture, height=Mm(_CODE_MM))
        shape._inline.docPr.set("descr", "文书代码二维码")  # noqa: SLF001  # python-docx has no alternative text
