"""Keeps facts and sums in order behind the screen: anew after rules changed, month by month after work on cases."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.screens.base import Context
from ui.widgets.message_bar import Kind
from ui.widgets.waiting import WaitingPanel

_STOPPED = "已经停下。统计规则改过，各案还没有重新算完，按 F5 接着算。"


class Keeping(QWidget):
    """Shown only while cases are worked out anew; adding up months is not worth a word."""

    _came = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rest = threading.Event()
        self._panel = WaitingPanel("件", "stats.renew", parent=self)
        self._panel.setObjectName("stats.renew")
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self._panel)
        self._came.connect(self.show)
        self.hide()

    def renew(self, then: Callable[[], object]) -> None:
        """Work out the facts of all cases where the rules changed, beside the queue; then go on."""
        services, told = self._context.services, self._panel.watch()
        self._rest.set()
        self._panel.begin("按改过的规则重新计算各案")
        finished = [True]

        def watch(done: int, total: int) -> bool:
            self._came.emit()
            finished[0] = told(done, total) or done >= total
            return finished[0]

        def go_on(_none: object) -> None:
            self.hide()
            if finished[0]:
                then()
            else:
                self._context.say(_STOPPED, Kind.WARN)

        self._context.desk.render(
            lambda: services.statistics.renew(watch), go_on, self._on_failed, owner=self, slot="renew"
        )

    def settle(self) -> None:
        """Add up the months that need it while nobody waits; the newest first."""
        self._rest.set()
        services, rest = self._context.services, threading.Event()
        self._rest = rest
        self._context.desk.render(
            lambda: services.statistics.settle(lambda _done, _total: not rest.is_set()),
            lambda _count: None,
            lambda _error: True,  # the figures are right without it; the next visit tries again
            owner=self,
            slot="settle",
        )

    def pause(self) -> None:
        """Stop after the month at hand."""
        self._rest.set()

    def _on_failed(self, _error: BaseException) -> bool:
        self.hide()
        return False
