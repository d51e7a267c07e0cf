"""Page numbers of a volume: front upper right, back upper left (§2.3); bookmarks and labels of its pages."""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence

import pikepdf

from mediation_desk.documents.content import Heading, Paper, paragraph
from mediation_desk.documents.render.pdf import render_pdf
from mediation_desk.documents.styles import MM, PAGE_HEIGHT, PAGE_WIDTH

_DIGITS = "0123456789"
_SIZE = 12.0
_EDGE = 16 * MM
_TOP = PAGE_HEIGHT - 15 * MM
_PADDING = 2.0
_FONT = pikepdf.Name("/VolumeNumber")


class Stamp:
    """Writes numbers onto the pages of one PDF in the face of the papers."""

    def __init__(self, volume: pikepdf.Pdf) -> None:
        with pikepdf.open(io.BytesIO(_digits())) as source:
            fonts = source.pages[0].Resources.Font
            face = next(font for font in fonts.values() if "NotoSerif" in str(font.BaseFont))
            self._font = volume.copy_foreign(face)
        first = int(face.FirstChar)
        self._widths = [float(face.Widths[ord(digit) - first]) / 1000 * _SIZE for digit in _DIGITS]
        self._volume = volume

    def put(self, page: pikepdf.Page, number: int) -> None:
        """Odd numbers stand on the front, upper right; even ones on the back, upper left; on white."""
        text = str(number)
        width = sum(self._widths[int(digit)] for digit in text)
        x = PAGE_WIDTH - _EDGE - width if number % 2 else _EDGE
        page.add_resource(self._font, pikepdf.Name.Font, _FONT, replace_existing=True)
        box = f"{x - _PADDING:.2f} {_TOP - _PADDING:.2f} {width + 2 * _PADDING:.2f} {_SIZE + _PADDING:.2f}"
        drawn = f"q 1 g {box} re f 0 g BT {_FONT} {_SIZE} Tf {x:.2f} {_TOP:.2f} Td ({text}) Tj ET Q\n"
        page.contents_add(drawn.encode())


@functools.cache
def _digits() -> bytes:
    """A page with the ten digits: its font is what the numbers are written in."""
    heading = Heading(form="", title="")
    return render_pdf(Paper(heading=heading, blocks=(paragraph(_DIGITS),), numbered=False))


def label_pages(volume: pikepdf.Pdf, cover: int, catalogue: int, numbered: int) -> None:
    """Pages of the cover and of the catalogue, then ``numbered`` ones counted from 1, then the back cover."""
    starts: list[object] = [
        0,
        pikepdf.Dictionary(P=pikepdf.String("封面")),
        cover,
        pikepdf.Dictionary(P=pikepdf.String("目录-"), S=pikepdf.Name.D),
        cover + catalogue,
        pikepdf.Dictionary(S=pikepdf.Name.D, St=1),
        cover + catalogue + numbered,
        pikepdf.Dictionary(P=pikepdf.String("封底")),
    ]
    volume.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(starts))


def number_pages(volume: pikepdf.Pdf, first: int) -> None:
    """Labels of a sheet of the volume whose pages keep their numbers."""
    start = pikepdf.Dictionary(S=pikepdf.Name.D, St=first)
    volume.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, start]))


def bookmark(volume: pikepdf.Pdf, marks: Sequence[tuple[str, int, Sequence[tuple[str, int]]]]) -> None:
    """Titles with the index of their page, and beneath each its pieces."""
    with volume.open_outline() as outline:
        for title, place, inner in marks:
            item = pikepdf.OutlineItem(title, place, "Fit")
            item.children.extend(pikepdf.OutlineItem(word, at, "Fit") for word, at in inner)
            outline.root.append(item)
