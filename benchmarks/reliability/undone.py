"""R4, long form: each statement and each file operation of every act fails once, on SQLite and on PostgreSQL.

A number after the module takes every so manieth only. Leaves with 1 where something was done by halves, or in silence.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from mediation_desk.app import Desk, open_desk
from mediation_desk.settings import resolve
from tests.persistence.destroyed import LATER as DAY_OF_DESTRUCTION
from tests.persistence.test_audit_cover import NOW as DAY_OF_KINDS
from tests.persistence.test_board import NOW as DAY_OF_THE_DISPUTE
from tests.persistence.undone import Outcome, files_fail, statements_fail
from tests.persistence.undone_acts import every_kind, every_step, one_dispute
from tests.persistence.undone_office import (
    DAY_OF_THE_OFFICE,
    accounts,
    backing_up,
    destroying,
    office,
)
from tests.persistence.undone_papers import papers
from tests.persistence.undone_room import room
from tests.postgres import find_binaries, running_cluster

Fails = Callable[[Desk, Path, int], Outcome]


def dispute(desk: Desk, folder: Path, stride: int) -> Outcome:
    """Statements of one dispute, from the counter to the archive."""
    return statements_fail(desk, folder, one_dispute(desk, folder / "papers"), stride=stride)


def steps(desk: Desk, folder: Path, stride: int) -> Outcome:
    """Statements of the last step on the way to every state."""
    return statements_fail(desk, folder, every_step(desk), stride=stride)


def kinds(desk: Desk, folder: Path, stride: int) -> Outcome:
    """Statements of every kind of act that leaves an entry."""
    return statements_fail(desk, folder, every_kind(desk, folder / "out"), stride=stride)


def files(desk: Desk, folder: Path, stride: int) -> Outcome:
    """File operations of the same acts."""
    return files_fail(desk, folder, every_kind(desk, folder / "out"), stride=stride)


def in_room(desk: Desk, folder: Path, stride: int) -> Outcome:
    """Statements of what is done in the room and around it."""
    return statements_fail(desk, folder, room(desk), stride=stride)


def on_paper(desk: Desk, folder: Path, stride: int) -> Outcome:
    """Statements of papers, scans, seals and packages."""
    return statements_fail(desk, folder, papers(desk, folder), stride=stride)


def on_paper_files(desk: Desk, folder: Path, stride: int) -> Outcome:
    """File operations of the same acts."""
    return files_fail(desk, folder, papers(desk, folder), stride=stride)


def desk_work(desk: Desk, folder: Path, stride: int) -> Outcome:
    """Statements of what the office does beside the cases."""
    return statements_fail(desk, folder, office(desk, folder), stride=stride)


def desk_files(desk: Desk, folder: Path, stride: int) -> Outcome:
    """File operations of the same acts."""
    return files_fail(desk, folder, office(desk, folder), stride=stride)


def destruction(desk: Desk, folder: Path, stride: int) -> Outcome:
    """Statements of a list of destruction, to the end."""
    return statements_fail(desk, folder, destroying(desk, folder), stride=stride)


def destruction_files(desk: Desk, folder: Path, stride: int) -> Outcome:
    """File operations of the same."""
    return files_fail(desk, folder, destroying(desk, folder), stride=stride)


def keys(desk: Desk, folder: Path, stride: int) -> Outcome:
    """Statements of what an administrator does in a centre with accounts; SQLite encrypts it."""
    return statements_fail(desk, folder, accounts(desk), stride=stride)


def backups(desk: Desk, folder: Path, stride: int) -> Outcome:
    """Statements of a backup of an encrypted centre."""
    return statements_fail(desk, folder, backing_up(desk, folder), stride=stride)


def backup_files(desk: Desk, folder: Path, stride: int) -> Outcome:
    """File operations of the same."""
    return files_fail(desk, folder, backing_up(desk, folder), stride=stride)


SETS: dict[Fails, datetime] = {
    dispute: DAY_OF_THE_DISPUTE,
    steps: DAY_OF_THE_DISPUTE,
    kinds: DAY_OF_KINDS,
    files: DAY_OF_KINDS,
    in_room: DAY_OF_THE_DISPUTE,
    on_paper: DAY_OF_THE_DISPUTE,
    on_paper_files: DAY_OF_THE_DISPUTE,
    desk_work: DAY_OF_THE_OFFICE,
    desk_files: DAY_OF_THE_OFFICE,
    destruction: DAY_OF_DESTRUCTION,
    destruction_files: DAY_OF_DESTRUCTION,
    keys: DAY_OF_THE_OFFICE,
    backups: DAY_OF_THE_OFFICE,
    backup_files: DAY_OF_THE_OFFICE,
}
REAL = {keys, backups, backup_files}


def run(stride: int) -> int:
    """Print the counts of both databases; how much was wrong."""
    binaries, wrong = find_binaries(), 0
    with tempfile.TemporaryDirectory() as name:
        for fails, now in SETS.items():
            folder = Path(name) / fails.__name__
            wrong += one("SQLite", folder, f"sqlite:///{folder / 'desk.db'}", fails, now, stride)
            if binaries is not None:
                with running_cluster(binaries) as url:
                    folder = folder.with_name(f"{fails.__name__}-server")
                    wrong += one("PostgreSQL", folder, url, fails, now, stride)
    return wrong


def one(engine: str, folder: Path, url: str, fails: Fails, now: datetime, stride: int) -> int:
    """Print the counts of one set of acts."""
    with at_desk(folder, url, now, real=fails in REAL) as desk:
        told = fails(desk, folder, stride)
    print(
        f"{engine}, {fails.__name__}: {sum(told.failed.values())} failures in {len(told.failed)} acts,"
        f" {sum(told.went_on.values())} went on all the same, {len(told.wrong)} wrong",
        flush=True,
    )
    for said in told.wrong:
        print(f"  {said}", flush=True)
    return len(told.wrong)


@contextmanager
def at_desk(folder: Path, url: str, now: datetime, *, real: bool) -> Iterator[Desk]:
    """A desk of an empty centre, real or to practise, at that moment; its data folder lies beside the database."""
    folder.mkdir()
    settings = resolve(None, url, practice=not real)
    desk = open_desk(replace(settings, folder=folder / "data"), clock=lambda: now)
    try:
        yield desk
    finally:
        desk.close()


if __name__ == "__main__":
    sys.exit(bool(run(int(sys.argv[1]) if len(sys.argv) > 1 else 1)))
