"""Before a file is chosen: choose one, go on with the last one, or take a whole batch back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.screens.importing.kind import ImportKind
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.widgets.buttons import button, primary
from ui.widgets.card import Card
from ui.widgets.layout import boxed, row
from ui.widgets.text import line, small

_LEAST_ROWS = 4


class StartPanel(QWidget):
    """``file_wanted``, ``resume_wanted``, ``forget_wanted``, ``undo_wanted(batch)``."""

    file_wanted = Signal()
    resume_wanted = Signal()
    forget_wanted = Signal()
    undo_wanted = Signal(object)

    def __init__(self, kind: ImportKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = kind.live
        self.choose = primary("选择文件", self.file_wanted.emit, symbol="evidence")
        self.choose.setObjectName("importing.choose")
        self._draft = line()
        go_on = button("接着做", self.resume_wanted.emit)
        go_on.setObjectName("importing.resume")
        drop = button("不要了", self.forget_wanted.emit)
        drop.setObjectName("importing.forget")
        self._kept = boxed(row(self._draft, go_on, drop, None))
        self._kept.hide()
        self.batches: RecordTable[Any] = RecordTable(
            "导入过的批次",
            kind.batch,
            key=lambda one: one.id,
            empty="导入过的批次会列在这里。",
        )
        self.batches.setObjectName("importing.batches")
        self.batches.setMinimumHeight(self.batches.content_height(_LEAST_ROWS))
        self.undo = button("整批撤销", self._on_undo, symbol="undo")
        self.undo.setObjectName("importing.undo")
        head = Card(kind.pick)
        head.add(small(kind.how, wrap=True))
        head.add(row(self.choose, None))
        head.add(self._kept)
        below = Card("导入过的批次", flush=True)
        below.header.addWidget(self.undo)
        below.add(self.batches, 1)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(12))
        stack.addWidget(head)
        stack.addWidget(below, 1)
        self.batches.moved.connect(lambda _batch: self._settle())
        self._settle()

    def show_batches(self, batches: tuple[Any, ...]) -> None:
        """The last imports."""
        self.batches.show_records(batches)
        if batches and self.batches.current() is None:
            self.batches.selectRow(0)
        self._settle()

    def show_draft(self, file: str) -> None:
        """A file that was not finished; "" for none."""
        self._draft.setText(f"上次看到一半：{file}")
        self._kept.setVisible(bool(file))

    def _on_undo(self) -> None:
        if (batch := self.batches.current()) is not None:
            self.undo_wanted.emit(batch)

    def _settle(self) -> None:
        batch = self.batches.current()
        self.undo.setEnabled(batch is not None and self._live(batch))
