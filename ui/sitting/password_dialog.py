"""改口令: the old one, a new one twice; over the desk, which stays as it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from shiboken6 import isValid

from mediation_desk.access.actor import Actor
from mediation_desk.shared.errors import DeskError, InputError
from ui.fields.field import Field
from ui.sign.new_password import AGAIN, NewPassword, told_rule
from ui.sign.page import CAPS
from ui.sign.secret_field import SecretField
from ui.tasks.runner import Lane, Outcome, Runner
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button, primary
from ui.widgets.layout import row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import heading

Change = Callable[[Actor, str, str], Actor]


class PasswordDialog(QDialog):
    """Closes when it is changed; a refusal says why and keeps nothing of the old one."""

    def __init__(self, actor: Actor, change: Change, runner: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("改口令")
        self._actor, self._change, self._runner = actor, change, runner
        self.old = SecretField()
        self.secret = NewPassword(runner, lambda: (actor.account, actor.display_name), self)
        self._old = self._field("现在的口令", "old", self.old)
        self._new = self._field("新口令", "password", self.secret.first, told_rule())
        self._again = self._field("再输一次", "again", self.secret.second)
        self._notice = PlainLabel(tone=Tone.SEAL, wrap=True)
        self._notice.hide()
        self.save = primary("改口令", self._on_save)
        self.save.setObjectName("password.save")
        self._lay_out()
        self.finished.connect(self.deleteLater)

    def notice(self) -> str:
        """What was refused."""
        return "" if self._notice.isHidden() else self._notice.text()

    def _field(self, word: str, name: str, editor: SecretField, hint: str = "") -> Field[SecretField]:
        made = Field(word, editor, name=name, hint=hint)
        editor.setObjectName(f"password.{name}")
        editor.caps.connect(lambda on: made.set_told(CAPS if on else ""))
        return made

    def _lay_out(self) -> None:
        px = theme().px
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(20), px(20), px(20), px(16))
        stack.setSpacing(px(10))
        stack.addWidget(heading("改口令"))
        for one in (self._old, self._new, self.secret.verdict, self._again, self._notice):
            stack.addWidget(one)
        stack.addLayout(row(None, button("不改了", self.reject), self.save))
        self.setMinimumWidth(px(440))
        self.old.setFocus()

    def _on_save(self) -> None:
        self._notice.hide()
        for field, sentence in ((self._old, "请写现在的口令。"), (self._new, "请写新口令。")):
            field.set_error("" if field.editor.value() else sentence)
            if field.error():
                field.editor.setFocus()
                return
        same = self.secret.first.value() == self.secret.second.value()
        self._again.set_error("" if same else AGAIN)
        if not same:
            self.secret.second.setFocus()
            return
        actor, change, old, new = self._actor, self._change, self.old.value(), self.secret.first.value()
        self.save.set_busy(True)
        self._runner.submit(Lane.DESK, lambda: change(actor, old, new), self._on_answer)

    def _on_answer(self, outcome: Outcome[Actor]) -> None:
        if not isValid(self):
            return
        self.save.set_busy(False)
        if outcome.error is None:
            self.accept()
        elif isinstance(outcome.error, InputError) and outcome.error.field == "password":
            self._new.set_error(outcome.error.message)
            self.secret.first.setFocus()
        elif isinstance(outcome.error, DeskError):
            self.old.forget()
            self.old.setFocus()
            self._notice.setText(outcome.error.message)
            self._notice.show()
        else:
            raise outcome.error
