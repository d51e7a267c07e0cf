"""S13: after a destruction nothing of the case is left in any file, on both databases; two persons; resumable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, select, text

from db import sqlite, wiping
from db.base import metadata
from db.repositories.destruction import DestructionRepository
from db.tables.beside import numbers_given
from db.tables.cases import cases as cases_table
from db.tables.centre import audit
from db.tables.destruction import destroyed_facts
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, PROGRAM
from mediation_desk.cases.destroying import service as destroying
from mediation_desk.cases.destroying.model import Leftover, LineStatus, ListStatus
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.archiving import LendVolume, ReturnVolume
from mediation_desk.shared.errors import InputError, PermissionDenied, RuleError, StorageError
from mediation_desk.shared.file_store import FileStore
from tests.persistence.byte_search import hits
from tests.persistence.destroyed import (
    APPRAISED,
    KEEPER,
    LATER,
    LEADER,
    SHARED,
    prepared,
    rows_about,
    said_of,
    service,
    sheet,
)
from tests.shared_cases import needs_cases

pytestmark = needs_cases

STAYS_BY_KEY = frozenset(
    ("numbers_given", "audit", "destruction_lines", "destroyed_facts", "submitted_facts", "related_cases")
)
"""Tables that go on naming a destroyed case by its key, and nothing else of it."""


def files_of(storage: Storage, folder: Path) -> tuple[Path, ...]:
    """Everywhere this database writes, but for the server's own log of changes."""
    if storage.engine.dialect.name == "sqlite":
        return (folder,)
    with storage.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
        where = connection.scalar(text("SELECT current_setting('data_directory')"))
        number = connection.scalar(text("SELECT oid FROM pg_database WHERE datname = current_database()"))
    return folder, Path(str(where)) / "base" / str(number)


def destroy(storage: Storage, folder: Path) -> None:
    desk = service(storage, folder)
    made = desk.prepare(KEEPER)
    desk.decide(LEADER, made.id)
    desk.apply(KEEPER, made.id, "监销丙")


class TestNothingIsLeft:
    def test_in_no_file_of_the_desk(self, storage: Storage, tmp_path: Path) -> None:
        gone, stays = prepared(storage, tmp_path)
        hidden = said_of(storage, gone) - said_of(storage, [stays])
        before = hits(hidden, *files_of(storage, tmp_path))
        kept = rows_about(storage, stays)

        destroy(storage, tmp_path)

        assert len(before) > len(hidden) // 2  # the search does find what is there
        assert hits(hidden, *files_of(storage, tmp_path)) == {}
        assert rows_about(storage, gone[0]) == 0
        assert rows_about(storage, stays) == kept
        assert FileStore(tmp_path / "attachments").holds(_hash_of(SHARED))  # another case uses it
        papers = [path.name for path in (tmp_path / "papers").iterdir()]
        assert papers == [f"人民调解协议书-{stays}.txt"]
        assert len(list((tmp_path / "thumbnails").iterdir())) == 1

    def test_what_a_case_of_another_body_uses_too_stays(self, storage: Storage, tmp_path: Path) -> None:
        gone, stays = prepared(storage, tmp_path, doomed=3)
        with storage.read(PROGRAM) as work:
            mine, others = work.cases.find_many((gone[0], stays))
        desk, keeper = service(storage, tmp_path), replace(KEEPER, bodies=(mine.organisation.name,))
        made = desk.prepare(keeper)
        desk.decide(LEADER, made.id)
        told = desk.apply(keeper, made.id, "监销丙")

        assert mine.organisation != others.organisation
        assert told.destroyed == 3
        assert FileStore(tmp_path / "attachments").holds(_hash_of(SHARED))

    def test_sheets_and_copies_go_and_those_of_another_case_stay(
        self, storage: Storage, tmp_path: Path
    ) -> None:
        gone, stays = prepared(storage, tmp_path)
        old = sheet(storage, tmp_path, gone[0], handed_out=gone[0])
        kept = sheet(storage, tmp_path, stays, handed_out=f"{gone[0]}1")

        destroy(storage, tmp_path)

        assert not any(path.exists() for path in (*old, old[0].parent))
        assert all(path.exists() for path in kept)

    def test_the_search_would_see_what_an_ordinary_deletion_leaves(
        self, storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
    ) -> None:
        """The control: rows deleted without wiping (secure_delete off, no table written anew) stay readable."""
        gone, stays = prepared(storage, tmp_path)
        hidden = said_of(storage, gone) - said_of(storage, [stays])
        monkeypatch.setattr("db.unit_of_work.wipe_free_space", lambda _engine: Leftover())
        if storage.engine.dialect.name == "sqlite":
            storage.engine.dispose()
            careless = tuple(one for one in sqlite.PRAGMAS if not one.startswith("secure_delete"))
            monkeypatch.setattr(sqlite, "PRAGMAS", (*careless, "secure_delete=OFF"))

        destroy(storage, tmp_path)

        assert hits(hidden, *files_of(storage, tmp_path))

    def test_no_table_names_it_but_those_that_may(self, storage: Storage, tmp_path: Path) -> None:
        gone, _stays = prepared(storage, tmp_path)
        with storage.read(PROGRAM) as work:
            told = _tables_naming(work.connection, gone[0])

        destroy(storage, tmp_path)

        with storage.read(PROGRAM) as work:
            left = _tables_naming(work.connection, gone[0])
            number = work.connection.execute(
                select(numbers_given.c.reason).where(numbers_given.c.case_key == gone[0])
            ).all()
            facts = work.connection.scalars(select(destroyed_facts.c.case_key)).all()
        assert told - STAYS_BY_KEY  # the control: some do before
        assert left <= STAYS_BY_KEY
        assert all("已销毁" in row.reason for row in number)
        assert list(facts) == gone

    def test_the_audit_keeps_that_it_happened_and_no_words(self, storage: Storage, tmp_path: Path) -> None:
        gone, _stays = prepared(storage, tmp_path)
        with storage.write(PROGRAM) as work:
            work.audit.write(
                at=LATER, account="x", action="person.number.show", case_key=gone[0], reason="卫丽来电查询"
            )

        destroy(storage, tmp_path)

        with storage.read(PROGRAM) as work:
            rows = work.connection.execute(select(audit).where(audit.c.case_key == gone[0])).all()
        assert {"person.number.show", "destruction.case"} <= {row.action for row in rows}
        assert "卫丽" not in repr(rows)


