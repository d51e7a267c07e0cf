"""A paragraph of a clerk's template on the canvas: looks change within a line, tabs, blanks to write on."""

from __future__ import annotations

import io
from collections.abc import Iterator

from reportlab.lib.colors import HexColor, black
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from mediation_desk.documents.render.linebreak import SetLine, set_lines
from mediation_desk.documents.render.pdf_text import TITLE_STROKE, by_face, draw_outlines
from mediation_desk.documents.render.typeface import ASCENT, UNITS, face_for
from mediation_desk.documents.styles import Align
from mediation_desk.documents.templates.layout import Lines, Look, Rule, Shown, Stop
from mediation_desk.shared.record import record

_USUAL_STOP = 21.0  # points between the stops nobody set
_BLANK = "\u3000"  # stands for what has a width of its own: a tab, a blank to write on
_UNDER_DROP, _UNDER_THICK = 0.14, 0.045  # of the size


@record
class _Set:
    text: str
    strong: Look


class LookedText(Flowable):
    """Draws characters and knows no markup. ``outlined`` draws shapes: page furniture is read once only."""

    def __init__(self, lines: Lines, *, outlined: bool = False) -> None:
        super().__init__()
        self.about, self.outlined = lines, outlined
        self.set: list[SetLine[Look]] = []
        self.starts = True
        self.width = 0.0

    def getSpaceBefore(self) -> float:
        """White above, dropped by the frame at the head of a page."""
        return self.about.before if self.starts else 0.0

    def getSpaceAfter(self) -> float:
        """White below."""
        return self.about.after

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:  # noqa: ARG002
        """Break the text for this width."""
        about, self.width = self.about, avail_width
        room = max(avail_width - about.left - about.right, about.size)
        if not self.set:
            first = max(room - about.first, about.size)
            runs = list(_measured(about, room))
            tabbed = any("\t" in stretch.text for stretch in about.stretches)
            justify = about.align is Align.JUSTIFY and not tabbed
            self.set = set_lines(runs, _width, about.size, first, room, justify=justify)
        self.height = about.picture.height if about.picture else len(self.set) * about.leading
        return avail_width, self.height

    def split(self, avail_width: float, avail_height: float) -> list[Flowable]:  # noqa: ARG002
        """Cut between lines, never leaving a single line alone on either page."""
        if self.about.picture is not None:
            return []
        fits = int(avail_height // self.about.leading)
        fits = min(fits, len(self.set) - 2) if len(self.set) > 3 else 0
        if fits < 2:
            return []
        return [self._part(self.set[:fits], starts=self.starts), self._part(self.set[fits:], starts=False)]

    def draw(self) -> None:
        """Draw all lines, or the picture."""
        about = self.about
        if about.picture is not None:
            self._draw_picture(about.picture)
            return
        for number, line in enumerate(self.set):
            drop = (about.leading - about.size) / 2 + about.size * ASCENT / UNITS
            self._draw_line(line, self._x(number, line), self.height - number * about.leading - drop)
        for rule, y in ((about.above, self.height + 1), (about.below, -1.0)):
            if rule is not None:
                self._draw_rule(rule, y)

    def _draw_picture(self, picture: Shown) -> None:
        about = self.about
        spare = max(0.0, self.width - about.left - about.right - picture.width)
        x = about.left + spare * {Align.CENTRE: 0.5, Align.RIGHT: 1.0}.get(about.align, 0.0)
        image = ImageReader(io.BytesIO(picture.data))
        self.canv.drawImage(image, x, 0, picture.width, picture.height, mask="auto")

    def _draw_rule(self, rule: Rule, y: float) -> None:
        """A line across the text, as beneath a red head."""
        away = rule.space if y > 0 else -rule.space
        self.canv.saveState()
        self.canv.setStrokeColor(HexColor(f"#{rule.colour}") if rule.colour else black)
        self.canv.setLineWidth(rule.thick)
        self.canv.line(self.about.left, y + away, self.width - self.about.right, y + away)
        self.canv.restoreState()

    def _part(self, lines: list[SetLine[Look]], *, starts: bool) -> LookedText:
        part = LookedText(self.about, outlined=self.outlined)
        part.set, part.starts = lines, starts
        return part

    def _x(self, number: int, line: SetLine[Look]) -> float:
        about = self.about
        left = about.left + (about.first if number == 0 and self.starts else 0.0)
        spare = self.width - left - about.right - line.width
        share = {Align.CENTRE: 0.5, Align.RIGHT: 1.0}.get(about.align, 0.0)
        return left + max(0.0, spare) * share

    def _draw_line(self, line: SetLine[Look], x: float, y: float) -> None:
        for piece, look, space in line.pieces:
            wide = sum(_width(char, look) + space for char in piece)
            self.canv.saveState()
            colour = HexColor(f"#{look.colour}") if look.colour else black
            self.canv.setFillColor(colour)
            self.canv.setStrokeColor(colour)
            if look.width is None:
                self._draw_words(piece, look, space, x, y)
            if look.under:
                self.canv.setLineWidth(look.size * _UNDER_THICK)
                self.canv.line(x, y - look.size * _UNDER_DROP, x + wide, y - look.size * _UNDER_DROP)
            self.canv.restoreState()
            x += wide

    def _draw_words(self, piece: str, look: Look, space: float, x: float, y: float) -> None:
        if self.outlined:
            draw_outlines(self.canv, piece, x, y, look.size, look.strong)
            return
        text = self.canv.beginText(x, y)
        if look.bold and not look.strong:
            self.canv.setLineWidth(look.size * TITLE_STROKE)
            text.setTextRenderMode(2)
        for face, stretch in by_face(piece, look.strong):
            text.setFont(face, look.size)
            text.setCharSpace(space)
            text.textOut(stretch)
        self.canv.drawText(text)


def _width(char: str, look: Look) -> float:
    if look.width is not None:
        return look.width
    return face_for(char, strong=look.strong).width(char) * look.size


def _measured(about: Lines, room: float) -> Iterator[_Set]:
    """The stretches with tabs and underlined blanks turned into what has a width and is not cut off."""
    chars = [(char, stretch.look) for stretch in about.stretches for char in stretch.text]
    at = about.left + about.first
    for place, (char, look) in enumerate(chars):
        if char == "\t":
            stop = _stop_behind(at, about, room)
            wide = max(2.0, stop.at - at - _behind(chars, place, stop.kind))
            wide = min(wide, max(2.0, about.left + room - at))
            at += wide
            yield _Set(text=_BLANK, strong=_filler(look, wide, under=look.under or stop.leader))
            continue
        wide = _width(char, look)
        at += wide
        if look.under and char.isspace():
            yield _Set(text=_BLANK, strong=_filler(look, wide, under=True))
        else:
            yield _Set(text=char, strong=look)


def _filler(look: Look, wide: float, *, under: bool) -> Look:
    return Look(size=look.size, under=under, colour=look.colour, width=wide)


def _stop_behind(at: float, about: Lines, room: float) -> Stop:
    for stop in sorted(about.stops, key=lambda one: one.at):
        if stop.at > at + 0.5:
            return stop
    if about.left > at + 0.5:
        return Stop(at=about.left)  # of a hanging indent
    return Stop(at=min((int(at / _USUAL_STOP) + 1) * _USUAL_STOP, about.left + room))


def _behind(chars: list[tuple[str, Look]], place: int, kind: str) -> float:
    """What of the words up to the next tab stands before the stop."""
    if kind == "left":
        return 0.0
    wide = 0.0
    for char, look in chars[place + 1 :]:
        if char == "\t":
            break
        wide += _width(char, look)
    return wide / 2 if kind == "center" else wide
