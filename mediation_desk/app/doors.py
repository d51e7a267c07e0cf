"""The ways into an open desk, for its window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.app.desk import Desk, open_desk
from mediation_desk.app.restoring import TAKEN, Restoring
from mediation_desk.backups.ports import Login, Restored
from mediation_desk.settings import Settings
from mediation_desk.shared.assets import use_rules_in
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.watching import Watch


class Doors:
    """The ways into an open desk, for its window: first start, signing in and out, the practice centre beside it."""

    def __init__(self, desk: Desk) -> None:
        self._own = self._desk = desk

    @property
    def desk(self) -> Desk:
        """The desk one sits at: the centre's own, or the practice centre."""
        return self._desk

    @property
    def practice(self) -> bool:
        """Whether that is the practice centre."""
        return self._desk.practice

    @property
    def settings(self) -> Settings:
        """Where the centre's own data lie."""
        return self._own.settings

    def in_use(self) -> bool:
        """Whether anybody has an account here."""
        return self._desk.accounts.exist()

    def services_for(self, actor: Actor) -> Desk:
        """Every service, acting as ``actor``."""
        return self._desk.seated(actor)

    def first(self, name: str, display_name: str, password: str) -> tuple[str, Actor]:
        """Make the administrator; returns the recovery code, told this once. Raises as `AccountService.first`."""
        code = self._desk.accounts.first(name, display_name, password)
        return code, self._desk.seat.actor

    def sign_in(self, name: str, password: str) -> Actor:
        """Raises as `AccountService.sign_in`."""
        return self._desk.accounts.sign_in(name, password)

    def current(self, actor: Actor) -> Actor:
        """Raises as `Storage.look` and `AccountService.current`."""
        self._desk.look()
        return self._desk.accounts.current(actor)

    def change_password(self, actor: Actor, old: str, new: str) -> Actor:
        """Raises as `AccountService.change_password`."""
        return self._desk.accounts.change_password(actor, old, new)

    def recover(self, code: str, name: str, password: str) -> str:
        """Raises as `AccountService.recover`; returns the next code."""
        return self._desk.accounts.recover(code, name, password)

    def recovery_sheet(self, code: str) -> bytes:
        """The sheet as a PDF, for whoever took the seat with this code. Raises as `AccountPapers.recovery_sheet`."""
        return self._desk.account_papers.recovery_sheet(self._desk.actor, code)

    @property
    def restoring(self) -> Restoring:
        """Backups, into the centre's own place too while that is empty; it is opened anew then."""
        return _RestoringHere(self._own.settings, self)

    def back_up_before_closing(self, watch: Watch) -> None:
        """Raises as `BackupService.finish`."""
        self._own.backups.finish(watch)

    @contextmanager
    def shut(self) -> Iterator[None]:
        """The centre's own desk is closed within, and open again afterwards."""
        self._own.close()
        try:
            yield
        finally:
            self._own = self._desk = open_desk(self._own.settings, clock=self._own.clock)

    def practise(self) -> Actor:
        """Open the practice centre, filled where it is empty. Raises ``StorageError``."""
        if not self._desk.practice:
            self._desk = open_desk(self._own.settings.practising, clock=self._own.clock)
            if self._desk.is_empty():
                self._desk.fill_sample()
        return COUNTER

    def go_back(self) -> None:
        """Leave the practice centre for the centre's own."""
        if self._desk is not self._own:
            self._desk.close()
            self._desk = self._own
            use_rules_in(self._own.settings.folder / "rules")

    def seal_files(self, watch: Watch) -> int:
        """Raises as `Desk.seal_files`."""
        return self._desk.seal_files(watch)

    def rest(self) -> None:
        """Nobody sits here."""
        self._desk.rest()

    def close(self) -> None:
        """The program ends."""
        self.go_back()
        self._own.close()


@dataclass(frozen=True, slots=True)
class _RestoringHere(Restoring):
    doors: Doors

    def restore(
        self,
        path: Path,
        login: Login | None,
        folder: Path | None,
        watch: Watch | None = None,
        *,
        incomplete: bool = False,
    ) -> Restored:
        if folder is not None and folder.absolute() != self.settings.folder:
            return Restoring.restore(self, path, login, folder, watch, incomplete=incomplete)
        if self.doors.in_use():
            raise StorageError(TAKEN.format(folder=self.settings.folder))
        with self.doors.shut():
            return Restoring.restore(self, path, login, None, watch, incomplete=incomplete)
