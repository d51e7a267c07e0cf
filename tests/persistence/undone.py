"""R4: whatever statement or file operation of an act fails, all is as it was before, and whoever acted is told."""

from __future__ import annotations

import builtins
import errno
import hashlib
import io
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from unittest.mock import patch

from sqlalchemy import select

from db.base import metadata
from db.repositories.destruction import of_cases
from db.statement_bug import StatementBug
from mediation_desk.app import Desk
from mediation_desk.shared.errors import DeskError
from mediation_desk.shared.files import PREFIX, UnsureFile
from tests.persistence.spoiling import Spoiler

Act = Callable[[], object]
Make = Callable[[], Act]
"""An act that can be done now; asked for anew after each failure."""

_OPERATIONS = (
    (os, "open"), (os, "replace"), (os, "rename"), (os, "mkdir"), (os, "fsync"), (os, "unlink"),
    (io, "open"), (builtins, "open"),
)  # fmt: skip
_REFUSALS = (errno.ENOSPC, errno.EACCES, errno.EIO, errno.EROFS)
_DATABASE = "desk."
_HARMLESS = frozenset({"data/anchors.jsonl", "operations", "file_pieces"})
"""True by themselves: how far the chain had come, which units were done, and files on the shelf of a server."""

_TELLS = _HARMLESS | {"audit", "audit_head", "audit_words"}

_DESTROYED = {table.name for table, _ in of_cases(())} | {
    "destroyed_facts",
    "destruction_lines",
    "destruction_lists",
    "name_ways",
    "people",
    "phrases",
    "touched_months",
    "visits",
}
FURTHER: dict[str, set[str]] = {
    # counted first: who pulls the plug gains no try
    "accounts.change_password": {"sign_in_tries"},
    # the entry stands before the copy, and one that it failed after it
    "backups.make": {"audit", "audit_head"},
    # a case is a unit; its files go after it
    "destruction.apply": {*_TELLS, *_DESTROYED, "data/papers"},
    # the draft, with what was put right: who is stopped goes on from there
    "ledger_import.take_in": {"settings"},
    # that somebody looked stands in the trail before he sees it
    "packages.look": {"audit", "audit_head"},
    # what goes out is noted before the file is there
    "packages.pack": {"exchanges", "audit_words", "settings"},
    # whose package it is, then each case, then the sum
    "packages.join": {"audit", "audit_head", "settings"},
}
"""Acts of several units, and what may be further along after a failure."""

_UNSPOKEN = ("attachments", "thumbnails")
"""What lies there counts for a case only when the database speaks of it; what it does not is harmless."""


class Failing(Protocol):
    """Lets the n-th operation fail, counted from 1; ``seen`` tells how many there were."""

    seen: int

    def spoiling(self, number: int) -> AbstractContextManager[None]:
        """Within the block."""


