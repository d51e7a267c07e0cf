"""Units of work: all or nothing, no lost update, an honest word on a full disk (reliability R4, R5, C1)."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from db.sqlite import DRIVER
from db.unit_of_work import Storage
from mediation_desk.shared.errors import ConflictError, DeskError, StorageError

records = Table(
    "records",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("figure", Integer, nullable=False),
    Column("word", String, unique=True),
)


@pytest.fixture
def desk(storage: Storage) -> Storage:
    """A storage with one record to fight over."""
    with storage.write() as work:
        records.create(work.connection)
        work.connection.execute(insert(records).values(id=1, figure=0))
    return storage


def figure(storage: Storage) -> int:
    with storage.read() as work:
        return int(work.connection.scalar(select(records.c.figure).where(records.c.id == 1)) or 0)


def test_an_exception_undoes_the_whole_unit(desk: Storage) -> None:
    with pytest.raises(ZeroDivisionError), desk.write() as work:
        work.connection.execute(update(records).values(figure=1))
        work.connection.execute(insert(records).values(id=2, figure=2))
        raise ZeroDivisionError

    assert figure(desk) == 0


def test_a_unit_that_reads_cannot_write(desk: Storage) -> None:
    with pytest.raises(StorageError), desk.read() as work:
        work.connection.execute(update(records).values(figure=1))

    assert figure(desk) == 0
    with desk.write() as work:  # the connection goes back fit for writing
        work.connection.execute(update(records).values(figure=1))
    assert figure(desk) == 1


def test_a_unit_that_reads_sees_one_state(desk: Storage) -> None:
    with desk.read() as reader:
        before = reader.connection.scalar(select(records.c.figure))
        with desk.write() as writer:
            writer.connection.execute(update(records).values(figure=5))
        after = reader.connection.scalar(select(records.c.figure))

    assert (before, after) == (0, 0)
    assert figure(desk) == 5


def test_an_operation_is_done_once(desk: Storage) -> None:
    with desk.write() as work:
        assert work.once("op-1")
        assert not work.once("op-1")
    with desk.write() as work:
        assert not work.once("op-1")


def test_an_operation_undone_may_be_done_again(desk: Storage) -> None:
    with pytest.raises(ZeroDivisionError), desk.write() as work:
        assert work.once("op-1")
        raise ZeroDivisionError
    with desk.write() as work:
        assert work.once("op-1")


class TestErrors:
    """What the user is told, and what never gets into a message."""

    SECRET = "110101199003070071"

    def test_a_taken_word_is_a_conflict_and_tells_no_value(self, desk: Storage) -> None:
        with desk.write() as work:
            work.connection.execute(insert(records).values(id=2, figure=0, word=self.SECRET))
        with pytest.raises(ConflictError) as caught, desk.write() as work:
            work.connection.execute(insert(records).values(id=3, figure=0, word=self.SECRET))

        assert self.SECRET not in everything_about(caught.value)

    def test_a_missing_figure_is_a_bug_and_tells_no_value(self, desk: Storage) -> None:
        with pytest.raises(RuntimeError) as caught, desk.write() as work:
            work.connection.execute(text("INSERT INTO records (id, word) VALUES (9, :w)"), {"w": self.SECRET})

        assert not isinstance(caught.value, DeskError)
        assert self.SECRET not in everything_about(caught.value)


def everything_about(error: BaseException | None) -> str:
    """The texts of an error and of all errors a crash report would find chained to it."""
    words = ""
    while error is not None:
        words += str(error) + repr(error)
        error = error.__cause__ or error.__context__
    return words


class TestLostUpdates:
    """Read, add, write from several threads: ours loses none, the library's default loses silently."""

    WRITERS, EACH = 4, 20

    def add_by_many(self, once: Callable[[], None]) -> int:
        """Let every thread add one ``EACH`` times; return how many additions claimed success."""

        def adder(_: int) -> int:
            done = 0
            for _ in range(self.EACH):
                try:
                    once()
                except (DeskError, DBAPIError):  # an honest refusal
                    continue
                done += 1
            return done

        with ThreadPoolExecutor(self.WRITERS) as pool:
            return sum(pool.map(adder, range(self.WRITERS)))

    @pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
    def test_on_sqlite_a_write_unit_loses_none(self, desk: Storage) -> None:
        def add() -> None:
            with desk.write() as work:
                found = work.connection.scalar(select(records.c.figure)) or 0
                work.connection.execute(update(records).values(figure=found + 1))

        assert self.add_by_many(add) == figure(desk) == self.WRITERS * self.EACH

    @pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
    def test_the_librarys_own_begin_loses_some(self, desk: Storage) -> None:
        plain = create_engine(desk.engine.url, module=DRIVER)

        def add() -> None:
            with plain.begin() as connection:
                found = connection.scalar(select(records.c.figure)) or 0
                time.sleep(0.001)
                connection.execute(update(records).values(figure=found + 1))

        claimed = self.add_by_many(add)
        plain.dispose()
        assert figure(desk) < claimed

    @pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
    def test_who_writes_without_a_pause_lets_others_in(
        self, desk: Storage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """C2: as SQLite waits by itself one of four is kept out for seconds, and refused."""
        monkeypatch.setattr("db.sqlite.BUSY_SECONDS", 2.0)
        desk.engine.dispose()
        done = threading.Event()

        def write(seconds: float = 0.0) -> None:
            with desk.write() as work:
                work.connection.execute(update(records).values(figure=records.c.figure + 1))
                time.sleep(seconds)

        def without_a_pause(_: int) -> int:
            written = 0
            while not done.is_set():
                write(0.02)
                written += 1
            return written

        with ThreadPoolExecutor(3) as pool:
            others = pool.map(without_a_pause, range(3))
            try:
                for _ in range(20):
                    write()
            finally:
                done.set()
            assert 20 + sum(others) == figure(desk)

    def test_the_version_counter_refuses_the_second_saver(self, desk: Storage) -> None:
        """The habit for every editable record: the update names the version it was read at."""

        def add() -> None:
            with desk.read() as work:
                found = work.connection.scalar(select(records.c.figure)) or 0
            with desk.write() as work:
                changed = update(records).where(records.c.figure == found).values(figure=found + 1)
                if work.connection.execute(changed).rowcount != 1:
                    raise ConflictError("已被修改")

        assert self.add_by_many(add) == figure(desk)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
class TestTroubleWithTheDisk:
    """The embedded file only: a server's disk is the server's."""

    @pytest.fixture
    def full(self, desk: Storage) -> Callable[[bool], None]:
        """Switch the disk full and free again; SQLite's page limit raises the same error as a full disk."""

        def switch(on: bool) -> None:
            driver = desk.engine.raw_connection()
            used = driver.cursor().execute("PRAGMA page_count").fetchone()[0]
            driver.cursor().execute(f"PRAGMA max_page_count={used if on else 1_000_000}")
            driver.close()

        return switch

    def fill(self, connection: Connection) -> None:
        for number in range(2, 500):
            connection.execute(insert(records).values(id=number, figure=1, word=f"{number}" + "字" * 400))

    def test_a_full_disk_undoes_the_unit_and_saving_resumes(
        self, desk: Storage, full: Callable[[bool], None]
    ) -> None:
        full(True)
        with pytest.raises(StorageError, match="磁盘已满"), desk.write() as work:
            work.connection.execute(update(records).values(figure=1))
            self.fill(work.connection)
        assert figure(desk) == 0

        full(False)
        with desk.write() as work:
            self.fill(work.connection)

    def test_after_a_full_disk_the_unit_cannot_go_on(
        self, desk: Storage, full: Callable[[bool], None]
    ) -> None:
        """SQLite has rolled back by itself: a later statement would commit alone, the commit say nothing."""
        full(True)
        with pytest.raises(StorageError), desk.write() as work:
            try:
                self.fill(work.connection)
            except SQLAlchemyError:  # the careless caller
                work.connection.execute(update(records).values(figure=7))

        assert figure(desk) == 0

    def test_a_careless_caller_is_not_told_that_all_went_well(
        self, desk: Storage, full: Callable[[bool], None]
    ) -> None:
        full(True)
        with pytest.raises(StorageError), desk.write() as work, contextlib.suppress(SQLAlchemyError):
            self.fill(work.connection)

    def test_a_database_in_use_says_so(self, desk: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("db.sqlite.BUSY_SECONDS", 0.2)
        desk.engine.dispose()
        with desk.write(), pytest.raises(StorageError, match="占用"), desk.write():
            pass

    def test_reading_goes_on_while_somebody_writes(self, desk: Storage) -> None:
        with desk.write() as work:
            work.connection.execute(update(records).values(figure=1))
            with ThreadPoolExecutor(1) as pool:
                assert pool.submit(figure, desk).result(5) == 0


def test_a_storage_is_shared_between_threads(desk: Storage) -> None:
    started = threading.Barrier(4)

    def add(_: int) -> None:
        started.wait(10)
        with desk.write() as work:
            work.connection.execute(update(records).values(figure=records.c.figure + 1))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(4)))
    assert figure(desk) == 4


def test_closing_folds_the_log_into_the_file(sqlite_template: Path) -> None:
    assert not sqlite_template.with_name("desk.db-wal").exists()
