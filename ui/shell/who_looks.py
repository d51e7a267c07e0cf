"""Over windows with a locked case or with names in full: who looks at them and when, faint, above everything."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFocusFrame, QWidget

from mediation_desk.access.actor import Actor
from mediation_desk.cases.privacy.rules import privacy_rules
from mediation_desk.shared.clock import system_clock
from ui.theme import theme

INK = 0.06
"""Share of the ink: enough for a photograph, too little to take anything from the contrast of the words beneath."""

_ANGLE = -24
_GAP = 90  # desk pixels between the words
_MINUTE_MS = 60_000


class WhoLooks(QFocusFrame):
    """Painted once a minute into a picture; what is typed beneath only copies from it.

    A focus frame, since Qt keeps those out of the way of the mouse and out of what screen readers are told.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.hide()
        self._over, self._words = over, ""
        self._tile = QPixmap()
        self._clock = QTimer(self, interval=_MINUTE_MS)
        self._clock.timeout.connect(self._draw)
        over.installEventFilter(self)
        theme().changed.connect(self._draw)

    def settle(self, actor: Actor, *, sensitive: bool) -> None:
        """Stand over the window as long as ``actor`` sees something few may see; nothing in a practice centre is."""
        wanted = (sensitive or actor.in_full) and not actor.practice and privacy_rules().watermark.screen
        if not wanted:
            self._clock.stop()
            self.hide()
            return
        self._words = actor.display_name
        if self.isHidden():
            self.setGeometry(self._over.rect())
            self._draw()
            self._clock.start()
            self.show()
        self.raise_()

    def words(self) -> str:
        """What stands there, "" while nothing does."""
        return "" if self.isHidden() else f"{self._words}　{system_clock().astimezone():%Y-%m-%d %H:%M}"

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as the window."""
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self.setGeometry(self._over.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the part that is asked for."""
        area = event.rect()
        QPainter(self).drawTiledPixmap(area, self._tile, area.topLeft())

    def _draw(self) -> None:
        font = theme().font(17)
        words = f"{self._words}　{system_clock().astimezone():%Y-%m-%d %H:%M}"
        wide, gap = QFontMetrics(font).horizontalAdvance(words), theme().px(_GAP)
        side, scale = wide + gap, self.devicePixelRatioF()
        self._tile = QPixmap(round(side * scale), round(side * scale))
        self._tile.setDevicePixelRatio(scale)
        self._tile.fill(QColor(0, 0, 0, 0))
        ink = QColor(theme().tokens.ink)
        ink.setAlphaF(INK)
        painter = QPainter(self._tile)
        painter.setFont(font)
        painter.setPen(ink)
        for middle in (QPointF(side / 2, side / 4), QPointF(0, side * 3 / 4), QPointF(side, side * 3 / 4)):
            painter.save()
            painter.translate(middle)
            painter.rotate(_ANGLE)
            painter.drawText(QPointF(-wide / 2, 0), words)
            painter.restore()
        painter.end()
        self.update()
