"""What was copied here leaves the clipboard again: numbers of people after seconds, everything at lock."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

from mediation_desk.cases.privacy.rules import privacy_rules

_LATE_S = 2
"""A timer may be late: what the rule promises is kept with that to spare."""
_NUMBER = re.compile(
    r"(?<![0-9])(?:[0-9]{17}[0-9Xx]|[0-9]{15}|1[0-9]{10}|0[0-9]{2,3}-?[0-9]{7,8})(?![0-9])"
    r"|(?<![0-9A-Z])[0-9A-Z]{2}[0-9]{6}[0-9A-Z]{10}(?![0-9A-Z])"
)
"""Identity card old and new, mobile and other telephone, credit code."""
_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class ClipboardWatch(QObject):
    """Watches the one clipboard of the program, so that no way of copying is left out.

    Only what a window of ours put there is taken away; other programs' copies are theirs.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._ours = False
        stays = max(1, privacy_rules().lists.clipboard_seconds - _LATE_S)
        self._due = QTimer(self, singleShot=True, interval=stays * 1000)
        self._due.timeout.connect(self.clear)
        self._clipboard.dataChanged.connect(self._on_changed)

    def clear(self) -> None:
        """Take away what was copied here."""
        self._due.stop()
        if not (self._ours or self._clipboard.ownsClipboard()):
            return
        self._ours = False
        for mode in _MODES:
            if mode is QClipboard.Mode.Clipboard or self._clipboard.supportsSelection():
                self._clipboard.clear(mode)

    def _on_changed(self) -> None:
        # Some platforms cannot say whose the content is; then a copy made while a window of ours is in front is ours.
        self._ours = self._clipboard.ownsClipboard() or QGuiApplication.focusWindow() is not None
        self._due.stop()
        if self._ours and _NUMBER.search(self._clipboard.text()):
            self._due.start()
