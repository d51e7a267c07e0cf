"""The tables over the acceptance cases say what domain.md §8.3 says, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select, update

from db.tables.cases import cases
from db.tables.facts import case_facts
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared.assets import use_rules_in
from mediation_desk.shared.errors import InputError, PermissionDenied
from mediation_desk.statistics.checks import violations
from mediation_desk.statistics.model import Period, StatRow, StatTable
from mediation_desk.statistics.render import to_json
from mediation_desk.statistics.service import StatisticsService
from tests.shared_cases import FILES, needs_cases

pytestmark = needs_cases

TEN_MONTHS = Period(first=date(2026, 1, 1), last=date(2026, 10, 31))
AS_OF = date(2026, 10, 31)
KEYS = [
    "track",
    "concluded",
    "success",
    "persons",
    "agreed_yuan",
    "agreed_wan",
    "written",
    "oral",
    "performed",
    "confirm_applied",
    "confirm_valid",
    "difficult",
    "registered",
    "accepted",
    "not_accepted",
    "handed_over",
    "open",
    "open_overdue",
    "failed",
    "terminated",
    "withdrawn",
    "overdue",
    "days_sum",
    "bounded",
    "evaluations",
    "contents",
]
EXPECTED = [
    [
        "人民调解",
        10,
        7,
        52,
        "1481289.65",
        "148.13",
        7,
        0,
        6,
        3,
        2,
        4,
        11,
        10,
        1,
        0,
        0,
        0,
        1,
        1,
        1,
        0,
        226,
        10,
        12,
        11,
    ],
    ["行政调解", 2, 2, 44, "124157.63", "12.42", 1, 1, 2, 0, 0, 1, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 36, 2, 3, 3],
    ["司法调解", 1, 1, 3, "185000.00", "18.50", 1, 0, 0, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 21, 1, 1, 0],
    [
        "合计",
        13,
        10,
        99,
        "1790447.28",
        "179.04",
        9,
        1,
        8,
        4,
        3,
        5,
        14,
        13,
        1,
        0,
        0,
        0,
        1,
        1,
        1,
        0,
        283,
        13,
        16,
        14,
    ],
]

Fill = Callable[[Iterable[CaseFile]], StatisticsService]


@pytest.fixture
def files() -> list[CaseFile]:
    return [read_case(path.read_bytes()) for path in FILES]


@pytest.fixture
def fill(storage: Storage) -> Fill:
    def filled(files: Iterable[CaseFile]) -> StatisticsService:
        cases = CaseService(storage, lambda: datetime(2026, 11, 1, tzinfo=UTC))
        for file in files:
            cases.take_over(COUNTER, file)
        return StatisticsService(storage, lambda: datetime(2026, 11, 1, 12, tzinfo=UTC))

    return filled


@pytest.fixture
def shipped_rules_after(tmp_path: Path) -> Iterator[None]:
    yield
    use_rules_in(tmp_path / "none")


def numbers(table: StatTable, row: StatRow) -> dict[str, object]:
    return {column.code: value for column, value in zip(table.columns, row.values, strict=True)}


def test_three_tracks(fill: Fill, files: list[CaseFile]) -> None:
    table = fill(files).table(COUNTER, "tracks", TEN_MONTHS, AS_OF)

    told = json.loads(to_json(table))
    assert [list(row) for row in told["rows"]] == [KEYS] * 4
    assert [list(row.values()) for row in told["rows"]] == EXPECTED
    assert [table.value(row, "success_rate") for row in table.rows] == [
        Decimal("70.00"),
        Decimal("100.00"),
        Decimal("100.00"),
        Decimal("76.92"),
    ]
    assert violations(table) == ()


def test_committees(fill: Fill, files: list[CaseFile]) -> None:
    table = fill(files).table(COUNTER, "cases", TEN_MONTHS, AS_OF)

    assert violations(table) == ()
    total = numbers(table, table.rows[-1])
    assert table.rows[-1].is_total
    labels = {row.label for row in table.rows}
    assert "安和区住房和城乡建设局" not in labels, "agencies are not reporting units of 表二"
    some = ("concluded", "success", "persons", "difficult", "oral", "written", "performed")
    assert [total[code] for code in some] == [11, 8, 55, 4, 0, 8, 6]
    assert (total["agreed_yuan"], total["agreed_wan"]) == (Decimal("1666289.65"), Decimal("166.63"))
    applied = ("confirm_applied", "confirm_valid", "confirm_refused")
    assert [total[code] for code in applied] == [4, 3, 1]
    sources = ("own_motion", "application", "referred", "referred_court", "referred_police", "referred_other")
    assert [total[code] for code in sources] == [1, 7, 3, 1, 1, 1]
    assert [total[f"prevented_criminal_{what}"] for what in ("cases", "persons")] == [2, 4]
    assert [total[f"prevented_mass_petition_{what}"] for what in ("cases", "persons")] == [1, 23]
    assert (total["kind_medical"], total["kind_property"], total["kind_tourism"]) == (2, 0, 0)
    assert (total["body_social"], total["body_township"], total["body_residents"]) == (9, 1, 1)


def test_what_happened_after_the_day_asked_for_does_not_count(fill: Fill, files: list[CaseFile]) -> None:
    table = fill(files).table(COUNTER, "tracks", TEN_MONTHS, date(2026, 2, 8))

    total = numbers(table, table.rows[-1])
    assert (total["performed"], total["confirm_applied"], total["confirm_valid"]) == (0, 1, 0)
    assert total["concluded"] == 13


def test_a_day_at_the_edge_of_the_period_belongs_to_it(fill: Fill, files: list[CaseFile]) -> None:
    service = fill(file for file in files if file.case_key.startswith("C01"))
    for first, last, concluded, registered in (
        ("2026-03-24", "2026-03-24", 1, 0),
        ("2026-03-10", "2026-03-10", 0, 1),
        ("2026-03-11", "2026-03-23", 0, 0),
    ):
        period = Period(first=date.fromisoformat(first), last=date.fromisoformat(last))
        table = service.table(COUNTER, "tracks", period, AS_OF)
        total = numbers(table, table.rows[-1])
        assert (total["concluded"], total["registered"]) == (concluded, registered), period


@pytest.mark.parametrize("code", ["tracks", "cases"])
def test_a_year_without_cases_is_all_zeros(fill: Fill, files: list[CaseFile], code: str) -> None:
    period = Period(first=date(2020, 1, 1), last=date(2020, 12, 31))

    table = fill(files[:1]).table(COUNTER, code, period, AS_OF)

    assert violations(table) == ()
    assert len(table.rows) == {"tracks": 4, "cases": 2}[code]
    for row in table.rows:
        assert all(not value for value in row.values)


def test_an_empty_database_has_lines_too(fill: Fill) -> None:
    assert len(fill([]).table(COUNTER, "tracks", TEN_MONTHS).rows) == 4
    assert [row.label for row in fill([]).table(COUNTER, "cases", TEN_MONTHS).rows] == ["合计"]


@pytest.mark.usefixtures("shipped_rules_after")
def test_withdrawn_before_any_session_is_a_setting(fill: Fill, files: list[CaseFile], tmp_path: Path) -> None:
    withdrawn = next(file for file in files if file.case_key.startswith("C13"))
    heard = next(file for file in files if file.case_key.startswith("C12"))
    statistics = fill([withdrawn, heard])
    for setting, concluded in (("true", 2), ("false", 1)):
        words = f"withdrawn_before_any_session_counts = {setting}"
        (tmp_path / "statistics.toml").write_text(words, encoding="utf-8")
        use_rules_in(tmp_path)
        for code in ("tracks", "cases"):
            table = statistics.table(COUNTER, code, TEN_MONTHS, AS_OF)
            assert table.value(table.rows[-1], "concluded") == concluded
            assert violations(table) == ()
        table = statistics.table(COUNTER, "tracks", TEN_MONTHS, AS_OF)
        assert [table.value(table.rows[-1], one) for one in ("withdrawn", "failed")] == [1, 1]


def test_the_day_asked_about_is_today_unless_given(fill: Fill) -> None:
    assert fill([]).table(COUNTER, "tracks", TEN_MONTHS).as_of == date(2026, 11, 1)


def test_who_may_not_read_statistics_is_told_so(fill: Fill) -> None:
    clerk = Actor(account="clerk", display_name="窗口登记员", roles=(Role.CLERK,))
    with pytest.raises(PermissionDenied):
        fill([]).table(clerk, "tracks", TEN_MONTHS)


def test_an_unknown_table_is_refused(fill: Fill) -> None:
    with pytest.raises(InputError, match="没有统计表"):
        fill([]).table(COUNTER, "people", TEN_MONTHS)


BREAKING: list[tuple[str, str, dict[str, object]]] = [
    ("V-1", "C01", {"category": "别的纠纷"}),
    ("V-1", "C01", {"source": "别的来源"}),
    ("V-4", "C01", {"form": None}),
    ("V-5", "C12", {"performed_on": date(2026, 4, 1)}),
    ("V-6", "C01", {"valid_on": date(2026, 4, 1)}),
    ("V-6", "C12", {"applied_on": date(2026, 4, 1)}),
    ("V-7", "C01", {"people": 1}),
    ("V-8", "C01", {"prevented_suicide_cases": 2, "prevented_suicide_persons": 1}),
]


@pytest.mark.parametrize(("rule", "key", "change"), BREAKING)
def test_a_violation_names_its_cells_and_the_case_that_causes_it(
    fill: Fill, files: list[CaseFile], storage: Storage, rule: str, key: str, change: dict[str, object]
) -> None:
    file = next(file for file in files if file.case_key.startswith(key))
    statistics, wanted = fill([file]), file.case_key
    with storage.write() as work:
        number = select(cases.c.id).where(cases.c.case_key == wanted).scalar_subquery()
        work.connection.execute(update(case_facts).where(case_facts.c.case_id == number).values(change))
    table = statistics.table(COUNTER, "cases", TEN_MONTHS, AS_OF)
    found = [one for one in violations(table) if one.rule == rule and one.check is not None]
    assert found
    for violation in found:
        assert set(violation.cells) <= {column.code for column in table.columns}
        assert statistics.causes(COUNTER, table, violation) == (wanted,)
