"""Every cell of every table over twenty thousand invented cases equals what plain Python counts in their exports."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import date
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
from tests.persistence.case_recount import TOTAL, Asked, Cell, recount
from tests.persistence.recount_archive import CASES, NOW, TODAY, exported, fill_all
from tests.postgres import find_binaries

Cells = dict[tuple[str, str], Cell]

PERIODS = {
    "a year": (date(2025, 1, 1), date(2025, 12, 31), TODAY),
    "a quarter": (date(2024, 7, 1), date(2024, 9, 30), TODAY),
    "a month": (date(2026, 2, 1), date(2026, 2, 28), TODAY),
    "across months": (date(2025, 11, 17), date(2026, 1, 12), TODAY),
    "all time": (ALL.first, ALL.last, TODAY),
    "as seen in the middle of it": (date(2022, 1, 1), date(2022, 12, 31), date(2022, 6, 15)),
}
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
def service(
    request: pytest.FixtureRequest, archive: tuple[dict[str, Storage], list[Line]]
) -> StatisticsService:
    if request.param not in archive[0]:
        request.getfixturevalue("cluster")  # says why there is none
    return StatisticsService(archive[0][request.param], lambda: NOW)


@pytest.fixture
def lines(archive: tuple[dict[str, Storage], list[Line]]) -> list[Line]:
    return archive[1]


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


def asked_for(when: str, *, unopened: bool = True) -> tuple[Period, date, Asked]:
    first, last, as_of = PERIODS[when]
    return Period(first=first, last=last), as_of, Asked(first, last, as_of, unopened)


def test_the_archive_is_all_there(service: StatisticsService, lines: list[Line]) -> None:
    table = service.table(COUNTER, "tracks", ALL, TODAY)
    assert len({line.key for line in lines}) == CASES
    assert table.value(table.rows[-1], "registered") == CASES


@pytest.mark.parametrize("when", PERIODS)
@pytest.mark.parametrize("code", WITHOUT)
def test_every_cell_equals_the_recount(
    service: StatisticsService, lines: list[Line], code: str, when: str
) -> None:
    period, as_of, asked = asked_for(when)

    cells = recount(code, lines, asked)

    assert differences(service.table(COUNTER, code, period, as_of), cells) == []
    assert cells[TOTAL, "concluded"].value


@pytest.mark.parametrize("code", WITHOUT)
def test_a_setting_leaves_out_who_withdrew_before_any_session(
    service: StatisticsService, lines: list[Line], code: str, tmp_path: Path
) -> None:
    period, as_of, asked = asked_for("a year", unopened=False)
    (tmp_path / "statistics.toml").write_text("withdrawn_before_any_session_counts = false\n", "utf-8")
    use_rules_in(tmp_path)
    try:
        table = service.table(COUNTER, code, period, as_of)
    finally:
        use_rules_in(tmp_path / "none")

    assert differences(table, recount(code, lines, asked)) == []
    with_them = recount(code, lines, asked_for("a year")[2])[TOTAL, "concluded"]
    assert with_them.value != table.value(table.rows[-1], "concluded")
