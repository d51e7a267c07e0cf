"""What an empty place says: what will appear here, and the first step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.picture import Picture
from ui.widgets.plain import PlainLabel


class EmptyState(QWidget):
    """One sentence, a quiet picture and, where a first step exists, its button."""

    def __init__(
        self,
        sentence: str,
        step: tuple[str, Callable[[], object]] | None = None,
        *,
        symbol: str = "paper",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sentence = PlainLabel(sentence, tone=Tone.QUIET, wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        stack = QVBoxLayout(self)
        stack.setSpacing(theme().px(12))
        stack.addStretch(1)
        stack.addWidget(Picture(symbol, 32, Tone.FAINT), 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addWidget(self._sentence)
        if step is not None:
            stack.addWidget(button(*step), 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addStretch(2)

    def set_sentence(self, sentence: str) -> None:
        """Say something else, for instance that a search found nothing."""
        self._sentence.setText(sentence)
