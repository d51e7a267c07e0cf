"""The bundled Chinese faces: which characters they have, how wide, and a TrueType file of just those needed.

ReportLab embeds TrueType outlines only; Noto SC comes as OpenType/CFF. Opening a face costs a quarter of a second
and happens once in a process; outlines are converted glyph by glyph when first needed and kept.
"""

from __future__ import annotations

import functools
import hashlib
import io
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.basePen import BasePen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

from mediation_desk.documents.render.installed import installed
from mediation_desk.shared.errors import InputError

UNITS = 1000
ASCENT, DESCENT = 880, -120
_BOUNDS = (-1000, -1000, 3000, 3000)
# The same in every subset, so that a paper has the same bytes alone and among others.
_MOST_POINTS, _MOST_CONTOURS = 1000, 100
_FIRST, _LAST = 0x20, 0xFFFF
_BASIC = [chr(code) for code in range(0x20, 0x7F)] + ["\u3000"]


class _Shape(NamedTuple):
    """A glyph as TrueType stores it."""

    data: bytes
    left: int
    points: int
    contours: int


class Face:
    """One OpenType face, opened once."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self._font = TTFont(path, fontNumber=0, lazy=True)
        self._scale: float = UNITS / self._font["head"].unitsPerEm
        self._cubic = "CFF " in self._font or "CFF2" in self._font
        self._cmap: dict[int, str] = self._font.getBestCmap()
        self._glyphs = self._font.getGlyphSet()
        self._shapes: dict[str, _Shape] = {}
        self._outlines: dict[str, RecordingPen] = {}
        self._widths: dict[str, float] = {}

    def close(self) -> None:
        """Let go of the file; nothing more can be drawn."""
        self._font.close()

    def has(self, char: str) -> bool:
        """Whether the face can show ``char``."""
        return ord(char) in self._cmap

    def width(self, char: str) -> float:
        """Advance of ``char`` for one point of size."""
        known = self._widths.get(char)
        if known is None:
            known = self._widths[char] = self._advance(self._glyph_name(char)) / UNITS
        return known

    def draw(self, char: str, pen: BasePen) -> None:
        """Draw the outline of ``char`` at the size of the em square."""
        name = self._glyph_name(char)
        if name not in self._outlines:
            recording = RecordingPen()
            self._glyphs[name].draw(self._scaled(recording))
            self._outlines[name] = recording
        self._outlines[name].replay(pen)

    def truetype(self, chars: Iterable[str]) -> bytes:
        """A TrueType font file with ``chars`` and plain ASCII; the same characters give the same bytes."""
        wanted = sorted(filter(self.has, {*chars, *_BASIC}))
        cmap = {ord(char): self._cmap[ord(char)] for char in wanted}
        order = [".notdef", *sorted(set(cmap.values()) - {".notdef"})]
        shapes = {name: self._quadratic(name) for name in order}
        builder = FontBuilder(UNITS, isTTF=True)
        builder.font.recalcTimestamp = builder.font.recalcBBoxes = False
        builder.setupGlyphOrder(order)
        builder.setupCharacterMap(cmap)
        builder.setupGlyf({}, calcGlyphBounds=False)
        builder.font["glyf"].glyphs = {name: Glyph(shape.data) for name, shape in shapes.items()}
        builder.setupHorizontalMetrics({n: (self._advance(n), s.left) for n, s in shapes.items()})
        builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
        builder.setupNameTable({"familyName": self.name, "styleName": "Regular", "psName": self.name})
        builder.setupOS2(
            sTypoAscender=ASCENT,
            sTypoDescender=DESCENT,
            sCapHeight=730,
            xAvgCharWidth=UNITS,
            usFirstCharIndex=_FIRST,
            usLastCharIndex=_LAST,
            ulUnicodeRange1=0,
        )
        builder.font["OS/2"].updateFirstAndLastCharIndex = lambda _font: None
        builder.setupPost()
        head, most = builder.font["head"], builder.font["maxp"]
        head.created = head.modified = 0
        head.xMin, head.yMin, head.xMax, head.yMax = _BOUNDS
        most.maxPoints, most.maxContours = _MOST_POINTS, _MOST_CONTOURS
        stream = io.BytesIO()
        builder.save(stream)
        return stream.getvalue()

    def _glyph_name(self, char: str) -> str:
        return self._cmap.get(ord(char), ".notdef")

    def _advance(self, name: str) -> int:
        width: float = self._glyphs[name].width
        return round(width * self._scale)

    def _scaled(self, pen: BasePen) -> BasePen:
        """A pen that draws at our size of the em square; most faces of a system have another."""
        return pen if self._scale == 1 else TransformPen(pen, (self._scale, 0, 0, self._scale, 0, 0))

    def _quadratic(self, name: str) -> _Shape:
        if name not in self._shapes:
            pen = TTGlyphPen(None)
            self._glyphs[name].draw(self._scaled(Cu2QuPen(pen, max_err=1.0, reverse_direction=self._cubic)))
            glyph = pen.glyph()
            data = glyph.compile(None)
            points = len(getattr(glyph, "coordinates", ()))
            left = getattr(glyph, "xMin", 0)
            self._shapes[name] = _Shape(data, left, points, glyph.numberOfContours)
        return self._shapes[name]


@functools.cache
def song() -> Face:
    """The Song face of running text."""
    from pylopdf_fonts_zh_cn import serif_path

    return Face("NotoSerifSC-Regular", serif_path())


@functools.cache
def hei() -> Face:
    """The Hei face of labels, and what shows characters the Song face lacks."""
    from pylopdf_fonts_zh_cn import sans_path

    return Face("NotoSansSC-Regular", sans_path())


@functools.cache
def named(name: str) -> Face | None:
    """The face called ``name`` where this desk has it."""
    path = installed(name)
    return None if path is None else Face(f"Desk{hashlib.sha256(path.name.encode()).hexdigest()[:8]}", path)


def face_for(char: str, *, strong: bool = False, name: str = "") -> Face:
    """The face that shows ``char``: the one called ``name`` where the desk has it, else the bundled one of its kind,
    else the other; the bundled one if none can."""
    own = named(name) if name else None
    if own is not None and own.has(char):
        return own
    first, second = (hei, song) if strong else (song, hei)
    return first() if first().has(char) or not second().has(char) else second()


def unprintable(text: str) -> tuple[str, ...]:
    """Characters of ``text`` that no face has, in order of their code."""
    chars = {char for char in text if not char.isspace()}
    return tuple(sorted(char for char in chars if not song().has(char) and not hei().has(char)))


def require_printable(text: str) -> None:
    """Raise ``InputError`` naming every character of ``text`` that could only be printed as an empty box."""
    missing = unprintable(text)
    if missing:
        named = "、".join(f"“{c}”（U+{ord(c):04X} {unicodedata.name(c, '未命名')}）" for c in missing[:10])
        rest = f"等{len(missing)}个" if len(missing) > 10 else ""
        raise InputError(f"没有字体能打印下列字符：{named}{rest}。请改用可以打印的字。", field="文书内容")
