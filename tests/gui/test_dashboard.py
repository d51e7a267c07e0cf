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
from mediation_desk.charts.model import Bars, Chart, Dots, Flow, Heat, Lines, Value
from mediation_desk.practice.demo import fill
from mediation_desk.shared.track import Track
from mediation_desk.statistics import charted
from mediation_desk.statistics.headline import headlines
from mediation_desk.statistics.periods import parse_period
from mediation_desk.statistics.ports import Spot
from ui.main_window import MainWindow
from ui.screens.base import Screen
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
    made.since.set_value(YEAR.first)
    made.until.set_value(YEAR.last)
    made.as_of.set_value(NOW.date())
    made.pages.open_part("dashboard")
    return made


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
    for track, column in screen.dashboard.columns.items():
        for one in headlines(board, track):
            line = column.lines[one.code]
            assert line.accessibleName() == one.spoken
            assert one.definition in line.accessibleDescription()
            assert one.definition.split("：")[0] in line.toolTip()
    line = screen.dashboard.columns["人民调解"].lines["concluded"]
    opened: list[object] = []
    screen.dashboard.opened.connect(lambda target, _words: opened.append(target))
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert opened == [Spot.at("concluded", YEAR, track="人民调解")] * 2
    shown = {one.case_key for one in screen._behind.table.records.records()}
    assert shown == {
        share.case_key for share in demo.statistics.behind(demo.actor, line.shown.spot, NOW.date())
    }


def test_f1_says_how_a_figure_is_counted_and_tab_goes_on(
    screen: StatisticsScreen, window: MainWindow
) -> None:
    lines = list(screen.dashboard.columns["人民调解"].lines.values())
    lines[2].setFocus()
    QTest.keyClick(lines[2], Qt.Key.Key_F1)
    assert "期间内结案的已受理案件" in QToolTip.text()
    assert window.screen_in_front() is screen
    QTest.keyClick(lines[2], Qt.Key.Key_Tab)
    assert window.focusWidget() is lines[3]


def test_a_year_without_cases_says_so(screen: StatisticsScreen) -> None:
    screen.dashboard.show_period(parse_period("1999"), NOW.date())
    assert "没有登记，也没有办结的案件" in screen.dashboard.remark.text()
    assert screen.dashboard.columns["司法调解"].lines["success_rate"].shown.text == "—"
    screen.dashboard.show_period(parse_period("2031"), NOW.date())
    assert "还没有开始" in screen.dashboard.remark.text()


def test_a_cell_of_the_heat_table_opens_its_cases(screen: StatisticsScreen) -> None:
    screen.pages.open_part("analysis")
    view = screen.analysis.charts["kinds"]
    QTest.qWait(200)
    region = next(one for one in view.canvas.regions() if "，0" not in one.name)
    opened: list[object] = []
    screen.analysis.opened.connect(lambda target, _words: opened.append(target))
    x, y = region.centre()
    place = QPoint(round(x * view.canvas.width()), round(y * view.canvas.height()))
    QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=place)
    assert opened == [region.target]
    assert all(one.canvas.accessibleName() for one in screen.analysis.charts.values())


def test_deadlines_can_be_seen_by_kind_and_month_and_a_mediator_opens(
    screen: StatisticsScreen, window: MainWindow
) -> None:
    screen.pages.open_part("analysis")
    titles = []
    for word in ("按纠纷类型", "按月", "按调解组织"):
        screen.analysis.by.set_value(word)
        screen.analysis.by.edited.emit()
        chart = screen.analysis.charts["deadlines"].chart()
        assert chart is not None
        titles.append(chart.title)
    assert titles == ["各纠纷类型超期率", "各月份超期率", "各调解组织超期率"]
    (first, *_rest) = screen.analysis.mediators.records.records()
    screen.analysis.mediators.chosen.emit(first)
    front = window.screen_in_front()
    assert isinstance(front, Screen)
    assert front.code == "experts"


def test_twice_the_text_keeps_every_value(screen: StatisticsScreen) -> None:
    theme().set_percent(200)
    try:
        for column in screen.dashboard.columns.values():
            for line in column.lines.values():
                assert line.width() >= line.minimumSizeHint().width()
                assert line.height() >= theme().px(24)
    finally:
        theme().set_percent(100)


def test_every_chart_can_be_written_for_print(demo: Desk) -> None:
    made = charts(demo)
    assert all(chart_file(chart, ".svg").startswith(b"<?xml") for chart in made)
    assert chart_file(made[0], ".pdf").startswith(b"%PDF")
