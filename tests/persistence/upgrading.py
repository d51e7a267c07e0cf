"""Kill an upgrade again and again: the database is the old one or the new one. A program that prints JSON; it forks."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from alembic import command

from db.engine import open_engine
from db.migrate import HEAD, REVISIONS, alembic_config, check_version
from db.sqlite import DRIVER
from db.storage import open_storage
from mediation_desk.app import fill_demo
from mediation_desk.settings import resolve
from mediation_desk.shared.files import PREFIX

OLD = REVISIONS[-4]
CASES = 5


def older(folder: Path) -> Path:
    """A centre with cases as a program some steps back left it."""
    fill_demo(resolve(folder, practice=True), CASES, 1, lambda _done: None)
    file = folder / "desk.db"
    engine = open_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        with connection.begin():
            command.downgrade(alembic_config(connection), OLD)
    engine.dispose()
    return file


def digest(file: Path) -> str:
    """Everything in the database but the search index and the key each upgrade draws for the chain of entries."""
    driver = DRIVER.connect(str(file))
    try:
        if driver.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return "damaged"
        made = hashlib.sha256()
        tables = driver.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall()
        for name, sql in tables:
            if name != "audit_head" and "_words_" not in name and "VIRTUAL" not in (sql or ""):
                rows = sorted(map(repr, driver.execute(f'SELECT * FROM "{name}"')))
                said = sorted(re.sub(r"[()\s]", "", sql or "").split(","))  # constraints come in any order
                made.update(repr((name, said, rows)).encode())
        return made.hexdigest()
    finally:
        driver.close()


def kill_once(folder: Path, seconds: float) -> bool:
    """Upgrade in a child and kill it after a while; whether it had not ended by itself."""
    child = os.fork()
    if child == 0:
        open_storage(resolve(folder, practice=True)).close()
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def main(kills: int) -> dict[str, int]:
    """Count what each kill left: the old database, the new one, something between; and whether it opens after."""
    counts = dict.fromkeys(("kills", "old", "new", "between", "not opened", "leftovers"), 0)
    chance = random.Random(2026)
    with tempfile.TemporaryDirectory(prefix="desk-upgrade-") as base:
        before = older(Path(base) / "old")
        old = digest(before)
        after = Path(shutil.copytree(before.parent, Path(base) / "new"))
        began = time.monotonic()
        open_storage(resolve(after, practice=True)).close()
        whole = time.monotonic() - began
        new = digest(after / "desk.db")
        while counts["kills"] < kills:
            folder = Path(base) / "desk"
            shutil.copytree(before.parent, folder)
            counts["kills"] += kill_once(folder, chance.uniform(0.3, 2.0) * whole)
            found = digest(folder / "desk.db")
            counts["old" if found == old else "new" if found == new else "between"] += 1
            open_storage(resolve(folder, practice=True)).close()
            engine = open_engine(f"sqlite:///{folder / 'desk.db'}")
            counts["not opened"] += check_version(engine) != HEAD or digest(folder / "desk.db") != new
            engine.dispose()
            counts["leftovers"] += sum(1 for path in folder.iterdir() if path.name.startswith(PREFIX))
            shutil.rmtree(folder)
    return counts


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
