"""Buttons by their rank; a screen has one primary button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from ui.icons import icon
from ui.theme import theme
from ui.widgets.plain import plain_caption, plain_tooltip


class Ground(QWidget):
    """What buttons stand on: it knows which of them are not for whoever sits here."""

    def refusal(self, name: str) -> str:
        """Why the button of this object name cannot be pressed; "" where it can."""
        _ = name
        return ""

    def judge_buttons(self) -> None:
        """Ask again for every button that stands here."""
        for one in self.findChildren(DeskButton):
            one.refuse(self.refusal(one.objectName()))


class DeskButton(QPushButton):
    """A push button of one kind: ``plain``, ``primary``, ``danger`` or ``link``; Enter presses it too.

    Whenever it is shown it asks its `Ground` whether it may be pressed; what it is refused it stays disabled with
    the reason as its tool tip, whatever `setEnabled` says of the case.
    """

    def __init__(
        self, text: str, *, kind: str = "plain", symbol: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._symbol = symbol
        self._text = text
        self._possible, self._refused = True, ""
        self.setProperty("kind", kind)
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self._show_text(text)
        self._paint_icon()

    def set_caption(self, text: str) -> None:
        """Change the words, for instance of a computed next step."""
        self._text = text
        self._show_text(text)
        self.setAccessibleName(text)

    def setEnabled(self, enabled: bool) -> None:
        """Whether it is possible now; a refusal goes before that."""
        self._possible = enabled
        super().setEnabled(enabled and not self._refused)

    def refuse(self, reason: str) -> None:
        """Not to be pressed by whoever sits here; "" takes that back."""
        if reason == self._refused:
            return
        self._refused = reason
        plain_tooltip(self, reason)
        self.setAccessibleDescription(reason)
        super().setEnabled(self._possible and not reason)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask the ground."""
        ground = self.parentWidget()
        while ground is not None and not isinstance(ground, Ground):
            ground = ground.parentWidget()
        if ground is not None:
            self.refuse(ground.refusal(self.objectName()))
        super().showEvent(event)

    def set_busy(self, busy: bool) -> None:
        """While a command runs the button waits and cannot be pressed twice."""
        self.setEnabled(not busy)
        self._show_text(f"{self._text}……" if busy else self._text)

    def changeEvent(self, event: QEvent) -> None:
        """Icons are pictures: draw them again in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._paint_icon()

    def _show_text(self, text: str) -> None:
        # The style leaves no gap between icon and word.
        self.setText(plain_caption(f" {text}" if self._symbol else text))

    def _paint_icon(self) -> None:
        if self._symbol:
            tokens = theme().tokens
            colors = {"primary": tokens.on_accent, "danger": tokens.seal, "link": tokens.accent}
            self.setIcon(icon(self._symbol, colors.get(str(self.property("kind")), tokens.ink)))
            self.setIconSize(QSize(theme().px(18), theme().px(18)))


class IconButton(QToolButton):
    """A small button that shows only an icon; its word is the accessible name and the tool tip."""

    def __init__(self, symbol: str, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._symbol = symbol
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(word)
        plain_tooltip(self, word)
        self._paint_icon()

    def set_symbol(self, symbol: str, word: str) -> None:
        """Another icon and word, for instance after unfolding."""
        self._symbol = symbol
        self.setAccessibleName(word)
        plain_tooltip(self, word)
        self._paint_icon()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon again in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._paint_icon()

    def _paint_icon(self) -> None:
        self.setIcon(icon(self._symbol))
        self.setIconSize(QSize(theme().px(18), theme().px(18)))


def button(text: str, on_click: Callable[[], object] | None = None, *, symbol: str = "") -> DeskButton:
    """An ordinary button."""
    return _wired(DeskButton(text, symbol=symbol), on_click)


def primary(text: str, on_click: Callable[[], object] | None = None, *, symbol: str = "") -> DeskButton:
    """The one next action."""
    return _wired(DeskButton(text, kind="primary", symbol=symbol), on_click)


def danger(text: str, on_click: Callable[[], object] | None = None, *, symbol: str = "") -> DeskButton:
    """An action that cannot be taken back."""
    return _wired(DeskButton(text, kind="danger", symbol=symbol), on_click)


def link(text: str, on_click: Callable[[], object] | None = None, *, symbol: str = "") -> DeskButton:
    """A quiet action without a frame."""
    return _wired(DeskButton(text, kind="link", symbol=symbol), on_click)


def _wired(made: DeskButton, on_click: Callable[[], object] | None) -> DeskButton:
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made
