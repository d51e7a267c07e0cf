"""C1, beside the hot cases: what a counter does all day, each act repeated after a lost answer as 再试一次 does.

Cases of its own from the registration into the archive, scans with their files on the server, words that are no
record yet. Afterwards every acknowledged act is there exactly once, and no number is missing or given twice.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Select, select

from db.shelf import shelf_of
from db.tables.cases import cases as case_rows
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.audit.verifying import verify
from mediation_desk.cases.counter.alike import ANYWAY
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.registers import Registers
from mediation_desk.cases.scan import ScanKind
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.hearing import PlanSession
from mediation_desk.cases.steps.scanning import Arrived, FileScans
from mediation_desk.shared.errors import ConflictError, StorageError, StoredError
from mediation_desk.shared.file_store import FileStore
from mediation_desk.shared.operation import new_operation, operation
from tests.persistence.lifecycle_stories import WAYS
from tests.persistence.pool_material import card
from tests.persistence.test_case_steps import REGISTER

NOW = datetime(2026, 7, 1, 2, tzinfo=UTC)
STEPS = tuple(
    replace(step, override_reason="同一时间另有一案") if isinstance(step, PlanSession) else step
    for step in WAYS[State.ARCHIVED]
)
KINDS = {"step": 10, "draft": 4, "scan": 2}
KEY = random.Random(47).randbytes(32)
T = TypeVar("T")


@dataclass
class Done:
    """What one counter was told is stored."""

    steps: dict[str, int] = field(default_factory=dict)
    """How many, by the words a case of its own was registered with."""
    scans: dict[str, list[str]] = field(default_factory=dict)
    draft: int = 0
    told: Counter[str] = field(default_factory=Counter)


@dataclass
class Everyday:
    """One counter: ``one`` act after the other."""

    storage: Storage
    actor: Actor
    chance: random.Random
    folder: Path
    done: Done = field(default_factory=Done)
    words: str = ""
    key: str = ""

    def __post_init__(self) -> None:
        self.cases = CaseService(self.storage, lambda: NOW)
        self.files = files_in(self.storage, self.folder)

    def one(self) -> None:
        """Any act."""
        (kind,) = self.chance.choices(list(KINDS), list(KINDS.values()))
        getattr(self, kind)()
        self.done.told[f"everyday: {kind}"] += 1

    def step(self) -> None:
        """The next step of its newest case, or a new case."""
        taken = self.done.steps.get(self.words)
        if taken is None or taken == len(STEPS):
            words = f"{self.actor.display_name}自己的第{len(self.done.steps) + 1}件"
            new = replace(REGISTER, facts=words)
            self._surely(lambda: self.cases.register(self.actor, new, despite=ANYWAY))
            with self.storage.read() as work:
                found = work.connection.scalars(_named(words)).all()
            self.words, self.key = words, found[-1]
            self.done.steps[words] = 0
        else:
            self._surely(lambda: self.cases.perform(self.actor, self.key, STEPS[taken]))
            self.done.steps[self.words] = taken + 1

    def draft(self) -> None:
        """Words that are no record yet."""
        count = self.done.draft + 1
        self._surely(
            lambda: self.cases.keep_draft(self.actor, self._place, {"facts": "雨。" * 40, "no": count})
        )
        self.done.draft = count

    def scan(self) -> None:
        """A file on the server, and in its newest case."""
        if not self.key or self.done.steps[self.words] == len(STEPS):
            return
        data = self.chance.randbytes(self.chance.randrange(1, 60_000))
        kept = self._surely(lambda: self.files.put_bytes(data)) or self.files.put_bytes(data)
        arrived = Arrived(
            kind=ScanKind.OTHER, title="收条", sha256=kept.sha256, name="收条.png", media="image/png",
            size=kept.size, pages=1,
        )  # fmt: skip
        self._surely(lambda: self.cases.perform(self.actor, self.key, FileScans(scans=(arrived,), at=NOW)))
        self.done.scans.setdefault(self.words, []).append(kept.sha256)

    @property
    def _place(self) -> str:
        return f"everyday-{self.actor.display_name}"

    def _surely(self, act: Callable[[], T]) -> T | None:
        """The same act until it is known how it ended; None where it had been stored before."""
        name = new_operation()
        for _time in range(100):
            try:
                with operation(name):
                    return act()
            except StoredError:
                self.done.told["everyday: found stored"] += 1
                return None
            except StorageError:
                self.done.told["everyday: a sentence about the server"] += 1
                time.sleep(0.2)
            except ConflictError:
                self.done.told["everyday: asked to try again"] += 1
        raise AssertionError("the server did not come back")


def prepare(storage: Storage) -> None:
    """Whom the cases ask for."""
    with storage.write() as work:
        work.pool.learn([card(number) for number in ("M01", "M02", "M03")])


def files_in(storage: Storage, folder: Path) -> FileStore:
    """The store of a counter."""
    return FileStore(folder / "attachments", lambda: KEY, shared=shelf_of(storage))


def wrong(storage: Storage, done: dict[str, Done], folder: Path) -> Iterator[str]:
    """What is not as the counters, by name, were told."""
    cases, files = CaseService(storage, lambda: NOW), files_in(storage, folder)
    for name, one in done.items():
        for words, steps in one.steps.items():
            with storage.read() as work:
                keys = work.connection.scalars(_named(words)).all()
            if len(keys) != 1:
                yield f"{words}: {len(keys)} cases"
                continue
            file, scans = cases.file(COUNTER, keys[0]), one.scans.get(words, [])
            titles = [line.step for line in cases.history(COUNTER, keys[0])]
            taken = [title for title in titles if title not in ("登记", FileScans.title)]
            if len(taken) != steps:
                yield f"{words}: {len(taken)} steps instead of {steps}"
            if sorted(scan.sha256 for scan in file.beside.scans) != sorted(scans):
                yield f"{words}: {len(file.beside.scans)} scans instead of {len(scans)}"
            yield from (f"{words}: file {sha256} lost" for sha256 in scans if not files.is_whole(sha256))
        kept = [draft for draft in cases.drafts(COUNTER) if draft.key == f"everyday-{name}"]
        if [draft.content["no"] for draft in kept] != ([one.draft] if one.draft else []):
            yield f"{name}: draft {kept} instead of {one.draft}"
    registers = Registers(storage)
    for series in registers.series(COUNTER):
        if fault := registers.numbers(COUNTER, series).fault:
            yield f"{series.kind}: {fault}"
    with storage.read() as work:
        if not verify(work.chain, None, ()).sound:
            yield "the chain of the audit trail is broken"


def _named(words: str) -> Select[str]:
    return select(case_rows.c.case_key).where(case_rows.c.facts == words)
