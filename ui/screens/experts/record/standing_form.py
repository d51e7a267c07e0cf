"""暂停、恢复、离任: one line with day and reason; nobody changes standing without saying why."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.experts.mediator import Mediator, Standing
from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.errors import InputError, RuleError
from ui.fields.date_field import DateField
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.screens.base import Context
from ui.screens.experts.record.sections import deeds
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button, link, primary
from ui.widgets.layout import boxed, row
from ui.widgets.message_bar import Kind
from ui.widgets.plain import PlainLabel
from ui.widgets.wrapping import WrappingRow


class StandingForm(QWidget):
    """Buttons for what can be done next; one of them opens day and reason. ``done`` when it is stored."""

    opened = Signal()
    done = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._mediator: Mediator | None = None
        self._goal: Standing | None = None
        self._buttons = {goal: button("", partial(self.start, goal)) for goal in Standing}
        for goal, opener in self._buttons.items():
            opener.setObjectName(f"standing.{goal.name.lower()}")
        self._on: Field[DateField] = Field("从哪天起", DateField(), name="standing_on", required=True)
        self._why: Field[TextField] = Field("原因", TextField(), name="standing_reason", required=True)
        self._on.editor.setObjectName("standing.on")
        self._why.editor.setObjectName("standing.reason")
        self._notice = PlainLabel(tone=Tone.SEAL, wrap=True)
        self.submit = primary("", self.save)
        self.submit.setObjectName("standing.submit")
        fields = WrappingRow(gap=12)
        fields.add(self._on, 176)
        fields.add(self._why, 260, 1)
        deeds_row = row(None, link("收起", self.close_form), self.submit)
        inner = QVBoxLayout()
        inner.setSpacing(theme().px(8))
        inner.addWidget(fields)
        inner.addWidget(self._notice)
        inner.addLayout(deeds_row)
        self._form = boxed(inner)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addLayout(row(*self._buttons.values(), None))
        stack.addWidget(self._form)
        self._form.hide()
        self._why.editor.returnPressed.connect(self.save)

    def show_mediator(self, mediator: Mediator, *, allowed: bool) -> None:
        """Offer what follows from the present standing; an open form about somebody else closes."""
        if self._mediator is None or mediator.pool_no != self._mediator.pool_no:
            self.close_form()
        self._mediator = mediator
        verbs = dict(deeds(mediator.standing)) if allowed else {}
        for goal, opener in self._buttons.items():
            opener.setVisible(goal in verbs)
            opener.set_caption(verbs.get(goal, ""))
        if self._goal is mediator.standing:
            self.close_form()

    def is_open(self) -> bool:
        """Whether day and reason are being written."""
        return self._form.isVisible()

    def start(self, goal: Standing) -> None:
        """Open day and reason for one change."""
        self._goal = goal
        self.submit.set_caption(self._buttons[goal].accessibleName())
        self._on.editor.set_value(self._context.services.cases.local_today)
        self._why.editor.set_value("")
        self._say("")
        for field in (self._on, self._why):
            field.set_error("")
        self._form.show()
        self._why.editor.setFocus()
        self.opened.emit()

    def close_form(self) -> None:
        """Give up."""
        self._goal = None
        self._form.hide()

    def save(self) -> None:
        """Store it; without a reason nothing happens."""
        fields: tuple[Field[Any], ...] = (self._on, self._why)
        wrong = [field for field in fields if not field.check()]
        on = self._on.editor.value()
        if wrong or on is None or self._mediator is None or self._goal is None:
            if wrong:
                wrong[0].editor.setFocus()
            return
        services, number, goal = self._context.services, self._mediator.pool_no, self._goal
        reason = self._why.editor.value()
        self.submit.set_busy(True)
        self._context.desk.command(
            lambda: services.experts.set_standing(services.actor, number, goal, on, reason),
            self._on_done,
            self._on_failed,
            touches=Changes.of(Topic.EXPERTS, Topic.CASES),
            owner=self,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the form, not the page."""
        if event.key() == Qt.Key.Key_Escape and self._form.isVisible():
            self.close_form()
        else:
            super().keyPressEvent(event)

    def _on_done(self, after: Mediator) -> None:
        self.submit.set_busy(False)
        self._context.say(f"{after.name}现为{after.standing.value}：{after.standing_reason}。", Kind.SUCCESS)
        self.close_form()
        self.done.emit()

    def _on_failed(self, error: BaseException) -> bool:
        self.submit.set_busy(False)
        for field in (self._on, self._why):
            if isinstance(error, InputError) and error.field == field.name:
                field.set_error(error.message)
                field.editor.setFocus()
                return True
        if isinstance(error, InputError | RuleError):
            self._say(error.message)
            return True
        return False

    def _say(self, sentence: str) -> None:
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))