class TestTwoPersons:
    def test_who_prepared_does_not_approve_and_nothing_goes_before(
        self, storage: Storage, tmp_path: Path
    ) -> None:
        gone, stays = prepared(storage, tmp_path)
        desk = service(storage, tmp_path)
        made = desk.prepare(KEEPER)

        with pytest.raises(RuleError):
            desk.apply(KEEPER, made.id, "监销丙")
        with pytest.raises(RuleError):
            desk.decide(replace(LEADER, account=KEEPER.account), made.id)
        desk.decide(LEADER, made.id)
        with pytest.raises(InputError):
            desk.apply(KEEPER, made.id, KEEPER.display_name)
        with pytest.raises(InputError):
            desk.prepare(KEEPER, [stays])
        assert rows_about(storage, gone[0]) > 0

    def test_a_refused_list_lets_its_cases_go_on_another(self, storage: Storage, tmp_path: Path) -> None:
        prepared(storage, tmp_path)
        desk = service(storage, tmp_path)
        refused = desk.decide(LEADER, desk.prepare(KEEPER).id, refusal="还要查一次")

        assert refused.status is ListStatus.REFUSED
        assert len(desk.prepare(KEEPER).lines) == 1


class TestMeanwhile:
    """Between the approval and the day it is carried out."""

    def test_an_appraisal_taken_back_keeps_the_case(self, storage: Storage, tmp_path: Path) -> None:
        _gone, stays = prepared(storage, tmp_path)
        cases = CaseService(storage, lambda: LATER + timedelta(minutes=1))  # nothing was printed after it
        cases.perform(COUNTER, stays, APPRAISED)
        desk = service(storage, tmp_path)
        made = desk.prepare(KEEPER)
        desk.decide(LEADER, made.id)
        cases.take_back(COUNTER, stays, version=cases.file(COUNTER, stays).version)

        told = desk.apply(KEEPER, made.id, "监销丙")

        assert (told.destroyed, [key for key, _why in told.stayed]) == (1, [stays])
        assert "没有鉴定为销毁" in told.stayed[0][1]
        assert rows_about(storage, stays) > 0
        assert desk.find(KEEPER, made.id).counted(LineStatus.STAYED) == 1

    def test_a_volume_on_loan_stays_until_it_is_back(self, storage: Storage, tmp_path: Path) -> None:
        gone, _stays = prepared(storage, tmp_path)
        cases, on = CaseService(storage, lambda: LATER), date(2087, 2, 2)
        desk = service(storage, tmp_path)
        made = desk.prepare(KEEPER)
        desk.decide(LEADER, made.id)
        cases.perform(COUNTER, gone[0], LendVolume(on=on, who="李借阅", why="复查", approved_by="负责人乙"))

        lent = desk.apply(KEEPER, made.id, "监销丙")
        rows = rows_about(storage, gone[0])
        cases.perform(COUNTER, gone[0], ReturnVolume(on=on))
        back = desk.apply(KEEPER, made.id, "监销丙")

        assert (lent.destroyed, lent.left) == (0, 1)
        assert "李借阅" in lent.stayed[0][1]
        assert rows > 0
        assert (back.destroyed, back.left) == (1, 0)


