"""Drives the place of the program: signing in and locking, with a look at everything that is left behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.app import Desk as Opened
from mediation_desk.app import Doors
from mediation_desk.shared.errors import PermissionDenied
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.sign.lock_page import LockPage
from ui.sitting.sitting import Sitting
from ui.tasks.runner import ImmediateRunner, Runner
from ui.theme import Theme

PASSWORD = "开锁用的口令"


class DoorsOfATest(Doors):
    """Anybody of ``actors`` sits down with the one password; counts how often the desk was told to rest."""

    def __init__(self, desk: Opened, actors: dict[str, Actor]) -> None:
        super().__init__(desk)
        self.actors, self.rested = actors, 0

    def sign_in(self, name: str, password: str) -> Actor:
        if password != PASSWORD:
            raise PermissionDenied("账号或口令不对，或者账号已经停用。")
        return self.actors[name]

    def current(self, actor: Actor) -> Actor:
        if actor.account not in self.actors:
            raise PermissionDenied("账号已经停用。")
        return self.actors[actor.account]

    def rest(self) -> None:
        super().rest()
        self.rested += 1


class Sitter:
    """A person at the one place."""

    def __init__(self, app: QApplication, qtbot: QtBot, desk: Opened, runner: Runner, *actors: Actor) -> None:
        self.qtbot = qtbot
        people = actors or (COUNTER,)
        self.doors = DoorsOfATest(desk, {one.account: one for one in people})
        self.sitting = Sitting(self.doors, Theme(app), Preferences(desk.settings.folder), runner, parent=app)

    @property
    def window(self) -> MainWindow:
        window = self.sitting.window
        assert window is not None
        return window

    def sit(self, account: str = COUNTER.account) -> MainWindow:
        window = self.sitting.seat(self.doors.actors[account])
        self.settle()
        return window

    def lock(self) -> None:
        before = self.doors.rested
        with self.qtbot.waitSignal(self.sitting.locked):
            self.sitting.lock()
        self.qtbot.waitUntil(lambda: self.doors.rested > before)

    def unlock(self, account: str = COUNTER.account) -> MainWindow:
        page = self.sitting.front.page()
        assert isinstance(page, LockPage)
        page.entered.emit(account, PASSWORD)
        self.qtbot.waitUntil(lambda: self.sitting.window is not None)
        self.settle()
        return self.window

    def settle(self) -> None:
        """Until what was left is back."""

        def back() -> bool:
            returning = self.sitting.returning
            return self.window.is_idle() and (returning is None or returning.is_settled())

        self.qtbot.wait(20)
        self.qtbot.waitUntil(back)

    def leave(self) -> None:
        window, front = self.sitting.window, self.sitting.front.window
        for one in (window, front):
            if one is not None:
                one.close()
                one.deleteLater()
        self.sitting.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@contextmanager
def sitter(
    app: QApplication, qtbot: QtBot, desk: Opened, *actors: Actor, runner: Runner | None = None
) -> Iterator[Sitter]:
    made = Sitter(app, qtbot, desk, runner or ImmediateRunner(), *actors)
    try:
        yield made
    finally:
        made.leave()
