"""Kill the change of a data key again and again and look what opens: a program that prints findings as JSON (R11).

A centre with cases, an administrator, a clerk, one who left, and the sheet. After each kill the program is started
again: exactly one key opens the database and it is the one the accounts hold, content and trail are whole, who may
sign in does, who left does not. Every other kill falls before or after one of the steps in which the two files change.

It is a program of its own because it forks: the children must not inherit pytest's threads and files.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select

from db import rekeying, sqlite, vault
from db.base import metadata
from db.bulk import BulkCases
from db.care import inspect
from db.repositories.keys import KeyRepository
from db.storage import open_storage
from mediation_desk.audit.verifying import verify
from mediation_desk.practice.demo import fill
from mediation_desk.settings import resolve
from mediation_desk.shared.errors import DeskError
from tests.persistence.account_desk import GOOD, OTHER, Centre

CASES = 20
SHEET_EACH = 5  # the recovery code is tried after so many kills; each time it gives the next
STEPS: tuple[tuple[Any, str, bool], ...] = (  # whether after it
    (rekeying, "take_place", False),
    (vault, "replace_durably", True),
    (KeyRepository, "settle", True),
    (KeyRepository, "keep_turn", True),
    (vault, "_overwrite", True),
    (rekeying, "_write", True),
    (rekeying, "take_place", True),
    (KeyRepository, "settle", False),
    (rekeying, "_write", False),
)
MOVING = ("audit", "audit_head", "accounts", "account_keys", "data_keys", "sign_in_tries", "sign_in_refusals")


class Place:
    """The centre on disk, and what has to be found there after each kill."""

    def __init__(self, folder: Path) -> None:
        self.settings = resolve(folder)
        self.number, self.key, self.code = 0, b"", ""

    @contextlib.contextmanager
    def start(self) -> Any:
        storage = open_storage(self.settings)
        try:
            yield Centre(storage)
        finally:
            storage.close()

    def begin(self) -> float:
        """Fill it; how long one whole change takes."""
        with self.start() as centre:
            self.code = centre.begun()
            for name, shown in (("wang", "王芳"), ("li", "李强")):
                centre.member(name, shown, "窗口登记员")
            centre.accounts.lock(centre.actor, "wang")
            fill(BulkCases(centre.storage), CASES, 11, lambda _done: None)
            began = time.monotonic()
            centre.accounts.rekey(centre.actor, "第一次")
            took = time.monotonic() - began
            self.content = _content(centre)
            self.number, self.key = 1, centre.storage.key or b""
        return took

    def wrong(self, *, sheet: bool) -> list[str]:
        """What is not as it has to be."""
        found = list[str]()
        with self.start() as centre:
            if _enters(centre, "wang", OTHER):
                found.append("stays_out")
            if not (_enters(centre, "li", OTHER) and _enters(centre, "root", GOOD)):
                return [*found, "gets_in"]
            number, key = centre.accounts.key_standing(centre.actor).number, centre.storage.key or b""
            with centre.storage.door() as keys:
                if keys.waiting() or (number == self.number) != (key == self.key):
                    found.append("keys")
            with centre.storage.read() as work:
                if not verify(work.chain, centre.storage.audit_key, ()).sound:
                    found.append("trail")
            if inspect(centre.storage.engine) != CASES or _content(centre) != self.content:
                found.append("content")
            if sheet:
                try:
                    self.code = centre.accounts.recover(self.code, "root", GOOD)
                except DeskError:
                    found.append("sheet")
        if key != self.key and _opens(self.settings, self.key):
            found.append("keys")
        self.number, self.key = number, key
        return found


def kill_once(run: Callable[[Callable[[], None]], None], seconds: float) -> None:
    """A child changes the key; it ends itself, or is killed so long after it signed in."""
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiving)
        try:
            run(lambda: void(os.write(sending, b"in")))
        finally:
            os._exit(0)
    os.close(sending)
    os.read(receiving, 2)
    os.close(receiving)
    if seconds:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def change(
    place: Place, step: tuple[Any, str, bool] | None, ready: Callable[[], None], *, control: bool
) -> None:
    """Sign in, be ``ready``, and change the key; cut off at the ``step`` where there is one."""
    if control:
        without_mark()
    if step is not None:
        cut_at(*step)
    with place.start() as centre:
        centre.accounts.sign_in("root", GOOD)
        ready()
        centre.accounts.rekey(centre.actor, "又一次")


def cut_at(owner: Any, name: str, after: bool) -> None:
    """The program ends before or after this step, as if it were killed there."""
    whole = getattr(owner, name)

    def cut(*given: Any, **named: Any) -> None:
        if after:
            whole(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, cut)


def without_mark() -> None:
    """The control: the file changes first, the keys after it."""
    kept = list[Any]()
    changed: Any = KeyRepository
    changed.keep_turn = lambda _keys, turn, wraps: kept.append((turn, wraps))
    changed.waiting = lambda _keys: kept[0][0].mark if kept else ""


def main(folder: str, kills: int, control: str = "") -> dict[str, int]:
    """Kill ``kills`` times; how often the key was changed, and how often something was wrong, by what."""
    chance, place = random.Random(11), Place(Path(folder))
    took = place.begin()
    counts = dict.fromkeys(("changed", "stays_out", "gets_in", "keys", "trail", "content", "sheet"), 0)
    for kill in range(kills):
        step = (rekeying, "take_place", True) if control else STEPS[kill // 2 % len(STEPS)]
        by_step, before = bool(kill % 2) or bool(control), place.number

        changing = partial(change, place, step if by_step else None, control=bool(control))
        kill_once(changing, 0 if by_step else chance.uniform(0, took))
        wrong = place.wrong(sheet=kill % SHEET_EACH == SHEET_EACH - 1)
        for what in wrong:
            counts[what] += 1
        counts["changed"] += place.number != before
        if "gets_in" in wrong:
            break
    return counts


def _enters(centre: Centre, name: str, password: str) -> bool:
    try:
        centre.accounts.sign_in(name, password)
    except DeskError:
        return False
    return True


def _opens(settings: Any, key: bytes) -> bool:
    try:
        sqlite.connect(settings.database, key, settings.keys).close()
    except sqlite.DRIVER.DatabaseError:
        return False
    return True


def _content(centre: Centre) -> str:
    digest = hashlib.sha256()
    with centre.storage.read() as work:
        for table in metadata.sorted_tables:
            if table.name not in MOVING:
                digest.update(repr(sorted(map(repr, work.connection.execute(select(table))))).encode())
    return digest.hexdigest()


def void(_: object) -> None:
    """Drop a result."""


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), "".join(sys.argv[3:]))))
