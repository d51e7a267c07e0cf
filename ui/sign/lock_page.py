"""锁定: who sits here, a password, and the way for somebody else."""

from __future__ import annotations

from PySide6.QtCore import Signal

from mediation_desk.access.actor import Actor
from ui.sign.page import SignPage
from ui.sign.secret_field import SecretField
from ui.tokens import Tone
from ui.widgets.buttons import link, primary
from ui.widgets.text import small


class LockPage(SignPage):
    """``entered(account, password)``; ``other`` when somebody else wants to sit down.

    Without ``secret`` one press opens.
    """

    entered = Signal(str, str)
    other = Signal()

    def __init__(self, actor: Actor, *, secret: bool = True) -> None:
        super().__init__("已锁定", f"{actor.display_name}写到一半的都留着，开锁后回到刚才那一页。")
        self._account = actor.account
        self.password = SecretField()
        if secret:
            self.field(f"{actor.display_name}的密码", "password", self.password)
        else:
            self.password.setParent(self)
            self.password.hide()
        self.busy = small("", Tone.SOON, wrap=True)
        self.busy.hide()
        self.finish(primary("开锁", self._on_enter))
        self.add(link("换人登录", self.other.emit, symbol="user"))
        self.add(self.busy)
        if self.primary is not None:
            self.primary.setObjectName("sign.unlock")

    def tell_busy(self, sentence: str) -> None:
        """Work that goes on behind the lock; "" when it is done."""
        self.busy.setText(sentence)
        self.busy.setVisible(bool(sentence))

    def _on_enter(self) -> None:
        typed = self.password.value()
        self.say("")
        self.entered.emit(self._account, typed)
