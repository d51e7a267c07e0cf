"""News of other desks on one server, brought from their thread to the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from ui.services import Services


class NewsOfOthers(QObject):
    """``heard(kind, case key, version)`` on the GUI thread, until `stop`."""

    heard = Signal(str, str, int)
    _told = Signal(str, str, int)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._told.connect(self.heard, Qt.ConnectionType.QueuedConnection)
        self._listening = services.listen(self._told.emit)

    def is_live(self) -> bool:
        """Whether there is a server that tells."""
        return self._listening is not None

    def stop(self) -> None:
        """No more news."""
        if self._listening is not None:
            self._listening.stop()
