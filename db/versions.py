"""Which engine, which cipher and which OpenSSL this desk runs on, so that an advisory can be held against them."""

from __future__ import annotations

import contextlib

import psycopg
from sqlalchemy import Engine, text

from db.errors import translated
from db.sqlite import DRIVER, LIBRARY_VERSION, use_key


def library_versions() -> dict[str, str]:
    """Versions inside the two database libraries that are installed, by name; opens no database."""
    with contextlib.closing(DRIVER.connect(":memory:")) as connection:
        use_key(connection, bytes(32))  # without one the cipher does not answer
        cipher, crypto = (
            str(connection.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("cipher_version", "cipher_provider_version")
        )
    return {
        "SQLite": ".".join(map(str, LIBRARY_VERSION)),
        "SQLCipher": cipher,
        "SQLCipher OpenSSL": crypto,
        "libpq": _of_libpq(psycopg.pq.version()),
        "psycopg": psycopg.__version__,
    }


def server_versions(engine: Engine) -> dict[str, str]:
    """Version of the PostgreSQL server and the protocol of the connection to it; raises StorageError."""
    with translated(), engine.connect() as connection:
        version = connection.execute(text("SHOW server_version")).scalar_one()
        row = connection.execute(
            text("SELECT version, cipher FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl")
        ).one_or_none()
    return {"PostgreSQL": str(version), "TLS": f"{row.version} {row.cipher}" if row else ""}


def _of_libpq(number: int) -> str:
    """``180006`` is 18.6, https://www.postgresql.org/docs/current/libpq-misc.html#LIBPQ-PQLIBVERSION."""
    return f"{number // 10000}.{number % 10000}"
