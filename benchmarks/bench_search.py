"""Search, lists, views, scrolling and saving with an archive of a million cases.

Everything is printed as a ratio to the bare query on the same file: the database's own statement through its
driver, without our index tables' joins, records or services. Give ``--database`` to measure PostgreSQL, and
``--keep FILE`` to build the archive once and measure it again.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, func, select

from benchmarks.archive import RARE, build
from db.engine import open_engine
from db.migrate import upgrade
from db.queries.case_filter import filter_values
from db.queries.case_lists import listed
from db.queries.finding import SUMMARY
from db.tables.cases import cases
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.counter.alike import ANYWAY
from mediation_desk.cases.finding.service import FindingService
from mediation_desk.cases.finding.views import shipped_views
from mediation_desk.cases.registering import Register
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.shared.clock import system_clock
from tests.unit.finding_material import intake

PAGE = 200
REPEATS = 15
WORDS = (
    ("渗水", "渗水"),
    ("赡养", "赡养"),
    (RARE[0] + RARE[1], "rare"),
    ("王伟明", "name"),
    ("欧阳霄", "no such name"),
)


def best_ms(act: Callable[[], object], repeats: int = REPEATS) -> float:
    """The best of some repetitions after one to warm up, in milliseconds: what others do meanwhile counts least."""
    act()
    taken = []
    for _ in range(repeats):
        started = time.perf_counter()
        act()
        taken.append((time.perf_counter() - started) * 1000)
    return min(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument(
        "--database", default="", help="an empty database; a temporary SQLite file by default"
    )
    parser.add_argument("--keep", type=Path, help="a SQLite file to build in, or measured as it is")
    parser.add_argument(
        "--small", type=int, default=1_000, help="the small archive an intake is compared with"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-search-") as folder:
        file = given.keep or Path(folder) / "desk.db"
        url = given.database or f"sqlite:///{file}"
        storage = _archive(url, given.cases)
        _report(storage)
        small = _archive(f"sqlite:///{Path(folder) / 'small.db'}", given.small)
        if not given.database:
            _saving(small, storage)
            _window(file.parent)
        small.close()
        storage.close()


def _archive(url: str, count: int) -> Storage:
    engine = open_engine(url)
    upgrade(engine)
    storage = Storage(engine)
    if _size(storage) == 0:
        started = time.perf_counter()
        build(storage, count)
        print(f"built {count:,} cases in {time.perf_counter() - started:.0f} s")
    return storage


def _size(storage: Storage) -> int:
    with storage.read() as work:
        return work.connection.scalar(select(func.count()).select_from(cases)) or 0


def _report(storage: Storage) -> None:
    dialect = storage.engine.dialect.name
    print(f"{_size(storage):,} cases, {dialect}")
    for word, name in WORDS:
        _search(storage, word, name)
    _lists(storage)


# Search


def _search(storage: Storage, word: str, name: str) -> None:
    service, finding = CaseService(storage, system_clock), FindingService(storage, system_clock)
    query = CaseQuery(search=word, limit=PAGE)
    with storage.read() as work:
        bare = best_ms(lambda: _bare_search(work.connection, word))
        like = best_ms(lambda: _like(work.connection, word), 1)
        page = best_ms(lambda: work.cases.summaries(query))
    whole = best_ms(lambda: service.summaries(COUNTER, query))
    looked = best_ms(lambda: finding.look(COUNTER, word))
    found = len(service.summaries(COUNTER, query))
    print(
        f"search {name}: page of {found} {page:.2f} ms = {page / bare:.1f} x bare full-text query ({bare:.2f} ms),"
        f" with its transaction {whole:.2f} ms, in groups with texts {looked:.1f} ms;"
        f" LIKE {like:.0f} ms = {like / page:.0f} x ours"
    )


def _bare_search(connection: Connection, word: str) -> object:
    """The same lines with nothing around them: the full-text table, the heads of what it found, tuples."""
    columns = ", ".join(f"cases.{column}" for column in _columns())
    if connection.dialect.name == "sqlite":
        statement = (
            f"SELECT {columns} FROM case_words JOIN cases ON cases.id = case_words.rowid % 134217728"
            " WHERE case_words MATCH ? ORDER BY case_words.rowid DESC LIMIT 200"
        )
        return _fetched(connection, statement, ('"' + " ".join(word) + '"',))
    groups = " OR ".join(
        f"{one} @@ q" for one in ("head", "people", "facts", "records", "agreement", "papers")
    )
    asked = " <-> ".join(f"'{one}'" for one in word)
    statement = (
        f"SELECT {columns} FROM cases WHERE id IN"
        f" (SELECT case_id FROM case_words, CAST(%s AS tsquery) AS q WHERE {groups})"
        " ORDER BY received_on DESC, id DESC LIMIT 200"
    )
    return _fetched(connection, statement, (asked,))


def _like(connection: Connection, word: str) -> object:
    marker = "?" if connection.dialect.name == "sqlite" else "%s"
    statement = (
        f"SELECT {', '.join(_columns())} FROM cases WHERE title LIKE {marker} OR party_names LIKE {marker}"
        f" OR facts LIKE {marker} ORDER BY received_on DESC, id DESC"
    )
    return _fetched(connection, statement, (f"%{word}%",) * 3)


def _columns() -> tuple[str, ...]:
    return tuple(column.name for column in SUMMARY)


def _fetched(connection: Connection, statement: str, parameters: tuple[str, ...]) -> object:
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement, parameters)
        return cursor.fetchall()
    finally:
        cursor.close()


# Lists


def _lists(storage: Storage) -> None:
    service = CaseService(storage, system_clock)
    today = service.local_today
    lists: dict[str, CaseQuery] = {"all": CaseQuery()} | {view.name: view.query for view in shipped_views()}
    with storage.read() as work:
        for name, query in lists.items():
            asked = replace(query, limit=PAGE, on=today)
            ours = best_ms(lambda asked=asked: work.cases.summaries(asked))  # type: ignore[misc]
            bare = best_ms(lambda asked=asked: _bare_list(work.connection, asked))  # type: ignore[misc]
            counted = best_ms(lambda asked=asked: work.cases.count(asked, 1000))  # type: ignore[misc]
            number = len(work.cases.summaries(asked))
            print(
                f"list {name}: {number} lines {ours:.2f} ms = {ours / bare:.1f} x bare; counted in {counted:.2f} ms"
            )
        deep = work.cases.summaries(CaseQuery(limit=PAGE))[-1].place
        first = best_ms(lambda: work.cases.summaries(CaseQuery(limit=PAGE)))
        later = best_ms(lambda: work.cases.summaries(CaseQuery(limit=PAGE, after=deep)))
        print(f"list all: a later page {later:.2f} ms = {later / first:.1f} x the first")


def _bare_list(connection: Connection, query: CaseQuery) -> object:
    """The statement itself with its values written in, through the driver, as tuples."""
    statement = _PREPARED.get(query)
    if statement is None:
        written = {"literal_binds": True, "render_postcompile": True}
        values = {**filter_values(query), "limit": query.limit}
        bound = listed(query).params({name: value for name, value in values.items() if value is not None})
        compiled = bound.compile(dialect=connection.dialect, compile_kwargs=written)
        statement = _PREPARED[query] = str(compiled)
    return _fetched(connection, statement, ())


_PREPARED: dict[CaseQuery, str] = {}


# Saving


def _saving(small: Storage, large: Storage) -> None:
    taken = [best_ms(_registers(storage), 40) for storage in (small, large)]
    print(
        f"an intake: {taken[0]:.1f} ms in a small archive, {taken[1]:.1f} ms here: {taken[1] / taken[0]:.2f} x"
    )


def _registers(storage: Storage) -> Callable[[], object]:
    service = CaseService(storage, system_clock)
    command: Register = intake(centre=f"测量{time.time_ns()}")
    with storage.write() as work:  # codes of their own year: nothing here may meet the archive's
        work.numbers.reserve(command.centre, "案件代码", command.received_on.year, time.time_ns() // 10**9)
    return lambda: service.register(COUNTER, command, despite=ANYWAY)


# The window


def _window(folder: Path) -> None:
    """In a process of its own, because the memory is measured."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(
        [sys.executable, "-m", "benchmarks.search_window", str(folder)], check=True, env=environment
    )


if __name__ == "__main__":
    main()
