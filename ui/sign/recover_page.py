"""用恢复单: the code from the safe, an administrator's account, a new password."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.fields.text_field import TextField
from ui.sign.new_password import AGAIN, NewPassword, told_rule
from ui.sign.sign_in_page import Waiting
from ui.tasks.runner import Runner
from ui.widgets.buttons import link, primary


class RecoverPage(Waiting):
    """``entered(code, account, password)``; ``given_up`` leads back."""

    entered = Signal(str, str, str)
    given_up = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__("用恢复单", "写上恢复单上的恢复码，给管理员设一个新口令。用过以后恢复码就换新的。")
        self.code, self.account = TextField("每 4 个一组，横线可以不写", longest=60), TextField(longest=32)
        self.secret = NewPassword(runner, lambda: (self.account.value(), ""), self)
        self.field("恢复码", "code", self.code)
        self.field("管理员的账号", "name", self.account, "没有这个账号就新建一个")
        self.field("新口令", "password", self.secret.first, told_rule())
        self.add(self.secret.verdict)
        self._again = self.field("再输一次", "again", self.secret.second)
        made = primary("打开", self._on_enter)
        made.setObjectName("sign.recover")
        self.finish(made)
        self.add(link("回到登录", self.given_up.emit))

    def _on_enter(self) -> None:
        self.say("")
        if self.secret.first.value() != self.secret.second.value():
            self.show_field_error("again", AGAIN)
            return
        self._again.set_error("")
        self.entered.emit(self.code.value(), self.account.value(), self.secret.first.value())
