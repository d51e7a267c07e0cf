"""Opens a .docx that the gate let in, in the worker, and walks through all its paragraphs, wherever they stand."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.document import Document as Draft
from docx.oxml.ns import qn

from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record

P, TBL, TR, TC = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
_WRAPPERS = tuple(qn(f"w:{name}") for name in ("smartTag", "hyperlink", "customXml"))
_SDT, _SDT_CONTENT = qn("w:sdt"), qn("w:sdtContent")

Element = Any
"""An element of the XML; lxml comes without types."""


@record
class Story:
    """A text of its own: the body (``name`` "") or a header or footer; ``part`` knows its pictures."""

    name: str
    root: Any
    part: Any


@record
class Spot:
    """A paragraph and the place to name when something is wrong there; ``row`` repeats with its list."""

    paragraph: Any
    place: str
    row: Any = None


def open_draft(data: bytes) -> Draft:
    """The document, its wrappers (content controls, links) taken off. Raises ``InputError`` for whatever is wrong."""
    try:
        draft = Document(io.BytesIO(data))
        for story in stories(draft):
            _unwrap(story.root)
    except InputError:
        raise
    except Exception as error:  # python-docx raises a dozen kinds on damaged files
        raise InputError("这个文件已经损坏，打不开，不能做模板。", field="file") from error
    return draft


def stories(draft: Draft) -> Iterator[Story]:
    """Body, then headers and footers that are in use."""
    yield Story(name="", root=draft.element.body, part=draft.part)
    for section in draft.sections:
        kinds = [("页眉", section.header), ("页脚", section.footer)]
        if section.different_first_page_header_footer:
            kinds += [("首页页眉", section.first_page_header), ("首页页脚", section.first_page_footer)]
        for name, part in kinds:
            if not part.is_linked_to_previous:
                yield Story(name=name, root=part._element, part=part.part)  # noqa: SLF001  # no public way to its XML


def spots(story: Story) -> Iterator[Spot]:
    """Every paragraph of a story, in order."""
    count = tables = 0
    for child in story.root:
        if child.tag == P:
            count += 1
            yield Spot(paragraph=child, place=f"{story.name}第{count}段")
        elif child.tag == TBL:
            tables += 1
            yield from _in_table(child, f"{story.name}第{tables}张表")


def _in_table(table: Element, place: str) -> Iterator[Spot]:
    for line, row in enumerate(table.findall(TR), start=1):
        for number, cell in enumerate(row.findall(TC), start=1):
            where = f"{place}第{line}行第{number}格"
            yield from (Spot(paragraph=p, place=where, row=row) for p in cell.findall(P))


def text_of(paragraph: Element) -> str:
    """The words of a paragraph; a tab or break is one character."""
    return "".join(piece for piece, _ in pieces(paragraph))


_T, _R = qn("w:t"), qn("w:r")
_SIGNS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): "",
}


def pieces(paragraph: Element) -> Iterator[tuple[str, Element]]:
    """Stretches of text in order, each with the element that holds it."""
    for run in paragraph.findall(_R):
        for node in run:
            if node.tag == _T:
                yield node.text or "", node
            elif node.tag in _SIGNS:
                yield _SIGNS[node.tag], node


def _unwrap(root: Element) -> None:
    """Put the content of content controls and links where they stand."""
    for wrapper in [one for one in root.iter() if one.tag == _SDT or one.tag in _WRAPPERS]:
        inner = wrapper.find(_SDT_CONTENT) if wrapper.tag == _SDT else wrapper
        for child in list(inner) if inner is not None else []:
            wrapper.addprevious(child)
        wrapper.getparent().remove(wrapper)
