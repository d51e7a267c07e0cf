"""发出通知 on the case page: the number is given once, the card tells it, a missing list is asked for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from mediation_desk.app import Desk as Services
from mediation_desk.cases.official_notice import NoticeKind
from mediation_desk.cases.steps.intake import Accept
from tests.gui.case_page_driver import Driver, fill_pool, register
from ui.main_window import MainWindow
from ui.widgets.plain import PlainLabel


@pytest.fixture
def driver(window: MainWindow, services: Services) -> Driver:
    fill_pool(services)
    file = register(services)
    services.cases.perform(services.actor, file.case_key, Accept(on=services.cases.local_today))
    return Driver(window, file.case_key)


def test_a_notice_gets_its_number_by_keys(driver: Driver, services: Services) -> None:
    key = driver.file.case_key
    driver.page.go("papers")
    driver.settle()
    driver.find("issue.way").setFocus()
    driver.key(Qt.Key.Key_Space)
    assert not driver.shows("issue.what")
    driver.click("issue.submit")
    (given,) = services.cases.file(services.actor, key).beside.notices
    assert given.kind is NoticeKind.ACCEPTANCE
    told = [label.text() for label in driver.find("issue.card").findChildren(PlainLabel)]
    assert any(given.number in words for words in told)

    driver.find("issue.way").setFocus()
    driver.key(Qt.Key.Key_Space)
    assert driver.shows("issue.what")
    driver.click("issue.submit")
    assert len(services.cases.file(services.actor, key).beside.notices) == 1
    driver.write("issue.what", "身份证复印件")
    driver.click("issue.submit")
    assert services.cases.file(services.actor, key).beside.notices[1].what == "身份证复印件"
