"""S15: what an advisory names can be read off the running program: engine, cipher, OpenSSL, server, connection."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest

from db.engine import open_engine
from db.sqlite import DRIVER
from db.storage import open_storage
from db.versions import library_versions, server_versions
from mediation_desk.app import open_desk
from mediation_desk.cli.main import run
from mediation_desk.settings import resolve
from tests.conftest import postgres_database

NAMES = ("SQLite", "SQLCipher", "SQLCipher OpenSSL", "libpq", "psycopg", "Python OpenSSL", "Python", "Qt")


def test_the_libraries_tell_their_versions() -> None:
    found = library_versions()

    assert found["SQLite"] == DRIVER.sqlite_version
    assert re.match(r"4\.\d+\.\d+ community", found["SQLCipher"])
    assert re.match(r"OpenSSL 3\.\d+\.\d+", found["SQLCipher OpenSSL"])
    major, minor = map(int, found["libpq"].split("."))
    assert psycopg.pq.version() == major * 10000 + minor


def test_the_server_tells_its_version(cluster: str) -> None:
    for url in postgres_database(cluster, "template0"):
        engine = open_engine(url)
        found = server_versions(engine)
        engine.dispose()

        assert re.match(r"\d+\.\d+", found["PostgreSQL"])
        assert found["TLS"] == ""  # the loopback


@pytest.mark.parametrize("arguments", [["--version"], ["check"]])
def test_the_command_line_tells_them(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = resolve(tmp_path / "data", practice=True)
    open_storage(settings).close()

    assert run(["--data", str(settings.folder), *arguments]) == 0
    told = capsys.readouterr().out
    assert all(re.search(rf"{name}[:：] ?.*\d", told) for name in NAMES)


def test_about_names_engine_and_cipher(tmp_path: Path) -> None:
    desk = open_desk(resolve(tmp_path / "data"))
    try:
        text = desk.engine_text()
    finally:
        desk.close()

    assert all(word in text for word in ("SQLite 3.", "SQLCipher 4.", "OpenSSL 3."))


def test_about_names_server_and_connection(cluster: str) -> None:
    for url in postgres_database(cluster, "template0"):
        desk = open_desk(resolve(database=url))
        try:
            text = desk.engine_text()
        finally:
            desk.close()

        assert re.match(r"PostgreSQL \d+\.\d+.*本机连接，未加密；libpq \d+", text)
