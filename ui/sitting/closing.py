"""Before the program ends: a backup of what changed, with a way to skip it."""

from __future__ import annotations

import threading

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout

from mediation_desk.shared.errors import DeskError
from mediation_desk.shared.watching import Stopped
from ui.sitting.doors import Doors
from ui.tasks.runner import Lane, Outcome, Runner
from ui.theme import theme
from ui.widgets.buttons import button
from ui.widgets.layout import row
from ui.widgets.text import heading, paragraph

_SHOWN_AFTER_MS = 1500
_TOLD = "把今天的改动备份好再关，通常几秒钟。不想等，按“跳过”：数据已经存好，只是这次不备份。"


class ClosingBackup(QDialog):
    """Shown only when it takes longer than one notices."""

    def __init__(self, doors: Doors, runner: Runner) -> None:
        super().__init__()
        self.setWindowTitle("正在备份")
        self._doors, self._runner = doors, runner
        self._loop, self._stop = QEventLoop(), threading.Event()
        self._over = False
        self._said = paragraph(_TOLD)
        self._said.setMinimumWidth(theme().px(380))
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName("正在备份")
        self.skip = button("跳过", self._on_skip)
        self.skip.setObjectName("closing.skip")
        stack = QVBoxLayout(self)
        for one in (heading("正在备份"), self._said, self._bar):
            stack.addWidget(one)
        stack.addLayout(row(None, self.skip))

    def run(self) -> None:
        """Back up where anything changed; returns when that is done, skipped, or failed and read."""
        self._runner.submit(Lane.PAGES, self._work, self._on_done)
        if not self._over:
            QTimer.singleShot(_SHOWN_AFTER_MS, self, self._show_late)
            self._loop.exec()
        self.hide()

    def reject(self) -> None:
        """Closing the box skips."""
        self._on_skip()

    def _work(self) -> None:
        self._doors.back_up_before_closing(lambda _done, _total: not self._stop.is_set())

    def _show_late(self) -> None:
        if not self._over:
            self.show()

    def _on_skip(self) -> None:
        self._stop.set()
        self.skip.setEnabled(False)
        if self._over:
            self._loop.quit()

    def _on_done(self, outcome: Outcome[None]) -> None:
        self._over = True
        error = outcome.error
        if isinstance(error, DeskError) and not isinstance(error, Stopped):
            self._said.setText(f"关闭前的备份没有成功：{error.message}")
            self._bar.hide()
            self.skip.set_caption("知道了")
            self.skip.setEnabled(True)
            self.show()
            if not self._loop.isRunning():
                self._loop.exec()
            return
        self._loop.quit()
