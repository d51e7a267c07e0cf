"""A desk at work on an encrypted centre, until it is killed or its power is cut: a program that tells what it does.

Before every commit it tells what the database will hold then, after every unit that the unit is done. ``cut_off``
judges by these words what is left. The work goes on where the one before it ended.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, func, select

from db import engine, sqlite
from db.storage import open_storage
from db.tables.cases import cases as case_rows
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.scan import ScanKind
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.hearing import PlanSession
from mediation_desk.cases.steps.scanning import Arrived, FileScans
from mediation_desk.cases.summary import Draft
from mediation_desk.settings import resolve
from mediation_desk.shared.file_store import FileStore
from tests.persistence.account_desk import Centre
from tests.persistence.cut_off import DRAFT, files_of, state
from tests.persistence.lifecycle_stories import PERFORMED, WAYS, registered

NOW = datetime(2026, 7, 1, 2, tzinfo=UTC)
STEPS = tuple(
    replace(step, override_reason="同一时间另有一案") if isinstance(step, PlanSession) else step
    for step in (*WAYS[State.BREACHED], *PERFORMED)
)
KINDS = {"step": 10, "draft": 5, "scan": 2, "change": 1, "leave": 1}
"""What is done how often."""

Tell = Callable[[dict[str, Any]], None]


@dataclass
class Work:
    """Somebody working: ``one`` unit after the other."""

    centre: Centre
    files: FileStore
    password: str
    tell: Tell
    chance: random.Random
    drafted: int = 0

    def __post_init__(self) -> None:
        self.cases = CaseService(self.centre.storage, lambda: NOW)

    def one(self) -> None:
        """Any unit; told once it is done."""
        (kind,) = self.chance.choices(list(KINDS), list(KINDS.values()))
        getattr(self, kind)()
        self.tell({"done": kind})

    def step(self) -> None:
        """The next step of the newest case, every third together with words kept in the same unit; or a new case."""
        with self.centre.storage.read(COUNTER) as work:
            key = work.connection.scalar(select(func.max(case_rows.c.case_key)))
        taken = 0
        if key is not None:
            taken = sum(
                line.step not in ("登记", FileScans.title) for line in self.cases.history(COUNTER, key)
            )
        if key is None or taken == len(STEPS):
            registered(self.cases)
        elif taken % 3:
            self.cases.perform(COUNTER, key, STEPS[taken])
        else:
            with self.centre.storage.write(COUNTER) as work:
                self.cases.perform_within(work, COUNTER, key, STEPS[taken])
                work.drafts.keep(
                    Draft(key=f"{key}:{taken}", account="", content={"now": taken}, saved_at=NOW)
                )
                work.notes.put("at_work", f"{key}:{taken}")

    def draft(self) -> None:
        """Words that are no record yet."""
        self.drafted += 1
        self.cases.keep_draft(COUNTER, DRAFT, {"facts": "雨水倒灌。" * 40, "count": self.drafted})
        self.tell({"draft": self.drafted})

    def scan(self) -> None:
        """A file beside the database, and in the newest case."""
        with self.centre.storage.read(COUNTER) as work:
            key = work.connection.scalar(select(func.max(case_rows.c.case_key)))
        if key is None:
            return
        kept = self.files.put_bytes(self.chance.randbytes(self.chance.randrange(1, 60_000)))
        arrived = Arrived(
            kind=ScanKind.OTHER, title="收条", sha256=kept.sha256, name="收条.png", media="image/png",
            size=kept.size, pages=1,
        )  # fmt: skip
        self.cases.perform(COUNTER, key, FileScans(scans=(arrived,), at=NOW))

    def change(self) -> None:
        """Another password: one unit over both files."""
        new = f"Kaixiang-{self.chance.randrange(10**9)}-men"  # none is used twice
        self.tell({"password": new})
        self.centre.accounts.change_password(self.centre.actor, self.password, new)
        self.password = new

    def leave(self) -> None:
        """Leave and come back: every connection closes, the log is folded into the file and removed."""
        self.centre.accounts.sign_out()
        self.centre.accounts.sign_in("root", self.password)


def tell_commits(tell: Tell) -> None:
    """From now on each commit of this process is told before it is made."""

    def told(connection: Connection) -> None:
        tell({"will hold": state(connection.connection.driver_connection)})

    event.listen(Engine, "commit", told)


def each_statement_alone(storage: Storage) -> None:
    """The control: no transaction begins, every statement commits by itself."""
    event.remove(storage.engine, "begin", engine._begin_sqlite)


def main(folder: str, password: str, manner: str, seed: int, units: int, tell: Tell) -> None:
    """So many units in ``manner``: ``ours``, ``statements`` or ``normal`` (not synced at each commit).

    In manner ``first`` a centre is begun, and that is all.
    """
    if manner == "normal":
        slack = tuple(one.replace("synchronous=FULL", "synchronous=NORMAL") for one in sqlite.PRAGMAS)
        setattr(sqlite, "PRAGMAS", slack)  # noqa: B010  # it is declared as what it is
    settings = resolve(Path(folder))
    centre = Centre(open_storage(settings))
    if manner == "first":
        centre.begun()
        tell({"done": "begun"})
        return
    tell_commits(tell)
    centre.accounts.sign_in("root", password)
    if manner == "statements":
        each_statement_alone(centre.storage)
    tell({"done": "entered"})
    work = Work(centre, files_of(settings.attachments, centre), password, tell, random.Random(seed))
    for _ in range(units):
        work.one()


def to_stdout(told: dict[str, Any]) -> None:
    """One line, in one piece."""
    os.write(1, (json.dumps(told) + "\n").encode())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]), to_stdout)
