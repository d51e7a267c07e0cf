"""The words and buttons that take a destruction list one step further."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from mediation_desk.cases.archiving.rules import archive_rules
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.theme import theme
from ui.widgets.buttons import button, danger, primary
from ui.widgets.wrapping import WrappingRow

_WIDE = 320


class DestroyingDeeds(QWidget):
    """``prepared(opinion)``, ``decided(refusal)`` and ``applied(supervisor)`` once the words needed stand there."""

    left_out = Signal()
    prepared = Signal(str)
    decided = Signal(str)
    applied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opinion, self._refusal, self._supervisor = (
            TextField(hint, longest=longest)
            for hint, longest in (("", 500), ("同意的不用写", 500), ("销毁时在场的第二个人", 60))
        )
        self._opinion.set_value(archive_rules().destruction.opinion)
        self.opinion = Field("鉴定意见", self._opinion, name="opinion", required=True)
        self.refusal = Field("不同意的理由", self._refusal, name="refusal")
        self.supervisor = Field("监销人", self._supervisor, name="supervisor", required=True)
        self.leave_out = button("不编入", self.left_out.emit)
        self.prepare = primary("编制清册", self._on_prepare)
        self.refuse = button("不同意", self._on_refuse)
        self.approve = primary("批准", lambda: self.decided.emit(""))
        self.apply = danger("执行销毁", self._on_apply)
        words, deeds = WrappingRow(gap=12), WrappingRow(gap=8)
        for name, field in (
            ("opinion", self.opinion),
            ("refusal", self.refusal),
            ("supervisor", self.supervisor),
        ):
            field.editor.setObjectName(f"archive.destroying.{name}")
            words.add(field, _WIDE, 1)
        for name, made in (
            ("leave", self.leave_out),
            ("prepare", self.prepare),
            ("refuse", self.refuse),
            ("approve", self.approve),
            ("apply", self.apply),
        ):
            made.setObjectName(f"archive.destroying.{name}")
            deeds.add(made)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(8))
        stack.addWidget(words)
        stack.addWidget(deeds)

    def allow(self, *, prepare: bool, decide: bool, apply: bool) -> None:
        """Show what the list in front allows; nothing at all hides everything."""
        for part in (self.opinion, self.leave_out, self.prepare):
            part.setVisible(prepare)
        for part in (self.refusal, self.refuse, self.approve):
            part.setVisible(decide)
        for part in (self.supervisor, self.apply):
            part.setVisible(apply)
        self.setVisible(prepare or decide or apply)

    def forward(self) -> QPushButton | None:
        """The one next action."""
        deeds = (self.prepare, self.approve, self.apply)
        return next((made for made in deeds if not made.isHidden()), None) if not self.isHidden() else None

    def clear(self) -> None:
        """The list in front moved on: what was written about it is done with."""
        self._refusal.set_value("")
        self._supervisor.set_value("")
        for field in (self.refusal, self.supervisor):
            field.set_error("")

    def _on_prepare(self) -> None:
        if self.opinion.check():
            self.prepared.emit(self._opinion.value())

    def _on_refuse(self) -> None:
        if words := self._refusal.value():
            self.decided.emit(words)
        else:
            self.refusal.set_error("请写不同意的理由。")
            self._refusal.setFocus()

    def _on_apply(self) -> None:
        if self.supervisor.check():
            self.applied.emit(self._supervisor.value())
