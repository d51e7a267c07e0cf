"""预警 on screen: the matrix leads to its cases, each says why; rises are explained; repeats lead to both cases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from db.bulk import BulkCases
from mediation_desk.app import Desk
from mediation_desk.practice.demo import generate
from mediation_desk.practice.material import centre
from mediation_desk.statistics.periods import parse_period
from tests.persistence.test_warning import copied
from ui.main_window import MainWindow
from ui.screens.base import Screen
from ui.screens.statistics.drill import DrillDown
from ui.screens.statistics.mounted import WarningTab
from ui.screens.statistics.rises_view import history
from ui.screens.statistics.screen import StatisticsScreen
from ui.screens.statistics.warning_page import WarningPage
from ui.widgets.plain import PlainLabel

RISING = 40


@pytest.fixture
def page(window: MainWindow, services: Desk) -> WarningPage:
    today = services.cases.local_today
    files = list(generate(200, 5, today))
    example = next(file for file in files if file.dispute.category.value == "邻里纠纷")
    first = today.replace(day=1)
    days = (today - first).days + 1
    more = [copied(example, f"rise-{place}", first + timedelta(place % days)) for place in range(RISING)]
    place, writer = centre(), BulkCases(services.storage)
    writer.add_centre(tuple(place.bodies.values()), tuple(place.cards.values()))
    writer.add_cases([*files, *more], {}, at=services.clock())
    window.open_screen("statistics", "warning")
    screen = window.screen_in_front()
    assert isinstance(screen, StatisticsScreen)
    mounted = screen.page()
    assert isinstance(mounted, WarningTab)
    return mounted.warnings


def drill(window: MainWindow) -> DrillDown:
    screen = window.screen_in_front()
    assert isinstance(screen, StatisticsScreen)
    assert screen.drill.isVisible()
    return screen.drill


def words(page: WarningPage) -> str:
    QCoreApplication.processEvents()  # what was just put into a layout is shown by the next event
    return "\n".join(label.text() for label in page.findChildren(PlainLabel) if not label.isHidden())


def test_a_cell_narrows_the_list_and_a_case_says_why_and_what_to_do(
    page: WarningPage, services: Desk, window: MainWindow
) -> None:
    found = services.warning.matrix(services.actor)
    shown = page.risks.table.records.records()
    assert shown == found.cases
    assert {place: cell.count for place, cell in page.risks.grid.cells.items()} == {
        (row.word, column.word): len(found.at(row.word, column.word))
        for row in found.probability
        for column in found.harm
    }
    for cell in page.risks.grid.cells.values():
        assert cell.level.colour in cell.accessibleName()
        assert f"{cell.count} 件" in cell.accessibleName()

    worst = found.cases[0]
    cell = page.risks.grid.cells[worst.probability.word, worst.harm.word]
    QTest.keyClick(cell, Qt.Key.Key_Return)
    assert page.risks.table.records.records() == found.at(worst.probability.word, worst.harm.word)
    assert worst.reason in words(page)
    assert worst.level.now in words(page)
    QTest.keyClick(cell, Qt.Key.Key_Return)
    assert page.risks.table.records.records() == found.cases, "pressed again, all are back"

    page.risks.table.chosen.emit(worst)
    front = window.screen_in_front()
    assert isinstance(front, Screen)
    assert front.code == "case"


def test_a_rise_is_explained_and_leads_to_its_cases(
    page: WarningPage, services: Desk, window: MainWindow
) -> None:
    page.tabs.open_part("rises")

    found = services.warning.rises(services.actor)
    assert page.rises.table.records.records() == found.rises
    assert page.rises.table.choose_key(("纠纷类型", "邻里纠纷"))
    one = page.rises.table.current()
    assert one is not None
    assert one.words in words(page)
    page.rises.cases.click()
    shown = drill(window)
    assert len(shown.listed()) == one.count >= RISING
    assert shown.sum.text().endswith("与所点的数字一致")
    for group in history(one).groups:
        (value,) = group.values
        page.rises.chart.opened.emit(value.target)
        assert shown.total() == value.amount


def test_repeats_show_both_sides_and_the_cases_before(page: WarningPage, services: Desk) -> None:
    page.tabs.open_part("repeats")

    shown = page.repeats.table.records.records()
    assert len(shown) >= RISING - 1
    page.repeats.table.selectRow(0)
    assert page.repeats.before.records.records() == shown[0].before


def test_groups_prevention_and_workload_are_those_of_the_service(page: WarningPage, services: Desk) -> None:
    page.tabs.open_part("prevented")
    year = parse_period(str(services.cases.local_today.year))
    keys = {line.case_key for line in page.prevented.cases.records.records()}
    assert keys == set(services.warning.groups(services.actor, year))

    page.tabs.open_part("workload")
    shown = page.workload.table.records.records()
    assert shown == services.warning.workload(services.actor, year).lines
    few = next(one for one in shown if one.few)
    assert few.success_rate is None


def test_every_number_of_the_workload_opens_its_cases(page: WarningPage, window: MainWindow) -> None:
    page.tabs.open_part("workload")
    most = max(page.workload.table.records.records(), key=lambda one: one.concluded)
    assert page.workload.table.choose_key(most.pool_no)
    for code, button in page.workload.counts.items():
        count = getattr(most, code)
        assert str(count) in button.text()
        assert button.isEnabled() == bool(count)
        if count:
            button.click()
            assert drill(window).total() == count, code
            assert "不一致" not in drill(window).sum.text()
