"""Owns the one place of the program: the page in front of the desk, or the desk of whoever signed in."""

from __future__ import annotations

from enum import StrEnum
from time import monotonic

from PySide6.QtCore import QObject, QThread, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from mediation_desk.access.accounts.rules import access_rules
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.shared.errors import OutdatedError, PermissionDenied, StorageError
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.sitting.clipboard import ClipboardWatch
from ui.sitting.doors import Doors
from ui.sitting.front import Front
from ui.sitting.hands import Hands
from ui.sitting.leaving import Note
from ui.sitting.noting import Noting
from ui.sitting.password_dialog import PasswordDialog
from ui.sitting.practice import PracticeMark
from ui.sitting.returning import Returning
from ui.sitting.system_lock import SystemLock
from ui.sitting.wiping import wipe
from ui.tasks.desk import Desk
from ui.tasks.runner import Lane, Outcome, Runner
from ui.theme import Theme
from ui.widgets.message_bar import Kind

_UNWIND_MS, _UNWIND_S = 5, 0.8
"""How often to look, and how long to wait, until the loops of boxes that were open have ended."""
_REST_MS = 50
_STANDING_MS = 60_000
"""How long somebody whose account was locked, or given other roles, may still go on at an open desk."""
_SYSTEM_BOX = "还有一个系统的对话框开着（打印或者选文件），关掉它才算锁好。"
_BUSY = "刚才的事还在办，办完为止不会停。"
_UNSTORED = "写到一半的还没有存上，程序会接着存；先不要关机。"
_FAILED = "锁定时有一件事没有办成，登录后请看一下。"


class Why(StrEnum):
    """What locked the desk, in words for the page."""

    ASKED = ""
    IDLE = "一段时间没有人动，已自动锁定。"
    OVER = "登录时间已满，请重新登录。"
    SYSTEM = "电脑锁屏或睡眠时一起锁定了。"
    ENDED = "这个账号刚刚被停用，或者权限有变动，请重新登录。"


