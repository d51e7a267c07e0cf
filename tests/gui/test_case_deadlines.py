"""期限 on the case page by keyboard: stop the clock, start it, give more time; and the desk's list with its why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTableView

from mediation_desk.app import Desk as Services
from mediation_desk.cases.checks.period import last_due_on
from mediation_desk.cases.lifecycle import State, state_of
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.cases.steps.timing import Suspend
from mediation_desk.cases.vocabulary import SuspensionCause
from tests.gui.case_page_driver import Driver, fill_pool, register
from ui.fields.date_field import day_mark
from ui.main_window import MainWindow
from ui.widgets.plain import PlainLabel


@pytest.fixture
def driver(window: MainWindow, services: Services) -> Driver:
    fill_pool(services)
    file = register(services)
    services.cases.perform(services.actor, file.case_key, Accept(on=services.cases.local_today))
    return Driver(window, file.case_key)


def press(driver: Driver, name: str) -> None:
    """By the keyboard: Space on the button that has the focus."""
    driver.find(name).setFocus()
    driver.key(Qt.Key.Key_Space)


def words(driver: Driver, name: str) -> str:
    label = driver.find(name)
    assert isinstance(label, PlainLabel)
    return label.text()


def test_the_clock_is_stopped_and_started_by_keys(driver: Driver, services: Services) -> None:
    key = driver.file.case_key
    press(driver, "suspend.way")
    driver.write("suspend.reason", "等另案的鉴定")
    driver.go_on()
    assert state_of(services.cases.file(services.actor, key)) is State.SUSPENDED
    head = "".join(label.text() for label in driver.page.header.findChildren(PlainLabel))
    assert "中止中，自" in head
    assert not driver.shows("suspend.way")
    assert not driver.shows("extend.way")
    driver.click("case.next")
    assert "首日、末日都不计，共1日" in words(driver, "resume.due")
    driver.go_on()
    file = services.cases.file(services.actor, key)
    assert state_of(file) is State.ACCEPTED
    assert len(file.suspensions) == 1
    assert driver.shows("suspend.way")


def test_more_time_needs_everybody_and_says_who_is_missing(driver: Driver, services: Services) -> None:
    key = driver.file.case_key
    before = last_due_on(driver.file)
    press(driver, "extend.way")
    driver.write("extend.days", "10")
    driver.write("extend.reason", "等账目")
    assert "延长到" in words(driver, "extend.due")
    driver.click("extend.consent.A1")
    press(driver, "extend.submit")
    assert "贾讲理还没有同意" in words(driver, "extend.notice")
    reason = driver.find("extend.reason")
    assert isinstance(reason, QLineEdit)
    assert reason.text() == "等账目"
    driver.click("extend.consent.B1")
    press(driver, "extend.submit")
    after = last_due_on(services.cases.file(services.actor, key))
    assert before is not None
    assert after is not None
    assert after >= before + timedelta(days=10)


def test_choosing_a_line_says_the_whole_sum(driver: Driver, window: MainWindow) -> None:
    table = driver.find("overview.deadlines")
    assert isinstance(table, QTableView)
    table.setFocus()
    table.selectRow(0)
    driver.key(Qt.Key.Key_Return)
    said = "".join(label.text() for label in window.findChildren(PlainLabel) if label.isVisible())
    assert "受理次日起30日，末日" in said
    assert "（人民调解工作若干规定第三十三条）" in said


def test_the_desk_lists_the_next_with_why(driver: Driver, window: MainWindow, services: Services) -> None:
    key = driver.file.case_key
    window.open_screen("today")
    window.screen_for("today").refresh()  # the case was made behind the window's back
    driver.settle()
    table = window.findChild(QTableView, "today.deadlines")
    assert table is not None
    model = table.model()
    assert model.rowCount() == 1
    tip = str(model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole))
    assert "为什么是这天：自" in tip
    assert "调解期限" in tip
    stop = Suspend(on=services.cases.local_today, cause=SuspensionCause.OTHER, reason="等另案")
    services.cases.perform(services.actor, key, stop)
    assert services.deadlines.upcoming(services.actor) == ()


def test_a_day_shows_that_it_is_a_rest_day() -> None:
    assert day_mark(date(2026, 10, 1)) == "假"
    assert day_mark(date(2026, 10, 10)) == "班"
    assert day_mark(date(2026, 10, 11)) == "休"
    assert day_mark(date(2026, 10, 12)) == ""
