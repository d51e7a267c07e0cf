"""登录: an account and its password, a wait counted down, the sheet from the safe, the practice centre."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.fields.text_field import TextField
from ui.sign.page import SignPage
from ui.sign.secret_field import SecretField
from ui.widgets.buttons import link, primary
from ui.widgets.layout import row

_TICK_MS = 1000
_MINUTE = 60


class Waiting(SignPage):
    """A page at which too many wrong passwords make one wait."""

    def __init__(self, name: str, explained: str = "") -> None:
        super().__init__(name, explained)
        self._left = 0
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._on_tick)

    def wait(self, seconds: float) -> None:
        """Nothing can be tried for so long; the seconds are counted down."""
        self.refuse("")
        self._left = int(seconds) + 1
        self._tick.start()
        self._on_tick()

    def waits(self) -> bool:
        """Whether nothing can be tried now."""
        return self._left > 0

    def _on_tick(self) -> None:
        self._left -= 1
        if self.primary is not None:
            self.primary.setEnabled(self._left <= 0)
        if self._left <= 0:
            self._tick.stop()
            self.say("现在可以再试。")
            self.begin()
            return
        minutes, seconds = divmod(self._left, _MINUTE)
        told = f"{minutes} 分 {seconds:02} 秒" if minutes else f"{seconds} 秒"
        self.say(f"输错的次数太多，还要等 {told}；等不及请系统管理员重置口令。")


class SignInPage(Waiting):
    """``entered(account, password)``, ``..._wanted`` for the other ways; ``names`` are offered as buttons."""

    entered = Signal(str, str)
    practice_wanted = Signal()
    sheet_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, names: Sequence[str] = (), *, served: bool = False) -> None:
        super().__init__("登录")
        self.account = TextField(longest=64)
        self.password = SecretField()
        self.field("账号", "account", self.account)
        if names:
            self.add(row(*(self._offered(name) for name in names), None, gap=4))
        self.field("口令", "password", self.password)
        made = primary("登录", self._on_enter)
        made.setObjectName("sign.enter")
        self.finish(made)
        practice = link("演练", self.practice_wanted.emit, symbol="why")
        practice.setObjectName("sign.practice")
        sheet = link("忘了口令，用恢复单", self.sheet_wanted.emit)
        sheet.setObjectName("sign.sheet")
        self.add(row(practice, None, sheet))
        if not served:  # that is for who runs the server
            restore = link("从备份恢复", self.restore_wanted.emit)
            restore.setObjectName("sign.restore")
            self.add(row(restore, None))

    def _offered(self, name: str) -> QWidget:
        made = link(name, lambda: self._take(name), symbol="user")
        made.setObjectName(f"sign.name.{name}")
        return made

    def _take(self, name: str) -> None:
        self.account.set_value(name)
        self.password.setFocus()

    def _on_enter(self) -> None:
        if not self.demand("请写账号。", "请写口令。"):
            return
        self.say("")
        self.entered.emit(self.account.value(), self.password.value())
