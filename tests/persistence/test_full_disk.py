"""A full disk loses nothing that was said to be saved; with room again the desk goes on (R5, short form)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from db.outcome import Outcomes
from db.unit_of_work import Storage
from tests.persistence.filling import CannotMountError, main, small_disk

EVENTS = 12


@pytest.fixture(scope="module")
def mountable() -> Iterator[None]:
    try:
        with small_disk():
            yield
    except CannotMountError:
        pytest.skip("nobody may mount a disk here")


@pytest.mark.usefixtures("mountable")
def test_nothing_is_lost_on_a_full_disk() -> None:
    found = main(EVENTS)

    assert found.pop("events") == EVENTS
    assert set(found.values()) == {0}, found


@pytest.mark.usefixtures("mountable")
def test_a_commit_that_fails_unheard_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def unheard(_self: Outcomes, connection: Connection, _act: str, **_said: bool) -> None:
        with contextlib.suppress(DBAPIError):
            connection.commit()

    monkeypatch.setattr(Outcomes, "commit", unheard)
    found = main(3)

    assert found["lost"] > 0


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_commit_that_fails_is_no_success(storage: Storage, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="FOREIGN KEY"), storage.write() as work:
        work.connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        work.connection.exec_driver_sql(
            "INSERT INTO bodies (name, type, short, address, parent_id, version) VALUES ('a', 'b', 'c', 'd', 9, 1)"
        )
    with storage.write() as work:  # the connection is good for the next unit
        assert work.once("next")
