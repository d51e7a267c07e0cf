"""A line in which a view is given its name."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from mediation_desk.cases.finding.views import LONGEST_NAME
from ui.fields.text_field import TextField
from ui.theme import theme
from ui.widgets.buttons import button, link
from ui.widgets.layout import row


class ViewName(QWidget):
    """``named(text)`` on Enter or its button; Escape closes it."""

    named = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = TextField("视图名称", longest=LONGEST_NAME)
        self.field.setObjectName("cases.view_name")
        self.field.setAccessibleName("视图名称")
        self.field.setMinimumWidth(theme().px(160))
        self._keep = button("存好", self._on_kept)
        self._keep.setObjectName("cases.keep_view")
        self._drop = link("不存了", self.hide)
        self.setLayout(row(self.field, self._keep, self._drop))
        self.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]  # set just before
        self.field.returnPressed.connect(self._on_kept)
        self.hide()

    def ask(self, name: str) -> None:
        """Open with ``name`` to begin with."""
        self.field.set_value(name)
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves everything as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _on_kept(self) -> None:
        self.named.emit(self.field.value())
