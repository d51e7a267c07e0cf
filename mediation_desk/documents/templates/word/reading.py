"""Reads a document as paragraphs and tables with their own measures, for the renderer of PDF."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from docx.document import Document as Draft
from docx.oxml.ns import qn
from docx.shared import Length

from mediation_desk.documents.styles import Align
from mediation_desk.documents.templates.layout import Lines, Look, Piece, Rule, Sheet, Stop, Stretch
from mediation_desk.documents.templates.word.opened import TBL, Element, P
from mediation_desk.documents.templates.word.page_fields import sign_of
from mediation_desk.documents.templates.word.pictures import picture_in
from mediation_desk.documents.templates.word.styling import Styling, hundredths, points

_ALIGN = {"center": Align.CENTRE, "right": Align.RIGHT, "end": Align.RIGHT, "both": Align.JUSTIFY}
_HEI = ("黑", "hei", "雅黑", "yahei", "arial", "calibri", "等线", "dengxian")
_SINGLE = 1.3  # of the size: the line of a Chinese face at single spacing
_TIGHTEST = 1.05


def read_draft(draft: Draft) -> Sheet:
    """An open document as a sheet."""
    section, reader = draft.sections[0], _Reader(draft)
    width, height = _pt(section.page_width, 595.3), _pt(section.page_height, 841.9)
    first = section.different_first_page_header_footer
    return Sheet(
        width=width,
        height=height,
        top=abs(_pt(section.top_margin, 72)),
        bottom=abs(_pt(section.bottom_margin, 72)),
        left=_pt(section.left_margin, 72) + _pt(section.gutter, 0),
        right=_pt(section.right_margin, 72),
        header_at=_pt(section.header_distance, 36),
        footer_at=_pt(section.footer_distance, 36),
        body=tuple(reader.pieces(draft.element.body, draft.part)),
        header=reader.margin(section.header),
        footer=reader.margin(section.footer),
        first_header=reader.margin(section.first_page_header) if first else None,
        first_footer=reader.margin(section.first_page_footer) if first else None,
    )


class _Reader:
    """Knows the styles and the grid of one document."""

    def __init__(self, draft: Draft) -> None:
        self.styling = Styling(draft)
        grid = next(draft.element.body.iter(qn("w:docGrid")), None)
        self._pitch = 0.0
        if grid is not None and grid.get(qn("w:type")) in ("lines", "linesAndChars"):
            self._pitch = points(grid.get(qn("w:linePitch")))

    def margin(self, part: Any) -> tuple[Piece, ...]:
        """A header or footer; nothing where it only repeats that of a section before."""
        return () if part.is_linked_to_previous else tuple(self.pieces(part._element, part.part))  # noqa: SLF001

    def pieces(self, root: Element, part: Any) -> Iterator[Piece]:
        """Paragraphs and tables in order; ``part`` knows the pictures."""
        from mediation_desk.documents.templates.word.reading_tables import read_table

        for child in root:
            if child.tag == P:
                yield from self.paragraph(child, part)
            elif child.tag == TBL:
                yield read_table(child, self.styling, lambda one: self.paragraph(one, part))

    def paragraph(self, paragraph: Element, part: Any) -> Iterator[Lines]:
        """One paragraph; a break within it begins another one without indent or white."""
        styling, size = self.styling, self._main_size(paragraph)
        picture = picture_in(paragraph, part)
        parts = list(_split(self._stretches(paragraph)))
        style = {
            "size": size,
            "leading": self._leading(paragraph, size),
            "align": _ALIGN.get(styling.paragraph(paragraph, "w:jc") or "", Align.LEFT),
            "left": self._indent(paragraph, ("left", "start"), size),
            "right": self._indent(paragraph, ("right", "end"), size),
            "stops": tuple(_stops(styling.stops(paragraph))),
            "keep": styling.paragraph_switch(paragraph, "w:keepNext"),
            "above": _rule(styling.border(paragraph, "w:top")),
            "below": _rule(styling.border(paragraph, "w:bottom")),
        }
        last = len(parts) - 1
        for place, (stretches, new_page) in enumerate(parts):
            begins = place == 0
            yield Lines(
                **style,  # type: ignore[arg-type]
                stretches=stretches,
                picture=picture if begins else None,
                first=self._first(paragraph, size) if begins else 0.0,
                before=self._space(paragraph, "w:before", size) if begins else 0.0,
                after=self._space(paragraph, "w:after", size) if place == last else 0.0,
                new_page=new_page or (begins and styling.paragraph_switch(paragraph, "w:pageBreakBefore")),
            )

    def _stretches(self, paragraph: Element) -> Iterator[Stretch]:
        code, hidden = "", False
        for run in paragraph.iter(qn("w:r")):
            look = self._look(paragraph, run)
            simple = run.getparent()
            if simple.tag == qn("w:fldSimple"):
                if run is simple.find(qn("w:r")):
                    yield Stretch(text=sign_of(simple.get(qn("w:instr")) or ""), look=look)
                continue
            for node in run:
                kind = node.get(qn("w:fldCharType")) if node.tag == qn("w:fldChar") else None
                if kind == "begin":
                    code, hidden = "", True
                elif kind == "end":
                    hidden = False
                    yield Stretch(text=sign_of(code), look=look)
                elif node.tag == qn("w:instrText"):
                    code += node.text or ""
                elif not hidden:
                    yield from _words(node, look)

    def _look(self, paragraph: Element, run: Element) -> Look:
        styling = self.styling
        face = styling.run(paragraph, run, "w:rFonts", "w:eastAsia") or ""
        colour = styling.run(paragraph, run, "w:color") or ""
        under = styling.run(paragraph, run, "w:u") or "none"
        return Look(
            size=styling.size(paragraph, run),
            strong=any(word in face.lower() for word in _HEI),
            bold=styling.run_switch(paragraph, run, "w:b"),
            under=under != "none",
            colour=colour if len(colour) == 6 and _is_hex(colour) else "",
        )

    def _main_size(self, paragraph: Element) -> float:
        """The largest type in it; of an empty one, that of its mark."""
        sizes = [
            self.styling.size(paragraph, run)
            for run in paragraph.iter(qn("w:r"))
            if run.find(qn("w:t")) is not None
        ]
        mark = paragraph.find(qn("w:pPr"))
        return max(sizes) if sizes else self.styling.size(paragraph, mark)

    def _leading(self, paragraph: Element, size: float) -> float:
        value = self.styling.paragraph(paragraph, "w:spacing", "w:line")
        rule = self.styling.paragraph(paragraph, "w:spacing", "w:lineRule") or "auto"
        if value and rule == "exact":
            return max(points(value), size * 0.6)
        single = size * _SINGLE
        if self._pitch:
            single = max(single, math.ceil(single / self._pitch - 0.01) * self._pitch)
        if value and rule == "atLeast":
            return max(points(value), size * _SINGLE)
        times = points(value) / 12 if value else 1.0
        return max(single * times, size * _TIGHTEST)

    def _indent(self, paragraph: Element, sides: tuple[str, ...], size: float) -> float:
        for side in sides:
            chars = hundredths(self.styling.paragraph(paragraph, "w:ind", f"w:{side}Chars"))
            if chars:
                return chars * size
            value = self.styling.paragraph(paragraph, "w:ind", f"w:{side}")
            if value is not None:
                return points(value)
        return 0.0

    def _first(self, paragraph: Element, size: float) -> float:
        for name, sign in (("firstLine", 1), ("hanging", -1)):
            chars = hundredths(self.styling.paragraph(paragraph, "w:ind", f"w:{name}Chars"))
            if chars:
                return sign * chars * size
            value = points(self.styling.paragraph(paragraph, "w:ind", f"w:{name}"))
            if value:
                return sign * value
        return 0.0

    def _space(self, paragraph: Element, side: str, size: float) -> float:
        if self.styling.paragraph(paragraph, "w:spacing", f"{side}Autospacing") in ("1", "true"):
            return size
        lines = hundredths(self.styling.paragraph(paragraph, "w:spacing", f"{side}Lines"))
        if lines:
            return lines * (self._pitch or 12)
        return points(self.styling.paragraph(paragraph, "w:spacing", side))


_NEW_PAGE = "\ue002"


def _words(node: Element, look: Look) -> Iterator[Stretch]:
    if node.tag == qn("w:t"):
        yield Stretch(text=node.text or "", look=look)
    elif node.tag == qn("w:tab"):
        yield Stretch(text="\t", look=look)
    elif node.tag in (qn("w:br"), qn("w:cr")):
        page = node.get(qn("w:type")) == "page"
        yield Stretch(text=_NEW_PAGE if page else "\n", look=look)
    elif node.tag == qn("w:noBreakHyphen"):
        yield Stretch(text="-", look=look)


def _split(stretches: Iterator[Stretch]) -> Iterator[tuple[tuple[Stretch, ...], bool]]:
    """The lines of a paragraph, each with whether a page begins with it."""
    held: list[Stretch] = []
    new_page = False
    for stretch in stretches:
        if stretch.text in ("\n", _NEW_PAGE):
            yield tuple(held), new_page
            held, new_page = [], stretch.text == _NEW_PAGE
        elif stretch.text:
            held.append(stretch)
    yield tuple(held), new_page


def _stops(tabs: Iterator[Element]) -> Iterator[Stop]:
    for tab in tabs:
        kind = tab.get(qn("w:val")) or "left"
        if kind in ("clear", "bar"):
            continue
        kind = {"start": "left", "end": "right", "decimal": "right"}.get(kind, kind)
        leader = (tab.get(qn("w:leader")) or "none") != "none"
        yield Stop(at=points(tab.get(qn("w:pos"))), kind=kind, leader=leader)


def _rule(border: Element | None) -> Rule | None:
    if border is None or border.get(qn("w:val")) in ("nil", "none"):
        return None
    colour = border.get(qn("w:color")) or ""
    return Rule(
        thick=min(6.0, max(0.25, points(border.get(qn("w:sz")), 0.2) * 2.5)),
        colour=colour if len(colour) == 6 and _is_hex(colour) else "",
        space=min(31.0, points(border.get(qn("w:space")), 0.05) * 20),
    )


def _is_hex(text: str) -> bool:
    return all(char in "0123456789abcdefABCDEF" for char in text)


def _pt(length: Length | None, otherwise: float) -> float:
    return length.pt if length is not None else otherwise
