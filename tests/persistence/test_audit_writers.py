"""C5: eight writers at once, no link broken, none refused; without the lock they get in each other's way."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Connection, Select

from db.repositories import audit as appending
from db.unit_of_work import Storage
from mediation_desk.shared.errors import DeskError
from tests.persistence.chained import KEY, checked, moment

WRITERS, ACTS = 8, 12


def run(url: str, open_storage: Callable[[str], Storage]) -> tuple[Storage, int]:
    """All writers to their end, each with a program of its own; how many acts were refused."""
    storages = [open_storage(url) for _ in range(WRITERS)]

    def acts(writer: int) -> int:
        storage, refused = storages[writer], 0
        storage.seal_audit(KEY)
        for no in range(ACTS):
            try:
                with storage.write() as work:
                    work.audit.write(
                        at=moment(0), account=f"clerk{writer}", action="case.受理", details={"no": no}
                    )
            except DeskError:
                refused += 1
        return refused

    with ThreadPoolExecutor(WRITERS) as pool:
        return storages[0], sum(pool.map(acts, range(WRITERS)))


def test_eight_writers_make_one_chain(url: str, open_storage: Callable[[str], Storage]) -> None:
    storage, refused = run(url, open_storage)
    report = checked(storage)

    assert report.sound, report.findings
    assert (refused, report.counts.entries) == (0, WRITERS * ACTS)


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_without_the_lock_they_collide(
    url: str, open_storage: Callable[[str], Storage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the key of the table keeps the chain whole even then, but at the price of refused acts."""

    def no_turn(_connection: Connection) -> Select[Any]:
        return appending.END

    monkeypatch.setattr(appending, "turn", no_turn)
    storage, refused = run(url, open_storage)

    assert refused > 0
    assert checked(storage).counts.entries == WRITERS * ACTS - refused
