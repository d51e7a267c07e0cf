"""Hears every hand on the program: words are noted before they change, and the time without anybody is measured."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from ui.sitting.leaving import HANDS

_TICK_MS = 1000
_HEARD = HANDS | {QEvent.Type.MouseMove, QEvent.Type.TouchUpdate, QEvent.Type.TabletPress}


def clock() -> float:
    """Seconds that no change of the date moves; where the system tells, the time asleep counts too."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(boot) if boot is not None else time.monotonic()


class Hands(QObject):
    """``idle`` when nobody touched anything for ``longest`` seconds, ``over`` when the sitting lasted ``whole``.

    ``touched(object)`` is called before an event that may change words is handed on.
    """

    idle = Signal()
    over = Signal()

    def __init__(self, longest: float, whole: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._longest, self._whole = longest, whole
        self._clock: Callable[[], float] = clock
        self.touched: Callable[[QObject], object] = lambda _watched: None
        self._last = self._began = self._clock()
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self.look)

    def start(self) -> None:
        """A sitting begins."""
        self._last = self._began = self._clock()
        self._tick.start()
        app = QCoreApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def stop(self) -> None:
        """It is over."""
        self._tick.stop()
        self.touched = lambda _watched: None
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def look(self) -> None:
        """Whether it is time."""
        now = self._clock()
        if now - self._began >= self._whole:
            self.over.emit()
        elif now - self._last >= self._longest:
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Nothing is swallowed here."""
        kind = event.type()
        if kind in _HEARD:  # one look: most of what passes here is nobody's hand
            self._last = self._clock()
            if kind in HANDS:
                self.touched(watched)
        return False
