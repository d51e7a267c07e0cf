"""Articles out of the law shelf: words or a number find them, Enter puts the citation into the clause."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.agreements.laws import Article, Found
from ui.fields.text_field import TextField
from ui.screens.base import Context
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.plain import PlainLabel

_PAUSE_MS = 250
_ROWS = 4


class LawPicker(QWidget):
    """``picked(citation)``."""

    picked = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._search = TextField("查法条：词语或者条号，如 人民调解法 33", parent=self)
        self._search.setObjectName("clause.law")
        self._search.setAccessibleName("查法条")
        columns: tuple[Column[Article], ...] = (
            Column("条", lambda one: one.citation, width=230),
            Column("内容", lambda one: one.text.replace("\n", " "), explain=lambda one: one.text),
        )
        self._table: RecordTable[Article] = RecordTable(
            "法条", columns, key=lambda one: one.citation, sortable=False, parent=self
        )
        self._table.setObjectName("clause.law.found")
        self._table.setFixedHeight(self._table.content_height(_ROWS))
        self._table.hide()
        self._told = PlainLabel(role="small", tone=Tone.QUIET, wrap=True, parent=self)
        self._told.hide()
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(4))
        for widget in (self._search, self._table, self._told):
            stack.addWidget(widget)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._search.edited.connect(self._pause.start)
        self._table.chosen.connect(lambda one: self.picked.emit(one.citation))

    def editors(self) -> tuple[QWidget, ...]:
        """In reading order."""
        return self._search, self._table

    def clear(self) -> None:
        """Forget the last search."""
        self._search.set_value("")
        self._table.hide()
        self._told.hide()

    def _ask(self) -> None:
        words, shelf = self._search.value(), self._context.services.laws
        self._context.desk.query(lambda: (shelf.search(words), shelf.troubles), self._show, owner=self)

    def _show(self, answer: tuple[Found, tuple[str, ...]]) -> None:
        found, troubles = answer
        self._table.show_records(found.articles)
        self._table.setVisible(bool(found.articles))
        if found.articles:
            self._table.selectRow(0)
        sentence = f"共{found.total}条，选中按 Enter 引用。" if found.total else ""
        if self._search.value() and not found.total:
            sentence = "书架上没有。法律全文可以存成文本放进数据文件夹的 laws。"
        self._told.setText("".join((sentence, *troubles[:1])))
        self._told.setVisible(bool(sentence or troubles))
