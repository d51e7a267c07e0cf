"""Identity numbers and telephones copied from the desk do not stay in the clipboard."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from mediation_desk.cases.privacy.rules import privacy_rules
from mediation_desk.parties.masks import without_numbers

_SECOND = 1000


class ClipboardGuard(QObject):
    """Takes what this program put there out again after some seconds, unless something else lies there by then."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._held = ""
        self._timer = QTimer(self, singleShot=True)
        self._timer.setInterval(privacy_rules().lists.clipboard_seconds * _SECOND)
        self._timer.timeout.connect(self.clear)
        self._clipboard.dataChanged.connect(self._on_changed)

    def clear(self) -> None:
        """Take it out now."""
        self._timer.stop()
        if self._held and self._clipboard.text() == self._held:
            self._clipboard.clear()
        self._held = ""

    def _on_changed(self) -> None:
        if not self._clipboard.ownsClipboard():
            return
        text = self._clipboard.text()
        if text and without_numbers(text) != text:
            self._held = text
            self._timer.start()
