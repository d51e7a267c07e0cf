"""The engines: safe library, our own files only, private, set up by the recipe, plain words for trouble."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from db.engine import open_engine
from db.sqlite import DRIVER, LIBRARY_VERSION, require_safe_library
from db.storage import open_storage as open_settings
from db.unit_of_work import Storage
from mediation_desk.settings import Settings, resolve
from mediation_desk.shared.errors import ConflictError, InputError, StorageError

RECIPE = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "secure_delete": 1,
    "cell_size_check": 1,
    "cache_size": -65536,
    "application_id": 0x4D444B31,
}


def outcome_of_opening(settings: Settings, *, create: bool = True) -> str:
    """The sentence the user reads, "" where the database opened."""
    try:
        open_settings(settings, create=create).close()
    except StorageError as error:
        return error.message
    return ""


class TestLibrary:
    @pytest.mark.parametrize(
        "version", [(3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 2)]
    )
    def test_a_library_that_loses_commits_is_refused(self, version: tuple[int, ...]) -> None:
        with pytest.raises(StorageError, match="会丢失数据"):
            require_safe_library(version)

    @pytest.mark.parametrize("version", [(3, 44, 6), (3, 50, 7), (3, 51, 3), (3, 53, 4), LIBRARY_VERSION])
    def test_a_repaired_library_is_accepted(self, version: tuple[int, ...]) -> None:
        require_safe_library(version)


class TestSqlite:
    @pytest.fixture
    def file(self, tmp_path: Path, sqlite_template: Path) -> Path:
        return Path(shutil.copy(sqlite_template, tmp_path))

    @pytest.mark.parametrize("pragma", RECIPE)
    def test_every_connection_follows_the_recipe(self, file: Path, pragma: str) -> None:
        engine = open_engine(f"sqlite:///{file}")
        for _ in range(2):
            with engine.connect() as connection:
                assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == RECIPE[pragma]
            engine.dispose()

    def test_references_are_enforced(self, file: Path, open_storage: Callable[[str], Storage]) -> None:
        with (
            pytest.raises(RuntimeError, match="FOREIGN KEY"),
            open_storage(f"sqlite:///{file}").write() as work,
        ):
            work.connection.execute(text("CREATE TABLE child (parent_id INTEGER REFERENCES bodies (id))"))
            work.connection.execute(text("INSERT INTO child VALUES (7)"))

    def test_all_its_files_are_the_owners_only(self, tmp_path: Path) -> None:
        before = os.umask(0o022)
        try:
            storage = open_settings(resolve(tmp_path / "data", practice=True))
            with storage.write() as work:
                work.once("op")
            modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "data").iterdir()}
            storage.close()
        finally:
            os.umask(before)

        assert modes == {"desk.db": 0o600, "desk.db-wal": 0o600, "desk.db-shm": 0o600, "desk.db.lock": 0o600}
        assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700

    @pytest.mark.parametrize("content", [b"a letter", b"SQLite format 3\0 but no more", os.urandom(5000)])
    def test_a_foreign_file_is_refused_untouched(self, file: Path, content: bytes) -> None:
        file.write_bytes(content)

        assert "不是调解台的数据库" in outcome_of_opening(resolve(database=f"sqlite:///{file}"))
        assert file.read_bytes() == content
        assert [path.name for path in file.parent.iterdir()] == ["desk.db"]

    def test_somebody_elses_sqlite_file_is_refused_untouched(self, file: Path) -> None:
        file.unlink()
        foreign = DRIVER.connect(str(file))
        foreign.execute("CREATE TABLE shopping (item)")
        foreign.close()
        content = file.read_bytes()

        assert "不是调解台的数据库" in outcome_of_opening(resolve(database=f"sqlite:///{file}"))
        assert file.read_bytes() == content

    def test_a_truncated_file_is_a_clear_sentence(self, file: Path) -> None:
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])

        assert "损坏" in outcome_of_opening(resolve(database=f"sqlite:///{file}"))

    def test_an_empty_file_becomes_ours(self, file: Path) -> None:
        file.write_bytes(b"")

        assert outcome_of_opening(resolve(database=f"sqlite:///{file}")) == ""

    def test_a_missing_file_is_not_created_where_it_was_expected(self, tmp_path: Path) -> None:
        assert "不存在" in outcome_of_opening(resolve(tmp_path / "none"), create=False)
        assert not (tmp_path / "none").exists()

    def test_a_missing_folder_is_a_clear_sentence(self, tmp_path: Path) -> None:
        assert "不存在" in outcome_of_opening(resolve(database=f"sqlite:///{tmp_path}/none/desk.db"))

    def test_a_folder_in_place_of_the_file_is_a_clear_sentence(self, tmp_path: Path) -> None:
        assert "打不开数据库" in outcome_of_opening(resolve(database=f"sqlite:///{tmp_path}"))

    def test_a_folder_that_cannot_be_made_is_a_clear_sentence(self, tmp_path: Path) -> None:
        (tmp_path / "data").write_text("a file")

        assert "无法建立数据文件夹" in outcome_of_opening(resolve(tmp_path / "data"))

    def test_a_read_only_place_is_a_clear_sentence(self, file: Path) -> None:
        content = file.read_bytes()
        with read_only(file):
            sentence = outcome_of_opening(resolve(database=f"sqlite:///{file}"))

        assert "只读" in sentence or "没有权限" in sentence
        assert file.read_bytes() == content

    def test_a_new_file_in_a_read_only_place_is_a_clear_sentence(self, file: Path) -> None:
        with read_only(file):
            sentence = outcome_of_opening(resolve(database=f"sqlite:///{file}.new"))

        assert "只读" in sentence or "没有权限" in sentence


@contextmanager
def read_only(file: Path) -> Iterator[None]:
    """Take away all right to write ``file`` and its folder; root has to become somebody else for that."""
    outcome_of_opening(resolve(database=f"sqlite:///{file}"))  # imports what it needs while that can be read
    opened = [
        folder for folder in file.parents if folder.stat().st_uid == os.getuid() and len(folder.parts) > 2
    ]
    modes = {path: path.stat().st_mode for path in [file, *opened]}
    for path in modes:
        path.chmod(0o444 if path == file else 0o755 if path != file.parent else 0o555)
    if os.getuid() == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(os.getuid())
        for path, mode in modes.items():
            path.chmod(mode)


class TestPostgres:
    @pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
    def test_work_is_done_at_read_committed(self, storage: Storage) -> None:
        with storage.write() as work:
            assert work.connection.execute(text("SHOW transaction_isolation")).scalar() == "read committed"
        with storage.read() as work:
            assert work.connection.execute(text("SHOW transaction_isolation")).scalar() == "repeatable read"
        with storage.write() as work:
            assert work.connection.execute(text("SHOW transaction_isolation")).scalar() == "read committed"

    @pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
    def test_a_connection_lost_before_the_commit_is_said_to_have_stored_nothing(
        self, storage: Storage, url: str
    ) -> None:
        with pytest.raises(StorageError, match="没有保存"), storage.write() as work:
            work.once("op")
            mine = work.connection.execute(text("SELECT pg_backend_pid()")).scalar()
            with psycopg.connect(url, autocommit=True) as killer:
                killer.execute("SELECT pg_terminate_backend(%s, 5000)", (mine,))

        with storage.write() as work:  # the pool has noticed; the same operation may safely be tried again
            assert work.once("op")

    @pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
    def test_a_deadlock_is_a_conflict(self, storage: Storage) -> None:
        met = threading.Barrier(2)

        def lock_both(first: int, second: int) -> None:
            with storage.write() as work:
                work.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": first})
                met.wait(10)
                work.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": second})

        with ThreadPoolExecutor(2) as pool:
            ends = [pool.submit(lock_both, *keys) for keys in ((1, 2), (2, 1))]
            errors = [end.exception() for end in ends]

        assert [type(error) for error in errors if error] == [ConflictError]

    def test_a_server_that_is_not_there_is_a_clear_sentence(self) -> None:
        sentence = outcome_of_opening(resolve(database="postgresql://desk:geheim@127.0.0.1:1/desk"))

        assert "连接不上" in sentence
        assert "geheim" not in sentence

    def test_a_wrong_password_is_a_clear_sentence(self, cluster: str) -> None:
        address = cluster.replace("desk:", "desk:wrong")

        assert "登录被拒绝" in outcome_of_opening(resolve(database=address))


@pytest.mark.parametrize("address", ["mysql://host/desk", "no address", "sqlite:///", "postgresql://host"])
def test_other_addresses_are_refused_without_repeating_them(address: str) -> None:
    with pytest.raises(InputError) as caught:
        resolve(database=address)

    assert "host" not in caught.value.message
