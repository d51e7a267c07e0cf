"""Reads a damaged database row by row into a new one, and tells what was lost; the damaged file is not touched."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Engine

from db import sqlite
from db.copying import look_into
from db.engine import open_engine, open_vault
from db.migrate import upgrade
from db.restoring import TAKEN, UNWRITTEN, Keys, staging_in
from db.vault import Vault
from mediation_desk.backups.salvaged import Lost, Salvaged
from mediation_desk.settings import DATABASE_NAME, KEYS_NAME
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.watching import Watch

NOTHING = (
    "“{file}”里什么也读不出来：第一页已经损坏，或者不是用这把钥匙加密的。"
    "请用备份，或者用 --from-cases 从单件副本重建。"
)
_SIDES = ("-wal", "-journal")
_FARTHEST = 1 << 62
_NO_ROWID = frozenset({"case_marks"})
_INDEX = "case_words"  # worked out again from the cases


def salvage(file: Path, folder: Path, keys: Keys, watch: Watch | None = None) -> Salvaged:
    """What can still be read of ``file`` becomes a database in ``folder``, brought up to this program's schema.

    Its keys go along. Raises ``StorageError`` where nothing can be read, or where there is a database already.
    """
    target = folder / DATABASE_NAME
    if target.exists() or (folder / KEYS_NAME).exists():
        raise StorageError(TAKEN.format(folder=folder))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with staging_in(folder) as staging:
            damaged, new = staging / "damaged.db", staging / DATABASE_NAME
            for side in ("", *_SIDES):  # the log holds what was stored last
                if Path(f"{file}{side}").exists():
                    shutil.copyfile(f"{file}{side}", f"{damaged}{side}")
            if keys.database is not None:
                shutil.copyfile(file.with_suffix(".keys"), staging / KEYS_NAME)
            found = _read_out(file, damaged, new, keys, watch)
            _bring_up(new, keys)
            cases = look_into(new, keys.database).cases
            for one in (staging / KEYS_NAME, new):
                if one.exists():
                    one.replace(folder / one.name)
    except OSError as error:
        raise StorageError(UNWRITTEN.format(folder=folder)) from error
    return Salvaged(
        cases=cases, rows=found.rows, lost=found.lost, affected=found.affected, missing=found.missing
    )


class _Reading:
    """One pass over the damaged file."""

    def __init__(self) -> None:
        self.rows = 0
        self.lost: tuple[Lost, ...] = ()
        self.ids: set[int] = set()
        self.affected: tuple[str, ...] = ()
        self.missing: tuple[str, ...] = ()


def _read_out(file: Path, damaged: Path, new: Path, keys: Keys, watch: Watch | None) -> _Reading:
    found, lost = _Reading(), []
    try:
        with _Damaged(damaged, keys.database) as old, _connected(new, keys.database) as made:
            parts = old.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
            tables = [
                (name, sql) for kind, name, sql in parts if kind == "table" and not name.startswith("sqlite_")
            ]
            plain = [(name, sql) for name, sql in tables if not name.startswith(f"{_INDEX}_")]
            made.execute("PRAGMA foreign_keys=OFF")
            made.execute("BEGIN")
            for done, (name, sql) in enumerate(plain):
                made.execute(sql)
                if name != _INDEX:
                    count, gaps = _copy_table(old, made, name, found.ids)
                    found.rows += count
                    if gaps:
                        lost.append(Lost(table=name, read=count, gaps=gaps))
                if watch is not None and not watch(done + 1, len(plain)):
                    raise StorageError("已经停下，没有留下东西。")
            for kind, _name, sql in parts:
                if kind != "table":
                    with contextlib.suppress(
                        sqlite.DRIVER.Error
                    ):  # two rows where one belongs: the index is left out
                        made.execute(sql)
            lost += _drop_orphans(made)
            found.lost = tuple(lost)
            found.affected, found.missing = _cases_touched(made, found.ids)
            with contextlib.suppress(sqlite.DRIVER.Error):
                made.execute("DELETE FROM settings WHERE key='search.version'")
            made.execute("COMMIT")
            [(version,)] = old.execute("PRAGMA user_version")
            made.execute(f"PRAGMA user_version={version}")
            made.execute(f"PRAGMA application_id={sqlite.APPLICATION_ID}")
    except sqlite.DRIVER.Error as error:
        raise StorageError(NOTHING.format(file=file)) from error
    return found


def _copy_table(old: _Damaged, made: Any, name: str, ids: set[int]) -> tuple[int, int]:
    """Rows that could be read, and how many gaps there are; cases beside a gap go to ``ids``."""
    columns = [row[1] for row in old.rows(f'PRAGMA table_info("{name}")')]
    put = f'INSERT OR IGNORE INTO "{name}" VALUES ({",".join("?" * len(columns))})'  # noqa: S608  # names of the file itself
    of_case = (
        columns.index("case_id") if "case_id" in columns else columns.index("id") if name == "cases" else None
    )
    count, gaps, last, open_gap = 0, 0, None, False
    for row in _rows(old, name):
        if row is None:
            gaps, open_gap = gaps + 1, True
            if last is not None:
                ids.add(last)
            continue
        made.execute(put, row)
        count += 1
        if of_case is not None and isinstance(row[of_case], int):
            if open_gap and name != "cases":
                ids.add(row[of_case])
            last, open_gap = row[of_case], False
    return count, gaps


def _rows(old: _Damaged, name: str) -> Iterator[tuple[Any, ...] | None]:
    """Every row that can be read in the order of the file; None for each place where some cannot."""
    if name in _NO_ROWID:
        try:
            yield from old.rows(f'SELECT * FROM "{name}"')  # noqa: S608
        except sqlite.DRIVER.Error:
            yield None
        return
    at = -_FARTHEST
    while True:
        try:
            for row in old.rows(f'SELECT rowid, * FROM "{name}" WHERE rowid >= ? ORDER BY rowid', (at,)):  # noqa: S608
                at = row[0] + 1
                yield tuple(row[1:])
        except sqlite.DRIVER.Error:
            yield None
        else:
            return
        following = _next_readable(old, name, max(at, 0))
        if following is None:
            return
        at = following


def _next_readable(old: _Damaged, name: str, at: int) -> int | None:
    """The first rowid after the damaged place at ``at``; None where nothing follows that can be read."""
    step, found = 1, None
    while at + step < _FARTHEST:
        row = _first(old, name, at + step)
        if row == ():
            break  # beyond the last
        if row is not None:
            found = at + step
            break
        step *= 2
    low, high = at, found if found is not None else at + step
    while low + 1 < high:  # between a place that cannot be read and one that can, or is beyond the end
        middle = (low + high) // 2
        if _first(old, name, middle) is None:
            low = middle
        else:
            high = middle
    row = _first(old, name, high)
    return row[0] if row else None


def _first(old: _Damaged, name: str, at: int) -> tuple[int, ...] | None:
    """The first rowid from ``at`` on, () where there is none, None where that cannot be read."""
    ask = f'SELECT rowid, * FROM "{name}" WHERE rowid >= ? ORDER BY rowid LIMIT 1'  # noqa: S608
    try:
        found = old.execute(ask, (at,))
    except sqlite.DRIVER.Error:
        return None
    return (found[0][0],) if found else ()


def _drop_orphans(made: Any) -> list[Lost]:
    """Rows whose case, paper or book was lost cannot stand alone."""
    dropped: dict[str, int] = {}
    guards = made.execute("SELECT name, sql FROM sqlite_master WHERE type='trigger'").fetchall()
    for name, _sql in guards:
        made.execute(f'DROP TRIGGER "{name}"')
    while orphans := made.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, *_rest in orphans:
            where = "" if rowid is None else f" WHERE rowid={int(rowid)}"
            gone = made.execute(f'DELETE FROM "{table}"{where}').rowcount  # noqa: S608  # names of the file itself
            dropped[table] = dropped.get(table, 0) + gone
    for _name, sql in guards:
        made.execute(sql)
    return [Lost(table=table, read=0, gaps=0, dropped=count) for table, count in dropped.items() if count]


def _cases_touched(made: Any, ids: set[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keys of cases beside a gap, and of cases the audit trail knows that are not there."""
    touched, missing = [], []
    with contextlib.suppress(sqlite.DRIVER.Error):
        for number in sorted(ids):
            row = made.execute("SELECT case_key FROM cases WHERE id=?", (number,)).fetchone()
            touched += [row[0]] if row else []
        missing = [
            row[0]
            for row in made.execute(
                "SELECT DISTINCT case_key FROM audit WHERE case_key IS NOT NULL AND case_key NOT IN "
                "(SELECT case_key FROM cases) AND case_key NOT IN "
                "(SELECT case_key FROM audit WHERE action='destruction.case' AND case_key IS NOT NULL) "
                "ORDER BY case_key"
            )
        ]
    return tuple(touched), tuple(missing)


