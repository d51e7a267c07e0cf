"""C1: counters at the same hot cases of a PostgreSQL server. ``python -m`` with ``PYTHONPATH=.``.

    eight_counters [--counters 8] [--minutes 10] [--cuts N] [--restarts N] [--control]

Each counter is a process of its own and works through the services of the window; five cases are hot at a time, a
third of the acts are everyday work in cases of its own (``tests.persistence.everyday``).
``--cuts`` ends that many connections at random moments, ``--restarts`` stops the server at once and starts it
again. ``--control`` saves without a version counter, which must lose words. Exit code 1 where anything was lost.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from db.engine import open_engine
from db.migrate import upgrade
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.counter.alike import ANYWAY
from mediation_desk.cases.service import CaseService
from mediation_desk.shared.clock import system_clock
from tests.persistence.counters import HOT_SECONDS, counted, lost, not_as_told, run
from tests.persistence.everyday import prepare
from tests.persistence.test_case_steps import REGISTER
from tests.postgres import _ordinary_user, find_binaries, running_cluster

HOT = 5


def main(arguments: argparse.Namespace) -> int:
    """Run it and print every count."""
    binaries = find_binaries()
    if binaries is None:
        print("no PostgreSQL server here")
        return 2
    seconds = arguments.minutes * 60
    with running_cluster(binaries) as url, _afterwards(binaries, url), TemporaryDirectory() as name:
        storage = _storage(url)
        prepare(storage)
        cases = CaseService(storage, system_clock)
        rounds = [
            [cases.register(COUNTER, REGISTER, despite=ANYWAY).case_key for _case in range(HOT)]
            for _round in range(int(seconds / HOT_SECONDS) + 1)
        ]
        storage.close()
        shaking = Shaking(binaries, url, seconds, arguments.cuts, arguments.restarts)
        begun = time.monotonic()
        tallies = run(
            url,
            arguments.counters,
            rounds,
            seconds,
            guarded=not arguments.control,
            folder=None if arguments.control else Path(name),
            meanwhile=shaking,
        )
        spent = time.monotonic() - begun
        gone = lost(url, tallies)
        wrong = not_as_told(url, tallies, Path(name))
        with psycopg.connect(url) as connection:
            version = connection.info.server_version // 10000
    total = counted(tallies)
    print(
        f"PostgreSQL {version}, {arguments.counters} counters, {spent:.0f} s, {HOT} hot cases at a time, "
        f"{shaking.cut} connections cut, {shaking.restarted} restarts"
    )
    print(f"saved {total['saved']}, lost {len(gone)}; everyday work not as told: {len(wrong)}")
    for sentence in wrong:
        print(f"  ! {sentence}")
    for what, count in sorted(total.items()):
        print(f"  {what}: {count}")
    return 1 if gone or wrong or total["comparisons without a typed word"] or total["unsure"] else 0


class Shaking:
    """Connections cut and servers restarted, spread over the time at random."""

    def __init__(self, binaries: Path, url: str, seconds: float, cuts: int, restarts: int) -> None:
        self._binaries, self._url = binaries, url
        chance = random.Random(1)
        acts = ["cut"] * cuts + ["restart"] * restarts
        self._plan = sorted((chance.uniform(seconds * 0.1, seconds * 0.9), act) for act in acts)
        self.cut = self.restarted = 0

    def __call__(self) -> None:
        """Do what is planned, each at its moment."""
        begun = time.monotonic()
        for moment, act in self._plan:
            time.sleep(max(0.0, begun + moment - time.monotonic()))
            if act == "restart":
                _control(self._binaries, self._url, "restart")
                self.restarted += 1
            else:
                self._cut()

    def _cut(self) -> None:
        with suppress(psycopg.Error), psycopg.connect(self._url, autocommit=True) as connection:
            row = connection.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity"
                " WHERE application_name = 'mediation-desk' ORDER BY random() LIMIT 1) AS one"
            ).fetchone()
            self.cut += row[0] if row else 0


def _control(binaries: Path, url: str, what: str) -> None:
    """The server as its own control program restarts it, at once, as after a fall of the power."""
    folder = _DATA[url]
    subprocess.run(
        [str(binaries / "pg_ctl"), what, "-D", folder, "-m", "immediate", "-w", "-l", "/dev/null"],
        user=_ordinary_user(),
        cwd="/",
        check=True,
        stdout=subprocess.DEVNULL,
    )


_DATA: dict[str, str] = {}


@contextmanager
def _afterwards(binaries: Path, url: str) -> Iterator[None]:
    """A server that was restarted is no child of ours any more: it is stopped here."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
        assert row is not None
        _DATA[url] = str(row[0])
    try:
        yield
    finally:
        with suppress(subprocess.CalledProcessError):
            _control(binaries, url, "stop")


def _storage(url: str) -> Storage:
    engine = open_engine(url)
    upgrade(engine, practice=True)
    return Storage(engine)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counters", type=int, default=8)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--cuts", type=int, default=0)
    parser.add_argument("--restarts", type=int, default=0)
    parser.add_argument("--control", action="store_true")
    sys.exit(main(parser.parse_args()))
