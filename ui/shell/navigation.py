"""The list of screens at the left edge."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.icons import icon
from ui.screens.registry import ScreenSpec
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.picture import Picture
from ui.widgets.plain import PlainLabel, plain_caption, plain_tooltip, restyle

_WIDE, _NARROW = 176, 84


class Navigation(QFrame):
    """One button for each screen; ``chosen`` carries its code. When narrow, words stand beneath icons."""

    chosen = Signal(str)

    def __init__(self, specs: tuple[ScreenSpec, ...], brand: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAccessibleName("主导航")
        self._specs = specs
        self._narrow = False
        self._counts: dict[str, int] = {}
        self._picture = Picture("brand", 24, Tone.ACCENT)
        self._brand = PlainLabel(brand, role="heading")
        self._brand.setObjectName("brand")
        self._buttons = {spec.code: self._button(number, spec) for number, spec in enumerate(specs, start=1)}
        self._group = QButtonGroup(self)
        for one in self._buttons.values():
            self._group.addButton(one)
        self._lay_out()
        self._draw()

    def mark(self, code: str) -> None:
        """Show which screen is in front."""
        if code in self._buttons:
            self._buttons[code].setChecked(True)

    def show_count(self, code: str, count: int) -> None:
        """A quiet number behind the name."""
        if code not in self._buttons:
            return
        self._counts[code] = count
        title = next(spec.title for spec in self._specs if spec.code == code)
        self._buttons[code].setAccessibleName(f"{title}，{count} 项" if count else title)
        self._draw()

    def set_narrow(self, narrow: bool) -> None:
        """Words beneath the icons, for narrow windows and large text."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.setProperty("narrow", "true" if narrow else "false")
            self._draw()
            for widget in (self, *self._buttons.values()):
                restyle(widget)

    def changeEvent(self, event: QEvent) -> None:
        """New colours, new icons; new text size, new width."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_group"):
            self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move between the buttons."""
        moves = {Qt.Key.Key_Up: self.focusPreviousChild, Qt.Key.Key_Down: self.focusNextChild}
        move = moves.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
        else:
            move()

    def _button(self, number: int, spec: ScreenSpec) -> QToolButton:
        made = QToolButton()
        made.setCheckable(True)
        made.setAutoExclusive(True)
        made.setText(plain_caption(spec.title))
        made.setAccessibleName(spec.title)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        plain_tooltip(made, f"{spec.title}　Alt+{number % 10}")
        made.clicked.connect(lambda _checked=False: self.chosen.emit(spec.code))
        return made

    def _lay_out(self) -> None:
        px = theme().px
        head = QHBoxLayout()
        head.setContentsMargins(px(6), px(6), px(6), px(10))
        head.setSpacing(px(8))
        head.addWidget(self._picture)
        head.addWidget(self._brand, 1)
        stack = self._stack = QVBoxLayout(self)
        stack.addLayout(head)
        for spec in self._specs:
            if spec.at_bottom:
                stack.addStretch(1)
                rule = QFrame()
                rule.setObjectName("rule")
                rule.setFixedHeight(1)
                stack.addWidget(rule)
            stack.addWidget(self._buttons[spec.code])

    def _draw(self) -> None:
        px, tokens = theme().px, theme().tokens
        self.setFixedWidth(px(_NARROW if self._narrow else _WIDE))
        for part in (self._picture, self._brand):  # at 200 % the eight names need the room
            part.setVisible(not self._narrow)
        edge = px(3) if self._narrow else px(10)
        self._stack.setContentsMargins(
            px(6 if self._narrow else 10), edge, px(6 if self._narrow else 10), edge
        )
        self._stack.setSpacing(0 if self._narrow else px(4))
        style = Qt.ToolButtonStyle
        for spec in self._specs:
            one = self._buttons[spec.code]
            count = self._counts.get(spec.code, 0)
            words = f"{spec.title}   {count}" if count else spec.title
            one.setText(plain_caption(words if self._narrow else f"  {words}"))
            one.setIcon(icon(spec.symbol, active=tokens.accent))
            one.setIconSize(QSize(px(20), px(20)) if not self._narrow else QSize(px(18), px(18)))
            one.setToolButtonStyle(
                style.ToolButtonTextUnderIcon if self._narrow else style.ToolButtonTextBesideIcon
            )
