"""表一 of a reported period stays with what it was counted from; another name of a body is no change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.shared.assets import read_text, use_rules_in
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.statistics.model import StatTable, Value
from mediation_desk.statistics.organisations.table import CODE
from mediation_desk.statistics.periods import parse_period
from mediation_desk.statistics.service import StatisticsService
from mediation_desk.statistics.submitting.model import Difference
from mediation_desk.statistics.submitting.service import SubmissionService
from mediation_desk.statistics.work.service import WorkService
from tests.filled import Invented

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
QUARTER = parse_period("2026Q3")
TOTAL = "合计"


@pytest.fixture
def invented() -> Invented:
    return Invented(60, 1, NOW)


@pytest.fixture
def centre(storage: Storage) -> Storage:
    return storage


@pytest.fixture
def statistics(centre: Storage) -> StatisticsService:
    return StatisticsService(centre, lambda: NOW)


@pytest.fixture
def service(centre: Storage, statistics: StatisticsService) -> SubmissionService:
    return SubmissionService(centre, lambda: NOW, statistics)


@pytest.fixture
def own_rules(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "rules"
    folder.mkdir()
    yield folder
    use_rules_in(tmp_path / "none")


def total(table: StatTable, column: str) -> Value:
    return table.value(table.row(TOTAL), column)


def of_total(found: Difference, column: str) -> tuple[Value, Value, Value]:
    one = next(one for one in found.cells if (one.table, one.row, one.column) == (CODE, TOTAL, column))
    return one.submitted, one.corrected, one.now


def strike(storage: Storage, number: str) -> None:
    WorkService(storage, lambda: LATER).void(COUNTER, int(number), "记重了")


def test_every_figure_is_reported_with_what_it_was_counted_from(
    service: SubmissionService, statistics: StatisticsService
) -> None:
    made = service.submit(COUNTER, QUARTER)

    table = service.table(COUNTER, CODE, made)
    now = statistics.table(COUNTER, CODE, QUARTER)
    assert table == now
    number = 0
    for row in table.rows:
        for column in table.columns:
            behind = service.members(COUNTER, made, row.label, column.code)
            assert behind == statistics.members(COUNTER, now, row.label, column.code)
            number += len(behind)
    assert number > 100
    assert total(table, "full_time") == len(service.members(COUNTER, made, TOTAL, "full_time"))
    with pytest.raises(InputError, match="不是案件"):
        service.cell(COUNTER, made, CODE, TOTAL, "trainings")


def test_work_struck_after_the_report_is_a_correction_without_cases(
    centre: Storage, service: SubmissionService
) -> None:
    made = service.submit(COUNTER, QUARTER)
    before, table = service.kept(COUNTER, made), service.table(COUNTER, CODE, made)
    paid = service.members(COUNTER, made, TOTAL, "committee_yuan")[0]
    trained = service.members(COUNTER, made, TOTAL, "trainings")[0]

    strike(centre, paid)

    assert service.kept(COUNTER, made) == before
    found = service.difference(COUNTER, made)
    assert found.cases == ()
    assert {one.table for one in found.cells} == {CODE}
    assert all((one.came, one.gone, one.pending) == ((), (paid,), True) for one in found.cells)
    submitted, corrected, now = of_total(found, "committee_yuan")
    assert submitted == corrected == total(table, "committee_yuan")
    assert isinstance(submitted, Decimal)
    assert isinstance(now, Decimal)
    assert submitted > now

    booked = service.book_correction(COUNTER, made, "经费记重")
    assert (booked.keys, {one.gone for one in booked.cells}) == ((), {(paid,)})
    assert service.corrections(COUNTER, made) == (booked,)
    assert not service.difference(COUNTER, made).unbooked
    with pytest.raises(RuleError, match="没有待登记的更正"):
        service.book_correction(COUNTER, made, "再来一次")

    strike(centre, trained)
    again = service.difference(COUNTER, made)
    assert {one.column for one in again.cells if one.pending} >= {"trainings"}
    assert of_total(again, "committee_yuan") == (submitted, now, now), "booked, and still told"


def test_booking_some_cases_leaves_the_organisations_open(
    centre: Storage, service: SubmissionService
) -> None:
    made = service.submit(COUNTER, QUARTER)
    strike(centre, service.members(COUNTER, made, TOTAL, "trainings")[0])

    with pytest.raises(RuleError, match="没有待登记的更正"):
        service.book_correction(COUNTER, made, "只登记一件", ["没有这件"])

    assert service.difference(COUNTER, made).unbooked


def test_training_and_money_of_the_year_are_those_of_its_quarters(
    centre: Storage, service: SubmissionService
) -> None:
    reports = [service.submit(COUNTER, parse_period(f"2026Q{number}")) for number in (1, 2, 3)]
    assert service.year(COUNTER, date(2026, 9, 30)) == ()

    strike(centre, service.members(COUNTER, reports[1], TOTAL, "trainings")[0])

    broken = service.year(COUNTER, date(2026, 9, 30))
    assert {one.rule for one in broken} == {"V-11"}
    assert any(one.period == parse_period("2026Q2") and "没有登记" in one.message for one in broken)
    assert any("表一" in one.message and "累计" in one.message for one in broken)
    service.book_correction(COUNTER, reports[1], "培训记重")
    assert service.year(COUNTER, date(2026, 9, 30)) == ()


def test_another_name_of_a_registered_body_is_no_change(
    centre: Storage, service: SubmissionService, statistics: StatisticsService, own_rules: Path
) -> None:
    reports = [service.submit(COUNTER, parse_period(f"2026Q{number}")) for number in (1, 2, 3)]
    kept, register = service.kept(COUNTER, reports[2]), read_text("rules/centre.toml")
    table = service.table(COUNTER, "cases", reports[2])
    busy = [row for row in table.rows if f'name = "{row.label}"' in register and table.value(row, "success")]
    old = busy[0].label
    shares = service.cell(COUNTER, reports[2], "cases", old, "success").shares
    named = f'name = "{old}"'
    new = f'name = "新{old}"\nformer = [{{ name = "{old}", until = 2026-06-30 }}]'
    (own_rules / "centre.toml").write_text(register.replace(named, new, 1), encoding="utf-8")
    use_rules_in(own_rules)
    with centre.write() as work:
        file = work.cases.find(shares[0].case_key)
        assert file is not None
        body = replace(file.organisation, name=f"新{old}")
        work.cases.save(file, replace(file, organisation=body))

    assert statistics.table(COUNTER, "cases", QUARTER).row(f"新{old}").label != old
    for one in reports:
        found = service.difference(COUNTER, one)
        assert (found.cells, found.cases) == ((), ())
    assert service.kept(COUNTER, reports[2]) == kept
    assert service.year(COUNTER, date(2026, 9, 30)) == ()
    again = service.submit(COUNTER, QUARTER, supersedes=reports[2].id, reason="补报")
    assert old not in [row.label for row in service.table(COUNTER, "cases", again).rows]
    found = service.difference(COUNTER, again)
    assert (found.cells, found.cases) == ((), ())
