"""Kept sums of months and a full recount agree, whatever happens to the cases in between, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from sqlalchemy import func, select

from db.queries.figures import KEPT, FigureQueries
from db.tables.facts import kept_sums, settled_months, touched_months
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.binning import PutInBin, TakeOut
from mediation_desk.cases.vocabulary import Category
from mediation_desk.practice.demo import generate
from mediation_desk.shared.assets import read_text, use_rules_in
from mediation_desk.statistics.figures import book
from mediation_desk.statistics.model import Period, month_number
from mediation_desk.statistics.ports import EVERYTHING, Filter, Question
from mediation_desk.statistics.service import StatisticsService
from tests.filled import Invented

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
TODAY = date(2026, 11, 20)
NUMBER = 160
PERIODS = (
    Period(first=date(2026, 1, 1), last=date(2026, 12, 31)),
    Period(first=date(2025, 12, 9), last=date(2026, 7, 8)),
    Period(first=date(2026, 3, 2), last=date(2026, 3, 30)),
    Period(first=date.min, last=date.max),
)
WAYS = ((), ("track",), ("body",), ("category",), ("month", "track"), ("source", "track", "result"))
AMONG = (EVERYTHING, Filter(track="人民调解"), Filter(category=Category.FAMILY.value))


@pytest.fixture
def files() -> list[CaseFile]:
    return list(generate(NUMBER, 23, TODAY))


@pytest.fixture
def invented() -> Invented:
    return Invented(NUMBER, 23, NOW)


@pytest.fixture
def statistics(storage: Storage) -> StatisticsService:
    return StatisticsService(storage, lambda: NOW)


def both_ways(storage: Storage, as_of: date) -> int:
    """How many answers were compared; each from kept sums where there are any, and counted anew."""
    placed = [one for one in book().counted.values() if one.on]
    main = [one for one in placed if one.code in ("registered", "concluded", "success", "agreed_yuan")]
    compared = 0
    with storage.read() as work:
        reader = FigureQueries(work.connection)
        for period in PERIODS:
            for by in WAYS:
                for among in AMONG:
                    asked = Question(period=period, as_of=as_of, among=among)
                    figures = placed if by == ("track",) else main
                    kept, anew = reader.sums(figures, asked, by), reader.counted_anew(figures, asked, by)
                    assert kept == anew, (period, by, among)
                    compared += len(anew)
    return compared


def kept_rows(storage: Storage) -> int:
    with storage.read() as work:
        return work.connection.scalar(select(func.count()).select_from(kept_sums)) or 0


def test_kept_sums_agree_with_a_recount_while_cases_change(
    storage: Storage, statistics: StatisticsService, files: list[CaseFile]
) -> None:
    cases, dice = CaseService(storage, lambda: NOW), Random(5)
    assert statistics.settle() > 12
    assert kept_rows(storage) > 100
    assert both_ways(storage, TODAY) > 500
    chosen = dice.sample(files, 12)
    for file in chosen:
        cases.perform(COUNTER, file.case_key, PutInBin(reason="重复登记"))
    both_ways(storage, TODAY)
    for file in chosen[:6]:
        cases.perform(COUNTER, file.case_key, TakeOut())
    with storage.write() as work:
        moved = work.cases.find(files[0].case_key)
        assert moved is not None
        earlier = replace(moved.intake, received_on=moved.intake.received_on - timedelta(75))
        work.cases.save(moved, replace(moved, intake=earlier, claims_total=Decimal("12.34")))
    both_ways(storage, TODAY)
    assert 0 < statistics.settle() < 24, "only what was touched is added up again"
    both_ways(storage, TODAY)
    both_ways(storage, date(2026, 4, 1))
    with storage.read() as work:
        assert not work.statistics.stale_months()


def test_a_kept_month_that_was_touched_is_counted(storage: Storage, statistics: StatisticsService) -> None:
    """The control: with the mark taken away the kept sums are believed, and they are wrong."""
    statistics.settle()
    year = PERIODS[0]
    with storage.read() as work:
        key = work.statistics.shares(
            book().counted["registered"], Question(period=year, as_of=TODAY), limit=1
        )[0].case_key
    before = statistics.table(COUNTER, "tracks", year)
    CaseService(storage, lambda: NOW).perform(COUNTER, key, PutInBin(reason="重复登记"))
    after = statistics.table(COUNTER, "tracks", year)
    registered = [table.value(table.rows[-1], "registered") for table in (before, after)]
    assert registered[1] == int(registered[0] or 0) - 1
    with storage.write() as work:
        work.connection.execute(touched_months.delete())
    wrong = statistics.table(COUNTER, "tracks", year)
    assert wrong.value(wrong.rows[-1], "registered") == registered[0]


def test_other_definitions_make_every_kept_month_stale(
    storage: Storage, statistics: StatisticsService, tmp_path_factory: pytest.TempPathFactory
) -> None:
    months = statistics.settle()
    folder = tmp_path_factory.mktemp("rules")
    words = read_text("rules/figures.toml").replace(
        'result = ["调解成功", "部分达成"]', 'result = "部分达成"'
    )
    (folder / "figures.toml").write_text(words, encoding="utf-8")
    year = PERIODS[0]
    before = statistics.table(COUNTER, "tracks", year)
    use_rules_in(folder)
    try:
        after = statistics.table(COUNTER, "tracks", year)
        assert int(after.value(after.rows[-1], "success") or 0) < int(
            before.value(before.rows[-1], "success") or 0
        )
        assert statistics.settle() == months
        both_ways(storage, TODAY)
    finally:
        use_rules_in(folder / "none")


def test_settling_can_be_stopped_and_goes_on(storage: Storage, statistics: StatisticsService) -> None:
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return done < 3

    assert statistics.settle(progress) == 3
    assert [done for done, _ in told] == [1, 2, 3]
    both_ways(storage, TODAY)
    with storage.read() as work:
        assert work.connection.scalar(select(func.count()).select_from(settled_months)) == 3
        newest = work.connection.scalar(select(func.max(settled_months.c.month)))
    assert newest == month_number(TODAY), "the newest months come first: they are the ones looked at"


def test_facts_are_worked_out_again_when_their_rules_change(
    storage: Storage, statistics: StatisticsService, tmp_path_factory: pytest.TempPathFactory
) -> None:
    year = PERIODS[-1]
    statistics.settle()
    folder = tmp_path_factory.mktemp("rules")
    words = 'version = "1"\n[[referred_by]]\nname = "信访部门"\nkeywords = ["法院", "法庭"]\n'
    (folder / "sources.toml").write_text(words, encoding="utf-8")
    before = statistics.table(COUNTER, "cases", year)
    assert before.value(before.rows[-1], "referred_court")
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    use_rules_in(folder)
    try:
        statistics.renew(progress)
        after = statistics.table(COUNTER, "cases", year)
        assert after.value(after.rows[-1], "referred_court") == 0
        assert told[-1] == (NUMBER, NUMBER)
        both_ways(storage, TODAY)
    finally:
        use_rules_in(folder / "none")


def test_every_grouping_is_made_of_dimensions_the_facts_have() -> None:
    for kept in KEPT.values():
        assert kept.figures is None or kept.figures <= book().counted.keys()
