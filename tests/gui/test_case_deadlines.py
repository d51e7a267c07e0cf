"""期限 on the case page by keyboard: stop the clock, start it, give more time; and the desk's list with its why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLineEdit, QTableView

from mediation_desk.app import Desk as Services
from mediation_desk.cases.checks.period import last_due_on
from mediation_desk.cases.lifecycle import State, state_of
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.cases.steps.timing import Suspend
from mediation_desk.cases.vocabulary import SuspensionCause
from tests.gui.case_page_driver import Driver, fill_pool, register
from ui.main_window import MainWindow
from ui.screens.case_page.screen import CasePage
from ui.widgets.plain import PlainLabel


@pytest.fixture
def driver(window: MainWindow, services: Services) -> Driver:
    fill_pool(services)
    file = register(services)
    services.cases.perform(services.actor, file.case_key, Accept(on=services.cases.local_today))
    return Driver(window, file.case_key)


def page(window: MainWindow) -> CasePage:
    found = window.findChild(CasePage)
    assert found is not None
    return found


def press(window: MainWindow, name: str) -> None:
    button = page(window).findChild(QAbstractButton, name)
    assert button is not None
    assert button.isVisible()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    QTest.qWait(1)


def type_into(window: MainWindow, name: str, words: str) -> None:
    field = page(window).findChild(QLineEdit, name)
    assert field is not None
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)


def test_the_clock_is_stopped_and_started_by_keys(
    driver: Driver, window: MainWindow, services: Services
) -> None:
    key = page(window).view.file.case_key
    press(window, "suspend.way")
    type_into(window, "suspend.reason", "等另案的鉴定")
    press(window, "suspend.submit")
    file = services.cases.file(services.actor, key)
    assert state_of(file) is State.SUSPENDED
    head = "".join(label.text() for label in page(window).header.findChildren(PlainLabel))
    assert "中止中，自" in head
    way = page(window).findChild(QAbstractButton, "suspend.way")
    assert way is not None
    assert not way.isVisible()
    page(window).header.next.click()
    QTest.qWait(1)
    told = page(window).findChild(PlainLabel, "resume.due")
    assert told is not None
    assert "首日、末日都不计，共1日" in told.text()
    press(window, "resume.submit")
    file = services.cases.file(services.actor, key)
    assert state_of(file) is State.ACCEPTED
    assert len(file.suspensions) == 1


def test_more_time_needs_everybody(driver: Driver, window: MainWindow, services: Services) -> None:
    key = page(window).view.file.case_key
    before = last_due_on(services.cases.file(services.actor, key))
    press(window, "extend.way")
    type_into(window, "extend.days", "10")
    type_into(window, "extend.reason", "等账目")
    first = page(window).findChild(QCheckBox, "extend.consent.A1")
    assert first is not None
    first.click()
    press(window, "extend.submit")
    notice = page(window).findChild(PlainLabel, "extend.notice")
    assert notice is not None
    assert "贾讲理还没有同意" in notice.text()
    reason, second = (
        page(window).findChild(QLineEdit, "extend.reason"),
        page(window).findChild(QCheckBox, "extend.consent.B1"),
    )
    assert reason is not None
    assert second is not None
    assert reason.text() == "等账目"
    second.click()
    press(window, "extend.submit")
    after = last_due_on(services.cases.file(services.actor, key))
    assert before is not None
    assert after is not None
    assert after >= before + timedelta(days=10)


def test_choosing_a_line_says_the_whole_sum(driver: Driver, window: MainWindow) -> None:
    table = page(window).findChild(QTableView, "overview.deadlines")
    assert table is not None
    table.setFocus()
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    said = "".join(label.text() for label in window.findChildren(PlainLabel) if label.isVisible())
    assert "受理次日起30日，末日" in said
    assert "（人民调解工作若干规定第三十三条）" in said


def test_the_desk_lists_the_next_with_why_and_leads_there(
    driver: Driver, window: MainWindow, services: Services
) -> None:
    key = page(window).view.file.case_key
    window.open_screen("today")
    table = window.findChild(QTableView, "today.deadlines")
    assert table is not None
    model = table.model()
    assert model.rowCount() == 1
    tip = str(model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole))
    assert "为什么是这天：自" in tip
    stop = Suspend(on=services.cases.local_today, cause=SuspensionCause.OTHER, reason="等另案")
    services.cases.perform(services.actor, key, stop)
    assert services.deadlines.upcoming(services.actor) == ()