class Sitting(QObject):
    """``seated`` when a desk stands open, ``locked`` when nothing of it is left."""

    seated = Signal()
    locked = Signal()

    def __init__(
        self, doors: Doors, theme: Theme, preferences: Preferences, runner: Runner, parent: QObject
    ) -> None:
        super().__init__(parent)
        rule = access_rules().lock
        self._doors, self._theme, self._preferences, self._runner = doors, theme, preferences, runner
        self.window: MainWindow | None = None
        self.returning: Returning | None = None
        self._actor: Actor | None = None
        self._noting: Noting | None = None
        self._failed = 0
        self._since = 0.0
        self._level = 1
        self.front = Front(doors, runner, preferences, self)
        self.front.entered.connect(self.seat)
        self._practice = PracticeMark(self)
        self.clipboard = ClipboardWatch(self)
        self.hands = Hands(rule.idle.total_seconds(), rule.absolute.total_seconds(), self)
        self.hands.idle.connect(lambda: self.lock(Why.IDLE))
        self.hands.over.connect(lambda: self.lock(Why.OVER))
        self.system = SystemLock(self)
        self.system.locking.connect(lambda: self.lock(Why.SYSTEM))
        self.locked.connect(self.system.done)
        self._standing = QTimer(self, interval=_STANDING_MS)
        self._standing.timeout.connect(self.look_again)
        self._unwinding = QTimer(self, interval=_UNWIND_MS)
        self._unwinding.timeout.connect(self._on_unwinding)
        self._resting = QTimer(self, interval=_REST_MS)
        self._resting.timeout.connect(self._on_resting)

    def begin(self) -> None:
        """The page in front; at a practice centre nobody signs in."""
        window = self.front.window
        if self._doors.practice:
            self.seat(COUNTER)
        else:
            self.front.watch_everything()
            self.front.begin()
            window.show()
        self.system.listen(int(window.winId()))

    # Sitting down

    def seat(self, actor: Actor) -> MainWindow:
        """Open the desk of this account; where it was left the words come back."""
        self._resting.stop()
        if self._doors.practice:
            self._practice.start()
        else:
            self._practice.stop()
        services = self._doors.services_for(actor)
        desk = Desk(self._runner)
        window = MainWindow(services, desk, self._theme, self._preferences)
        desk.ended.connect(self._on_ended)
        self._actor, self.window = actor, window
        window.lock_wanted.connect(self.lock)
        window.switch_wanted.connect(self.switch)
        window.password_wanted.connect(self._on_password_wanted)
        window.offer_account(secret=not actor.unlimited)
        window.closing.connect(self._on_closing)
        window.presenter.watch_everything()
        self._noting = Noting(services, self._runner, self._preferences.desk_id, window, self)
        self._noting.found.connect(self._on_found)
        self._noting.read()
        self.hands.touched = self._noting.look
        self.hands.start()
        if not actor.unlimited:
            self._standing.start()
        self._level = max(1, QThread.currentThread().loopLevel())
        _swap(self.front.window, window)
        self.front.clear()
        self._seal_files(window)
        self.seated.emit()
        return window

    def _on_found(self, note: Note, fresh: bool) -> None:
        if self.window is not None and self._noting is not None:
            self.returning = Returning(self.window, note)
            self._noting.count_rest(self.returning.rest)
            self.returning.start(page=fresh)

    def _seal_files(self, window: MainWindow) -> None:
        """Beside everything else, for as long as this window stands; what is not done is done the next time."""

        def told(outcome: Outcome[int]) -> None:
            if self.window is window and isinstance(outcome.error, StorageError):
                window.presenter.present(outcome.error)

        self._runner.submit(
            Lane.PAGES, lambda: self._doors.seal_files(lambda _done, _all: self.window is window), told
        )

    # Getting up

    def lock(self, why: Why = Why.ASKED) -> None:
        """Note everything, show the locked page at once, destroy the rest as soon as open boxes have ended."""
        if self._actor is not None and self.window is not None:
            self.front.show_locked(self._actor, why.value)
            self._get_up()

    def switch(self) -> None:
        """The same, for somebody else at this counter."""
        if self.window is None:
            return
        if self._doors.practice:
            self.lock()
        else:
            self.front.show_sign_in()
            self._get_up()

    def _get_up(self) -> None:
        window, noting = self.window, self._noting
        if window is None or noting is None:
            return
        self.window = self.returning = None
        self._failed = 0
        self.hands.stop()
        self._standing.stop()
        noting.leave()
        self.front.watch_everything()
        _cover(window, self.front.window)
        _swap(window, self.front.window)
        window.take_down()
        self.clipboard.clear()
        _end_boxes(self.front.window)
        self._since = monotonic()
        self._unwinding.start()

    def look_again(self) -> None:
        """Whether the account still stands as it did when its owner sat down, and the database as the program knows it.

        A server that is away tells nothing.
        """
        actor = self._actor
        if actor is None or self.window is None:
            return

        def told(outcome: Outcome[Actor]) -> None:
            if self._actor is not actor or self.window is None:
                return
            if isinstance(outcome.error, PermissionDenied) or (
                outcome.error is None and _rights(outcome.unwrap()) != _rights(actor)
            ):
                self.lock(Why.ENDED)
            elif isinstance(outcome.error, OutdatedError):
                self.window.say(outcome.error.message, Kind.ERROR)

        self._runner.submit(Lane.DESK, lambda: self._doors.current(actor), told)

    def _on_unwinding(self) -> None:
        """Destroying what a loop still runs in would end the program; a box of the system cannot be ended from here."""
        if QThread.currentThread().loopLevel() > self._level:
            if monotonic() - self._since > _UNWIND_S:
                self.front.tell_busy(_SYSTEM_BOX)
            return
        self._unwinding.stop()
        wipe(self.front.window)
        self._resting.start()
        self._on_resting()
        self.locked.emit()

    def _on_resting(self) -> None:
        """Work under way is finished first; then nothing holds the database any more."""
        noting = self._noting
        stored = noting is None or noting.is_stored()
        busy = not self._runner.idle()
        self.front.tell_busy(_BUSY if busy else _UNSTORED if not stored else _FAILED if self._failed else "")
        if stored and not busy:
            self._resting.stop()
            if noting is not None:
                noting.deleteLater()
                self._noting = None
            self._runner.submit(Lane.DESK, self._doors.rest, lambda _outcome: None)

    def _on_ended(self, error: object) -> None:
        self._failed += error is not None

    def _on_password_wanted(self) -> None:
        if self.window is not None and self._actor is not None:
            PasswordDialog(self._actor, self._doors.change_password, self._runner, self.window).open()

    def _on_closing(self) -> None:
        if self._noting is not None:
            self._noting.leave()


def _rights(actor: Actor) -> tuple[object, ...]:
    return actor.roles, actor.bodies, actor.pool_no


def _swap(gone: QWidget, shown: QWidget) -> None:
    """First shown, then hidden, so that the program is never without a window."""
    shown.show()
    shown.activateWindow()
    gone.hide()


def _cover(gone: QWidget, shown: QWidget) -> None:
    """``shown`` stands just where ``gone`` stood."""
    if gone.isFullScreen() or gone.isMaximized():
        shown.setWindowState(gone.windowState())
    else:
        shown.setGeometry(gone.geometry())


def _end_boxes(stays: QWidget) -> None:
    """Boxes and menus that are open end as if the user had given them up."""
    while (popup := QApplication.activePopupWidget()) is not None and popup.close():
        pass
    for box in QApplication.topLevelWidgets():
        if isinstance(box, QDialog) and box.isVisible() and not stays.isAncestorOf(box):
            box.reject()
