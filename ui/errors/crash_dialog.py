"""What the user sees of a bug: what was kept, and a report he may copy."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from ui.theme import theme
from ui.widgets.buttons import button, primary
from ui.widgets.layout import row
from ui.widgets.text import heading, paragraph


class CrashDialog(QDialog):
    """Shows the report, which holds no personal data, and lets the user copy it."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme().px
        self.setWindowTitle("程序出了错")
        self._report = report
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setAccessibleName("错误报告")
        text.setMinimumSize(px(560), px(220))
        self.copy_button = button("复制报告", self._on_copy_clicked, symbol="copy")
        close = primary("知道了", self.accept)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(20), px(20), px(20), px(16))
        stack.setSpacing(px(12))
        stack.addWidget(heading("程序出了错"))
        stack.addWidget(
            paragraph(
                "刚才这一步没有做成，已经保存的内容都在。请把下面的报告交给管理员，里面没有当事人的信息。"
            )
        )
        stack.addWidget(text)
        stack.addLayout(row(self.copy_button, None, close))
        close.setDefault(True)
        close.setFocus()

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self.copy_button.set_caption("已复制")
