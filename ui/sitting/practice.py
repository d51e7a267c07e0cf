"""演练 on every window of a practice centre: a band that cannot be closed, and a word in the title."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QMainWindow, QWidget

from ui.theme import theme
from ui.widgets.plain import PlainLabel

_WORDS = "演练　这里的人和事都是虚构的，不要登记真的案件"
_SHORT = "演练"
_NAME = "practice.band"
_SHOWN = QEvent.Type.Show  # asked of every event of the program: not looked up each time
_POPUPS = (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen)


class PracticeMark(QObject):
    """Watches windows come up, from `start` to `stop`."""

    def start(self) -> None:
        """Mark every window that is shown from now on."""
        app = QCoreApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def stop(self) -> None:
        """No more."""
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Nothing is swallowed here."""
        if (
            event.type() == _SHOWN
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched.windowTitle()  # a part of a page is shown for a moment before it gets its place
            and watched.windowType() not in _POPUPS
        ):
            mark(watched)
        return False


def mark(window: QWidget) -> None:
    """Put the band into ``window``, once."""
    if window.findChild(PlainLabel, _NAME) is not None:
        return
    if _SHORT not in window.windowTitle():
        window.setWindowTitle(f"{window.windowTitle()}（{_SHORT}）")
    band = PlainLabel(_WORDS, role="strong")
    band.setObjectName(_NAME)
    band.setAlignment(Qt.AlignmentFlag.AlignCenter)
    tokens, px = theme().tokens, theme().px
    band.setStyleSheet(f"background: {tokens.soon}; color: {tokens.on_accent}; padding: {px(4)}px;")
    layout = window.layout()
    if isinstance(window, QMainWindow):
        window.setMenuWidget(band)
        band.show()  # the window is coming up already
    elif isinstance(layout, QBoxLayout) and layout.direction() == QBoxLayout.Direction.TopToBottom:
        layout.insertWidget(0, band)
        band.show()
    else:
        band.setText(_SHORT)
        band.setParent(window)
        band.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        band.adjustSize()
        band.move(0, 0)
        band.show()
        band.raise_()
