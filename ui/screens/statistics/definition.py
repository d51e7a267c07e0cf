"""The side pane of the statistics: what exactly the line that is marked counts, and for whom how much."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.screens.statistics.indicators import Indicator
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.facts import FactGrid
from ui.widgets.text import heading, paragraph


class Definition(QWidget):
    """Name, definition, and the figures once more with their columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = heading("")
        self._words = paragraph("在表里选一行，这里说明它怎样计数。", Tone.QUIET)
        self._figures = FactGrid()
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(10))
        for widget in (self._name, self._words, self._figures):
            stack.addWidget(widget)
        stack.addStretch(1)

    def show_indicator(self, one: Indicator, labels: tuple[str, ...]) -> None:
        """Explain this line."""
        self._name.setText(f"{one.number} {one.name}".strip())
        self._words.setText(f"{one.definition}。")
        self._words.set_tone(Tone.INK)
        self._figures.clear()
        for label, value in zip(labels, one.values, strict=True):
            self._figures.add(label, f"{value} {one.unit}" if one.unit != "%" else value)
