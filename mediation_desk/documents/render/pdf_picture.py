"""Flowables for portraits, alone or with lines beside them, and the code at the foot of a page."""

from __future__ import annotations

import io
from collections.abc import Mapping

from reportlab.lib import colors
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer
from reportlab.platypus import Table as Grid

from mediation_desk.documents import styles
from mediation_desk.documents.content import Code, Illustration, Mark, Picture
from mediation_desk.documents.flow import PicturedLines
from mediation_desk.documents.render.code import black_stretches, foot_modules
from mediation_desk.documents.render.pdf_text import Prose
from mediation_desk.documents.render.portrait import drawing_size, embedded, size_of
from mediation_desk.documents.render.typeface import song
from mediation_desk.documents.styles import Role, Style


class Portrait(Flowable):
    """A portrait or code in the middle of the line."""

    def __init__(self, picture: Picture | Code) -> None:
        super().__init__()
        self.image = embedded(picture)
        self.framed = isinstance(picture, Picture)
        self.width, self.height = size_of(picture)
        self.left = 0.0

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:  # noqa: ARG002
        """As high as the content model says."""
        self.left = max(0.0, (avail_width - self.width) / 2)
        return avail_width, self.height

    def draw(self) -> None:
        """Draw it, a portrait with a thin line around: a light background would otherwise end nowhere."""
        reader = ImageReader(io.BytesIO(self.image))
        self.canv.drawImage(reader, self.left, 0, self.width, self.height)
        if not self.framed:
            return
        self.canv.saveState()
        self.canv.setLineWidth(0.4)
        self.canv.setStrokeColor(colors.grey)
        self.canv.rect(self.left, 0, self.width, self.height)
        self.canv.restoreState()


class Drawing(Flowable):
    """A drawing in the middle of the line, never wider than the line."""

    def __init__(self, item: Illustration, text_width: float) -> None:
        super().__init__()
        self.reader = ImageReader(io.BytesIO(item.png))
        self.width, self.height = drawing_size(item, text_width)
        self.left = 0.0

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:  # noqa: ARG002
        """As high as its picture is for its width."""
        self.left = max(0.0, (avail_width - self.width) / 2)
        return avail_width, self.height

    def draw(self) -> None:
        """Draw it."""
        self.canv.drawImage(self.reader, self.left, 0, self.width, self.height)


def draw_code(canvas: Canvas, mark: Mark, page: int, left: float, bottom: float) -> None:
    """Draw the code of one page as one filled shape: sharp at any size, and nothing shines between its modules."""
    modules = foot_modules(mark, page)
    side = styles.CODE_SIZE / len(modules)
    shape = canvas.beginPath()
    for row, column, length in black_stretches(modules):
        shape.rect(left + column * side, bottom + (len(modules) - row - 1) * side, length * side, side)
    canvas.drawPath(shape, stroke=0, fill=1, fillMode=1)


def card(item: PicturedLines, looks: Mapping[Role, Style], width: float) -> list[Flowable]:
    """Portrait and lines in one frame, and the gap below."""
    portrait = Portrait(item.picture)
    left = portrait.width + 2 * styles.CARD_PADDING
    lines = [Prose(line.runs, looks[line.role]) for line in item.lines]
    grid = Grid(
        [[portrait, lines]],
        colWidths=[left, width - left],
        style=[
            ("BOX", (0, 0), (-1, -1), 0.75, colors.black),
            ("FONT", (0, 0), (-1, -1), song().name, looks[Role.CARD].size),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (0, 0), 0),
            ("RIGHTPADDING", (0, 0), (0, 0), 0),
            ("LEFTPADDING", (1, 0), (1, 0), 0),
            ("RIGHTPADDING", (1, 0), (1, 0), styles.CARD_PADDING),
            ("TOPPADDING", (0, 0), (-1, -1), styles.CARD_PADDING),
            ("BOTTOMPADDING", (0, 0), (-1, -1), styles.CARD_PADDING),
        ],
    )
    return [grid, Spacer(0, styles.CARD_GAP)]
