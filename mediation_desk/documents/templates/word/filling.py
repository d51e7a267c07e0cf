"""Puts the words of one paper into a document; what is put in is never looked at again for fields."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from docx.document import Document as Draft
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from mediation_desk.documents.render.packing import EPOCH, repacked
from mediation_desk.documents.templates.fields import Values
from mediation_desk.documents.templates.grammar import fields_in
from mediation_desk.documents.templates.word.opened import (
    TBL,
    TC,
    TR,
    Element,
    P,
    Spot,
    open_draft,
    pieces,
    spots,
    stories,
    text_of,
)
from mediation_desk.shared.errors import InputError

_T, _R, _PPR, _RPR = qn("w:t"), qn("w:r"), qn("w:pPr"), qn("w:rPr")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SECTION = qn("w:sectPr")

Words = Mapping[str, str]


def fill(template: bytes, values: Values, title: str) -> bytes:
    """The template with every field filled in; the same values give the same bytes.

    Raises ``InputError`` for a field without a value: nothing is printed by halves.
    """
    draft = open_draft(template)
    for story in stories(draft):
        _fill_story(list(spots(story)), values)
    _set_properties(draft, title)
    return repacked(draft)


def _fill_story(all_spots: list[Spot], values: Values) -> None:
    """Each paragraph is looked at once, as the template has it: words put in are never taken for fields."""
    done: list[Element] = []
    for spot in all_spots:
        owner = spot.row if spot.row is not None else spot.paragraph
        if any(owner is one for one in done[-1:]):
            continue  # another cell of the row just filled
        name = _list_in(owner)
        if name:
            done.append(owner)
            _multiply(owner, [{**values.plain, **row} for row in values.rows.get(name, ())], spot.place)
        else:
            _put(spot.paragraph, values.plain, spot.place)


def _list_in(owner: Element) -> str:
    names = [found.list_name for one in _paragraphs(owner) for found in fields_in(text_of(one))]
    return next(filter(None, names), "")


def _paragraphs(owner: Element) -> list[Element]:
    return [owner] if owner.tag == P else list(owner.iter(P))


def _multiply(owner: Element, rows: list[Words], place: str) -> None:
    """The row or paragraph once for each entry of its list."""
    for words in rows:
        made = copy.deepcopy(owner)
        owner.addprevious(made)
        for paragraph in _paragraphs(made):
            _put(paragraph, words, place)
    parent = owner.getparent()
    parent.remove(owner)
    if parent.tag == TBL and parent.find(TR) is None:
        _take_out(parent)
    elif parent.tag != TBL and (parent.tag == TC or parent.find(TBL) is None) and parent.find(P) is None:
        _add_paragraph(parent)


def _take_out(table: Element) -> None:
    """A table without rows: a word processor would call the file damaged."""
    parent = table.getparent()
    parent.remove(table)
    if parent.find(P) is None:
        _add_paragraph(parent)


def _add_paragraph(parent: Element) -> None:
    section = parent.find(_SECTION)
    empty = OxmlElement("w:p")
    parent.append(empty) if section is None else section.addprevious(empty)


def _put(paragraph: Element, words: Words, place: str) -> None:
    nodes = list(pieces(paragraph))
    found = fields_in("".join(piece for piece, _ in nodes))
    for one in reversed(found):
        if one.name not in words:
            raise InputError(f"{place}的“{one.name}”没有内容，这份文书没有打印。", field="file")
        _replace(nodes, one.start, one.end, words[one.name])
    if found:
        _break_lines(paragraph)


def _replace(nodes: list[tuple[str, Element]], start: int, end: int, words: str) -> None:
    """Put ``words`` where the field stood, in the look of its first character; later nodes lose their share.

    Fields are replaced from the last to the first, so what stands left of ``start`` is still as it was found.
    """
    place, put = 0, words
    for piece, node in nodes:
        begin, place = place, place + len(piece)
        if place <= start or begin >= end or node.tag != _T:
            continue
        left, right = max(start, begin) - begin, min(end, place) - begin
        now = node.text or ""
        node.text = now[:left] + put + now[right:]
        node.set(_SPACE, "preserve")
        put = ""


def _break_lines(paragraph: Element) -> None:
    """A line feed in what was put in begins a new paragraph of the same look."""
    while True:
        node = next((one for one in paragraph.iter(_T) if "\n" in (one.text or "")), None)
        if node is None:
            return
        run = node.getparent()
        if run.tag != _R or run.getparent() is not paragraph:
            node.text = node.text.replace("\n", "　")
            continue
        before, _, after = node.text.partition("\n")
        rest = copy.deepcopy(paragraph)
        _cut(rest, _steps(paragraph, run, node), after)
        _cut_behind(paragraph, run, node, before)
        paragraph.addnext(rest)
        paragraph = rest


def _steps(paragraph: Element, run: Element, node: Element) -> tuple[int, int]:
    return list(paragraph).index(run), list(run).index(node)


def _cut(paragraph: Element, at: tuple[int, int], text: str) -> None:
    """Leave what stands from ``at`` on; ``text`` is what is left of that node."""
    runs = list(paragraph)
    for one in runs[: at[0]]:
        if one.tag != _PPR:
            paragraph.remove(one)
    nodes = list(runs[at[0]])
    for one in nodes[: at[1]]:
        if one.tag != _RPR:
            runs[at[0]].remove(one)
    nodes[at[1]].text = text
    properties = paragraph.find(_PPR)
    broken = properties.find(qn("w:pageBreakBefore")) if properties is not None else None
    if broken is not None:
        properties.remove(broken)


def _cut_behind(paragraph: Element, run: Element, node: Element, text: str) -> None:
    for one in list(run)[list(run).index(node) + 1 :]:
        run.remove(one)
    for one in list(paragraph)[list(paragraph).index(run) + 1 :]:
        paragraph.remove(one)
    node.text = text


def _set_properties(draft: Draft, title: str) -> None:
    """The title of the paper; who made the template and when is nobody's business."""
    core = draft.core_properties
    core.title = title
    core.author = core.last_modified_by = core.comments = core.keywords = core.category = core.subject = ""
    core.created = core.modified = EPOCH
    core.revision = 1
