"""What encryption costs in everyday work: the same acts through the real services, encrypted against plain.

Two centres hold the same cases; each act is done on one and then on the other, in turn, so that what others do on the
machine meanwhile hits both. The plain one has the same audit chain: only the database's own encryption is measured.
Printed are ratios of medians, of the processor's work (which others on the machine do not lengthen) and by the clock.
Acts "beside" another writer begin with a cache that writer made worthless. ``--folder`` says on which disk. Signing in
is left out.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from operator import itemgetter
from pathlib import Path

from db.bulk import BulkCases
from db.engine import open_engine
from db.migrate import upgrade
from db.storage import open_storage
from db.unit_of_work import Storage
from mediation_desk.access.accounts.service import AccountService
from mediation_desk.access.actor import COUNTER
from mediation_desk.access.seat import Seat
from mediation_desk.cases.counter.alike import ANYWAY
from mediation_desk.cases.finding.service import FindingService
from mediation_desk.cases.registering import registration_of
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.correcting import Correct
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.practice.demo import fill
from mediation_desk.practice.material import centre
from mediation_desk.settings import resolve
from mediation_desk.shared.clock import system_clock
from mediation_desk.shared.record import record
from mediation_desk.statistics.periods import ALL
from mediation_desk.statistics.service import StatisticsService
from tests.persistence.account_desk import GOOD, cheap
from tests.unit.finding_material import intake

CASES, ROUNDS, WARM, GOAL = 4_000, 60, 2, 1.3
KEYS_SEEN, PAGE = 200, 200
WORDS = ("渗水", "王伟", "赡养", "欧阳")


class Work:
    """The acts of a day on one of the two centres."""

    def __init__(self, storage: Storage, other: Storage) -> None:
        self.storage, self.other = storage, other
        self.cases = CaseService(storage, system_clock)
        self.finding = FindingService(storage, system_clock)
        self.statistics = StatisticsService(storage, system_clock)
        seen = self.cases.summaries(COUNTER, CaseQuery(limit=KEYS_SEEN))
        self._keys = tuple(one.case_key for one in seen)
        self._no = count()
        self._registered = list[str]()

    def close(self) -> None:
        """Give both connections back."""
        for storage in (self.other, self.storage):
            storage.close()

    def register(self) -> None:
        """Open a case."""
        command = intake(centre=centre().name, facts=f"楼上漏水，吊顶泡坏，第{next(self._no)}次来。")
        self._registered.append(self.cases.register(COUNTER, command, despite=ANYWAY).case_key)

    def look(self) -> None:
        """Open the page of a case, which leaves an entry."""
        self.cases.view(COUNTER, self._keys[next(self._no) % len(self._keys)])

    def field(self) -> None:
        """Keep what was typed into a field."""
        self.cases.keep_draft(COUNTER, "measured", {"facts": f"楼上漏水{next(self._no)}"})

    def correct(self) -> None:
        """Correct a field of a case."""
        file = self.cases.file(COUNTER, self._registered.pop())
        to = replace(registration_of(file), facts=f"改过的经过{next(self._no)}")
        self.cases.perform(COUNTER, file.case_key, Correct(to=to, reason="笔误"), version=file.version)

    def find(self) -> None:
        """Search."""
        self.finding.look(COUNTER, WORDS[next(self._no) % len(WORDS)])

    def list_(self) -> None:
        """The first 200 lines of the list."""
        self.cases.summaries(COUNTER, CaseQuery(limit=PAGE))

    def beside(self, act: Callable[[], None]) -> Callable[[], Callable[[], None]]:
        """The act after somebody else, on a connection of his own, has saved something."""

        def prepared() -> Callable[[], None]:
            with self.other.write(COUNTER) as work:
                work.notes.put("measured", next(self._no))
            return act

        return prepared

    def table(self) -> None:
        """A table over all years."""
        self.statistics.table(COUNTER, "cases", ALL)

    def acts(self) -> Iterator[tuple[str, Callable[[], Callable[[], None]]]]:
        """Each with its name and what prepares it; what is corrected was registered before."""
        yield "register", lambda: self.register
        yield "open a case", lambda: self.look
        yield "keep a field", lambda: self.field
        yield "correct a field", lambda: self.correct
        yield "search", lambda: self.find
        yield f"list of {PAGE}", lambda: self.list_
        yield "statistics", lambda: self.table
        yield "open a case, beside", self.beside(self.look)
        yield "search, beside", self.beside(self.find)
        yield f"list of {PAGE}, beside", self.beside(self.list_)
        yield "statistics, beside", self.beside(self.table)


def plain(folder: Path, cases: int) -> Work:
    """A clear centre; its chain is linked with a key all the same."""

    def opened() -> Storage:
        storage = Storage(open_engine(f"sqlite:///{folder / 'plain.db'}"))
        storage.seal_audit(bytes(32))
        return storage

    storage = opened()
    upgrade(storage.engine)
    fill(BulkCases(storage), cases, 1)
    return Work(storage, opened())


def encrypted(folder: Path, cases: int) -> Work:
    """A real centre."""
    storage, seat = open_storage(resolve(folder / "real")), Seat()
    AccountService(storage, system_clock, seat, lambda _body: (), derive=cheap).first(
        "root", "管理员甲", GOOD
    )
    fill(BulkCases(storage), cases, 1)
    other = open_storage(resolve(folder / "real"))
    other.unlock(seat.key or b"")
    return Work(storage, other)


@record
class Cost:
    """Median seconds of an act."""

    work: float
    clock: float


def measured(clear: Work, sealed: Work, rounds: int) -> dict[str, tuple[Cost, Cost]]:
    """What each act costs, plain and encrypted, in turn."""
    pairs = list(zip(clear.acts(), sealed.acts(), strict=True))
    taken: dict[str, tuple[list[Cost], list[Cost]]] = {name: ([], []) for (name, _), _ in pairs}
    gc.disable()
    for turn in range(rounds + WARM):
        for (name, first), (_, second) in pairs:
            for which, prepared in sorted(
                enumerate((first, second)), key=itemgetter(0), reverse=bool(turn % 2)
            ):
                cost = once(prepared())
                if turn >= WARM:
                    taken[name][which].append(cost)
        gc.collect()
    gc.enable()
    return {name: (median(one), median(two)) for name, (one, two) in taken.items()}


def once(act: Callable[[], None]) -> Cost:
    """One act."""
    clock, work = time.perf_counter(), time.process_time()
    act()
    return Cost(work=time.process_time() - work, clock=time.perf_counter() - clock)


def median(costs: list[Cost]) -> Cost:
    """Of each the middle one."""
    return Cost(
        work=statistics.median(one.work for one in costs), clock=statistics.median(one.clock for one in costs)
    )


def main(arguments: list[str]) -> int:
    """Measure; 1 when an act costs more than the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--folder", type=Path)
    said = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=said.folder) as name:
        folder = Path(name)
        clear, sealed = plain(folder, said.cases), encrypted(folder, said.cases)
        found = measured(clear, sealed, said.rounds)
        clear.close()
        sealed.close()
    for act, (one, two) in found.items():
        print(
            f"{act:22} work {two.work / one.work:5.2f} ({one.work * 1000:.1f} and {two.work * 1000:.1f} ms)"
            f"  clock {two.clock / one.clock:5.2f} ({one.clock * 1000:.1f} and {two.clock * 1000:.1f} ms)"
        )
    return int(any(two.work / one.work > GOAL for one, two in found.values()))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
