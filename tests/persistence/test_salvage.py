"""A damaged database, encrypted or clear: what can be read is saved, and what was lost is told."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from db import restoring
from db.backups.writing import write_backup
from db.bulk import BulkCases
from db.care import inspect
from db.own_copies import CasesHere
from db.restoring import Keys
from db.salvaging import salvage
from db.storage import open_storage
from db.tables.cases import cases
from mediation_desk.access.actor import COUNTER
from mediation_desk.app import Restoring
from mediation_desk.backups.ports import Login
from mediation_desk.interchange.case_copies import CaseCopies
from mediation_desk.interchange.writer import dump_case
from mediation_desk.practice.demo import fill
from mediation_desk.settings import Settings, resolve
from mediation_desk.shared.errors import StorageError
from tests.hostile_case import hostile_file
from tests.persistence.account_desk import GOOD, Centre, cheap
from tests.persistence.byte_search import hits

CASES, PAGE = 40, 4096


@pytest.fixture
def place(tmp_path: Path) -> Settings:
    return resolve(tmp_path / "desk")


@pytest.fixture
def keys(place: Settings) -> Keys:
    """A real centre with forty cases, closed; what opens it."""
    centre = Centre(open_storage(place))
    centre.begun()
    with centre.storage.write(COUNTER) as work:
        for number in range(CASES):
            work.cases.add(hostile_file(["田"], number, key=f"CASE-{number:04}"))
    found = Keys(database=centre.storage.key, audit=centre.storage.audit_key)
    centre.storage.close()
    return found


def closed(place: Settings, centre_keys: Keys) -> Path:
    assert place.database is not None
    assert centre_keys.database is not None
    return place.database


def test_damaged_pages_cost_their_rows_and_no_more(
    place: Settings, keys: Keys, sqlite_template: Path, tmp_path: Path
) -> None:
    """Pages of rows: where the tables themselves are written nothing can be read, as is said below."""
    file = closed(place, keys)
    pages, chance = file.stat().st_size // PAGE, random.Random(7)  # repeatable
    empty = sqlite_template.stat().st_size // PAGE
    assert pages > empty + 20
    spoilt = bytearray(file.read_bytes())
    for page in chance.sample(range(empty, pages), 4):
        spoilt[page * PAGE + 100] ^= 1
    file.write_bytes(spoilt)

    found = salvage(file, tmp_path / "saved", keys)

    assert file.read_bytes() == spoilt, "the damaged file itself was touched"
    assert found.cases > 0
    assert not found.whole
    again = Centre(open_storage(resolve(tmp_path / "saved")))
    again.accounts.sign_in("root", GOOD)
    assert inspect(again.storage.engine) == found.cases
    with again.storage.read() as work:
        there = set(work.connection.scalars(select(cases.c.case_key)))
    assert set(found.affected) <= there
    assert not set(found.missing) & there
    again.storage.close()


def test_a_sound_one_loses_nothing(place: Settings, keys: Keys, tmp_path: Path) -> None:
    found = salvage(closed(place, keys), tmp_path / "saved", keys)
    assert (found.cases, found.whole) == (CASES, True)


def test_each_page_alone_costs_at_most_what_it_holds(place: Settings, keys: Keys, tmp_path: Path) -> None:
    """Every tenth page of the file in turn: something is saved, or it is said that nothing can be."""
    file = closed(place, keys)
    whole, nothing = file.read_bytes(), 0
    for page in range(0, len(whole) // PAGE, 60):
        spoilt = bytearray(whole)
        spoilt[page * PAGE + 50] ^= 1
        file.write_bytes(spoilt)
        try:
            salvage(file, tmp_path / f"saved-{page}", keys)
        except StorageError:
            nothing += 1
    assert nothing <= 2


def test_a_clear_one_is_saved_too(tmp_path: Path) -> None:
    practice = resolve(tmp_path / "desk", practice=True)
    storage = open_storage(practice)
    with storage.write(COUNTER) as work:
        for number in range(CASES):
            work.cases.add(hostile_file(["田"], number, key=f"CASE-{number:04}"))
    storage.close()
    assert practice.database is not None
    spoilt = bytearray(practice.database.read_bytes())
    middle = len(spoilt) // PAGE * 3 // 4 * PAGE
    spoilt[middle : middle + PAGE] = b"\xff" * PAGE
    practice.database.write_bytes(spoilt)
    found = salvage(practice.database, tmp_path / "saved", Keys())
    again = open_storage(resolve(tmp_path / "saved", practice=True))
    assert inspect(again.engine) == found.cases > 0
    again.close()


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "wrong.db").write_bytes(b"nothing" * 1000)
    with pytest.raises(StorageError, match="什么也读不出来"):
        salvage(tmp_path / "wrong.db", tmp_path / "saved", Keys())


class TestCopiesOfCases:
    """Each case by itself beside the backups, sealed: the last resort when the database is gone."""

    def kept(self, centre: Centre, place: Path) -> int:
        """After a backup, whose keys go along."""
        made = write_backup(centre.storage.engine, place.parent / "backup", centre.storage.key).path
        copies = CaseCopies(CasesHere(centre.storage), lambda: centre.storage.key)
        return copies.keep(place, made / "desk.keys")

    @pytest.fixture
    def centre(self, place: Settings) -> Iterator[Centre]:
        made = Centre(open_storage(place))
        made.begun()
        fill(BulkCases(made.storage), 6, seed=7)
        yield made
        made.storage.close()

    def test_only_what_changed_is_written_and_cases_come_back(
        self, centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stick = tmp_path / "stick"
        with centre.storage.read() as work:
            keys = list(work.connection.scalars(select(cases.c.case_key)))
            before = {one.case_key: dump_case(one) for one in work.cases.find_many(keys)}
        assert self.kept(centre, stick) == len(keys) == 6
        assert self.kept(centre, stick) == 0
        with centre.storage.write(COUNTER) as work:
            work.audit.write(at=centre.clocks.now(), account="root", action="case.view", case_key=keys[1])
        assert self.kept(centre, stick) == 0, "looked at, but not changed"
        assert hits((*keys, "申请人"), stick) == {}
        victim = min((stick / "cases").glob("*.case"))
        spoilt = bytearray(victim.read_bytes())
        spoilt[len(spoilt) // 2] ^= 1
        victim.write_bytes(spoilt)

        monkeypatch.setattr(restoring.unlock_keys, "__defaults__", (cheap,))
        login = Login(name="root", secret=GOOD)
        found = Restoring(resolve(tmp_path / "none")).rebuild(stick, tmp_path / "anew", login)

        assert (found.cases, len(found.broken)) == (5, 1), "R6: a damaged copy is noticed"
        assert found.broken[0] in before
        again = open_storage(resolve(tmp_path / "anew"))
        again.unlock(centre.seat.key or b"")
        with again.read() as work:
            there = {one.case_key: dump_case(one) for one in work.cases.find_many(list(before))}
        assert there == {key: text for key, text in before.items() if key not in found.broken}
        again.close()

    def test_a_case_that_is_no_more_goes_from_the_copies(self, centre: Centre, tmp_path: Path) -> None:
        self.kept(centre, tmp_path / "stick")
        with centre.storage.write(COUNTER) as work:
            key = work.connection.scalar(select(cases.c.case_key).limit(1))
            work.destruction.forget(str(key), "销毁")
        self.kept(centre, tmp_path / "stick")
        assert len(list((tmp_path / "stick" / "cases").glob("*.case"))) == 5
