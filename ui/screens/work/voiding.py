"""作废: strike a wrong line; it stays on record with the reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.work.kinds import WorkRules
from mediation_desk.statistics.work.model import WorkEntry
from mediation_desk.statistics.work.words import days_text, numbers_text
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.screens.base import Context
from ui.widgets.buttons import button, danger
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.message_bar import Kind
from ui.widgets.text import small


class VoidForm(Card):
    """``left()`` when it is done or put away."""

    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("作废一条", remark="留在登记里，不再计数；改错就是作废以后重记一条。", parent=parent)
        self.setObjectName("work.void")
        self._context = context
        self._entry: WorkEntry | None = None
        self._told = small("", wrap=True)
        self.reason = Field("为什么作废", TextField("例如 记重了", longest=500), name="reason", required=True)
        self.reason.editor.setObjectName("work.reason")
        self.submit = danger("作废", self.save)
        self.submit.setObjectName("work.strike")
        away = button("收起", self.left.emit)
        self.add(self._told)
        self.add(self.reason)
        self.add(row(None, away, self.submit))
        self.reason.editor.returnPressed.connect(self.submit.setFocus)

    def begin(self, entry: WorkEntry, rules: WorkRules) -> None:
        """Ask why this line is wrong."""
        if self._entry is None or self._entry.id != entry.id:
            self.reason.editor.set_value("")
        self._entry = entry
        self.reason.set_error("")
        said = (f"第{entry.id}条", rules.name(entry.kind), entry.unit_name, days_text(entry))
        self._told.setText("，".join((*said, numbers_text(entry, rules))))
        self.reason.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Strike the line."""
        entry = self._entry
        if entry is None or not self.reason.check():
            self.reason.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        services, reason = self._context.services, self.reason.editor.value()
        self.submit.set_busy(True)
        self._context.desk.command(
            lambda: services.work.void(services.actor, entry.id, reason),
            self._on_done,
            self._on_failed,
            touches=Changes.of(Topic.STATISTICS),
            owner=self,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the form away."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_done(self, entry: WorkEntry) -> None:
        self.submit.set_busy(False)
        self._entry = None
        self._context.say(f"第{entry.id}条已作废，不再计数。", Kind.SUCCESS)
        self.left.emit()

    def _on_failed(self, error: BaseException) -> bool:
        self.submit.set_busy(False)
        if isinstance(error, InputError):
            self.reason.set_error(error.message)
            return True
        return False
