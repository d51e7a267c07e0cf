"""Word and fact, one beneath the other, for reading."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QSizePolicy, QWidget

from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.plain import PlainLabel


class FactGrid(QWidget):
    """``add("存储", "SQLite")``; a fact may also be a widget or a layout; ``columns`` pairs side by side."""

    def __init__(self, *, columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._count = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(16))
        self._grid.setVerticalSpacing(theme().px(8))
        for pair in range(columns):
            self._grid.setColumnStretch(pair * 2 + 1, 1)

    def add(self, word: str, fact: str | QWidget | QLayout, tone: Tone = Tone.INK) -> None:
        """Add one pair."""
        line, pair = divmod(self._count, self._columns)
        self._count += 1
        label = PlainLabel(word, role="quiet")
        label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        top = Qt.AlignmentFlag.AlignTop if isinstance(fact, str) else Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(label, line, pair * 2, top)
        if isinstance(fact, QLayout):
            self._grid.addLayout(fact, line, pair * 2 + 1)
        else:
            shown = PlainLabel(fact, tone=tone, wrap=True) if isinstance(fact, str) else fact
            self._grid.addWidget(shown, line, pair * 2 + 1)

    def clear(self) -> None:
        """Take all pairs away."""
        for _place in range(self._grid.count()):
            item = self._grid.takeAt(0)
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._count = 0
