"""What screens know of the outside: `command` changes something, `query` reads, `render` makes pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar, cast

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from mediation_desk.shared.changes import Changes
from mediation_desk.shared.errors import StoredError
from mediation_desk.shared.operation import new_operation, operation
from ui.tasks.runner import Lane, Outcome, Runner

T = TypeVar("T")


class Desk(QObject):
    """Hands work to the runner and its outcome to the screen that asked, if it is there and still cares.

    Signals, all on the GUI thread: ``committed(Changes)`` after a command has committed, ``saved(datetime)``
    after every command that went well, ``failed(error, retry)`` when nobody else has shown the error,
    ``busy(bool)`` while commands run, ``ended(error or None)`` for each that ended after `leave`.
    """

    committed = Signal(object)
    failed = Signal(object, object)
    saved = Signal(object)
    busy = Signal(bool)
    ended = Signal(object)

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._newest: dict[tuple[int, str], int] = {}
        self._count = 0
        self._commands = 0
        self._closed = False
        self._left = False

    def command(
        self,
        do: Callable[[], T],
        on_done: Callable[[T], object] | None = None,
        on_error: Callable[[BaseException], bool] | None = None,
        *,
        touches: Changes | Callable[[T], Changes] | None = None,
        owner: QObject | None = None,
        beside: bool = False,
        act: str = "",
    ) -> None:
        """Change something by ``do``, a call of a service; ``touches`` says what screens must read again.

        What takes minutes (a whole sheet taken in) runs ``beside`` the queue, so that nobody waits behind it.

        It is `Changes`, or a function of the result that tells them; without it, a result that is `Changes`
        counts. ``on_done`` runs before ``committed`` is emitted; ``on_error`` returns True when it has shown
        the error itself. Neither runs when ``owner`` is gone, but ``committed`` is always emitted. Tried again, it
        is the same ``act``: what was stored without an answer is not stored twice.
        """
        act = act or new_operation()
        self._commands += 1
        self.busy.emit(True)

        def deliver(outcome: Outcome[T]) -> None:
            self._commands -= 1
            if self._left:
                self.ended.emit(outcome.error)
                return
            self.busy.emit(self._commands > 0)
            alive = owner is None or isValid(owner)
            if outcome.error is not None:
                if isinstance(outcome.error, StoredError):
                    self._announce(touches if isinstance(touches, Changes) else None)
                self._fail(
                    outcome.error,
                    on_error if alive else None,
                    lambda: self.command(
                        do, on_done, on_error, touches=touches, owner=owner, beside=beside, act=act
                    ),
                )
                return
            result = outcome.unwrap()
            if on_done is not None and alive:
                on_done(result)
            told = touches(result) if callable(touches) else touches
            self._announce(told or (result if isinstance(result, Changes) else None))

        def work() -> T:
            with operation(act):
                return do()

        self._runner.submit(Lane.PAGES if beside else Lane.DESK, work, deliver)

    def keep(
        self,
        do: Callable[[], object],
        on_done: Callable[[], object],
        on_error: Callable[[BaseException], bool],
        *,
        touches: Changes | None = None,
        owner: QObject,
    ) -> None:
        """Store words still being typed, beside the queue of commands; nothing shows that it is under way."""

        if self._closed:  # a timer of a window that is being closed
            return

        def deliver(outcome: Outcome[object]) -> None:
            if self._left:
                self.ended.emit(outcome.error)
                return
            alive = isValid(owner)
            if outcome.error is not None:
                self._fail(outcome.error, on_error if alive else None, lambda: None)
                return
            if alive:
                on_done()
            self._announce(touches)

        self._runner.submit(Lane.KEEP, do, deliver)

    def query(
        self,
        read: Callable[[], T],
        show: Callable[[T], object],
        on_error: Callable[[BaseException], bool] | None = None,
        *,
        owner: QObject,
        slot: str = "",
    ) -> None:
        """Read something for ``owner``; a newer query of the same owner and ``slot`` makes this one late."""
        self._read(Lane.DESK, read, show, on_error, owner, slot)

    def render(
        self,
        make: Callable[[], T],
        show: Callable[[T], object],
        on_error: Callable[[BaseException], bool] | None = None,
        *,
        owner: QObject,
        slot: str = "pages",
    ) -> None:
        """Make pages or an export beside the queue of commands; reads only, late answers are dropped."""
        self._read(Lane.PAGES, make, show, on_error, owner, slot)

    @property
    def runner(self) -> Runner:
        """For what has pages of its own and belongs to no screen."""
        return self._runner

    def idle(self) -> bool:
        """True when nothing is under way."""
        return self._runner.idle()

    def leave(self) -> None:
        """Nobody is here any more: commands under way are finished, and ``ended`` tells; answers are dropped.

        The runner goes on, for whoever comes next with a desk of his own.
        """
        self._left = self._closed = True
        self._newest.clear()

    def running(self) -> int:
        """How many commands are under way."""
        return self._commands

    def close(self) -> None:
        """Finish running work; results that come now are dropped."""
        self._closed = True
        self._newest.clear()
        self._runner.close()

    def _read(
        self,
        lane: Lane,
        read: Callable[[], T],
        show: Callable[[T], object],
        on_error: Callable[[BaseException], bool] | None,
        owner: QObject,
        slot: str,
    ) -> None:
        if self._closed:
            return
        self._count += 1
        place, number = (id(owner), slot), self._count
        self._newest[place] = number

        def wanted() -> T | None:
            return read() if self._newest.get(place) == number else None

        def deliver(outcome: Outcome[T | None]) -> None:
            if not isValid(owner) or self._newest.get(place) != number:
                return
            del self._newest[place]
            if outcome.error is None:
                show(cast(T, outcome.result))
            else:
                self._fail(
                    outcome.error, on_error, lambda: self._read(lane, read, show, on_error, owner, slot)
                )

        self._runner.submit(lane, wanted, deliver)

    def _fail(
        self,
        error: BaseException,
        on_error: Callable[[BaseException], bool] | None,
        retry: Callable[[], None],
    ) -> None:
        if on_error is None or not on_error(error):
            self.failed.emit(error, retry)

    def _announce(self, changes: Changes | None) -> None:
        self.saved.emit(datetime.now().astimezone())
        if changes is not None:
            self.committed.emit(changes)
