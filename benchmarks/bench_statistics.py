"""Statistics over a million cases: tables, dashboard and drill-down against SQL by hand, pandas and Calc.

Every figure of the table is compared with the statement by hand before anything is measured. Both databases are
measured where there is a PostgreSQL; ``--keep FOLDER`` keeps the SQLite file and measures it again. pandas and
LibreOffice are rivals only where they are installed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from benchmarks import statistics_sql as by_hand
from benchmarks.statistics_archive import build
from benchmarks.statistics_measure import BOUND, Bare, Ratio, ratio
from benchmarks.statistics_rivals import rivals
from db.engine import open_engine
from db.migrate import upgrade
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.shared.clock import local_day, system_clock
from mediation_desk.statistics.model import Period, StatTable
from mediation_desk.statistics.service import StatisticsService
from tests.postgres import find_binaries, running_cluster

DASHBOARD_MS = 200
PAGE = 50
KIND = "kind_neighbour"


def same(table: StatTable, counted: dict[str, dict[str, int]]) -> None:
    """Raises ``SystemExit`` naming the first cell on which table and statement disagree."""
    for row in table.rows:
        if row.is_total:
            continue
        mine = counted.get(row.label, {})
        for code in (*by_hand.COUNTS, *by_hand.LATER, *(set(by_hand.ADDED) - {"agreed_fen"})):
            if table.value(row, code) != mine.get(code, 0):
                raise SystemExit(
                    f"{row.label} {code}: {table.value(row, code)} here, {mine.get(code, 0)} by hand"
                )
        yuan = table.value(row, "agreed_yuan") or 0
        if table.value(row, "concluded") != mine.get("n", 0) or yuan * 100 != mine.get("agreed_fen", 0):
            raise SystemExit(f"{row.label}: cases or money differ")


def measured(storage: Storage, today: date) -> Iterator[Ratio]:
    """Tables, drill-down and dashboard as they stand in this database."""
    service, bare = StatisticsService(storage, system_clock), Bare(storage)
    year = Period(first=date(today.year - 1, 1, 1), last=date(today.year - 1, 12, 31))
    ten = Period(first=date(today.year - 10, 1, 1), last=today)
    try:
        for name, period in (("one year", year), ("ten years", ten)):
            forms = by_hand.table_2(period.first, period.last, today)
            table = service.table(COUNTER, "cases", period, today)
            for statement in forms.values():
                same(table, bare.named(statement))
            by_form = {form: partial(bare.rows, said) for form, said in forms.items()}
            ours = partial(service.table, COUNTER, "cases", period, today)
            yield ratio(f"Table 2, {name}", ours, by_form)
            yield _drilled(service, bare, table, name)
        yield _dashboard(service, bare, year, today)
    finally:
        bare.close()


def _drilled(service: StatisticsService, bare: Bare, table: StatTable, name: str) -> Ratio:
    """First page of the cases behind the largest cell of a kind; how many they are stands in the cell already."""
    row = max((one for one in table.rows if not one.is_total), key=lambda one: table.value(one, KIND) or 0)
    kind = by_hand.KINDS[KIND]
    forms, count = by_hand.behind(table.period.first, table.period.last, row.label, kind, PAGE)
    cell = service.cell(COUNTER, table, row.label, KIND, limit=PAGE)
    for page in forms.values():
        keys = [key for (key,) in bare.rows(page)]
        if keys != [share.case_key for share in cell.shares] or bare.rows(count) != [
            (table.value(row, KIND),)
        ]:
            raise SystemExit(f"the cases behind {row.label} {kind} differ")
    ours = partial(service.cell, COUNTER, table, row.label, KIND, limit=PAGE)
    pages = {form: partial(bare.rows, page) for form, page in forms.items()}
    return ratio(f"cases behind a cell, {name}", ours, pages)


def _dashboard(service: StatisticsService, bare: Bare, year: Period, today: date) -> Ratio:
    before = (date(year.first.year - 1, 1, 1), date(year.first.year - 1, 12, 31))
    months = (date(year.first.year - 1, 12, 1), year.last)
    statement = by_hand.dashboard((year.first, year.last), before, months, today)
    shown, rows = service.dashboard(COUNTER, year, today), bare.rows(statement)
    for row in shown.now.rows:
        mine = sum(one[4] for one in rows if one[0] == "now" and row.label in (one[1], "合计"))
        if shown.now.value(row, "concluded") != mine:
            raise SystemExit(
                f"dashboard, {row.label}: {shown.now.value(row, 'concluded')} here, {mine} by hand"
            )
    rival = {"one statement, UNION ALL": lambda: bare.rows(statement)}
    return ratio("dashboard", lambda: service.dashboard(COUNTER, year, today), rival)


@contextmanager
def databases(keep: str, url: str) -> Iterator[list[tuple[str, str]]]:
    """Name and URL of what is measured."""
    if url:
        yield [("the given database", url)]
        return
    with tempfile.TemporaryDirectory(prefix="bench-statistics-") as ground:
        folder = Path(keep or ground)
        folder.mkdir(parents=True, exist_ok=True)
        found = [("SQLite", f"sqlite:///{folder / 'statistics.db'}")]
        binaries = find_binaries()
        if binaries is None:
            print("no PostgreSQL server here, not measured")
            yield found
            return
        with running_cluster(binaries) as server:
            yield [*found, ("PostgreSQL", server)]


def run(name: str, url: str, count: int, today: date, *, others: bool) -> None:
    """Build where nothing is there yet, and print the ratios."""
    engine = open_engine(url)
    upgrade(engine)
    storage = Storage(engine)
    try:
        with storage.read() as work:
            there = work.facts.number()
        started = time.perf_counter()
        if not there:
            build(storage, count, lambda done: print(f"\r{name}: {done:,} cases", end="", flush=True))
            print(f"\r{name}: {count:,} cases built in {time.perf_counter() - started:.0f} s")
        print(f"{name}, {there or count:,} cases: ours, the fastest rival, ratio (bound {BOUND})")
        unkept = list(measured(storage, today)) if not there else []
        for one in unkept:
            print(f"{one}   (nothing kept yet)")
        started = time.perf_counter()
        months = StatisticsService(storage, system_clock).settle()
        print(f"{months} months added up and kept in {time.perf_counter() - started:.1f} s")
        for one in measured(storage, today):
            print(one)
            if one.what == "dashboard":
                print(f"{'':34} bound {DASHBOARD_MS} ms: {'kept' if one.ours < DASHBOARD_MS else 'NOT KEPT'}")
        if others:
            rivals(storage, there or count, today)
    finally:
        storage.close()


def main(given: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--database", default="", help="an empty database, or one this has filled before")
    parser.add_argument("--keep", default="", metavar="FOLDER", help="keep the SQLite file here")
    options = parser.parse_args(given)
    today = local_day(system_clock()) - timedelta(1)
    with databases(options.keep, options.database) as found:
        for place, (name, url) in enumerate(found):
            run(name, url, options.cases, today, others=place == 0)


if __name__ == "__main__":
    main()
