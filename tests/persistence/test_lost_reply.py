"""A server that loses the reply to COMMIT, freezes or dies: the truth, soon, nothing doubled, nothing lost (C6, C7)."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text

from db.migrate import HEAD
from db.unit_of_work import Storage
from db.waiting import patient, waiting_rules
from mediation_desk.shared.assets import use_rules_in
from mediation_desk.shared.errors import (
    AwayError,
    InputError,
    OutdatedError,
    StorageError,
    StoredError,
    UncertainError,
)
from mediation_desk.shared.operation import operation
from tests.persistence.lost_replies import hurry, numbers, run
from tests.postgres_proxy import Loss, Proxy, proxy_before

ROUNDS = 30
ON_SERVER = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[None]:
    """Gives up soon, so that the tests need not wait as long as people do."""
    hurry(tmp_path)
    yield
    use_rules_in(Path("/nonexistent-rules"))


@pytest.fixture
def desk(hasty: None, storage: Storage) -> Storage:
    with storage.write() as work:
        numbers.create(work.connection)
    return storage


@pytest.fixture
def proxied(hasty: None, url: str) -> Iterator[tuple[Proxy, str]]:
    with proxy_before(url) as made:
        yield made


def put(storage: Storage, number: int = 1) -> None:
    with storage.write() as work:
        work.connection.execute(insert(numbers).values(number=number))


def count(storage: Storage) -> int:
    with storage.read() as work:
        return int(work.connection.scalar(text("SELECT count(*) FROM numbers")) or 0)


@ON_SERVER
class TestLostReply:
    def test_every_lost_reply_is_found_out(self, url: str, proxied: tuple[Proxy, str]) -> None:
        proxy, through = proxied
        told = run(url, proxy, through, ROUNDS, "ours")

        assert told.uncertain == ROUNDS // 5
        assert not any(told.counts().values())
        assert set(told.found) == told.stored == set(range(ROUNDS))
        assert proxy.lost == ROUNDS

    @pytest.mark.parametrize(
        ("way", "wrong"), [("retry", "doubled"), ("give up", "told failed though stored")]
    )
    def test_the_wrong_ways_are_caught(
        self, url: str, proxied: tuple[Proxy, str], way: str, wrong: str
    ) -> None:
        proxy, through = proxied

        assert run(url, proxy, through, ROUNDS, way).counts()[wrong] == ROUNDS

    def test_what_was_uncertain_is_told_when_the_server_is_back(
        self, desk: Storage, proxied: tuple[Proxy, str], open_storage: Callable[[str], Storage]
    ) -> None:
        proxy, through = proxied
        proxy.lose, proxy.then_away = Loss.REPLY, True
        counter = open_storage(through)
        with pytest.raises(UncertainError, match="尚不能确认"), operation("op"):
            put(counter)
        with pytest.raises(UncertainError), operation("op"):
            put(counter)
        with pytest.raises(AwayError):
            counter.look()
        proxy.away = False

        assert counter.look() == (True,)
        with pytest.raises(StoredError, match="当时就存上了"), operation("op"):
            put(counter)
        assert count(desk) == 1

    def test_an_act_that_knows_its_id_gives_back_what_it_made(
        self, desk: Storage, proxied: tuple[Proxy, str], open_storage: Callable[[str], Storage]
    ) -> None:
        proxy, through = proxied
        proxy.lose, proxy.then_away = Loss.REPLY, True
        counter = open_storage(through)

        def act() -> str:
            with operation("act"), counter.write() as work:
                return "done" if work.once("act") else "done before"

        with pytest.raises(UncertainError):
            act()
        proxy.away = False

        assert act() == "done before"


@ON_SERVER
class TestFrozenServer:
    @contextmanager
    def frozen(self, pid: int) -> Iterator[None]:
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def test_a_statement_without_an_answer_ends_in_time(self, desk: Storage) -> None:
        began = time.monotonic()
        with pytest.raises(AwayError, match="没有应答，没有保存"), desk.write() as work:
            pid = work.connection.scalar(text("SELECT pg_backend_pid()"))
            with self.frozen(int(pid or 0)):
                work.connection.execute(insert(numbers).values(number=1))

        assert time.monotonic() - began < 3
        with pytest.raises(AwayError):  # what queued up behind it need not wait as long
            put(desk)
        time.sleep(waiting_rules().skip)
        assert count(desk) == 0

    def test_a_frozen_commit_is_uncertain_until_it_is_known(self, desk: Storage) -> None:
        with desk.write() as work:
            pid = int(work.connection.scalar(text("SELECT pg_backend_pid()")) or 0)
        with self.frozen_later(desk, pid), pytest.raises(UncertainError), operation("op"):
            put(desk)
        with operation("op"), suppress(StoredError):
            put(desk)

        assert count(desk) == 1

    @contextmanager
    def frozen_later(self, storage: Storage, pid: int) -> Iterator[None]:
        """The process ``pid`` is frozen when the next COMMIT is about to be sent."""
        dialect: Any = storage.engine.dialect
        before = dialect.do_commit

        def commit(connection: object) -> None:
            os.kill(pid, signal.SIGSTOP)
            before(connection)

        dialect.do_commit = commit
        try:
            yield
        finally:
            dialect.do_commit = before
            os.kill(pid, signal.SIGCONT)

    def test_an_idle_connection_to_a_frozen_process_is_given_up(
        self, desk: Storage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("db.engine.FRESH_SECONDS", 0.0)
        with desk.read() as work:
            pid = int(work.connection.scalar(text("SELECT pg_backend_pid()")) or 0)
        with self.frozen(pid):
            put(desk)  # over a new one

        assert count(desk) == 1

    def test_long_work_that_is_meant_is_let_be(self, desk: Storage) -> None:
        slow = text("SELECT pg_sleep(1.3)")
        with patient(), desk.read() as work:
            work.connection.execute(slow)
        with pytest.raises(AwayError), desk.read() as work:
            work.connection.execute(slow)

    def test_a_record_somebody_holds_is_said_to_be_busy(self, desk: Storage) -> None:
        put(desk)
        lock = text("SELECT number FROM numbers FOR UPDATE")
        with desk.write() as holder:
            holder.connection.execute(lock)
            with pytest.raises(StorageError, match="占用"), desk.write() as other:
                other.connection.execute(lock)


class TestKilledServer:
    """On a server of its own, in a process of its own."""

    def kill(self, cluster: str, *arguments: str) -> dict[str, int]:
        command = [sys.executable, "-m", "tests.persistence.server_kills", *arguments]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        found: dict[str, int] = json.loads(done.stdout)
        return found

    def test_nothing_acknowledged_is_lost(self, cluster: str) -> None:
        found = self.kill(cluster, "3")

        assert found["acknowledged"] > 20
        assert (found["lost"], found["doubled"], found["stored and never told"]) == (0, 0, 0)
        assert found["longest"] < 10

    def test_a_server_as_it_is_set_would_lose_some(self, cluster: str) -> None:
        assert self.kill(cluster, "1", "theirs")["lost"] > 0


class TestOlderProgram:
    """Another counter upgrades the database under a program that runs."""

    @pytest.fixture
    def upgraded(self, desk: Storage) -> Storage:
        with desk.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = 'm9999'"))
        return desk

    def test_a_running_older_program_stores_nothing(self, upgraded: Storage) -> None:
        with pytest.raises(OutdatedError, match="升级"):
            put(upgraded)
        with pytest.raises(OutdatedError):
            upgraded.look()
        assert count(upgraded) == 0

    def test_what_it_no_longer_finds_is_no_bug(self, upgraded: Storage) -> None:
        with pytest.raises(OutdatedError), upgraded.read() as work:
            work.connection.execute(text("SELECT gone FROM cases"))

    def test_the_same_version_is_no_matter(self, desk: Storage) -> None:
        put(desk)
        assert desk.look() == ()
        with desk.read() as work:
            assert work.connection.scalar(text("SELECT version_num FROM alembic_version")) == HEAD


@pytest.mark.parametrize("wrong", ["lock = 9", "connect = 6", "commit = 0"])
def test_rules_that_would_never_give_up_are_refused(tmp_path: Path, wrong: str) -> None:
    seconds = {"answer": 8, "commit": 5, "settle": 4, "look": 3, "connect": 4, "lock": 5, "skip": 2}
    name, value = wrong.split(" = ")
    table = "\n".join(f"{key} = {value if key == name else number}" for key, number in seconds.items())
    (tmp_path / "server.toml").write_text(f"[seconds]\n{table}\n")
    use_rules_in(tmp_path)
    try:
        with pytest.raises(InputError, match="server"):
            waiting_rules()
    finally:
        use_rules_in(Path("/nonexistent-rules"))
