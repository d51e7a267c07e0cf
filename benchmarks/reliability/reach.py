"""What it costs that nobody sees a case out of reach: lists of somebody limited against those of the program.

    python -m benchmarks.reliability.reach [--cases 100000] [--url URL]

Without ``--url`` it measures a new SQLite file and, where a PostgreSQL server is installed, a database of a throw-away
cluster. Prints the median of each list in milliseconds and its ratio to that of a unit that sees everything, then how
the databases go about it. A body of the archive has about a sixth of the cases, a mediator some hundred.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select, text

from benchmarks.archive import build
from db.engine import open_engine
from db.migrate import upgrade
from db.queries.sight import limited
from db.tables.cases import cases
from db.tables.centre import bodies
from db.tables.course import case_mediators
from db.tables.marks import case_marks
from db.unit_of_work import Storage
from db.work import Work
from mediation_desk.access.actor import PROGRAM, Actor
from mediation_desk.cases.deadlines.model import Group
from mediation_desk.cases.finding.query import asked
from mediation_desk.cases.finding.said import Group as Words
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.summary import CaseQuery, Place
from mediation_desk.parties.covering import covered
from tests.postgres import find_binaries, running_cluster

ROUNDS = 15
Ask = Callable[[Work], object]


def asks(middle: Place) -> dict[str, Ask]:
    """Lists as screens ask for them."""
    return {
        "newest 200": lambda work: work.cases.summaries(CaseQuery()),
        "newest 200, names covered": lambda work: covered(
            work.actor, work, work.cases.summaries(CaseQuery())
        ),
        "200 from the middle": lambda work: work.cases.summaries(CaseQuery(after=middle)),
        "two states": lambda work: work.cases.summaries(CaseQuery(states=(State.REGISTERED, State.ACCEPTED))),
        "count to 1000": lambda work: work.cases.count(CaseQuery(), 1000),
        "search 楼道": lambda work: work.cases.summaries(CaseQuery(search="楼道")),
        "search box": lambda work: work.index.newest(asked("防水"), Words.FACTS, limit=20, since=None),
        "one case": lambda work: work.cases.find(middle.case_key),
        "deadlines": lambda work: work.deadlines.lines(Group.DUTY, None, None, 200),
        "today": lambda work: work.cases.today(middle.received_on),
    }


def actors(storage: Storage) -> dict[str, Actor]:
    """Who asks."""
    with storage.read() as work:
        names = work.connection.execute(
            select(bodies.c.name)
            .join(cases, cases.c.body_id == bodies.c.id)
            .group_by(bodies.c.name)
            .order_by(func.count().desc())
        ).scalars()
        body = next(iter(names))
        pool_no = work.connection.scalar(select(case_mediators.c.pool_no).limit(1)) or ""
    return {
        "everything": PROGRAM,
        "whole centre": Actor(account="a", display_name="甲", roles=("值班长",)),
        "one body": Actor(account="b", display_name="乙", roles=("值班长",), bodies=(body,)),
        "a mediator": Actor(account="c", display_name="丙", roles=("调解员",), pool_no=pool_no),
        "nothing": Actor(account="d", display_name="丁", roles=("调解员",)),
    }


def measure(storage: Storage, title: str, count: int) -> None:
    """One database."""
    with storage.read() as work:
        number = work.connection.scalar(select(func.count()).select_from(cases))
        marks = work.connection.scalar(select(func.count()).select_from(case_marks))
        row = work.connection.execute(
            select(cases.c.case_key, cases.c.received_on).where(cases.c.id == count // 2)
        ).one()
    print(f"\n{title}: {number} cases, {marks} marks")
    wanted, people = asks(Place(case_key=row.case_key, received_on=row.received_on)), actors(storage)
    print(f"{'':26}" + "".join(f"{name:>22}" for name in people))
    for name, ask in wanted.items():
        found = {who: _median(storage, actor, ask) for who, actor in people.items()}
        base = found["everything"]
        print(f"{name:26}" + "".join(f"{one * 1000:13.2f} {one / base:5.2f} x" for one in found.values()))
    for who in ("one body", "a mediator"):
        print(f"\n{who}: the newest 200")
        print(_plan(storage, people[who]))


def _median(storage: Storage, actor: Actor, ask: Ask) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        with storage.read(actor) as work:
            ask(work)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def _plan(storage: Storage, actor: Actor) -> str:
    listed = select(cases.c.case_key).order_by(cases.c.received_on.desc(), cases.c.id.desc()).limit(200)
    with storage.read(actor) as work:
        asked_for = limited(work.connection, listed).compile(
            dialect=work.connection.dialect, compile_kwargs={"literal_binds": True}
        )
    word = "EXPLAIN QUERY PLAN" if storage.engine.dialect.name == "sqlite" else "EXPLAIN"
    with storage.read() as work:
        rows = work.connection.execute(text(f"{word} {str(asked_for).replace(':', chr(92) + ':')}"))
        return "\n".join("  " + str(row[-1]) for row in rows)


@contextmanager
def _databases(url: str | None) -> Iterator[list[tuple[str, str]]]:
    if url is not None:
        yield [(url.split(":", 1)[0], url)]
        return
    with tempfile.TemporaryDirectory() as folder:
        found = [("SQLite", f"sqlite:///{Path(folder) / 'reach.db'}")]
        binaries = find_binaries()
        if binaries is None:
            yield found
            return
        with running_cluster(binaries) as cluster:
            yield [*found, ("PostgreSQL", cluster)]


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--url")
    chosen = parser.parse_args()
    with _databases(chosen.url) as found:
        for title, url in found:
            storage = Storage(open_engine(url))
            upgrade(storage.engine)
            build(storage, chosen.cases)
            measure(storage, title, chosen.cases)
            storage.close()


if __name__ == "__main__":
    main()
