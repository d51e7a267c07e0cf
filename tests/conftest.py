"""Storage for the tests: a SQLite file and a real PostgreSQL, each test with a fresh database of its own."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
import pytest

from db.engine import open_engine
from db.migrate import upgrade
from db.unit_of_work import Storage
from tests.filled import NOTHING, Invented, fill_with
from tests.memory import memory_folder
from tests.postgres import find_binaries, running_cluster

os.environ.setdefault(
    "QT_QPA_PLATFORM", "offscreen"
)  # the same pixels on every machine, with or without a display

if (memory := memory_folder()) is not None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))  # where pytest makes the folders of the tests

BACKENDS = ("sqlite", "postgresql")
_numbers = count(1)


def pytest_collection_finish() -> None:
    """Thousands of collected tests stay to the end: no search for garbage has to walk through them again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """URL of this worker's PostgreSQL; on CI its absence is a failure, elsewhere a stated reason to skip."""
    binaries = find_binaries()
    if binaries is None:
        reason = "no PostgreSQL server here (Debian: apt-get install postgresql)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with running_cluster(binaries) as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database file at the current schema; copying it costs a millisecond."""
    file = tmp_path_factory.mktemp("template") / "desk.db"
    _fill(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_template(cluster: str) -> str:
    """Name of an empty database at the current schema, to make others from."""
    _administer(cluster, "CREATE DATABASE desk_template")
    _fill(cluster.removesuffix("postgres") + "desk_template")
    return "desk_template"


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Runs the test once on each database."""
    return str(request.param)


@pytest.fixture
def empty_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of a database without any table."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path / 'desk.db'}"
    else:
        yield from postgres_database(request.getfixturevalue("cluster"), "template0")


@pytest.fixture
def invented() -> Invented:
    """What a fresh database holds: nothing, unless a module says otherwise (see ``tests.filled``)."""
    return NOTHING


@pytest.fixture(scope="session")
def sqlite_filled(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Invented], Path]:
    """Files to copy, by what they hold."""

    @cache
    def filled(invented: Invented) -> Path:
        if invented == NOTHING:
            return sqlite_template
        file = tmp_path_factory.mktemp("filled") / "desk.db"
        shutil.copyfile(sqlite_template, file)
        fill_with(f"sqlite:///{file}", invented)
        return file

    return filled


@pytest.fixture(scope="session")
def postgres_filled(cluster: str, postgres_template: str) -> Callable[[Invented], str]:
    """Names of databases to make others from, by what they hold."""

    @cache
    def filled(invented: Invented) -> str:
        if invented == NOTHING:
            return postgres_template
        name = f"filled_{next(_numbers)}"
        _administer(cluster, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
        fill_with(cluster.removesuffix("postgres") + name, invented)
        return name

    return filled


@pytest.fixture
def url(backend: str, invented: Invented, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of a fresh database at the current schema."""
    if backend == "sqlite":
        file = tmp_path / "desk.db"
        shutil.copyfile(request.getfixturevalue("sqlite_filled")(invented), file)
        yield f"sqlite:///{file}"
    else:
        template = request.getfixturevalue("postgres_filled")(invented)
        yield from postgres_database(request.getfixturevalue("cluster"), template)


@pytest.fixture
def open_storage() -> Iterator[Callable[[str], Storage]]:
    """Opens storages that are closed at the end of the test."""
    opened: list[Storage] = []

    def opener(url: str) -> Storage:
        opened.append(Storage(open_engine(url)))
        return opened[-1]

    yield opener
    for storage in opened:
        assert storage.engine.pool.checkedout() == 0, "a unit of work was left open"  # type: ignore[attr-defined]
        storage.close()


@pytest.fixture
def storage(url: str, open_storage: Callable[[str], Storage]) -> Storage:
    """A fresh storage at the current schema, on each database in turn."""
    return open_storage(url)


def _fill(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine, practice=True)
    engine.dispose()


def postgres_database(cluster: str, template: str) -> Iterator[str]:
    """URL of a database of its own made from ``template``, dropped afterwards."""
    name = f"desk_{next(_numbers)}"
    _administer(cluster, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    try:
        yield cluster.removesuffix("postgres") + name
    finally:
        _administer(cluster, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(cluster: str, statement: str) -> None:
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute(statement)
