"""S11, long form: every statement of every act fails once, on SQLite and on PostgreSQL; personal words are counted."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from db.storage import open_storage
from mediation_desk.app import open_desk
from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.parties.model import Gender
from mediation_desk.settings import resolve
from tests.persistence.spoiling import fail_everywhere
from tests.persistence.test_board import NOW
from tests.persistence.test_case_steps import BODY
from tests.postgres import find_binaries, running_cluster


def run(stride: int) -> None:
    """Print the counts of both databases; leave with 1 where anything leaked."""
    binaries = find_binaries()
    with tempfile.TemporaryDirectory() as folder:
        leaks = _count("SQLite", f"sqlite:///{folder}/desk.db", Path(folder), stride)
        if binaries is not None:
            with running_cluster(binaries) as url:
                leaks += _count("PostgreSQL", url, Path(folder), stride)
    sys.exit(bool(leaks))


def _count(name: str, url: str, folder: Path, stride: int) -> int:
    settings = replace(resolve(None, url, practice=True), folder=folder / name)
    storage = open_storage(settings)
    with storage.write() as work:
        work.pool.learn([_mediator(number) for number in ("M01", "M02", "M03")])
    storage.close()
    desk = open_desk(settings, clock=lambda: NOW)
    try:
        failures, leaks = fail_everywhere(desk, folder / name / "papers", stride=stride)
    finally:
        desk.close()
    print(f"{name}: {sum(failures.values())} failures in {len(failures)} kinds of act, {len(leaks)} leaks")
    for leak in leaks:
        print(f"  {leak}")
    return len(leaks)


def _mediator(number: str) -> MediatorCard:
    return MediatorCard(
        pool_no=number,
        name=f"调解员{number}",
        gender=Gender.FEMALE,
        organisation=BODY.name,
        employment=Employment.FULL_TIME,
        specialties=("邻里",),
    )


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
