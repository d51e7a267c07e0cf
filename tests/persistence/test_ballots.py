"""Rounds of choosing, disclosures and bars: nothing marked is lost, nothing sealed is changed."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.engine import open_engine
from db.unit_of_work import Storage
from mediation_desk.experts.choice.ballot import (
    Answer,
    Ballot,
    Bar,
    Disclosure,
    LeftOut,
    Mark,
    MarkedAt,
    Shown,
)
from mediation_desk.shared.errors import ConflictError
from tests.architecture.gates import ROOT
from tests.persistence.pool_material import appointed, card, case, mediator

NOW = datetime(2026, 7, 1, 2, tzinfo=UTC)
ROUND = Ballot(
    case_key="K1",
    no=1,
    opened_at=NOW,
    language="粤语",
    assisting=1,
    rule="v2026-11",
    shown=(
        Shown(pool_no="M02", name="孙顺", running=0, reasons=("在聘", "擅长邻里"), disclose=("曾为邻居",)),
        Shown(pool_no="M01", name="钱和", running=3),
    ),
    left_out=(LeftOut(pool_no="M03", name="李平", reasons=("请假", "案件已满")),),
)
A1 = Mark(
    party="A1",
    ranks=("M01", "M02"),
    sealed=True,
    at=NOW,
    place=MarkedAt.WINDOW,
    by="甄有理",
)
B1 = Mark(party="B1", ranks=(), strikes=("M01",), sealed=False, at=NOW)


@pytest.fixture
def desk(storage: Storage) -> Storage:
    """A storage with one case and its first round."""
    with storage.write() as work:
        work.cases.add(case("K1"))
        work.cases.add(case("K2"))
        work.choosing.open(ROUND)
    return storage


def ballot(storage: Storage) -> Ballot:
    with storage.read() as work:
        return work.choosing.ballots("K1")[-1]


def mark(storage: Storage, one: Mark, no: int = 1) -> None:
    with storage.write() as work:
        work.choosing.mark("K1", no, one)


class TestRounds:
    """A round from its opening to its end."""

    def test_a_round_comes_back_as_it_was_opened(self, desk: Storage) -> None:
        assert ballot(desk) == dataclasses.replace(ROUND, version=1)
        with desk.read() as work:
            assert work.choosing.ballots("K2") == ()

    def test_rounds_come_oldest_first_and_each_once(self, desk: Storage) -> None:
        second = dataclasses.replace(ROUND, no=2, run_off=True)
        with desk.write() as work:
            work.choosing.open(second)
        with pytest.raises(ConflictError), desk.write() as work:
            work.choosing.open(second)
        with desk.read() as work:
            assert [one.no for one in work.choosing.ballots("K1")] == [1, 2]

    def test_closing_stores_how_it_ended(self, desk: Storage) -> None:
        mark(desk, A1)
        ended = dataclasses.replace(
            ballot(desk), result=("M02", "M01"), why="M02列第一", closed_at=NOW, ended_by="结果"
        )
        with desk.write() as work:
            closed = work.choosing.close(ended)
        assert ballot(desk) == closed
        assert not closed.is_open
        assert closed.marks == (A1,)

    def test_closing_twice_is_refused(self, desk: Storage) -> None:
        seen = ballot(desk)
        for reason in ("先到", "后到"):
            ended = dataclasses.replace(seen, closed_at=NOW, ended_by=reason)
            if reason == "先到":
                with desk.write() as work:
                    work.choosing.close(ended)
            else:
                with pytest.raises(ConflictError), desk.write() as work:
                    work.choosing.close(ended)
                with pytest.raises(ConflictError), desk.write() as work:
                    work.choosing.close(dataclasses.replace(ended, version=ballot(desk).version))
        assert ballot(desk).ended_by == "先到"

    def test_nobody_closes_a_round_by_what_he_saw_before_somebody_sealed(self, desk: Storage) -> None:
        mark(desk, B1)
        seen = ballot(desk)
        mark(desk, dataclasses.replace(B1, ranks=("M02",)))
        assert ballot(desk).version == seen.version, "an unsealed mark decides nothing"
        mark(desk, A1)
        with pytest.raises(ConflictError), desk.write() as work:
            work.choosing.close(dataclasses.replace(seen, closed_at=NOW))


class TestMarks:
    """Each party's mark is its own."""

    def test_marks_are_replaced_until_they_are_sealed(self, desk: Storage) -> None:
        mark(desk, B1)
        changed = dataclasses.replace(B1, ranks=("M02",), strikes=())
        mark(desk, changed)
        sealed = dataclasses.replace(changed, sealed=True, place=MarkedAt.COMMAND)
        mark(desk, sealed)
        with pytest.raises(ConflictError, match="B1"):
            mark(desk, B1)
        mark(desk, A1)
        assert ballot(desk).marks == (A1, sealed)

    def test_a_closed_round_takes_no_mark(self, desk: Storage) -> None:
        with desk.write() as work:
            work.choosing.close(dataclasses.replace(ballot(desk), closed_at=NOW, ended_by="一方撤回"))
        with pytest.raises(ConflictError, match="已经结束"):
            mark(desk, A1)
        with pytest.raises(ConflictError):
            mark(desk, A1, no=7)
        assert ballot(desk).marks == ()

    def test_parties_mark_at_the_same_time(
        self, desk: Storage, url: str, open_storage: Callable[[str], Storage]
    ) -> None:
        parties = [f"A{number}" for number in range(8)]
        windows = {party: open_storage(url) for party in parties}
        go = threading.Barrier(len(parties))

        def choose(party: str) -> None:
            go.wait(30)
            for sealed in (False, False, True):
                mark(windows[party], Mark(party=party, ranks=("M01",), sealed=sealed, at=NOW))

        with ThreadPoolExecutor(len(parties)) as pool:
            list(pool.map(choose, parties))
        assert [(one.party, one.sealed) for one in ballot(desk).marks] == [(party, True) for party in parties]

    def test_one_party_at_two_windows_is_sealed_once(
        self, desk: Storage, url: str, open_storage: Callable[[str], Storage]
    ) -> None:
        windows = [open_storage(url) for _ in range(6)]
        go = threading.Barrier(len(windows))

        def choose(number: int) -> bool:
            go.wait(30)
            try:
                mark(windows[number], Mark(party="A1", ranks=(f"M{number}",), sealed=True, at=NOW))
            except ConflictError:
                return False
            return True

        with ThreadPoolExecutor(len(windows)) as pool:
            sealed = list(pool.map(choose, range(len(windows))))
        assert sealed.count(True) == 1
        assert [one.ranks for one in ballot(desk).marks] == [(f"M{sealed.index(True)}",)]

    def test_closing_and_marking_at_once_lose_nothing(
        self, desk: Storage, url: str, open_storage: Callable[[str], Storage]
    ) -> None:
        """Whatever comes first: a mark acknowledged is in the round, and it was there when the round closed."""
        window, counter = open_storage(url), open_storage(url)
        go = threading.Barrier(2)

        def seal() -> bool:
            go.wait(30)
            try:
                mark(window, A1)
            except ConflictError:
                return False
            return True

        def close() -> int | None:
            go.wait(30)
            try:
                with counter.write() as work:
                    seen = work.choosing.ballots("K1")[-1]
                    work.choosing.close(dataclasses.replace(seen, closed_at=NOW))
            except ConflictError:
                return None
            return len(seen.marks)

        with ThreadPoolExecutor(2) as pool:
            sealing, closing = pool.submit(seal), pool.submit(close)
            sealed, seen = sealing.result(), closing.result()
        assert len(ballot(desk).marks) == sealed
        assert seen is None or seen == sealed


