"""Notices that nobody has touched the window for a while."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

_TOUCHES = frozenset(
    (
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.KeyPress,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.Wheel,
    )
)


class IdleWatch(QObject):
    """``left(seconds)`` counts down the last ``warn`` of ``idle`` seconds, 0 when somebody is back; then ``over``."""

    left = Signal(int)
    over = Signal()

    def __init__(self, idle: int, warn: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._idle, self._warn = max(idle, 1), min(warn, idle)
        self._quiet = 0
        # One tick a second: counting ticks cannot be fooled by setting the clock of the machine.
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._on_tick)

    def start(self) -> None:
        """Watch from now on."""
        self._quiet = 0
        self._tick.start()
        app = QCoreApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def stop(self) -> None:
        """Watch no longer."""
        self._tick.stop()
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Anything a hand does counts; nothing is swallowed here."""
        if event.type() in _TOUCHES:
            self._back()
        return False

    def _back(self) -> None:
        warned = self._quiet >= self._idle - self._warn
        self._quiet = 0
        if warned:
            self.left.emit(0)
            self._tick.start()

    def _on_tick(self) -> None:
        self._quiet += 1
        if self._quiet >= self._idle:
            self._quiet = 0
            self.left.emit(0)
            self.over.emit()
        elif self._quiet >= self._idle - self._warn:
            self.left.emit(self._idle - self._quiet)
