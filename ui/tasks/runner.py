"""Runs work and delivers its outcome on the GUI thread; the only place of the desk that starts threads."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from typing import Generic, Protocol, TypeVar, cast

from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")


class Lane(Enum):
    """``DESK`` has one worker, so that commands and lists keep their order; ``PAGES`` renders beside it.

    ``KEEP`` stores words still being typed: they never wait behind an import or a long list.
    """

    DESK = "desk"
    PAGES = "pages"
    KEEP = "keep"


_WORKERS = {Lane.DESK: 1, Lane.PAGES: 2, Lane.KEEP: 1}


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What came of a piece of work: its result, or the error it raised."""

    result: T | None = None
    error: BaseException | None = None

    def unwrap(self) -> T:
        """The result of work that did not fail."""
        return cast(T, self.result)


class Runner(Protocol):
    """Runs work somewhere and hands the outcome to ``deliver`` on the GUI thread."""

    def submit(self, lane: Lane, work: Callable[[], T], deliver: Callable[[Outcome[T]], None]) -> None:
        """Queue ``work``."""
        ...

    def idle(self) -> bool:
        """True when nothing is queued, running or waiting to be delivered."""
        ...

    def close(self) -> None:
        """Finish what was promised, start nothing more."""
        ...


def attempt(work: Callable[[], T]) -> Outcome[T]:
    """Run ``work``; the one place besides the exception hook that catches everything."""
    try:
        return Outcome(result=work())
    except Exception as error:  # noqa: BLE001  # handed on to the presenter
        return Outcome(error=error)


class ImmediateRunner:
    """Runs everything at once on the calling thread, for tests and the tour."""

    def submit(self, lane: Lane, work: Callable[[], T], deliver: Callable[[Outcome[T]], None]) -> None:
        """Do it now."""
        deliver(attempt(work))

    def idle(self) -> bool:
        """Always."""
        return True

    def close(self) -> None:
        """Nothing to wait for."""


class PoolRunner(QObject):
    """A small thread pool for each lane; outcomes come back through a queued signal."""

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools = {
            lane: ThreadPoolExecutor(max_workers=_WORKERS[lane], thread_name_prefix=lane.value)
            for lane in Lane
        }
        self._pending = 0
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    def submit(self, lane: Lane, work: Callable[[], T], deliver: Callable[[Outcome[T]], None]) -> None:
        """Queue ``work`` on its lane."""
        self._pending += 1
        future = self._pools[lane].submit(attempt, work)

        def hand_over(done: Future[Outcome[T]]) -> None:
            outcome: Outcome[T] = Outcome() if done.cancelled() else done.result()
            self._finished.emit((deliver, outcome, done.cancelled()))

        future.add_done_callback(hand_over)

    def idle(self) -> bool:
        """True when every outcome has been delivered."""
        return self._pending == 0

    def close(self) -> None:
        """Finish every command, drafts among them; pages that have not begun are dropped."""
        for lane, pool in self._pools.items():
            pool.shutdown(wait=True, cancel_futures=lane is Lane.PAGES)

    @Slot(object)
    def _on_finished(self, message: tuple[Callable[[Outcome[object]], None], Outcome[object], bool]) -> None:
        deliver, outcome, dropped = message
        self._pending -= 1
        if not dropped:
            deliver(outcome)
