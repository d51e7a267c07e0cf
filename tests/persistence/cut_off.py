"""What a desk left behind that was killed or whose power was cut, judged by what it had told (see ``at_work``)."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from db import sqlite
from db.care import inspect
from db.storage import open_storage
from mediation_desk.access.accounts.sealing import subkey
from mediation_desk.access.actor import COUNTER
from mediation_desk.audit.verifying import verify
from mediation_desk.cases.service import CaseService
from mediation_desk.settings import KEYS_SUFFIX, resolve
from mediation_desk.shared.errors import DeskError, PermissionDenied
from mediation_desk.shared.file_store import FileStore
from tests.persistence.account_desk import GOOD, NOW, Centre
from tests.persistence.pool_material import card

MEMORY = Path("/dev/shm")
DRAFT = "intake:at-work"
State = dict[str, str]
"""Digest of everything in the database (``db``) and in the file with its keys (``keys``)."""


@contextlib.contextmanager
def place() -> Iterator[Path]:
    """Where to work: in memory if possible; what a real disk keeps is not what is asked."""
    with tempfile.TemporaryDirectory(prefix="desk-cut-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)


def begun(folder: Path) -> bytes:
    """An encrypted centre nobody worked in yet; its key."""
    centre = Centre(open_storage(resolve(folder)))
    centre.begun()
    with centre.storage.write(COUNTER) as work:
        work.pool.learn([card(number) for number in ("M01", "M02", "M03")])
    key = centre.seat.key or b""
    centre.storage.close()
    return key


def begins(folder: Path, *, told: bool) -> str:
    """Start on what a first start left: it was ``told`` to be done, or may be done again; ``""`` or what is wrong."""
    try:
        centre = Centre(open_storage(resolve(folder)))
        try:
            if told or centre.accounts.exist():
                centre.accounts.sign_in("root", GOOD)
            else:
                centre.begun()
            inspect(centre.storage.engine)
        finally:
            centre.storage.close()
    except (DeskError, sqlite.DRIVER.Error) as error:
        return f"damaged: {error}"
    return ""


def files_of(folder: Path, centre: Centre) -> FileStore:
    """The store of a centre, under its key."""
    return FileStore(folder, lambda: centre.seat.subkey("attachments"))


def state(driver: Any) -> State:
    """Of one connection, or of the file with the keys alone where it is open to that only."""
    found = {}
    for _no, schema, file in driver.execute("PRAGMA database_list").fetchall():
        if schema == "temp":
            continue
        digest = hashlib.sha256()
        named = (
            "SELECT name FROM pragma_table_list WHERE schema=? AND type IN ('table', 'virtual') ORDER BY name"
        )
        for (table,) in driver.execute(named, (schema,)).fetchall():
            rows = driver.execute(f'SELECT * FROM {schema}."{table}"').fetchall()
            digest.update(repr((table, sorted(map(repr, rows)))).encode())
        found["keys" if file.endswith(KEYS_SUFFIX) else "db"] = digest.hexdigest()
    return found


class Told:
    """What a desk told, in order: the states its database was to have, and which of them it must have had."""

    def __init__(self, state: State, password: str = GOOD) -> None:
        self.states = [state]
        self.sure = 0  # which state was surely stored
        self.units = 0
        self.password, self.next_password = password, ""
        self.draft = self.next_draft = 0

    def hear(self, told: dict[str, Any]) -> None:
        """One line."""
        if "will hold" in told:
            self.sure = len(self.states) - 1  # commits come one after the other
            self.states.append(self.states[-1] | told["will hold"])
        elif "password" in told:
            self.next_password = told["password"]
        elif "draft" in told:
            self.next_draft = told["draft"]
        elif "done" in told:
            self.units += told["done"] != "entered"
            self.settle()

    def settle(self) -> None:
        """All that was begun is acknowledged."""
        self.sure = len(self.states) - 1
        self.password, self.next_password = self.next_password or self.password, ""
        self.draft = self.next_draft

    def allows(self, found: State) -> bool:
        """Whether that is what was surely stored, or what was about to be.

        A unit over both files is whole in each; the database comes first (decision 50).
        """
        last, sure = self.states[-1], self.states[self.sure]
        return found in (sure, last, last | {"keys": sure["keys"]})

    def knows(self, found: State) -> bool:
        """Whether the database was like that at any time: then it is old, not half."""
        return found["db"] in {one["db"] for one in self.states}


def judged(folder: Path, key: bytes, told: Told, *, entering: bool = True) -> str:
    """Open what was left with the shipped engine: ``""``, or what is wrong with it in a word.

    Where somebody is ``entering``, ``told`` knows afterwards with which password.
    """
    files = FileStore(resolve(folder).attachments, lambda: subkey(key, "attachments"))
    try:
        with opened(folder, key) as connection:
            found = state(connection)
            spoken_of = connection.execute("SELECT sha256 FROM scans").fetchall()
        if not told.allows(found):
            return "lost" if told.knows(found) else "half"
        if not all(files.is_whole(one) for (one,) in spoken_of):
            return "file lost"
        return _entered(folder, told) if entering else ""
    except (DeskError, sqlite.DRIVER.Error) as error:
        return f"damaged: {error}"


def looked_at(folder: Path, key: bytes) -> State:
    """The state of a sound database. Raises as `opened`."""
    with opened(folder, key) as connection:
        return state(connection)


@contextlib.contextmanager
def opened(folder: Path, key: bytes) -> Iterator[Any]:
    """A connection to a database whose every page is sound. Raises ``StorageError``, the driver's errors."""
    settings = resolve(folder)
    assert settings.database is not None
    raw = subkey(key, "database")
    sqlite.demand_whole(settings.database, raw, settings.keys)
    with contextlib.closing(sqlite.connect(settings.database, raw, settings.keys)) as connection:
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            raise sqlite.DRIVER.DatabaseError("foreign keys")
        yield connection


def _entered(folder: Path, told: Told) -> str:
    """What somebody finds who signs in."""
    centre = Centre(open_storage(resolve(folder)))
    try:
        password = _signed_in(centre, (told.next_password, told.password))
        if not password:
            return "locked out"
        told.password, told.next_password = password, ""
        inspect(centre.storage.engine)
        with centre.storage.read(COUNTER) as work:
            if not verify(work.chain, centre.storage.audit_key, ()).sound:
                return "chain broken"
        offered = CaseService(centre.storage, lambda: NOW).drafts(COUNTER)
        if told.draft > max(
            (int(str(one.content["count"])) for one in offered if one.key == DRAFT), default=0
        ):
            return "draft lost"
        return ""
    finally:
        centre.storage.close()


def _signed_in(centre: Centre, passwords: Iterable[str]) -> str:
    for password in passwords:
        with contextlib.suppress(PermissionDenied):
            if password:
                centre.accounts.sign_in("root", password)
                return password
        centre.clocks.go(3600)  # a wrong try has to be waited for
    return ""
