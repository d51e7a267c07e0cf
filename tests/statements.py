"""Compiled statements outlive the engine of a test: each test opens a fresh database and asks it the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine

from db.engine import open_engine


class _Compiled(dict[Any, Any]):
    """As SQLAlchemy's own cache, but by the kind of a database: every engine has a dialect of its own."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get((type(key[0]), *key[1:]), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__((type(key[0]), *key[1:]), compiled)


_COMPILED = _Compiled()


def open_knowing(place: Any) -> Engine:
    """``open_engine``, and what other tests compiled needs no compiling."""
    return open_engine(place).execution_options(compiled_cache=_COMPILED)


@contextmanager
def desks_know() -> Iterator[None]:
    """The same for every clear centre opened within; an encrypted one stays as it is."""
    with patch("db.storage.open_engine", open_knowing):
        yield


@contextmanager
def desks_forget() -> Iterator[None]:
    """Within ``desks_know``: as in the program, for what looks at what stays behind."""
    with patch("db.storage.open_engine", open_engine):
        yield