class FileSpoiler:
    """File operations of Python below ``folder``; those of the database engine are cut in R2 and R5."""

    def __init__(self, folder: Path) -> None:
        self._below = str(folder)
        self.at = self.seen = 0

    @contextmanager
    def spoiling(self, number: int) -> Iterator[None]:
        """Within the block the operation of this number is refused by the system."""
        self.at, self.seen = number, 0
        with ExitStack() as stack:
            for module in (os, io, builtins):
                stack.enter_context(patch.multiple(module, **self._of(module)))
            yield

    def _of(self, module: Any) -> dict[str, Any]:
        return {name: self._either(getattr(module, name)) for one, name in _OPERATIONS if one is module}

    def _either(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def either(*given: Any, **named: Any) -> Any:
            if isinstance(given[0], int) or str(given[0]).startswith(self._below):
                self.seen += 1
                if self.seen == self.at:
                    code = _REFUSALS[self.at % len(_REFUSALS)]
                    raise OSError(code, os.strerror(code), None if isinstance(given[0], int) else given[0])
            return real(*given, **named)

        return either


@dataclass
class Outcome:
    """How often each act was made to fail, how often it went on all the same, and what was wrong after it."""

    failed: Counter[str] = field(default_factory=Counter)
    went_on: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def statements_fail(desk: Desk, folder: Path, acts: Iterable[tuple[str, Make]], *, stride: int) -> Outcome:
    """Let every ``stride``-th statement of every act fail: everything has to be as before."""
    outcome, spoiler = Outcome(), Spoiler(desk.storage.engine)
    for name, number, error, changed in _failures(desk, folder, acts, spoiler, stride, outcome):
        if error is None:
            outcome.wrong.append(f"{name} {number}: nobody was told")
        elif not _speaks(error) and not isinstance(error, StatementBug):
            outcome.wrong.append(f"{name} {number}: {type(error).__name__} {error}")
        if excess := changed - _HARMLESS - _further(name, changed):
            outcome.wrong.append(f"{name} {number}: changed {', '.join(sorted(excess))} ({error})")
    return outcome


def files_fail(desk: Desk, folder: Path, acts: Iterable[tuple[str, Make]], *, stride: int) -> Outcome:
    """Let every ``stride``-th file operation of every act fail.

    An act may go on without it (a folder that is there already, a leftover that cannot be swept). Where it ends,
    everything has to be as before, but that the trail may tell of it: an entry stands before the file, never after.
    """
    outcome = Outcome()
    for name, number, error, changed in _failures(desk, folder, acts, FileSpoiler(folder), stride, outcome):
        if error is None:
            outcome.went_on[name] += 1
            continue
        if not _speaks(error):
            outcome.wrong.append(f"{name} {number}: {type(error).__name__} {error}")
        if isinstance(error, UnsureFile) and "audit" in changed:
            # a loose paper, whole, of which the trail tells
            changed = {one for one in changed if "/" not in one}
        if excess := changed - _TELLS - _further(name, changed):
            outcome.wrong.append(f"{name} {number}: changed {', '.join(sorted(excess))} ({error})")
    return outcome


def _further(act: str, changed: set[str]) -> set[str]:
    """What of this may have changed already, tables by name and files by their folder."""
    may = FURTHER.get(act, set())
    return {one for one in changed if one in may or str(Path(one).parent) in may}


Failure = tuple[str, int, BaseException | None, set[str]]


def _failures(
    desk: Desk,
    folder: Path,
    acts: Iterable[tuple[str, Make]],
    failing: Failing,
    stride: int,
    outcome: Outcome,
) -> Iterator[Failure]:
    for place, (name, make) in enumerate(acts):
        number = 1 + place % min(stride, 10)  # so that short acts fail, too
        while True:
            act = make()
            before = state(desk, folder)
            with failing.spoiling(number):
                error = _raised_by(act)
            if failing.seen < number:
                if error is not None:
                    outcome.wrong.append(f"{name}: {type(error).__name__} {error} without a failure")
                break
            outcome.failed[name] += 1
            after = state(desk, folder)
            either = before.keys() | after.keys()
            changed = {one for one in either if before.get(one) != after.get(one)}
            yield name, number, error, changed
            number += stride


def _speaks(error: BaseException) -> bool:
    return isinstance(error, DeskError) and error.message.endswith(("。", "）"))


def state(desk: Desk, folder: Path) -> dict[str, str]:
    """A digest of every table, and of every file that counts."""
    found = {}
    with desk.storage.read() as work:
        for table in metadata.sorted_tables:
            rows = sorted(repr(tuple(row)) for row in work.connection.execute(select(table)))
            found[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    for path in sorted(folder.rglob("*")):
        within = path.relative_to(folder)
        if path.is_file() and not _counts_not(within):
            found[str(within)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _counts_not(path: Path) -> bool:
    swept = any(part.startswith(PREFIX) for part in path.parts)
    return swept or path.name.startswith(_DATABASE) or any(part in _UNSPOKEN for part in path.parts)


def _raised_by(act: Act) -> BaseException | None:
    try:
        act()
    except Exception as error:  # noqa: BLE001  # whatever it is, it is looked at
        return error
    return None