class TestReach:
    def test_a_list_of_another_body_is_counted_and_neither_named_nor_carried_out(
        self, storage: Storage, tmp_path: Path
    ) -> None:
        gone, stays = prepared(storage, tmp_path, doomed=3)
        with storage.read(PROGRAM) as work:
            mine, others = (one.organisation.name for one in work.cases.find_many((gone[0], stays)))
        desk = service(storage, tmp_path)
        keeper, leader = replace(KEEPER, bodies=(others,)), replace(LEADER, bodies=(others,))
        own = replace(KEEPER, bodies=(mine,))
        made = desk.prepare(KEEPER)

        with pytest.raises(PermissionDenied):
            desk.decide(leader, made.id)
        desk.decide(LEADER, made.id)
        with pytest.raises(PermissionDenied):
            desk.apply(keeper, made.id, "监销丙")
        before = desk.find(keeper, made.id), *desk.lists(keeper)
        whole = desk.find(own, made.id)
        desk.apply(own, made.id, "监销丙")
        after = desk.find(keeper, made.id)

        for shown in (*before, after):
            assert len(shown.lines) == 3
            assert not [key for key in gone if key in repr(shown)]
            assert not any(one.number or one.volume_no or one.reason for one in shown.lines)
        assert before[0].counted(LineStatus.WAITING) == after.counted(LineStatus.DONE) == 3
        assert whole.lines == made.lines
        assert {one.case_key for one in desk.find(KEEPER, made.id).lines} == set(gone)


class TestInterrupted:
    def test_one_bad_case_does_not_hold_up_the_rest_and_the_next_run_finishes(
        self, storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        gone, _stays = prepared(storage, tmp_path, doomed=3)
        desk = service(storage, tmp_path)
        made = desk.prepare(KEEPER)
        desk.decide(LEADER, made.id)
        forget = DestructionRepository.forget

        def stubborn(self: DestructionRepository, key: str, note: str) -> object:
            if key == gone[1]:
                raise StorageError("磁盘满了。")
            return forget(self, key, note)

        with monkeypatch.context() as patched:
            patched.setattr(DestructionRepository, "forget", stubborn)
            first = desk.apply(KEEPER, made.id, "监销丙")
        second = desk.apply(KEEPER, made.id, "监销丙")

        assert (first.destroyed, first.left, [key for key, _why in first.stayed]) == (2, 1, [gone[1]])
        assert (second.destroyed, second.left, second.stayed) == (1, 0, ())
        assert desk.find(KEEPER, made.id).status is ListStatus.DONE

    @pytest.mark.parametrize("at", ["before files", "stopped"])
    def test_killed_or_stopped_it_goes_on(
        self, storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
    ) -> None:
        gone, stays = prepared(storage, tmp_path, doomed=2)
        hidden = said_of(storage, gone) - said_of(storage, [stays])
        desk = service(storage, tmp_path)
        made = desk.prepare(KEEPER)
        desk.decide(LEADER, made.id)

        if at == "stopped":
            assert desk.apply(KEEPER, made.id, "监销丙", watch=lambda done, _whole: done < 1).stopped
        else:
            with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
                patched.setattr(destroying, "remove_files", _killed)
                desk.apply(KEEPER, made.id, "监销丙")
            assert desk.find(KEEPER, made.id).counted(LineStatus.FILES) == 1
        again = desk.apply(KEEPER, made.id, "监销丙")

        assert again.left == 0
        assert hits(hidden, *files_of(storage, tmp_path)) == {}

    def test_who_still_reads_what_was_is_told_and_the_next_run_wipes(
        self, storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(wiping, "READER_SECONDS", 0.2)
        monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)
        gone, stays = prepared(storage, tmp_path)
        hidden = said_of(storage, gone) - said_of(storage, [stays])
        desk = service(storage, tmp_path)
        made = desk.prepare(KEEPER)
        desk.decide(LEADER, made.id)

        with storage.read(PROGRAM) as reader:
            reader.connection.execute(select(cases_table)).all()
            told = desk.apply(KEEPER, made.id, "监销丙").leftover.sentences
            seen = hits(hidden, *files_of(storage, tmp_path))
        again = desk.apply(KEEPER, made.id, "监销丙").leftover.sentences

        assert told[0] in (wiping.BUSY, wiping.OLD_READER)
        assert seen  # so a run that waits for nobody and says nothing fails here
        assert told[0] not in again
        assert hits(hidden, *files_of(storage, tmp_path)) == {}

    @pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
    def test_so_is_who_writes_in_another_database_of_the_server(
        self, storage: Storage, cluster: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(wiping, "READER_SECONDS", 0.2)
        with psycopg.connect(cluster) as other:
            other.execute("SELECT pg_current_xact_id()")
            told = storage.wipe_free_space().sentences

        assert wiping.OLD_READER in told
        assert wiping.OLD_READER not in storage.wipe_free_space().sentences


def _killed(*_args: object) -> int:
    raise KeyboardInterrupt


def _tables_naming(connection: Connection, key: str) -> set[str]:
    return {
        table.name for table in metadata.sorted_tables if key in repr(connection.execute(select(table)).all())
    }


def _hash_of(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()
