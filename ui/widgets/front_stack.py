"""Pages one behind the other of which only the one in front takes room."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


class FrontStack(QWidget):
    """A long page does not stretch the others, as it would in a ``QStackedWidget``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._front: QWidget | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    def addWidget(self, page: QWidget) -> None:
        """One more page, behind the others."""
        page.hide()
        self._box.addWidget(page)

    def currentWidget(self) -> QWidget | None:
        """The page in front."""
        return self._front

    def setCurrentWidget(self, page: QWidget) -> None:
        """Bring a page to the front."""
        if page is self._front:
            return
        if self._front is not None:
            self._front.hide()
        self._front = page
        page.show()
