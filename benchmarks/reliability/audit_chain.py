"""S9 and C5 in long: ``python -m benchmarks.reliability.audit_chain [--tries N] [--rows N] [--acts N]``.

Eight ways to falsify a chain, each so many times, by somebody careless and by somebody who makes new links without the
key; what an appended entry costs beside a plain insert; how long a long chain takes to check; writers side by side.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from unittest.mock import patch

from sqlalchemy import Column, Index, Integer, MetaData, String, Table, Text, insert

from db.engine import open_engine
from db.migrate import upgrade
from db.tables.centre import audit
from db.unit_of_work import Storage
from mediation_desk.audit.findings import Tamper
from mediation_desk.audit.verifying import verify
from tests import postgres
from tests.persistence.chained import ACTS, KEY, anchor, checked, moment, write
from tests.persistence.falsifying import falsified, row_checksums_notice, taken

PLAIN = Table(
    "plain_log",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("at", String),
    Column("account", String),
    Column("action", String),
    Column("case_key", String),
    Column("details", Text),
)
"""The least a log can be: one row, no index."""

UNCHAINED = Table(
    "unchained_log",
    PLAIN.metadata,
    *(
        Column(one.name, one.type, primary_key=one.primary_key)
        for one in audit.c
        if one.name not in ("link", "seal")
    ),
    Index("unchained_case", "case_key", "seq"),
    Index("unchained_account", "account", "seq"),
    Index("unchained_at", "at"),
)
"""The same trail, searched the same way, without a chain: what the chain itself costs is told beside this one."""

APPENDS, ROUNDS, WRITERS = 300, 5, 8


def opened(url: str) -> Storage:
    """A storage at the current schema, with somebody signed in."""
    engine = open_engine(url)
    upgrade(engine)
    storage = Storage(engine)
    storage.seal_audit(KEY)
    return storage


def crimes(url: str, tries: int) -> None:
    """S9: found, placed, named; the control beside it."""
    storage = opened(url)
    write(storage, 60, at_once=60)
    whole, printed = taken(storage), anchor(storage)
    storage.close()
    print(f"S9: {tries} of each, chain of {len(whole.lines)} entries, anchor of the evening")
    print("  class      found   placed  named   without anchor   row checksum (recomputed)")
    for cunning in (False, True):
        for kind in Tamper:
            print(f"  {_crime(kind, whole, printed, tries, cunning=cunning)}")


def _crime(kind: Tamper, whole, printed, tries: int, *, cunning: bool) -> str:  # type: ignore[no-untyped-def]
    dice, seen = Random(f"{kind}{cunning}"), Counter[str]()
    for _ in range(tries):
        crime = falsified(kind, whole, dice, cunning=cunning)
        found = verify(crime.chain, KEY, [printed]).findings
        exact = [one for one in found if "整段" not in one.why]
        seen["found"] += bool(found)
        seen["placed"] += crime.first in [one.first for one in exact]
        seen["named"] += (kind, crime.first) in [(one.kind, one.first) for one in exact]
        seen["alone"] += not verify(crime.chain, KEY).sound
        seen["sums"] += row_checksums_notice(whole, crime, recomputed=cunning)
    who = "cunning " if cunning else "careless"
    figures = (seen[what] for what in ("found", "placed", "named", "alone", "sums"))
    return f"{kind.name:9} {who} {' '.join(f'{figure:6}' for figure in figures)}"


def appending(url: str) -> None:
    """Units of one entry each, against units of one row in tables without a chain; they take turns."""
    storage = opened(url)
    PLAIN.metadata.create_all(storage.engine)
    names = ("the same log without a chain", "a bare table")
    before, ratios = checked(storage).last, {name: list[float]() for name in names}
    for start in range(ROUNDS):
        first = before + start * APPENDS
        chained = _timed(lambda first=first: write(storage, APPENDS, first=first))  # type: ignore[misc]
        unchained = _timed(lambda first=first: _unchained(storage, first))  # type: ignore[misc]
        for name, other in zip(ratios, (unchained, _timed(lambda: _plain(storage))), strict=True):
            ratios[name].append(chained / other)
    for name, found in ratios.items():
        rounds = ", ".join(f"{one:.2f}" for one in found)
        print(
            f"append, {storage.engine.dialect.name}: {median(found):.2f} x {name} (rounds {rounds})",
            flush=True,
        )
    storage.close()


def _unchained(storage: Storage, first: int) -> None:
    """As ``chained.write`` with words in every third entry, unprotected."""
    for no in range(first, first + APPENDS):
        row = {
            "seq": no,
            "at": moment(no),
            "account": f"clerk{no % 3}",
            "action": ACTS[no % len(ACTS)],
            "case_key": f"AJ2026{no % 7:06d}",
            "result": "done",
            "clock": 0,
            "details": {"no": no},
            "words": f"张三{no} 李四" if no % 3 == 0 else "",
        }
        with storage.write() as work:
            work.connection.execute(insert(UNCHAINED), row)


def _plain(storage: Storage) -> None:
    for no in range(APPENDS):
        with storage.write() as work:
            row = {
                "at": str(moment(no)),
                "account": "clerk",
                "action": ACTS[0],
                "case_key": "AJ1",
                "details": "{}",
            }
            work.connection.execute(insert(PLAIN), row)


def checking(url: str, rows: int) -> None:
    """A long chain, whole and its tail."""
    storage = opened(url)
    before = checked(storage).last
    write(storage, rows - before, at_once=5_000, first=before)
    with storage.read() as work:
        busy = time.process_time()
        whole = _timed(lambda: verify(work.chain, KEY))
        busy = time.process_time() - busy
        tail = _timed(lambda: verify(work.chain, KEY, first=rows - 2_000))
        report = verify(work.chain, KEY, first=rows - 2_000)
    name, cost = storage.engine.dialect.name, f"{whole:.1f} s, {busy:.1f} of them at work"
    print(f"check, {name}: {rows} entries in {cost}; the last 2,000 in {tail:.2f} s, sound: {report.sound}")
    storage.close()


def writers(url: str, acts: int) -> None:
    """C5: so many processes append at once."""
    opened(url).close()
    context = get_context("spawn")
    began = time.perf_counter()
    running = [context.Process(target=_writer, args=(url, no, acts)) for no in range(WRITERS)]
    for one in running:
        one.start()
    for one in running:
        one.join()
    took = time.perf_counter() - began
    storage = opened(url)
    report = checked(storage)
    name = storage.engine.dialect.name
    print(
        f"C5, {name}: {WRITERS} processes x {acts}: {report.counts.entries} entries,"
        f" {len(report.findings)} broken, {report.counts.entries / took:.0f} a second"
    )
    storage.close()


def _writer(url: str, no: int, acts: int) -> None:
    storage = Storage(open_engine(url))
    storage.seal_audit(KEY)
    for _ in range(acts):
        with storage.write() as work:
            work.audit.write(at=moment(0), account=f"clerk{no}", action=ACTS[0], case_key="AJ1")
    storage.close()


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def run() -> None:
    """Everything on a fresh SQLite file, and the costs on a throw-away PostgreSQL where one is installed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--acts", type=int, default=250)
    given = parser.parse_args()
    with TemporaryDirectory(prefix="mediation-desk-audit-") as folder:
        place = Path(folder)
        crimes(f"sqlite:///{place / 'crimes.db'}", given.tries)
        for name, measure in (("append", appending), ("writers", lambda url: writers(url, given.acts))):
            measure(f"sqlite:///{place / name}.db")
        checking(f"sqlite:///{place / 'check.db'}", given.rows)
    if (binaries := postgres.find_binaries()) is None:
        print("no PostgreSQL here")
        return
    postgres.OPTIONS |= {
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
    }  # as at a centre
    with patch.object(postgres, "memory_folder", lambda: None), postgres.running_cluster(binaries) as cluster:
        writers(cluster, given.acts)
        appending(cluster)
        checking(cluster, given.rows)


if __name__ == "__main__":
    run()