def _bring_up(new: Path, keys: Keys) -> None:
    """This program's schema, the index of words worked out again."""
    engine = _engine(new, keys)
    try:
        upgrade(engine, key=keys.database)
    finally:
        engine.dispose()
    shutil.rmtree(new.parent / "backups", ignore_errors=True)  # of what was read out only now


def _engine(new: Path, keys: Keys) -> Engine:
    if keys.database is None:
        return open_engine(f"sqlite:///{new}")
    vault = Vault(new, new.with_suffix(".keys"))
    vault.unlock(keys.database)
    return open_vault(vault)


class _Damaged:
    """A connection that is opened anew after each error: one page that cannot be read spoils it for all others."""

    def __init__(self, file: Path, key: bytes | None) -> None:
        self._file, self._key = file, key
        self._connection = _connect(file, key)

    def execute(self, question: str, given: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows of an answer; raises the driver's errors."""
        return list(self.rows(question, given))

    def rows(self, question: str, given: tuple[object, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows one by one, so that those before an error are not lost."""
        try:
            yield from self._connection.execute(question, given)
        except sqlite.DRIVER.Error:
            self._connection.close()
            self._connection = _connect(self._file, self._key)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()


@contextlib.contextmanager
def _connected(file: Path, key: bytes | None) -> Iterator[Any]:
    sqlite.create_private(file)
    with contextlib.closing(_connect(file, key)) as connection:
        yield connection


def _connect(file: Path, key: bytes | None) -> Any:
    connection = sqlite.DRIVER.connect(str(file), isolation_level=None)
    sqlite.use_key(connection, key)
    return connection
