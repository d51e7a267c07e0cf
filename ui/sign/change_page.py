"""换口令: at the first login with a password for one use, and when the old one is too old."""

from __future__ import annotations

from PySide6.QtCore import Signal

from mediation_desk.access.actor import Actor
from ui.sign.new_password import AGAIN, NewPassword, told_rule
from ui.sign.page import SignPage
from ui.tasks.runner import Runner
from ui.widgets.buttons import link, primary


class ChangePage(SignPage):
    """``entered(new password)``; ``given_up`` leads back to signing in."""

    entered = Signal(str)
    given_up = Signal()

    def __init__(self, actor: Actor, runner: Runner) -> None:
        super().__init__(
            "先改成自己的口令",
            f"{actor.display_name}，刚才的口令只能用这一次，或者已经用满了期限。新口令只有您自己知道。",
        )
        self.secret = NewPassword(runner, lambda: (actor.account, actor.display_name), self)
        self.field("新口令", "password", self.secret.first, told_rule())
        self.add(self.secret.verdict)
        self._again = self.field("再输一次", "again", self.secret.second)
        made = primary("改口令", self._on_enter)
        made.setObjectName("sign.change")
        self.finish(made)
        self.add(link("先不登录", self.given_up.emit))

    def _on_enter(self) -> None:
        self.say("")
        if not self.secret.first.value():
            self.show_field_error("password", "请写新口令。")
        elif self.secret.first.value() != self.secret.second.value():
            self.show_field_error("again", AGAIN)
        else:
            self._again.set_error("")
            self.entered.emit(self.secret.first.value())
