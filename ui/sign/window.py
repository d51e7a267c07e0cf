"""The window in front of the desk: one page at a time, and nothing of any case behind it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.sign.page import SignPage
from ui.theme import theme
from ui.widgets.layout import boxed, column, row, scrolling
from ui.widgets.message_bar import Kind, MessageBar

_SIZE = (900, 640)


class SignWindow(QWidget):
    """``closed`` when the user closed it: the program ends. Satisfies `Audience` for errors nobody showed."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sign")
        self.setWindowTitle("调解台")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack = QStackedWidget()
        self.bar = MessageBar()
        ground = QVBoxLayout(self)
        ground.setContentsMargins(0, 0, 0, 0)
        ground.setSpacing(0)
        ground.addWidget(self._stack, 1)
        told = column(self.bar)
        told.setContentsMargins(theme().px(20), 0, theme().px(20), theme().px(12))
        ground.addLayout(told)
        wanted, room = (theme().px(side) for side in _SIZE), self.screen().availableGeometry()
        self.resize(QSize(*wanted).boundedTo(room.size()))  # large letters on a small screen
        for keys, step in (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda step=step: theme().step(step))

    def page(self) -> SignPage | None:
        """The page shown."""
        return self._stack.currentWidget().findChild(SignPage) if self._stack.count() else None

    def clear(self) -> None:
        """Forget the page with everything typed on it."""
        if self._stack.count():
            before = self._stack.currentWidget()
            self._stack.removeWidget(before)
            before.hide()
            before.deleteLater()
        self.bar.hide()

    def show_page(self, page: SignPage) -> None:
        """Put ``page`` in the place of the one before, which is forgotten with everything typed there."""
        self.clear()
        middle = boxed(row(None, page, None))
        holder = scrolling(boxed(column(None, middle, None)), name=page.accessibleName())
        self._stack.addWidget(holder)
        self._stack.setCurrentWidget(holder)
        page.begin()

    def say(self, sentence: str, kind: Kind = Kind.INFO, action: object = None) -> None:
        """One sentence at the foot."""
        self.bar.say(sentence, kind)

    def show_field_error(self, field: str, sentence: str) -> bool:
        """Beneath a field of the page."""
        page = self.page()
        return page is not None and page.show_field_error(field, sentence)

    def reload(self) -> None:
        """There is nothing to read again here."""

    def widget(self) -> QWidget:
        """The parent of dialogs."""
        return self

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing ends the program; what was written is kept."""
        super().closeEvent(event)
        self.closed.emit()
