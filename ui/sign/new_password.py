"""A new password twice, with what is still wrong with it told while it is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from mediation_desk.access.accounts.passwords import demand_good
from mediation_desk.access.accounts.rules import access_rules
from mediation_desk.shared.errors import InputError
from ui.sign.secret_field import SecretField
from ui.tasks.runner import Lane, Outcome, Runner
from ui.tokens import Tone
from ui.widgets.text import small

_PAUSE_MS = 250
AGAIN = "两次输入的口令不一样，请再输一次。"


def told_rule() -> str:
    """What the centre asks of a password, in one sentence."""
    rule = access_rules().password
    return (
        f"至少 {rule.least} 个字，小写、大写、数字、其他符号（汉字也算）里至少 {rule.kinds} 种，不能太常见。"
    )


class NewPassword(QObject):
    """Two fields and a line beneath. ``whose`` gives the names that must not stand in the password."""

    changed = Signal()

    def __init__(self, runner: Runner, whose: Callable[[], tuple[str, str]], parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._whose = runner, whose
        self.first, self.second = SecretField(), SecretField()
        self.verdict = small("", wrap=True)
        self.verdict.setObjectName("sign.verdict")
        self._asked = 0
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._judge)
        self.first.edited.connect(self._pause.start)

    def judge_again(self) -> None:
        """A name was changed."""
        if self.first.value():
            self._pause.start()

    def forget(self) -> None:
        """Empty both."""
        for one in (self.first, self.second):
            one.forget()
        self.verdict.setText("")

    def _judge(self) -> None:
        typed = self.first.value()
        if not typed:
            self.verdict.setText("")
            return
        self._asked += 1
        number, (name, shown) = self._asked, self._whose()
        rule = access_rules().password
        self._runner.submit(
            Lane.PAGES,
            lambda: demand_good(typed, name or "\0", shown or "\0", rule),
            lambda outcome: self._show(number, outcome),
        )

    def _show(self, number: int, outcome: Outcome[None]) -> None:
        if not isValid(self) or number != self._asked:
            return
        wrong = outcome.error.message if isinstance(outcome.error, InputError) else ""
        self.verdict.set_tone(Tone.SOON if wrong else Tone.DONE)
        self.verdict.setText(f"还不行：{wrong}" if wrong else "这个口令可以用。")
        self.changed.emit()
