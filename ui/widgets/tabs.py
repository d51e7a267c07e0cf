"""Tabs that keep their place: plain words, Ctrl+Tab moves, a count behind the word."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QWidget

from ui.widgets.plain import plain_caption


class DeskTabs(QTabWidget):
    """``add("parties", "当事人", widget)``; ``show_count`` writes 当事人 3; ``open_part(code)`` brings one forward."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes: list[str] = []
        self._words: list[str] = []
        self.setAccessibleName(name)
        self.setDocumentMode(True)
        self.tabBar().setExpanding(False)
        self.tabBar().setAccessibleName(name)
        self.setUsesScrollButtons(True)

    def add(self, code: str, word: str, widget: QWidget) -> None:
        """Add a part."""
        self._codes.append(code)
        self._words.append(word)
        self.addTab(widget, plain_caption(word))

    def show_count(self, code: str, count: int) -> None:
        """The number behind a part's word; 0 shows none."""
        place = self._codes.index(code)
        word = self._words[place]
        self.setTabText(place, plain_caption(f"{word} {count}" if count else word))

    def open_part(self, code: str) -> bool:
        """Bring a part to the front; False when there is none of that code."""
        if code in self._codes:
            self.setCurrentIndex(self._codes.index(code))
        return code in self._codes

    def part(self) -> str:
        """Code of the part in front."""
        return self._codes[self.currentIndex()] if self._codes else ""
