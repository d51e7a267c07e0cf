"""已锁定: who sits here, a password, and the way for somebody else."""

from __future__ import annotations

from PySide6.QtCore import Signal

from mediation_desk.access.actor import Actor
from ui.sign.secret_field import SecretField
from ui.sign.sign_in_page import Waiting
from ui.tokens import Tone
from ui.widgets.buttons import link, primary
from ui.widgets.text import small


class LockPage(Waiting):
    """``entered(account, password)``; ``other`` when somebody else wants to sit down.

    At a practice centre there is no password: one press opens.
    """

    entered = Signal(str, str)
    other = Signal()

    def __init__(self, actor: Actor) -> None:
        super().__init__("已锁定", f"{actor.display_name}写到一半的都留着，开锁后回到刚才那一页。")
        self._account = actor.account
        self.password = SecretField(self)
        if actor.unlimited:
            self.password.hide()
        else:
            self.field(f"{actor.display_name}的口令", "password", self.password)
        self.busy = small("", Tone.SOON, wrap=True)
        self.busy.setObjectName("sign.busy")
        self.busy.hide()
        made = primary("开锁", self._on_enter)
        made.setObjectName("sign.unlock")
        self.finish(made)
        other = link("回到登录" if actor.unlimited else "换人登录", self.other.emit, symbol="user")
        other.setObjectName("sign.other")
        self.add(other)
        self.add(self.busy)

    def tell_busy(self, sentence: str) -> None:
        """Work that goes on behind the lock; "" when it is done."""
        self.busy.setText(sentence)
        self.busy.setVisible(bool(sentence))

    def _on_enter(self) -> None:
        if self.fields and not self.password.value():
            self.fields[0].set_error("请写口令。")
            return
        self.say("")
        self.entered.emit(self._account, self.password.value())
