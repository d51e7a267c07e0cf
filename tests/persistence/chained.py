"""A chain of invented acts for the tests: written through units of work, falsified behind the program's back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, text

from db.tables.chain import STAYS
from db.unit_of_work import Storage
from mediation_desk.access.accounts.sealing import subkey
from mediation_desk.audit.anchors import Anchor
from mediation_desk.audit.findings import Report
from mediation_desk.audit.verifying import verify

KEY = subkey(bytes(range(32)), "audit")
BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ACTS = ("case.受理", "case.view", "document.print", "case.search")


def moment(no: int) -> datetime:
    """A minute for each act."""
    return BEGIN + timedelta(minutes=no)


def write(storage: Storage, number: int, *, at_once: int = 1, first: int = 0) -> None:
    """So many acts, ``at_once`` in a unit; every third has personal words."""
    for start in range(first, first + number, at_once):
        with storage.write() as work:
            for no in range(start, min(start + at_once, first + number)):
                work.audit.write(
                    at=moment(no),
                    account=f"clerk{no % 3}",
                    action=ACTS[no % len(ACTS)],
                    case_key=f"AJ2026{no % 7:06d}",
                    details={"no": no},
                    words={"before": f"张三{no}", "after": "李四"} if no % 3 == 0 else None,
                )


def checked(storage: Storage, anchors: Sequence[Anchor] = (), key: bytes | None = KEY) -> Report:
    """The report on the whole chain."""
    with storage.read() as work:
        return verify(work.chain, key, anchors)


def anchor(storage: Storage) -> Anchor:
    """What a paper printed now would say."""
    with storage.read() as work:
        found = verify(work.chain, KEY).head
        assert found is not None
        return found


@contextmanager
def behind_its_back(storage: Storage) -> Iterator[Connection]:
    """The database in the hands of its administrator: no guards, everything can be done."""
    with storage.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            found = (
                connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
                .scalars()
                .all()
            )
            for name in found:
                if name.startswith(STAYS):
                    connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("SET session_replication_role = replica"))
        yield connection
        connection.commit()
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = origin"))
            connection.commit()
