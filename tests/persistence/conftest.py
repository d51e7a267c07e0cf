"""Starts of the program on one encrypted centre."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.storage import open_storage
from db.unit_of_work import Storage
from mediation_desk.settings import Settings, resolve
from tests.persistence.account_desk import Centre


@pytest.fixture
def place(tmp_path: Path) -> Settings:
    """Where the centre lies."""
    return resolve(tmp_path / "desk")


@pytest.fixture
def start(place: Settings) -> Iterator[Callable[[], Centre]]:
    """Starts of the program there, ended after the test."""
    opened = list[Storage]()

    def starter() -> Centre:
        opened.append(open_storage(place))
        return Centre(opened[-1])

    yield starter
    for storage in opened:
        storage.close()
