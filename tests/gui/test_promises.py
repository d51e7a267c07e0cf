"""The tab 履行: what is owed, forgiven, urged and called in, by name and by mouse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from mediation_desk.app import Desk as Services
from mediation_desk.interchange.reader import read_case
from tests.gui.case_page_driver import Driver
from tests.shared_cases import FILES, needs_cases
from ui.main_window import MainWindow
from ui.widgets.plain import PlainLabel

pytestmark = needs_cases


def opened(window: MainWindow, services: Services, start: str) -> Driver:
    path = next(path for path in FILES if path.name.startswith(start))
    file = read_case(path.read_bytes())
    if file.archive is not None:  # the volume is not closed yet
        file = replace(file, archive=replace(file.archive, archived_on=None, pages=None))
    file, _ = services.cases.take_over(services.actor, file)
    driver = Driver(window, file.case_key)
    driver.page.go("performance")
    driver.settle()
    return driver


@pytest.fixture
def loan(window: MainWindow, services: Services) -> Driver:
    """C08, in default."""
    return opened(window, services, "C08")


def labels(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(PlainLabel) if label.isVisible())


def test_the_default_explains_itself(loan: Driver) -> None:
    shown = labels(loan.page)
    assert "自2026年8月26日起剩余款项全部到期，合计92,500.00元" in shown
    assert "17,500.00元×12%÷365×" in shown
    assert "17,500.00 / 37,500.00 元" in shown
    assert "逾期部分履行" in shown
    assert "到期未付 92,500.00 元" in shown


def test_a_debtor_is_urged_and_the_paper_shown(loan: Driver) -> None:
    loan.click("urge.way")
    loan.click("urge.submit")
    (urging,) = loan.file.beside.urgings
    assert (urging.of, urging.amount) == ("B1", Decimal("92500.00"))
    assert "督促过 1 次" in labels(loan.page)
    loan.click("serve.1")
    loan.write("serve.1.how", "当面送达")
    loan.click("serve.1.submit")
    assert loan.file.beside.urgings[0].served_on is not None
    loan.click("urging.paper.1")
    for _round in range(50):
        QApplication.processEvents()


def test_what_is_left_is_called_in_and_a_part_forgiven(loan: Driver) -> None:
    loan.click("accelerate.way")
    loan.click("accelerate.submit")
    assert {row.accelerated_on for row in loan.file.performance} == {None, date(2026, 8, 26)}
    assert not loan.shows("accelerate.way")
    loan.click("waive.2.3")
    loan.write("waive.2.3.amount", "500")
    loan.click("waive.2.3.submit")
    assert "请填写理由" in labels(loan.page)
    loan.write("waive.2.3.reason", "家里有病人")
    loan.click("waive.2.3.submit")
    assert loan.file.beside.waivers[0].amount == Decimal("500.00")
    assert "部分免除" in labels(loan.page)
    loan.click("perform.2.3")
    loan.choose("perform.2.3.proof", "转账回单")
    loan.write("perform.2.3.evidence", "尾号0101")
    loan.click("perform.2.3.submit")
    assert loan.file.performance[3].evidence == "转账回单（尾号0101）"
    assert not loan.shows("perform.2.3")


def test_of_monthly_payments_the_next_one_is_shown(window: MainWindow, services: Services) -> None:
    driver = opened(window, services, "C03")
    shown = [item for item in driver.page.view.standing.pending if item.clause == 6]  # type: ignore[union-attr]
    ahead = [item for item in shown if item.falls_due > services.cases.local_today]
    assert len(ahead) == 1
    assert driver.shows(f"perform.6.{ahead[0].instalment}")
    assert not driver.shows(f"perform.6.{(ahead[0].instalment or 0) + 1}")


def test_a_visit_that_found_it_worse_asks_for_measures(loan: Driver) -> None:
    loan.click("visit.way")
    loan.write("visit.situation", "又吵起来了。")
    loan.choose("visit.escalation", "有激化苗头")
    loan.click("visit.submit")
    assert "采取的措施" in labels(loan.page)
    assert len(loan.file.followups) == 1
    loan.write("visit.measures", "约双方再谈")
    loan.click("visit.submit")
    assert loan.file.beside.findings[0].visit == 2
    assert "有激化苗头" in labels(loan.page)
