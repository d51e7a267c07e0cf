"""While the database server is away: says so once, looks for it, and offers what failed again when it is back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from mediation_desk.shared.errors import AwayError
from ui.errors.presenter import Audience
from ui.tasks.desk import Desk
from ui.widgets.message_bar import Action, Kind

_LOOK_MS = 3000
_BACK = "数据库服务器恢复应答了，屏幕上的内容都还在。"
_STORED = "刚才不能确认的那一次已经查明：存上了，不用再存。"
_NOT_STORED = "刚才不能确认的那一次已经查明：没有存上。"
_AGAIN = "再试一次"


class Away(QObject):
    """Takes every AwayError. ``look`` runs on a worker: it tells of uncertain commits whether they are stored."""

    def __init__(
        self, audience: Audience, desk: Desk, look: Callable[[], tuple[bool, ...]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._audience, self._desk, self._look = audience, desk, look
        self._failed: list[Callable[[], None]] = []
        self._timer = QTimer(self, interval=_LOOK_MS, singleShot=True)
        self._timer.timeout.connect(self.look_again)

    def report(self, error: AwayError, retry: Callable[[], None] | None) -> None:
        """Nothing was stored, or it is not known yet; the words on the screen stay."""
        if retry is not None:
            self._failed.append(retry)
        self._audience.say(error.message, Kind.ERROR, self._again())
        if not self._timer.isActive():
            self._timer.start()

    def look_again(self) -> None:
        """Ask whether it is back."""
        self._timer.stop()
        self._desk.render(self._look, self._on_back, self._on_away, owner=self, slot="away")

    def _on_away(self, error: BaseException) -> bool:
        if isinstance(error, AwayError):
            self._timer.start()
            return True
        return False

    def _on_back(self, outcomes: tuple[bool, ...]) -> None:
        told = [_BACK, *sorted({_STORED if one else _NOT_STORED for one in outcomes})]
        self._audience.say("".join(told), Kind.WARN if outcomes else Kind.INFO, self._again())

    def _again(self) -> Action | None:
        return Action(_AGAIN, self._try_again) if self._failed else None

    def _try_again(self) -> None:
        failed, self._failed = self._failed, []
        for retry in failed:
            retry()
