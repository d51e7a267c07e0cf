"""The bar above the screens: search, saved state, who sits here."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from ui.icons import icon
from ui.shell.search_box import SearchBox
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.plain import PlainLabel, plain_caption


class TopBar(QFrame):
    """``actions`` fill the menu under the user's name, each with its key beside it."""

    def __init__(
        self, search: SearchBox, user_name: str, actions: tuple[QAction, ...], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.search = search
        self._saved = PlainLabel(role="small", tone=Tone.QUIET)
        self._saved.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._saved_words = ""
        self.user = QPushButton(plain_caption(f" {user_name}"))
        self.user.setObjectName("userButton")
        self.user.setAccessibleName(f"{user_name}，外观、按键与说明")
        menu = QMenu(self.user)
        menu.addActions(actions)
        self.user.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(20), theme().px(10), theme().px(12), theme().px(10))
        row.setSpacing(theme().px(12))
        row.addWidget(search, 4)
        row.addStretch(1)
        row.addWidget(self._saved)
        row.addWidget(self.user)
        self._draw()

    def show_saved(self, moment: datetime) -> None:
        """``已存 10:42``."""
        self._saved_words = f"已存 {moment:%H:%M}"
        self._saved.setText(self._saved_words)
        self._saved.setAccessibleName(self._saved_words)

    def show_busy(self, busy: bool) -> None:
        """While something is being saved."""
        self._saved.setText("正在保存……" if busy else self._saved_words)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon again in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "user"):
            self._draw()

    def _draw(self) -> None:
        self.search.setMaximumWidth(theme().px(440))
        self.user.setIcon(icon("user"))
        self.user.setIconSize(QSize(theme().px(18), theme().px(18)))
