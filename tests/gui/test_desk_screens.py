"""The day, the list of cases, the pool and the statistics, on a real desk with real cases."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QScrollBar, QTableView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mediation_desk.app import Desk as Services
from mediation_desk.app import fill_demo
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.interchange.reader import read_case
from mediation_desk.settings import resolve
from tests.gui.typing import named, press, type_words
from tests.shared_cases import FILES, needs_cases
from ui.main_window import MainWindow
from ui.screens.cases.screen import CasesScreen
from ui.screens.experts.screen import ExpertsScreen
from ui.screens.statistics.periods import period_of
from ui.screens.statistics.screen import StatisticsScreen
from ui.screens.statistics.tables_page import TablesPage
from ui.screens.today.entries import left
from ui.screens.today.screen import TodayScreen
from ui.tokens import Tone

MANY = 450


@pytest.fixture
def shared_cases(services: Services) -> None:
    """The fourteen acceptance cases, stored before the window opens."""
    for file in FILES:
        services.cases.take_over(services.actor, read_case(file.read_bytes()))


@pytest.fixture
def many_cases(tmp_path: Path, services: Services) -> None:
    """More cases than one page of the list holds."""
    fill_demo(resolve(tmp_path, practice=True), MANY, 1, lambda _count: None)


def screen(window: MainWindow, code: str) -> object:
    window.open_screen(code)
    return window.screen_in_front()


# The day


def test_an_empty_desk_offers_the_two_first_steps(window: MainWindow) -> None:
    assert named(window, "today.first_intake").isVisible()
    assert not named(window, "today.register").isVisible()
    press(Qt.Key.Key_Return)
    front = window.screen_in_front()
    assert front is not None
    assert front.code == "intake"


def test_the_sample_centre_fills_the_empty_desk(window: MainWindow, services: Services) -> None:
    named(window, "today.fill_sample").click()  # type: ignore[attr-defined]  # a button

    assert services.cases.summaries(services.actor, CaseQuery())
    today = window.screen_in_front()
    assert isinstance(today, TodayScreen)
    assert not today.welcome.isVisible()
    assert any(one.table.records.rowCount() for one in today.lists.values())


@pytest.mark.usefixtures("shared_cases")
@needs_cases
def test_a_line_of_the_day_leads_to_its_case(window: MainWindow) -> None:
    today = screen(window, "today")
    assert isinstance(today, TodayScreen)
    table = named(window, "today.items")
    assert isinstance(table, QTableView)
    table.setFocus()
    press(Qt.Key.Key_Return)
    front = window.screen_in_front()
    assert front is not None
    assert front.code == "case"

    window.open_screen("today")
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    front = window.screen_in_front()
    assert front is not None
    assert front.code == "case"


def test_a_draft_leads_back_to_its_words(window: MainWindow) -> None:
    window.open_screen("intake")
    type_words("孟庆兰")
    window.open_screen("today")
    today = window.screen_in_front()
    assert isinstance(today, TodayScreen)
    assert "1 份" in today.lists["drafts"].remark.text()
    today.lists["drafts"].table.setFocus()
    press(Qt.Key.Key_Return)
    name = named(window, "intake.party.0.name")
    assert isinstance(name, QLineEdit)
    assert (name.text(), name.isVisible()) == ("孟庆兰", True)


@pytest.mark.parametrize(
    ("day", "words", "tone"),
    [
        (date(2026, 3, 30), "还有 6 天", Tone.QUIET),
        (date(2026, 3, 27), "还有 3 天", Tone.SOON),
        (date(2026, 3, 24), "就是今天", Tone.SEAL),
        (date(2026, 3, 23), "已过 1 天", Tone.SEAL),
    ],
)
def test_a_date_says_how_long_still(day: date, words: str, tone: Tone) -> None:
    assert left(day, date(2026, 3, 24)) == (words, tone)


# Cases


@pytest.mark.usefixtures("shared_cases")
@needs_cases
def test_cases_are_searched_narrowed_and_opened_by_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    cases = screen(window, "cases")
    assert isinstance(cases, CasesScreen)
    assert len(cases.shown()) == len(FILES)
    type_words("孟庆兰 渗水")
    qtbot.waitUntil(lambda: len(cases.shown()) == 1)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    front = window.screen_in_front()
    assert front is not None
    assert front.code == "case"

    window.open_screen("cases", "没有这个人")
    assert cases.shown() == ()
    named(window, "cases.all").click()  # type: ignore[attr-defined]  # a button
    tracks = named(window, "cases.tracks")
    assert isinstance(tracks, QComboBox)
    tracks.setCurrentIndex(tracks.findText("行政调解"))
    tracks.activated.emit(tracks.currentIndex())
    assert {case.track.value for case in cases.shown()} == {"行政调解"}


@pytest.mark.usefixtures("many_cases")
def test_pages_come_while_scrolling_and_none_twice(
    window: MainWindow, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    cases = screen(window, "cases")
    assert isinstance(cases, CasesScreen)
    qtmodeltester.check(cases.table.records)  # type: ignore[no-untyped-call]  # pytest-qt has no types here
    assert len(cases.shown()) == 200
    bar = cases.table.verticalScrollBar()
    for expected in (400, MANY):
        qtbot.waitUntil(lambda: bar.maximum() > 0)
        end = bar.maximum()
        bar.setValue(end)
        assert len(cases.shown()) == expected
        qtbot.waitUntil(partial(_longer, bar, end))
    assert len({case.case_key for case in cases.shown()}) == MANY
    assert cases.told() == f"共 {MANY} 件"


def _longer(bar: QScrollBar, than: int) -> bool:
    return bar.maximum() > than


@pytest.mark.usefixtures("many_cases")
def test_the_place_in_the_list_survives_a_page(window: MainWindow, qtbot: QtBot) -> None:
    cases = screen(window, "cases")
    assert isinstance(cases, CasesScreen)
    bar = cases.table.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    cases.table.selectRow(120)
    chosen = cases.table.current()
    before = bar.maximum()
    bar.setValue(before)
    assert cases.table.current() == chosen
    assert len(cases.shown()) == 400
    assert bar.value() == before


# Experts


@pytest.mark.usefixtures("shared_cases")
@needs_cases
def test_the_pool_shows_nothing_private(window: MainWindow, services: Services) -> None:
    experts = screen(window, "experts")
    assert isinstance(experts, ExpertsScreen)
    model = experts.table.records
    shown = {
        str(model.index(row, column).data())
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    }
    cards = [entry.card for entry in services.experts.pool(services.actor)]
    private = {text for card in cards for text in (card.id_no, card.phone) if text}
    assert private
    assert not any(secret in text for secret in private for text in shown)

    experts.search.setFocus()
    type_words("医疗")
    assert model.rowCount() < len(cards)
    assert all(
        "医疗" in card.organisation + "".join(card.specialties)
        for card in (entry.mediator.card for entry in model.records())
    )


# Statistics


@pytest.mark.usefixtures("shared_cases")
@needs_cases
def test_the_three_tracks_are_those_of_the_dossier(window: MainWindow) -> None:
    stats = screen(window, "statistics")
    assert isinstance(stats, StatisticsScreen)
    for name, day in (("from", "2026-01-01"), ("to", "2026-10-31"), ("as_of", "2026-10-31")):
        field = named(window, f"stats.{name}")
        assert isinstance(field, QLineEdit)
        field.setFocus()
        field.selectAll()
        type_words(day)
        press(Qt.Key.Key_Return)
    assert stats.head.period.choice.currentText() == "自选"
    stats.open("tables")
    page = stats.page()
    assert isinstance(page, TablesPage)
    totals = {
        code: page.grid.shown.index_of(("合计", code)).data()
        for code in ("concluded", "agreed_wan", "success")
    }
    assert totals == {"concluded": "13", "success": "10", "agreed_wan": "179.04"}

    stats.open("tables#cases")
    assert page.checks.told() == "核对无误（V-1…V-10）"
    page.export()
    (path,) = (stats.context.services.settings.papers).glob("表二_*.xlsx")
    book = openpyxl.load_workbook(path)
    assert any("调解案件总数" in str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)


def test_an_end_before_its_beginning_is_refused_beside_the_field(window: MainWindow) -> None:
    stats = screen(window, "statistics")
    assert isinstance(stats, StatisticsScreen)
    stats.head.period.until.setFocus()
    stats.head.period.until.selectAll()
    type_words("2020-01-01")
    press(Qt.Key.Key_Return)
    assert "早于" in stats.head.period.until_field.error()


@pytest.mark.parametrize(
    ("word", "first", "last"),
    [
        ("今年", date(2026, 1, 1), date(2026, 12, 31)),
        ("去年", date(2025, 1, 1), date(2025, 12, 31)),
        ("本季度", date(2026, 1, 1), date(2026, 3, 31)),
        ("上季度", date(2025, 10, 1), date(2025, 12, 31)),
        ("本月", date(2026, 2, 1), date(2026, 2, 28)),
        ("上月", date(2026, 1, 1), date(2026, 1, 31)),
    ],
)
def test_periods_are_whole_calendar_periods(word: str, first: date, last: date) -> None:
    assert period_of(word, date(2026, 2, 14)) == (first, last)
