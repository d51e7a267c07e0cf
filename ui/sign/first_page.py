"""首次启动: the administrator makes his own account; nothing comes with a password of its own."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.fields.text_field import TextField
from ui.sign.new_password import AGAIN, NewPassword, told_rule
from ui.sign.page import SignPage
from ui.tasks.runner import Runner
from ui.widgets.buttons import button, primary
from ui.widgets.layout import row
from ui.widgets.text import small

_TOLD = (
    "先建立系统管理员的账号：管账号、规则和备份，平时不看案件内容。别的人由管理员再开账号。"
    "没有预设的口令，也没有后门；下一步会给您一张恢复单。"
)


class FirstPage(SignPage):
    """``entered(account, display name, password)``; ``practice_wanted``, ``restore_wanted`` without any account."""

    entered = Signal(str, str, str)
    practice_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, runner: Runner, *, served: bool = False) -> None:
        super().__init__("第一次打开", _TOLD)
        self.account, self.shown = (
            TextField("如 admin 或者 管理员", longest=32),
            TextField("如 周敬安", longest=32),
        )
        self.secret = NewPassword(runner, lambda: (self.account.value(), self.shown.value()), self)
        self.field("账号", "name", self.account, "登录时用，2 到 32 个字")
        self.field("您的姓名", "display_name", self.shown, "写进案卷和记录里的名字")
        self.field("口令", "password", self.secret.first, told_rule())
        self.add(self.secret.verdict)
        self._again = self.field("再输一次", "again", self.secret.second)
        for one in (self.account, self.shown):
            one.edited.connect(self.secret.judge_again)
        made = primary("建立管理员", self._on_enter)
        made.setObjectName("sign.first")
        self.finish(made)
        practice = button("演练", self.practice_wanted.emit, symbol="why")
        practice.setObjectName("sign.practice")
        self.add(row(practice, small("另外一套虚构的案件，不用口令，随便试。", wrap=True), gap=8))
        if not served:  # that is for who runs the server
            restore = button("从备份恢复", self.restore_wanted.emit, symbol="history")
            restore.setObjectName("sign.restore")
            self.add(row(restore, small("换了电脑、坏了硬盘，有备份和口令就能回来。", wrap=True), gap=8))

    def _on_enter(self) -> None:
        self.say("")
        if not self.demand("请写账号。", "请写姓名。", "请写口令。"):
            return
        if self.secret.first.value() != self.secret.second.value():
            self.show_field_error("again", AGAIN)
            return
        self._again.set_error("")
        self.entered.emit(self.account.value(), self.shown.value(), self.secret.first.value())
