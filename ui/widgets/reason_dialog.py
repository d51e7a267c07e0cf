"""Why somebody wants to see what is covered: picked from the centre's list, or typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from ui.theme import theme
from ui.widgets.buttons import button, primary
from ui.widgets.layout import row
from ui.widgets.text import heading, paragraph

_LONGEST = 200
_SHORTEST = 2


class ReasonDialog(QDialog):
    """One line; the way forward opens as soon as a reason stands there."""

    def __init__(
        self, title: str, told: str, verb: str, reasons: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        px = theme().px
        self.setWindowTitle(title)
        self.setAccessibleDescription(told)
        words = paragraph(told)
        words.setMinimumWidth(px(380))
        self.reason = QComboBox()
        self.reason.setObjectName("reason")
        self.reason.setAccessibleName("理由")
        self.reason.setEditable(True)
        self.reason.addItems(list(reasons))
        self.reason.setCurrentIndex(-1)
        if (edit := self.reason.lineEdit()) is not None:
            edit.setPlaceholderText("选一项，或者自己写")
            edit.setMaxLength(_LONGEST)
        self.forward = primary(verb, self.accept)
        self.forward.setEnabled(False)
        self.forward.setDefault(True)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(20), px(20), px(20), px(16))
        stack.setSpacing(px(12))
        stack.addWidget(heading(title))
        stack.addWidget(words)
        stack.addWidget(self.reason)
        stack.addLayout(row(None, button("不做了", self.reject), self.forward))
        self.reason.currentTextChanged.connect(
            lambda text: self.forward.setEnabled(len(text.strip()) >= _SHORTEST)
        )
        self.reason.setFocus()

    def words(self) -> str:
        """What stands there."""
        return self.reason.currentText().strip()


def ask_reason(parent: QWidget, title: str, told: str, verb: str, reasons: Sequence[str]) -> str:
    """The reason, or "" where nobody gave one."""
    dialog = ReasonDialog(title, told, verb, reasons, parent)
    return dialog.words() if dialog.exec() else ""
