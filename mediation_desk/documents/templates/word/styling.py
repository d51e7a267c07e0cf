"""What a paragraph or stretch looks like once its style, the styles behind it and the defaults are counted in."""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document as Draft
from docx.oxml.ns import qn

from mediation_desk.documents.templates.word.opened import Element

_OFF = ("0", "false", "off", "none")
_DEFAULT_HALF_POINTS = "20"


class Styling:
    """The styles of one document."""

    def __init__(self, draft: Draft) -> None:
        root = draft.styles.element
        self._styles = {one.get(qn("w:styleId")): one for one in root.iter(qn("w:style"))}
        self._default = next(
            (
                one
                for one in root.iter(qn("w:style"))
                if one.get(qn("w:default")) in ("1", "true") and one.get(qn("w:type")) == "paragraph"
            ),
            None,
        )
        self._run_default = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        self._paragraph_default = root.find(f"{qn('w:docDefaults')}/{qn('w:pPrDefault')}/{qn('w:pPr')}")

    def paragraph(self, paragraph: Element, name: str, attribute: str = "w:val") -> str | None:
        """An attribute of a paragraph property, from the nearest place that says it."""
        for properties in self._paragraph_chain(paragraph):
            found = properties.find(qn(name))
            if found is not None and found.get(qn(attribute)) is not None:
                return str(found.get(qn(attribute)))
        return None

    def paragraph_switch(self, paragraph: Element, name: str) -> bool:
        """Whether a property without value is on."""
        return _first_switch(self._paragraph_chain(paragraph), name)

    def border(self, paragraph: Element, side: str) -> Element | None:
        """The line above or below a paragraph."""
        for properties in self._paragraph_chain(paragraph):
            borders = properties.find(qn("w:pBdr"))
            if borders is not None:
                return borders.find(qn(side))
        return None

    def stops(self, paragraph: Element) -> Iterator[Element]:
        """Tab stops, those of the styles included."""
        for properties in self._paragraph_chain(paragraph):
            tabs = properties.find(qn("w:tabs"))
            if tabs is not None:
                yield from tabs.findall(qn("w:tab"))

    def run(self, paragraph: Element, run: Element | None, name: str, attribute: str = "w:val") -> str | None:
        """An attribute of a character property."""
        for properties in self._run_chain(paragraph, run):
            found = properties.find(qn(name))
            if found is not None and found.get(qn(attribute)) is not None:
                return str(found.get(qn(attribute)))
        return None

    def run_switch(self, paragraph: Element, run: Element | None, name: str) -> bool:
        """Whether a character property without value is on."""
        return _first_switch(self._run_chain(paragraph, run), name)

    def size(self, paragraph: Element, run: Element | None = None) -> float:
        """Size of type in points."""
        return _number(self.run(paragraph, run, "w:sz") or _DEFAULT_HALF_POINTS) / 2

    def table_style(self, name: str | None) -> Iterator[Element]:
        """A table style and those it is based on."""
        yield from self._behind(name)

    def _paragraph_chain(self, paragraph: Element) -> Iterator[Element]:
        yield from _given(paragraph.find(qn("w:pPr")))
        for style in self._style_chain(paragraph):
            yield from _given(style.find(qn("w:pPr")))
        yield from _given(self._paragraph_default)

    def _run_chain(self, paragraph: Element, run: Element | None) -> Iterator[Element]:
        if run is not None:
            own = run.find(qn("w:rPr"))
            yield from _given(own)
            named = own.find(qn("w:rStyle")) if own is not None else None
            if named is not None:
                for style in self._behind(named.get(qn("w:val"))):
                    yield from _given(style.find(qn("w:rPr")))
        for style in self._style_chain(paragraph):
            yield from _given(style.find(qn("w:rPr")))
        yield from _given(self._run_default)

    def _style_chain(self, paragraph: Element) -> Iterator[Element]:
        named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = named.get(qn("w:val")) if named is not None else None
        if name in self._styles:
            yield from self._behind(name)
        elif self._default is not None:
            yield from self._behind(self._default.get(qn("w:styleId")))

    def _behind(self, name: str | None) -> Iterator[Element]:
        seen: set[str] = set()
        while name is not None and name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            yield style
            based = style.find(qn("w:basedOn"))
            name = based.get(qn("w:val")) if based is not None else None


def points(twips: str | None, otherwise: float = 0.0) -> float:
    """Twentieths of a point as points; what is no number counts as ``otherwise``."""
    return _number(twips) / 20 if twips not in (None, "") else otherwise


def hundredths(value: str | None) -> float | None:
    """Hundredths of a character as characters, None where nothing is said."""
    return _number(value) / 100 if value is not None else None


def _number(text: str | None) -> float:
    try:
        return float((text or "0").removesuffix("pt"))
    except ValueError:
        return 0.0


def _first_switch(chain: Iterator[Element], name: str) -> bool:
    for properties in chain:
        found = properties.find(qn(name))
        if found is not None:
            return found.get(qn("w:val")) not in _OFF
    return False


def _given(element: Element | None) -> Iterator[Element]:
    if element is not None:
        yield element
