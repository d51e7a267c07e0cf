"""Which page of restoring comes when, and what its button asks for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from mediation_desk.backups.model import Backup
from mediation_desk.backups.ports import Login, MissingFiles, Restored
from mediation_desk.shared.errors import DeskError
from mediation_desk.shared.watching import Watch
from ui.restoring.pages import ChoosePage, OpenPage, ResultPage
from ui.sign.page import SignPage
from ui.tasks.runner import Lane, Outcome, Runner

T = TypeVar("T")


class Restorer(Protocol):
    """What restoring asks of the composition root; calls run on the worker."""

    def backups_at(self, place: Path) -> tuple[Backup, ...]:
        """Backups in a place, the newest first. Raises ``StorageError``."""
        ...

    def wants_password(self, path: Path) -> bool:
        """Whether it is encrypted. Raises ``StorageError``."""
        ...

    def restore(
        self, path: Path, login: Login | None, folder: Path | None, watch: Watch, *, incomplete: bool = False
    ) -> Restored:
        """Restore into ``folder``. Raises ``DeskError``; then nothing was put there."""
        ...


class RestoreFlow(QObject):
    """``restored`` when it is there and was read, ``given_up`` when it is not wanted any more."""

    restored = Signal()
    given_up = Signal()
    _told = Signal(int, int)

    def __init__(
        self,
        restorer: Restorer,
        runner: Runner,
        show: Callable[[SignPage], object],
        place: Path,
        target: Path | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._restorer, self._runner, self._show = restorer, runner, show
        self._place, self._target = place, target
        self._page: SignPage | None = None
        self._stop = threading.Event()

    def begin(self) -> None:
        """The list."""
        page = ChoosePage(self._place)
        page.place_wanted.connect(lambda place: self._look(page, place))
        page.chosen.connect(self._open)
        page.given_up.connect(self.given_up)
        self._turn(page)
        self._look(page, self._place)

    def _look(self, page: ChoosePage, place: Path) -> None:
        def show(found: tuple[Backup, ...]) -> None:
            self._place = place
            page.show_backups(place, found)

        self._ask(page, lambda: self._restorer.backups_at(place), show)

    def _open(self, backup: Backup) -> None:
        def show(sealed: bool) -> None:
            page = OpenPage(backup, self._target, sealed=sealed)
            page.given_up.connect(self.begin)
            page.entered.connect(lambda login, folder: self._restore(backup, login, folder))
            self._turn(page)

        self._ask(self._page, lambda: self._restorer.wants_password(backup.path), show)

    def _restore(
        self, backup: Backup, login: Login | None, folder: Path, *, incomplete: bool = False
    ) -> None:
        page = ResultPage(folder)
        self._stop = stop = threading.Event()
        told = self._told

        def watch(done: int, total: int) -> bool:
            told.emit(done, total)
            return not stop.is_set()

        def deliver(outcome: Outcome[Restored]) -> None:
            if not isValid(page) or self._page is not page:
                return
            error = outcome.error
            if error is None:
                page.show_result(outcome.unwrap())
                page.done.connect(self.restored)
            elif isinstance(error, DeskError):
                page.show_trouble(error.message, missing=isinstance(error, MissingFiles))
                page.done.connect(self.begin)
                page.again.connect(lambda: self._restore(backup, login, folder, incomplete=True))
            else:
                raise error

        page.stopped.connect(stop.set)
        page.destroyed.connect(stop.set)
        self._told.connect(page.show_progress)
        self._turn(page)
        self._runner.submit(
            Lane.PAGES,
            lambda: self._restorer.restore(backup.path, login, folder, watch, incomplete=incomplete),
            deliver,
        )

    def _ask(self, page: SignPage | None, do: Callable[[], T], done: Callable[[T], object]) -> None:
        def deliver(outcome: Outcome[T]) -> None:
            if page is None or not isValid(page) or self._page is not page:
                return
            if outcome.error is None:
                done(outcome.unwrap())
            elif isinstance(outcome.error, DeskError):
                page.say(outcome.error.message)
            else:
                raise outcome.error

        self._runner.submit(Lane.PAGES, do, deliver)

    def _turn(self, page: SignPage) -> None:
        self._page = page
        self._show(page)
