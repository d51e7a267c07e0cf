"""R4: after whatever statement or file operation of an act failed, all is as it was before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from itertools import chain
from pathlib import Path

import pytest

from mediation_desk.app import Desk, open_desk
from mediation_desk.settings import resolve
from tests.persistence.at_work import each_statement_alone
from tests.persistence.destroyed import LATER
from tests.persistence.test_audit_cover import NOW as DAY_OF_KINDS
from tests.persistence.test_board import NOW
from tests.persistence.undone import Make, Outcome, files_fail, statements_fail
from tests.persistence.undone_acts import every_kind, one_dispute
from tests.persistence.undone_office import DAY_OF_THE_OFFICE, accounts, destroying, money, office, persons
from tests.persistence.undone_papers import papers
from tests.persistence.undone_room import room

STRIDE = 60
"""Of the short form; ``benchmarks.reliability.undone`` takes each."""


OpenDesk = Callable[[datetime], Desk]


@pytest.fixture
def opened(url: str, tmp_path: Path) -> Iterator[OpenDesk]:
    """A desk at a moment; its data folder lies beside the database."""
    settings = replace(resolve(None, url, practice=True), folder=tmp_path / "data")
    with ExitStack() as stack:

        def opener(now: datetime) -> Desk:
            desk = open_desk(settings, clock=lambda: now)
            stack.callback(desk.close)
            return desk

        yield opener


def test_whatever_statement_fails_nothing_is_done_by_halves(opened: OpenDesk, tmp_path: Path) -> None:
    desk = opened(NOW)
    told = statements_fail(desk, tmp_path, one_dispute(desk, tmp_path / "papers"), stride=STRIDE)
    assert told.wrong == []
    assert sum(told.failed.values()) > 30


def test_nor_by_any_kind_of_act(opened: OpenDesk, tmp_path: Path) -> None:
    desk = opened(DAY_OF_KINDS)
    told = statements_fail(desk, tmp_path, every_kind(desk, tmp_path / "out"), stride=STRIDE)
    assert told.wrong == []
    assert sum(told.failed.values()) > 30


def test_nor_in_the_room_and_around_it(opened: OpenDesk, tmp_path: Path) -> None:
    desk = opened(NOW)
    told = statements_fail(desk, tmp_path, room(desk), stride=2 * STRIDE)
    assert told.wrong == []
    assert sum(told.failed.values()) > 30


@pytest.mark.parametrize(
    ("acts", "now", "least"),
    [
        (office, DAY_OF_THE_OFFICE, 20),
        (destroying, LATER, 6),
        (lambda desk, _folder: accounts(desk), DAY_OF_THE_OFFICE, 6),
    ],
    ids=["office", "destroying", "accounts"],
)
def test_nor_by_any_act_of_the_office(
    opened: OpenDesk,
    tmp_path: Path,
    acts: Callable[[Desk, Path], Iterable[tuple[str, Make]]],
    now: datetime,
    least: int,
) -> None:
    desk = opened(now)
    told = statements_fail(desk, tmp_path, acts(desk, tmp_path), stride=STRIDE)
    assert told.wrong == []
    assert sum(told.failed.values()) > least


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_statements_that_stand_alone_are_noticed(opened: OpenDesk, tmp_path: Path) -> None:
    """The control: without the unit of work halves stay."""
    desk = opened(NOW)
    each_statement_alone(desk.storage)
    dispute = list(one_dispute(desk, tmp_path / "papers"))[:2]
    assert _changed(statements_fail(desk, tmp_path, dispute, stride=20))


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
class TestFiles:
    def test_whatever_file_operation_fails_it_is_told_and_no_half_is_left(
        self, opened: OpenDesk, tmp_path: Path
    ) -> None:
        desk = opened(DAY_OF_KINDS)
        told = files_fail(desk, tmp_path, every_kind(desk, tmp_path / "out"), stride=3)
        assert told.wrong == []
        assert sum(told.failed.values()) > 30

    def test_of_several_papers_all_go_on_record_or_none_stays(self, opened: OpenDesk, tmp_path: Path) -> None:
        desk = opened(DAY_OF_KINDS)
        told = files_fail(desk, tmp_path, two_files(desk, tmp_path), stride=1)
        assert told.wrong == []
        assert sum(told.failed.values()) > 10

    def test_a_split_volume_is_on_record_or_all_is_as_before(self, opened: OpenDesk, tmp_path: Path) -> None:
        desk = opened(NOW)
        split = next(one for one in papers(desk, tmp_path) if one[0] == "volumes.write split")
        failing = (
            files_fail(desk, tmp_path, [split], stride=25),
            statements_fail(desk, tmp_path, [split], stride=25),
        )
        for told in failing:
            assert told.wrong == []
            assert sum(told.failed.values()) > 3

    def test_an_earlier_paper_of_that_name_is_there_again(self, opened: OpenDesk, tmp_path: Path) -> None:
        desk = opened(DAY_OF_THE_OFFICE)
        told = files_fail(desk, tmp_path, printed_again(desk, tmp_path), stride=1)
        assert told.wrong == []
        assert told.failed["person_copies.write"] > 10
        assert told.failed["subsidy_papers.list"] > 10

    def test_papers_that_stay_are_noticed(
        self, opened: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The control: nobody takes away what is not on record."""
        monkeypatch.setattr("mediation_desk.shared.files._give_back", lambda _former: None)
        desk = opened(DAY_OF_KINDS)
        assert _changed(files_fail(desk, tmp_path, two_files(desk, tmp_path), stride=1))


def two_files(desk: Desk, folder: Path) -> list[tuple[str, Make]]:
    return [one for one in every_kind(desk, folder / "out") if one[0] == "two files"]


def printed_again(desk: Desk, folder: Path) -> Iterator[tuple[str, Make]]:
    """Acts that write several files; a failure between them meets what an earlier print left."""
    for name, make in chain(money(desk, folder / "money"), persons(desk, folder / "copies")):
        if name in ("subsidy_papers.list", "person_copies.write"):
            yield name, make
        else:
            make()()


def _changed(told: Outcome) -> bool:
    return any("changed" in one for one in told.wrong)
