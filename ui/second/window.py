"""``SecondScreen``: the window the parties look at. It follows the board and holds joint content only."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.cases.minutes.showing import Shown
from mediation_desk.shared.changes import Changes
from ui.second.faces import Face, words_of
from ui.second.sheet import Sheet
from ui.services import Services
from ui.tasks.desk import Desk

_LOOK_EVERY_MS = 3000
"""Another desk may write on the board: the database is asked this often whether it has."""
_BACK = (Qt.Key.Key_Escape, Qt.Key.Key_F8)


class SecondScreen(QWidget):
    """Full screen on a monitor of its own without ever taking the keyboard; on the desk's monitor Esc leads back."""

    left = Signal()

    def __init__(self, services: Services, desk: Desk, case_key: str, face: Face) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self._services, self._desk = services, desk
        self.case_key, self.face = case_key, face
        self._shown: Shown | None = None
        self._stamp: tuple[int, int, int] | None = None
        self._dark = False
        self.setObjectName("second")
        self.setWindowTitle("给各方看")
        self.setAccessibleName("给各方看的画面")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.sheet = Sheet(self)
        ground = QVBoxLayout(self)
        ground.setContentsMargins(0, 0, 0, 0)
        ground.addWidget(self.sheet)
        self._look = QTimer(self, interval=_LOOK_EVERY_MS)
        self._look.timeout.connect(self._read)
        desk.committed.connect(self._on_committed)

    def open(self, screen: QScreen, *, own: bool) -> None:
        """Cover ``screen``; ``own`` when it is not the desk's, which then keeps the keyboard."""
        if own:
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        if own:
            self.show()  # full screen would ask for the keyboard
        else:
            self.showFullScreen()
            self.activateWindow()
            self.setFocus()
        self._look.start()
        self._read()

    def show_face(self, face: Face) -> None:
        """The issues, or the record."""
        self.face = face
        self._show()

    def black(self) -> None:
        """Show nothing until `light`: the desk is locked, or shows another case."""
        self._dark = True
        self.sheet.black()

    def light(self) -> None:
        """Show again what may be shown."""
        if self._dark:
            self._dark = False
            self._stamp = None
            self._read()

    def turn(self, pages: int) -> None:
        """Page on or back, from the desk."""
        self.sheet.turn(pages)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only the way back and the pages."""
        if event.key() in _BACK:
            self.close()
        elif event.key() == Qt.Key.Key_PageDown:
            self.turn(1)
        elif event.key() == Qt.Key.Key_PageUp:
            self.turn(-1)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Forget everything."""
        self._look.stop()
        self.sheet.black()
        super().closeEvent(event)
        self.left.emit()

    def _on_committed(self, changes: Changes) -> None:
        if changes.case_key in (None, self.case_key):
            self._read()

    def _read(self) -> None:
        if self._dark:
            return
        minutes, actor, key, stamp = self._services.minutes, self._services.actor, self.case_key, self._stamp

        def read() -> Shown | None:
            return minutes.for_parties(actor, key) if minutes.changed(actor, key, stamp) else None

        self._desk.query(read, self._on_read, self._on_failed, owner=self, slot="second")

    def _on_read(self, shown: Shown | None) -> None:
        if shown is not None:
            self._shown, self._stamp = shown, shown.stamp
            self._show()

    def _on_failed(self, _error: BaseException) -> bool:
        """What cannot be read is not shown; the desk tells why."""
        self._stamp = None
        self.sheet.black()
        return False

    def _show(self) -> None:
        if self._dark or self._shown is None:
            return
        if self._shown.is_open:
            self.sheet.show_words(words_of(self._shown, self.face))
        else:
            self.sheet.black()
