"""PAGE and NUMPAGES in headers and footers: the two fields of a word processor that a template may hold."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn

from mediation_desk.documents.templates.word.opened import Element

PAGE, PAGES = "\ue000", "\ue001"
"""Stand for page number and number of pages in the text of a header or footer."""

_SIGN = {"PAGE": PAGE, "NUMPAGES": PAGES, "SECTIONPAGES": PAGES}
_SIMPLE, _CHAR, _CODE = qn("w:fldSimple"), qn("w:fldChar"), qn("w:instrText")


def unknown_fields(paragraph: Element, *, in_margin: bool) -> Iterator[str]:
    """Names of the fields that would print something else on another day."""
    for code in _codes(paragraph):
        name = (code.split() or ["?"])[0].upper()
        if not in_margin or name not in _SIGN:
            yield name


def sign_of(code: str) -> str:
    """The character standing for a field's result."""
    return _SIGN.get((code.split() or [""])[0].upper(), "")


def _codes(paragraph: Element) -> Iterator[str]:
    for simple in paragraph.iter(_SIMPLE):
        yield simple.get(qn("w:instr")) or ""
    inside, code = 0, ""
    for node in paragraph.iter(_CHAR, _CODE):
        if node.tag == _CODE:
            code += node.text or ""
            continue
        kind = node.get(qn("w:fldCharType"))
        if kind == "begin":
            inside += 1
            code = ""
        elif kind in ("separate", "end") and inside:
            if code.strip():
                yield code
            code = ""
            inside -= kind == "end"
