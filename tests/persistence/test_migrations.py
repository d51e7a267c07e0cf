"""The schema: what the steps build is what the tables say, up, down and up again, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from db.base import metadata
from db.engine import open_engine
from db.migrate import HEAD, REVISIONS, alembic_config, alembic_version, check_version, upgrade
from db.sqlite import DRIVER
from db.tables.bookings import NO_OVERLAP
from db.tables.words import PARTS
from db.unit_of_work import Storage
from mediation_desk.shared.errors import StorageError
from tests.persistence.test_bookings import unguard


@pytest.fixture
def engine(empty_url: str, open_storage: Callable[[str], Storage]) -> Engine:
    return open_storage(empty_url).engine


def step(engine: Engine, name: str, target: str) -> None:
    with engine.begin() as connection:
        getattr(command, name)(alembic_config(connection), target)


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [found for found in compare_metadata(context, metadata) if not _beside_the_metadata(found)]


def _beside_the_metadata(found: tuple[object, ...]) -> bool:
    """Alembic's own table, and the index of the search with what its engine keeps of it."""
    what, name = found[0], getattr(found[1], "name", "")
    is_index = what == "remove_index" and name == "ix_case_words_groups"
    return is_index or (what == "remove_table" and name in {alembic_version.name, *PARTS})


def shape(engine: Engine) -> dict[str, object]:
    """Everything the database itself tells about its tables, in an order that says nothing of their age."""
    found = inspect(engine)
    return {
        name: (
            [
                (column["name"], str(column["type"]), column["nullable"], column["default"])
                for column in found.get_columns(name)
            ],
            found.get_pk_constraint(name),
            sorted(map(str, found.get_foreign_keys(name))),
            sorted(map(told, found.get_indexes(name))),
            sorted(map(str, found.get_unique_constraints(name))),
            sorted(map(str, found.get_check_constraints(name))),
        )
        for name in found.get_table_names()
    } | {"guards": guards(engine)}


def told(index: Mapping[str, Any]) -> str:
    """An index in words; the condition of a partial one comes as an object."""
    options = {key: str(value) for key, value in index.get("dialect_options", {}).items()}
    return str({**index, "dialect_options": options})


GUARDS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": """
        SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'x'
        UNION ALL SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        ORDER BY 1, 2
    """,
}


def guards(engine: Engine) -> list[tuple[str, str]]:
    """What refuses double bookings and changes of what was submitted; the inspector does not know it."""
    with engine.connect() as connection:
        found = connection.execute(text(GUARDS[engine.dialect.name]))
        return [(name, " ".join(definition.split())) for name, definition in found]


def test_the_steps_build_what_the_tables_say(engine: Engine) -> None:
    step(engine, "upgrade", "head")

    assert differences(engine) == []


def test_a_column_too_many_is_noticed(engine: Engine) -> None:
    step(engine, "upgrade", "head")
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE cases ADD COLUMN planted TEXT"))

    assert differences(engine) != []


def test_creating_at_once_gives_the_same_database_as_the_steps(
    engine: Engine, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    upgrade(engine)
    at_once = shape(engine)
    step(engine, "downgrade", "base")
    step(engine, "upgrade", "head")

    assert shape(engine) == at_once


def test_up_down_up_leaves_nothing_behind(engine: Engine) -> None:
    step(engine, "upgrade", "head")
    first = shape(engine)
    step(engine, "downgrade", "base")
    assert set(shape(engine)) == {alembic_version.name, "guards"}
    assert guards(engine) == []
    step(engine, "upgrade", "head")

    assert shape(engine) == first


def test_a_lost_guard_is_noticed(engine: Engine) -> None:
    upgrade(engine)
    complete = shape(engine)
    unguard(engine)

    assert shape(engine) != complete
    assert [name for name, _ in guards(engine) if NO_OVERLAP in name] == []


def test_the_known_revisions_are_the_steps_in_the_package() -> None:
    steps = sorted(
        step.name.split("_")[0]
        for step in (files("db") / "migrations" / "versions").iterdir()
        if step.name.startswith("m")
    )

    assert tuple(steps) == REVISIONS


def test_upgrade_marks_the_database_and_is_content_the_second_time(engine: Engine) -> None:
    upgrade(engine)
    upgrade(engine)

    assert check_version(engine) == HEAD


def test_two_desks_starting_at_once_agree(empty_url: str, open_storage: Callable[[str], Storage]) -> None:
    engines = [open_storage(empty_url).engine for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(upgrade, engines))

    assert [check_version(engine) for engine in engines] == [HEAD] * 4


def test_an_older_database_is_upgraded_with_its_rows(engine: Engine, tmp_path: Path) -> None:
    upgrade(engine)
    step(engine, "downgrade", "base")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept (word VARCHAR(10))"))
        connection.execute(text("INSERT INTO kept VALUES ('旧行')"))
    upgrade(engine, tmp_path / "backups")

    assert check_version(engine) == HEAD
    with engine.connect() as connection:
        assert connection.execute(text("SELECT word FROM kept")).scalar() == "旧行"


def test_a_newer_database_is_refused_untouched(engine: Engine) -> None:
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(alembic_version.update().values(version_num="m9999"))

    with pytest.raises(StorageError, match="更新版本"):
        upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "m9999"


def test_somebody_elses_database_is_refused_untouched(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE shopping (item VARCHAR(10))"))
    before = shape(engine)

    with pytest.raises(StorageError, match="不是调解台的数据库"):
        upgrade(engine)
    assert shape(engine) == before


class TestSqliteFile:
    """What concerns the embedded file only."""

    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        return tmp_path / "desk.db"

    def older(self, file: Path) -> Engine:
        engine = open_engine(f"sqlite:///{file}")
        upgrade(engine)
        step(engine, "downgrade", "base")
        return engine

    def test_the_file_carries_our_marks(self, file: Path) -> None:
        engine = open_engine(f"sqlite:///{file}")
        upgrade(engine)
        engine.dispose()

        head = file.read_bytes()[:100]
        assert head[68:72] == b"MDK1"
        assert int.from_bytes(head[60:64], "big") == len(REVISIONS)

    def test_the_old_file_is_copied_before_an_upgrade(self, file: Path) -> None:
        engine = self.older(file)
        upgrade(engine)
        engine.dispose()

        [made] = (file.parent / "backups").iterdir()
        copy = made / "desk.db"
        assert copy.stat().st_mode & 0o777 == 0o600
        connection = DRIVER.connect(str(copy))
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (0,)
        connection.close()

    def test_without_a_copy_there_is_no_upgrade(self, file: Path) -> None:
        engine = self.older(file)
        (file.parent / "backups").write_text("a file where the folder should be")

        with pytest.raises(StorageError, match="备份"):
            upgrade(engine)
        assert check_version(engine) == ""
        engine.dispose()

    def test_a_new_file_needs_no_copy(self, file: Path) -> None:
        engine = open_engine(f"sqlite:///{file}")
        upgrade(engine)
        engine.dispose()

        assert not (file.parent / "backups").exists()

    def test_a_dangling_reference_undoes_the_upgrade(self, file: Path) -> None:
        engine = self.older(file)
        driver = DRIVER.connect(str(file))
        driver.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        driver.execute("CREATE TABLE child (parent_id INTEGER REFERENCES parent (id))")
        driver.execute("INSERT INTO child VALUES (7)")
        driver.commit()
        driver.close()

        with pytest.raises(StorageError, match="child"):
            upgrade(engine)
        assert check_version(engine) == ""
        assert "cases" not in shape(engine)
        engine.dispose()
