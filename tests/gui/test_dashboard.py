"""Dashboard and analysis on screen: every number opens exactly its cases, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip

from db.bulk import BulkCases
from mediation_desk.app import Desk
from mediation_desk.charts.files import chart_file
from mediation_desk.charts.model import Bars, Chart, Dots, Flow, Heat, Lines, Together, Value
from mediation_desk.practice.demo import fill
from mediation_desk.shared.track import Track
from mediation_desk.statistics import charted
from mediation_desk.statistics.headline import headlines
from mediation_desk.statistics.periods import parse_period
from mediation_desk.statistics.ports import Spot
from ui.main_window import MainWindow
from ui.screens.base import Screen
from ui.screens.statistics.analysis_page import AnalysisPage
from ui.screens.statistics.dashboard_page import DashboardPage
from ui.screens.statistics.drill import WHOLE
from ui.screens.statistics.mounted import AnalysisTab, DashboardTab
from ui.screens.statistics.screen import StatisticsScreen
from ui.theme import theme

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
YEAR = parse_period("2026")
CASES = 300


@pytest.fixture
def demo(services: Desk) -> Desk:
    fill(BulkCases(services.storage), CASES, 5, clock=lambda: NOW)
    return services


@pytest.fixture
def screen(window: MainWindow, demo: Desk) -> StatisticsScreen:
    window.open_screen("statistics")
    made = window.screen_in_front()
    assert isinstance(made, StatisticsScreen)
    made.head.period.as_of.set_value(NOW.date())
    made.head.period.show_period(YEAR)
    return made


def board_of(screen: StatisticsScreen) -> DashboardPage:
    page = screen.page()
    assert isinstance(page, DashboardTab)
    return page.board


def analysis_of(screen: StatisticsScreen) -> AnalysisPage:
    screen.open("analysis")
    page = screen.page()
    assert isinstance(page, AnalysisTab)
    return page.analysis


def charts(desk: Desk) -> list[Chart]:
    board = desk.statistics.dashboard(desk.actor, YEAR, NOW.date())
    found = desk.statistics.analysis(desk.actor, YEAR, NOW.date(), names={"M01": "沈怀瑾"})
    return [
        *(charted.months_of_track(board.trend, track.value) for track in Track),
        charted.by_month(board.trend),
        charted.kinds_and_bodies(board),
        charted.way_of_cases(board),
        *(charted.deadlines(found, dimension) for dimension in ("body", "category", "month")),
        charted.content(found),
        charted.groups(found),
        charted.workload(found),
    ]


def drawn(chart: Chart) -> Iterator[Value]:
    match chart:
        case Lines():
            yield from (value for panel in chart.panels for one in panel.series for value in one.values)
        case Heat():
            yield from (value for line in chart.cells for value in line)
        case Bars() | Dots():
            yield from (value for group in chart.groups for value in group.values)
        case Flow():
            yield from (Value(amount=link.amount, target=link.target) for link in chart.links)


def test_every_value_of_every_chart_equals_the_cases_it_opens(demo: Desk) -> None:
    for chart in charts(demo):
        values = list(drawn(chart))
        assert any(value.amount for value in values) or "超期率" in chart.title, chart.title
        for value in values:
            assert isinstance(value.target, Spot)
            shares = demo.statistics.behind(demo.actor, value.target, NOW.date())
            expected = value.part if value.part is not None else value.amount
            assert sum(share.adds for share in shares) == expected, (chart.title, value.target)


def test_charts_add_up_to_the_table(demo: Desk) -> None:
    table = demo.statistics.table(demo.actor, "tracks", YEAR, NOW.date())
    total = {code: table.value(table.row("合计"), code) for code in ("registered", "concluded")}
    board = demo.statistics.dashboard(demo.actor, YEAR, NOW.date())
    flow, heat = charted.way_of_cases(board), charted.kinds_and_bodies(board)
    assert sum(link.amount for link in flow.links) == 2 * int(total["registered"] or 0)
    assert sum(int(value.amount or 0) for line in heat.cells for value in line) == total["concluded"]
    assert all(chart.title and chart.period and chart.notes for chart in charts(demo))


def test_the_columns_show_the_table_and_open_its_cases(screen: StatisticsScreen, demo: Desk) -> None:
    board = demo.statistics.dashboard(demo.actor, YEAR, NOW.date())
    for track, column in board_of(screen).columns.items():
        for one in headlines(board, track):
            line = column.lines[one.code]
            assert line.accessibleName() == one.spoken
            assert one.definition in line.accessibleDescription()
            assert one.definition.split("：")[0] in line.toolTip()
    line = board_of(screen).columns["人民调解"].lines["concluded"]
    opened: list[object] = []
    board_of(screen).opened.connect(lambda target, _words: opened.append(target))
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert opened == [Spot.at("concluded", YEAR, track="人民调解")] * 2
    assert {one.share.case_key for one in screen.drill.listed()} == {
        share.case_key for share in demo.statistics.behind(demo.actor, line.shown.spot, NOW.date())
    }


def test_every_line_lists_as_much_as_it_shows_and_a_rate_has_its_whole_too(screen: StatisticsScreen) -> None:
    for column in board_of(screen).columns.values():
        for line in column.lines.values():
            line.click()
            drill = screen.drill
            assert drill.isVisible()
            while drill.further.isVisible():
                drill.further.click()
            assert drill.sum.text().endswith("与所点的数字一致"), drill.name.text()
            page = drill.page
            assert page is not None
            assert bool(page.whole) == bool(line.shown.spot.whole)
            if page.whole is not None:
                part = drill.total()
                drill.part.buttons[WHOLE].click()
                while drill.further.isVisible():
                    drill.further.click()
                assert "不一致" not in drill.sum.text()
                if line.shown.text.endswith(f"/{drill.total()}"):
                    assert line.shown.text == f"{part}/{drill.total()}"


def test_several_bars_put_together_list_the_cases_of_all(screen: StatisticsScreen, demo: Desk) -> None:
    page = screen.page()
    spots = tuple(Spot.at("concluded", YEAR, track=track.value) for track in Track)
    page.open_target(Together(targets=spots), "其余3个")
    table = demo.statistics.table(demo.actor, "tracks", YEAR, NOW.date())
    while screen.drill.further.isVisible():
        screen.drill.further.click()
    assert screen.drill.total() == table.value(table.row("合计"), "concluded")
    assert screen.drill.sum.text().endswith("与所点的数字一致")
    assert [line.place for line in screen.drill.listed()] == list(range(1, len(screen.drill.listed()) + 1))


def test_f1_says_how_a_figure_is_counted_and_tab_goes_on(
    screen: StatisticsScreen, window: MainWindow
) -> None:
    lines = list(board_of(screen).columns["人民调解"].lines.values())
    lines[2].setFocus()
    QTest.keyClick(lines[2], Qt.Key.Key_F1)
    assert "期间内结案的已受理案件" in QToolTip.text()
    assert window.screen_in_front() is screen
    QTest.keyClick(lines[2], Qt.Key.Key_Tab)
    assert window.focusWidget() is lines[3]


def test_a_year_without_cases_says_so(screen: StatisticsScreen) -> None:
    board_of(screen).show_period(parse_period("1999"), NOW.date())
    assert "没有登记，也没有办结的案件" in board_of(screen).remark.text()
    assert board_of(screen).columns["司法调解"].lines["success_rate"].shown.text == "—"
    board_of(screen).show_period(parse_period("2031"), NOW.date())
    assert "还没有开始" in board_of(screen).remark.text()


def test_a_cell_of_the_heat_table_opens_its_cases(screen: StatisticsScreen) -> None:
    analysis = analysis_of(screen)
    view = analysis.charts["kinds"]
    QTest.qWait(200)
    region = next(one for one in view.canvas.regions() if "，0" not in one.name)
    opened: list[object] = []
    analysis.opened.connect(lambda target, _words: opened.append(target))
    x, y = region.centre()
    place = QPoint(round(x * view.canvas.width()), round(y * view.canvas.height()))
    QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=place)
    assert opened == [region.target]
    assert all(one.canvas.accessibleName() for one in analysis.charts.values())


def test_deadlines_can_be_seen_by_kind_and_month_and_a_mediator_opens(
    screen: StatisticsScreen, window: MainWindow
) -> None:
    analysis = analysis_of(screen)
    titles = []
    for word in ("按纠纷类型", "按月", "按调解组织"):
        analysis.by.set_value(word)
        analysis.by.edited.emit()
        chart = analysis.charts["deadlines"].chart()
        assert chart is not None
        titles.append(chart.title)
    assert titles == ["各纠纷类型超期率", "各月份超期率", "各调解组织超期率"]
    (first, *_rest) = analysis.mediators.records.records()
    analysis.mediators.chosen.emit(first)
    front = window.screen_in_front()
    assert isinstance(front, Screen)
    assert front.code == "experts"


def test_twice_the_text_keeps_every_value(screen: StatisticsScreen) -> None:
    def whole() -> bool:
        lines = [line for column in board_of(screen).columns.values() for line in column.lines.values()]
        wide = all(line.width() >= line.minimumSizeHint().width() for line in lines)
        return wide and all(line.height() >= theme().px(24) for line in lines)

    theme().set_percent(200)
    try:
        for _ in range(100):  # the layout follows once it had its turn
            if not whole():
                QTest.qWait(20)
        assert whole()
    finally:
        theme().set_percent(100)


def test_every_chart_can_be_written_for_print(demo: Desk) -> None:
    made = charts(demo)
    assert all(chart_file(chart, ".svg").startswith(b"<?xml") for chart in made)
    assert chart_file(made[0], ".pdf").startswith(b"%PDF")
