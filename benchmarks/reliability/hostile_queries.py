"""Ten thousand hostile questions to the search box: ``python -m benchmarks.reliability.hostile_queries [COUNT] [URL]``.

On a fresh SQLite file, or on the empty PostgreSQL database at URL. Leaves with 1 when one of them is an error.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from db.engine import open_engine
from db.migrate import upgrade
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.finding.service import FindingService
from mediation_desk.cases.service import CaseService
from mediation_desk.shared.clock import system_clock
from tests.hostile_case import hostile_file
from tests.hostile_queries import queries
from tests.hostile_text import keepable

COUNT = 10_000


def run(count: int, url: str) -> None:
    """Ask them all over cases full of hostile text."""
    engine = open_engine(url)
    upgrade(engine, practice=True)
    storage = Storage(engine)
    CaseService(storage, system_clock).take_over(COUNTER, hostile_file(keepable(one_line=True), 0))
    finding = FindingService(storage, system_clock)
    answers: Counter[str] = Counter()
    slowest, began = 0.0, time.perf_counter()
    for question in queries(count):
        start = time.perf_counter()
        try:
            found = finding.look(COUNTER, question)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is what this script looks for
            answers["errors"] += 1
            print(f"{type(error).__name__}: {ascii(question)[:120]}")
        else:
            answers["with hits" if found.groups else "without hits"] += 1
        slowest = max(slowest, time.perf_counter() - start)
    took = time.perf_counter() - began
    storage.close()
    told = ", ".join(f"{number} {what}" for what, number in answers.items())
    print(
        f"{engine.dialect.name}: {count} questions in {took:.0f} s, {told}; the slowest {slowest * 1000:.0f} ms"
    )
    if answers["errors"]:
        raise SystemExit(1)


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    if len(sys.argv) > 2:
        run(asked, sys.argv[2])
    else:
        with tempfile.TemporaryDirectory(prefix="mediation-desk-queries-") as folder:
            run(asked, f"sqlite:///{Path(folder) / 'desk.db'}")