def test_every_mark_made_is_there_after_a_kill(tmp_path: Path, sqlite_template: Path) -> None:
    file = tmp_path / "desk.db"
    file.write_bytes(sqlite_template.read_bytes())
    storage = Storage(open_engine(f"sqlite:///{file}"))
    with storage.write() as work:
        work.cases.add(case("K1"))
        work.choosing.open(ROUND)
    command = [sys.executable, "-m", "tests.persistence.marking", str(file), "K1"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as window:
        assert window.stdout is not None
        acknowledged = [window.stdout.readline().strip() for _ in range(25)]
        window.kill()
        acknowledged += window.stdout.read().split()

    marks = {one.party: one for one in ballot(storage).marks}
    storage.close()
    assert set(acknowledged) <= set(marks)
    assert len(marks) <= len(acknowledged) + 1
    assert {(one.ranks, one.strikes) for one in marks.values()} == {(("M01",), ("M02",))}


class TestDisclosures:
    """What was told, what each party said, and the ruling."""

    TOLD = Disclosure(case_key="K1", pool_no="M01", on=date(2026, 7, 1), text="曾为邻居", hits=("同一地址",))
    ANSWERS = (
        Answer(party="B1", on=date(2026, 7, 2), accepts=False, ground="利害关系", detail="有过来往"),
        Answer(party="A1", on=date(2026, 7, 2), accepts=True),
    )

    def test_a_disclosure_grows_by_answers_and_a_ruling(self, desk: Storage) -> None:
        with desk.write() as work:
            first = work.choosing.disclose(self.TOLD)
            other = work.choosing.disclose(dataclasses.replace(self.TOLD, pool_no="M02", text="无"))
        answered = dataclasses.replace(first, answers=self.ANSWERS)
        with desk.write() as work:
            answered = work.choosing.disclose(answered)
        ruled = dataclasses.replace(
            answered,
            answers=self.ANSWERS[:1],
            ruling="准许",
            ruled_by="主任",
            ruled_on=date(2026, 7, 3),
            basis="15",
        )
        with desk.write() as work:
            ruled = work.choosing.disclose(ruled)
        with desk.read() as work:
            assert work.choosing.disclosures("K1") == (ruled, other)
            assert work.choosing.disclosures("K2") == ()
        assert (first.version, ruled.version) == (1, 3)

    def test_the_second_of_two_savers_is_refused(self, desk: Storage) -> None:
        with desk.write() as work:
            seen = work.choosing.disclose(self.TOLD)
            work.choosing.disclose(dataclasses.replace(seen, answers=self.ANSWERS))
        for stale in (seen, self.TOLD):
            with pytest.raises(ConflictError), desk.write() as work:
                work.choosing.disclose(dataclasses.replace(stale, text="别的"))
        with desk.read() as work:
            [kept] = work.choosing.disclosures("K1")
        assert (kept.text, kept.answers) == ("曾为邻居", self.ANSWERS)


class TestBars:
    """Whoever was mediator of a case stays barred from it."""

    def test_a_bar_stays_when_the_mediator_is_replaced(self, storage: Storage) -> None:
        known = mediator("M01", phone="13900000001", id_no="110101197002280011")
        since = date(2026, 6, 30)
        with storage.write() as work:
            work.pool.add([known])
            file = work.cases.add(case("K1", mediators=[appointed(card("M01"), on=since)]))
            assert work.choosing.bars(["K1"]) == (
                Bar(
                    case_key="K1",
                    pool_no="M01",
                    name="钱和",
                    phone="13900000001",
                    id_no="110101197002280011",
                    since=since,
                ),
            )
        later = appointed(card("M02", "孙顺", phone="13900000002"), on=date(2026, 7, 5))
        with storage.write() as work:
            file = work.cases.save(file, dataclasses.replace(file, mediators=(later,)))
            work.cases.save(file, dataclasses.replace(file, mediators=()))
            work.cases.add(case("K2", mediators=[later]))
        with storage.read() as work:
            assert [(one.pool_no, one.phone) for one in work.choosing.bars(["K1"])] == [
                ("M01", "13900000001"),
                ("M02", "13900000002"),
            ]
            assert [one.case_key for one in work.choosing.bars(["K1", "K2", "K9"])] == ["K1", "K1", "K2"]
            assert work.choosing.bars([]) == ()
