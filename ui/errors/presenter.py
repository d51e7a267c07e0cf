"""Decides how an error is shown; the only place besides confirmations that opens a box."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.shared.errors import (
    AwayError,
    ConflictError,
    DeskError,
    InputError,
    OutdatedError,
    RuleError,
    StorageError,
    StoredError,
)
from ui.errors.crash_dialog import CrashDialog
from ui.errors.report import write_down
from ui.widgets.danger_dialog import ask
from ui.widgets.message_bar import Action, Kind


class Audience(Protocol):
    """Where errors are shown: the main window."""

    def say(self, sentence: str, kind: Kind = Kind.INFO, action: Action | None = None) -> None:
        """Show a sentence in the message bar."""
        ...

    def show_field_error(self, field: str, sentence: str) -> bool:
        """Show a sentence beneath a field of the present screen; False when it has no such field."""
        ...

    def reload(self) -> None:
        """Read the present screen again."""
        ...

    def widget(self) -> QWidget:
        """The parent of dialogs."""
        ...


class Presenter(QObject):
    """Shows errors that no screen has shown itself."""

    _raised = Signal(object)

    def __init__(self, audience: Audience, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._audience = audience
        self._open = False
        # Queued: an exception may come from any thread and from the middle of a paint event.
        self._raised.connect(self.present, Qt.ConnectionType.QueuedConnection)

    def present(self, error: BaseException, retry: Callable[[], None] | None = None) -> None:
        """Field hint, message bar or dialog, by the kind of ``error``."""
        match error:
            case InputError():
                if not (error.field and self._audience.show_field_error(error.field, error.message)):
                    self._audience.say(error.message, Kind.ERROR)
            case ConflictError():
                self._offer_reload(error)
            case RuleError():
                rule = f"（{error.rule}）" if error.rule and error.rule not in error.message else ""
                self._audience.say(f"{error.message}{rule}", Kind.WARN)
            case AwayError() | OutdatedError():  # both sentences say what became of the words
                self._audience.say(error.message, Kind.ERROR)
            case StoredError():
                self._audience.say(error.message, Kind.WARN, Action("重新读取", self._audience.reload))
            case StorageError():
                self._offer_retry(error, retry)
            case DeskError():
                self._audience.say(error.message, Kind.ERROR)
            case _:
                self._show_report(error)

    def watch_everything(self) -> None:
        """Become the program's exception hook, on every thread."""
        sys.excepthook = self._on_uncaught
        threading.excepthook = lambda args: self._raised.emit(args.exc_value)

    def _on_uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._raised.emit(error)

    def _offer_reload(self, error: ConflictError) -> None:
        question = f"{error.message}重新读取会换成别人保存的内容；先不读取，您写的还留在屏幕上。"
        self._offer("别人刚刚也改过", question, "重新读取", self._audience.reload, no="留着我写的")

    def _offer_retry(self, error: StorageError, retry: Callable[[], None] | None) -> None:
        question = f"{error.message}屏幕上的内容还在。"
        if retry is None:
            self._audience.say(question, Kind.ERROR)
        else:
            self._offer("没有存上", question, "再试一次", retry)

    def _offer(self, title: str, question: str, yes: str, then: Callable[[], None], no: str = "先不") -> None:
        """One box at a time: what fails while it stands open is told in the bar, with the same way out."""
        if self._open:
            self._audience.say(question, Kind.ERROR, Action(yes, then))
            return
        self._open = True
        try:
            wanted = ask(self._audience.widget(), title, question, yes, no)
        finally:
            self._open = False
        if wanted:
            then()

    def _show_report(self, error: BaseException) -> None:
        report = write_down(error)
        if self._open:
            return
        self._open = True
        try:
            CrashDialog(report, self._audience.widget()).exec()
        finally:
            self._open = False
