"""Every cell of every table over twenty thousand invented cases equals what plain Python counts in their exports."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import date
from decimal import Decimal
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import pytest

from db.engine import open_engine
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.shared.assets import use_rules_in
from mediation_desk.statistics.model import Period, StatTable
from mediation_desk.statistics.periods import ALL
from mediation_desk.statistics.service import StatisticsService
from tests.conftest import BACKENDS, postgres_database
from tests.persistence.case_lines import Line
from tests.persistence.case_recount import TABLES, recount
from tests.persistence.recount_archive import CASES, NOW, TODAY, exported, fill_all
from tests.persistence.recount_columns import Asked, Cell
from tests.postgres import find_binaries

pytestmark = pytest.mark.timeout(600)  # the archive is built once, on however busy a machine

Cells = dict[tuple[str, str], Cell]
Recounted = Callable[[str, str, bool], Cells]

PERIODS = {
    "a year": (date(2025, 1, 1), date(2025, 12, 31), TODAY),
    "a quarter": (date(2024, 7, 1), date(2024, 9, 30), TODAY),
    "a month": (date(2026, 2, 1), date(2026, 2, 28), TODAY),
    "across months": (date(2025, 11, 17), date(2026, 1, 12), TODAY),
    "all time": (ALL.first, ALL.last, TODAY),
    "as seen in the middle of it": (date(2022, 1, 1), date(2022, 12, 31), date(2022, 6, 15)),
}
KEPT_MONTHS = 30
WITHOUT = ("cases", "tracks")
"""Tables asked once more with the setting that leaves out cases withdrawn before any session."""


@pytest.fixture(scope="module")
def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[dict[str, Storage], list[Line]]]:
    """The databases by name, and the lines; the exports are read by a second process meanwhile."""
    with ExitStack() as stack:
        other = stack.enter_context(ProcessPoolExecutor(1, mp_context=get_context("spawn")))
        lines = other.submit(exported)
        file = tmp_path_factory.mktemp("recount") / "desk.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), file)
        urls = {"sqlite": f"sqlite:///{file}"}
        if find_binaries() is not None:
            template = request.getfixturevalue("postgres_template")
            made = postgres_database(request.getfixturevalue("cluster"), template)
            urls["postgresql"] = stack.enter_context(contextmanager(lambda: made)())
        storages = {name: Storage(open_engine(url)) for name, url in urls.items()}
        for storage in storages.values():
            stack.callback(storage.close)
        fill_all(list(storages.values()))
        yield storages, lines.result()


@pytest.fixture(params=BACKENDS)
def database(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def service(
    database: str, request: pytest.FixtureRequest, archive: tuple[dict[str, Storage], list[Line]]
) -> StatisticsService:
    if database not in archive[0]:
        request.getfixturevalue("cluster")  # says why there is none
    return StatisticsService(archive[0][database], lambda: NOW)


@pytest.fixture(scope="module")
def settled_already() -> set[str]:
    return set()


@pytest.fixture(scope="module")
def recounted(archive: tuple[dict[str, Storage], list[Line]]) -> Recounted:
    """The recount of a table for a period; both databases are held against the same one."""

    @cache
    def counted(code: str, when: str, unopened: bool) -> Cells:
        first, last, as_of = PERIODS[when]
        return recount(code, archive[1], Asked(first, last, as_of, unopened))

    return counted


def differences(table: StatTable, cells: Cells) -> list[tuple[str, str, object, object]]:
    """Cells that differ: line, column, what the program says, what the recount says."""
    found: list[tuple[str, str, object, object]] = []
    labels = {label for label, _ in cells}
    for row in table.rows:
        for column, value in zip(table.columns, row.values, strict=True):
            expected = cells[row.label, column.code].value if row.label in labels else None
            if value != expected and (value or expected):
                found.append((row.label, column.code, value, expected))
    missing = labels - {row.label for row in table.rows}
    return found + [(label, "", "no line", "cases") for label in sorted(missing)]


def filled(service: StatisticsService, code: str, when: str) -> StatTable:
    first, last, as_of = PERIODS[when]
    return service.table(COUNTER, code, Period(first=first, last=last), as_of)


def test_the_archive_is_all_there(
    service: StatisticsService, archive: tuple[dict[str, Storage], list[Line]]
) -> None:
    table = service.table(COUNTER, "tracks", ALL, TODAY)
    assert len({line.key for line in archive[1]}) == CASES
    assert table.value(table.rows[-1], "registered") == CASES


@pytest.mark.parametrize("when", PERIODS)
@pytest.mark.parametrize("code", TABLES)
def test_every_cell_equals_the_recount(
    service: StatisticsService, recounted: Recounted, code: str, when: str
) -> None:
    cells = recounted(code, when, True)

    assert differences(filled(service, code, when), cells) == []
    assert cells[TABLES[code].total, "concluded"].value


@pytest.mark.parametrize("code", WITHOUT)
def test_a_setting_leaves_out_who_withdrew_before_any_session(
    service: StatisticsService, recounted: Recounted, code: str, tmp_path: Path
) -> None:
    (tmp_path / "statistics.toml").write_text("withdrawn_before_any_session_counts = false\n", "utf-8")
    use_rules_in(tmp_path)
    try:
        table = filled(service, code, "a year")
    finally:
        use_rules_in(tmp_path / "none")

    assert differences(table, recounted(code, "a year", False)) == []
    with_them = recounted(code, "a year", True)["合计", "concluded"].value
    assert with_them != table.value(table.row("合计"), "concluded")


@pytest.mark.parametrize(
    ("code", "when"),
    [*((code, "across months") for code in TABLES), ("tracks", "as seen in the middle of it")],
)
def test_the_cases_behind_every_cell_are_those_of_the_recount(
    service: StatisticsService, recounted: Recounted, code: str, when: str
) -> None:
    cells, table = recounted(code, when, True), filled(service, code, when)
    behind: dict[tuple[str, bool], set[str]] = {}
    for row in table.rows:
        for column in table.columns:
            if column.code not in TABLES[code].columns:
                continue  # a rate shows the cases of its part, which has a column of its own
            shares = service.cell(COUNTER, table, row.label, column.code).shares
            parts = cells[row.label, column.code].parts if (row.label, column.code) in cells else {}
            found = {share.case_key: share.adds for share in shares}
            assert adding(found) == adding(parts), (row.label, column.code)
            assert len(found) == len(shares)
            assert sum(found.values()) == table.value(row, column.code), (row.label, column.code)
            if not row.is_extra:
                behind.setdefault((column.code, row.is_total), set()).update(found)
    for column in table.columns:
        lines_together, total = behind.get((column.code, False)), behind.get((column.code, True))
        assert lines_together == total, column.code


@pytest.fixture
def settled(service: StatisticsService, database: str, settled_already: set[str]) -> StatisticsService:
    """The newest months kept, the others not: a long period is added up from both."""
    if database not in settled_already:
        assert service.settle(most=KEPT_MONTHS) == KEPT_MONTHS
        settled_already.add(database)
    return service


@pytest.mark.parametrize("code", TABLES)
def test_kept_sums_of_whole_months_change_no_cell(
    settled: StatisticsService, recounted: Recounted, code: str
) -> None:
    for when in PERIODS:
        assert differences(filled(settled, code, when), recounted(code, when, True)) == [], when


def adding(parts: Mapping[str, int | Decimal]) -> dict[str, int | Decimal]:
    """Those that add something: whether a case without persons saved stands behind a sum of them says nothing."""
    return {key: part for key, part in parts.items() if part}
