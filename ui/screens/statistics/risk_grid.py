"""The risk matrix as a grid one can press: counts in the cells, the level in words on each."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from mediation_desk.statistics.warning.model import RiskMatrix
from mediation_desk.statistics.warning.rules import Level
from ui.theme import theme
from ui.tokens import RADIUS, TYPE, Tone
from ui.widgets.layout import clear
from ui.widgets.plain import PlainLabel, paint_strong
from ui.widgets.text import small

TONES = {4: Tone.SEAL, 3: Tone.SOON, 2: Tone.SOON, 1: Tone.ACCENT}
"""Of the levels; the word beside it tells 橙 from 黄."""

_FRAMED = 3
_CELL = QSize(92, 60)


class RiskCell(QAbstractButton):
    """How many cases stand at one probability and harm, and which level that is."""

    def __init__(
        self, level: Level, probability: str, harm: str, count: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.level, self.probability, self.harm, self.count = level, probability, harm, count
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"可能性{probability}、危害{harm}，{level.title}，{count} 件")

    def sizeHint(self) -> QSize:
        """Room for a number and a word."""
        return QSize(theme().px(_CELL.width()), theme().px(_CELL.height()))

    def minimumSizeHint(self) -> QSize:
        """The same: narrower, the word would not fit."""
        return QSize(theme().px(52), theme().px(_CELL.height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground of the level, the number, the word; the higher levels are framed, too."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, tokens, tone = theme().px, theme().tokens, TONES[self.level.no]
        marked = self.isChecked() or self.hasFocus()
        framed = self.level.no >= _FRAMED
        edge = tokens.accent if marked else tokens.tone(tone) if framed else tokens.line
        width = px(2) if marked else 1
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(tokens.wash(tone)))
        inset = width / 2
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), px(RADIUS), px(RADIUS)
        )
        inner = self.rect().adjusted(px(4), px(3), -px(4), -px(3))
        middle = Qt.AlignmentFlag.AlignHCenter
        painter.setFont(theme().font(TYPE.small))
        word = painter.fontMetrics().height()
        painter.setPen(QColor(tokens.tone(tone) if self.count else tokens.faint))
        painter.setFont(theme().font(TYPE.title))
        paint_strong(
            painter, inner.adjusted(0, 0, 0, -word), middle | Qt.AlignmentFlag.AlignVCenter, str(self.count)
        )
        painter.setFont(theme().font(TYPE.small))
        painter.setPen(QColor(tokens.ink if self.count else tokens.quiet))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignBottom, self.level.colour)


class RiskGrid(QWidget):
    """``chosen(probability, harm)`` when a cell is pressed; ``("", "")`` when the pressed one is let go."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("四级风险：可能性和危害")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme().px(6))
        self.cells: dict[tuple[str, str], RiskCell] = {}

    def show_matrix(self, found: RiskMatrix) -> None:
        """The highest probability on top, the worst harm at the right; the pressed cell stays pressed."""
        pressed = next((place for place, cell in self.cells.items() if cell.isChecked()), None)
        clear(self._grid)
        self.cells = {}
        for place, band in enumerate(found.harm):
            self._grid.addWidget(_whole(f"危害{band.word}"), 0, place + 1, Qt.AlignmentFlag.AlignHCenter)
        rows = list(enumerate(found.probability))
        for line, (row, band) in enumerate(reversed(rows), start=1):
            self._grid.addWidget(_whole(f"可能性{band.word}"), line, 0)
            for place, harm in enumerate(found.harm):
                level = found.levels[row][place]
                cell = RiskCell(level, band.word, harm.word, len(found.at(band.word, harm.word)), self)
                cell.setObjectName(f"warning.cell.{row}.{place}")
                cell.setChecked(pressed == (band.word, harm.word))
                cell.clicked.connect(lambda _on, cell=cell: self._on_pressed(cell))
                self._grid.addWidget(cell, line, place + 1)
                self.cells[band.word, harm.word] = cell

    def _on_pressed(self, pressed: RiskCell) -> None:
        for cell in self.cells.values():
            if cell is not pressed:
                cell.setChecked(False)
        if pressed.isChecked():
            self.chosen.emit(pressed.probability, pressed.harm)
        else:
            self.chosen.emit("", "")


def _whole(words: str) -> PlainLabel:
    """A heading that is never elided."""
    label = small(words)
    label.setMinimumWidth(label.sizeHint().width())
    return label
