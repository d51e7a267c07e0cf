"""One dispute from acceptance to archive, through the widgets of the case page, mostly by keyboard."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from mediation_desk.agreements.model import ClauseKind
from mediation_desk.app import Desk as Services
from mediation_desk.cases.lifecycle import State, state_of
from mediation_desk.cases.vocabulary import Cause, Result
from tests.gui.case_page_driver import Driver, fill_pool, register
from ui.main_window import MainWindow


@pytest.fixture
def driver(window: MainWindow, services: Services) -> Driver:
    fill_pool(services)
    return Driver(window, register(services).case_key)


def accept_and_choose(driver: Driver) -> None:
    driver.key(Qt.Key.Key_Return)  # the focus is on the next step
    assert driver.focus_name() == "accept.on"
    driver.go_on()
    driver.go_on()
    assert driver.focus_name() == "opening.submit"
    driver.go_on()
    assert driver.focus_name() == "choice.rank.A1.M01"
    driver.key(Qt.Key.Key_2)
    driver.key(Qt.Key.Key_Down)
    driver.key(Qt.Key.Key_1)
    driver.click("choice.ready")
    driver.click("choice.rank.B1.M02")
    driver.go_on()
    assert driver.file.presiding is None, "all have marked, nobody has confirmed"
    assert driver.find("choice.disclosure").text() == "", "no disclosure is taken for granted (LR-17)"  # type: ignore[attr-defined]
    driver.click("choice.disclosure_usual")
    driver.go_on()


def hold_session(driver: Driver, result: str) -> None:
    driver.go_on()
    assert driver.focus_name() == "session.date"
    driver.go_on()
    driver.go_on()
    driver.write("record.record", "双方看过现场，谈妥了。")
    driver.click("record.rights")
    driver.choose("record.result", result)
    driver.go_on()


def compose(driver: Driver) -> None:
    driver.go_on()
    driver.write("clause.amount", "1000.01")
    driver.choose("clause.parts", "分 3 期")
    driver.go_on()
    driver.click("clause.add")
    driver.choose("clause.kind", "不再做")
    driver.click("clause.payer.B1")
    driver.write("clause.what", "向院内排放雨水")
    driver.go_on()
    driver.go_on()


def test_whole_line(driver: Driver, services: Services) -> None:
    accept_and_choose(driver)
    file = driver.file
    assert file.presiding is not None
    assert file.presiding.pool_no == "M02"
    assert file.recorder is not None
    hold_session(driver, "调解成功")
    assert driver.file.sessions[0].rights_notice_given
    compose(driver)
    agreement = driver.file.agreement
    assert agreement is not None
    assert agreement.copies == 3
    pay, refrain = agreement.clauses
    assert [part.amount for part in pay.instalments] == [
        Decimal("333.34"),
        Decimal("333.34"),
        Decimal("333.33"),
    ]
    assert "人民币壹仟元零壹分" in pay.text
    assert refrain.kind is ClauseKind.ACT
    assert refrain.text == "贾讲理承诺不再向院内排放雨水。"
    assert "还差 5 处" in driver.next_words
    driver.go_on()
    driver.click("sign.A1")
    assert "还差 4 处" in driver.next_words
    driver.click("sign.all")
    assert driver.file.effective_on == services.cases.local_today
    driver.go_on()
    driver.write("perform.1.1.amount", "300")
    driver.write("perform.1.1.evidence", "转账回单")
    driver.go_on()
    assert min(row.amount or 0 for row in driver.file.performance) == Decimal("33.34")
    for _row in range(3):
        driver.go_on()
        driver.go_on()
    assert state_of(driver.file) is State.PERFORMED
    driver.go_on()
    driver.write("visit.situation", "都做到了。")
    driver.go_on()
    driver.go_on()
    driver.write("close.evaluation", "事了人和。")
    driver.go_on()
    driver.go_on()
    driver.write("archive.pages", "23")
    driver.go_on()
    assert state_of(driver.file) is State.ARCHIVED
    assert driver.next_words == ""
    stored = services.cases.file(services.actor, driver.file.case_key)
    assert stored == driver.file


def test_confirmation_and_ruling(driver: Driver) -> None:
    accept_and_choose(driver)
    hold_session(driver, "调解成功")
    compose(driver)
    driver.go_on()
    driver.click("sign.all")
    driver.page.go("performance")
    driver.settle()
    driver.click("confirm.way")
    driver.click("wills.all")
    driver.go_on()
    assert [will.agrees for will in driver.file.beside.wills] == [True, True]
    driver.click("confirm.way")
    driver.write("confirm.court", "清平区人民法院")
    driver.write("confirm.case_no", "（2026）诉前调确1号")
    driver.go_on()
    driver.click("confirm.way")
    driver.go_on()
    assert driver.file.judicial_confirmation.result == "裁定调解协议有效"


def test_end_without_agreement(driver: Driver) -> None:
    accept_and_choose(driver)
    hold_session(driver, "调解不成")
    driver.go_on()
    assert driver.find("end.told_remedies").toPlainText() == "向人民法院起诉"  # type: ignore[attr-defined]
    driver.choose("end.cause", "分歧较大")
    driver.write("end.reason", "双方对责任分歧较大。")
    driver.go_on()
    ending = driver.file.ending
    assert ending is not None
    assert (ending.kind, ending.cause) == (Result.FAILED, Cause.TOO_FAR_APART)
    assert ending.notice is not None


def test_refusal_at_the_counter(driver: Driver) -> None:
    driver.click("case.end")
    driver.choose("end.cause", "已起诉或者已裁判")
    driver.write("end.reason", "法院已经立案。")
    driver.click("end.submit")
    assert state_of(driver.file) is State.NOT_ACCEPTED


def test_no_common_name_leads_to_designation(driver: Driver) -> None:
    for _key in range(4):
        driver.go_on()
    for _round in range(2):
        driver.click("choice.rank.A1.M01")
        driver.click("choice.ready")
        driver.click("choice.rank.B1.M02")
        driver.click("choice.ready")
        driver.click("choice.submit")
    assert not driver.file.mediators
    assert state_of(driver.file) is State.SELECTING
    driver.choose("designate.presiding", "李平（在办 0 件）")
    driver.click("designate.disclosure_usual")
    driver.click("designate.submit")
    assert [mediator.name for mediator in driver.file.mediators] == ["李平"]
    assert len(driver.file.selection_history) == 2


def test_oral_agreement(driver: Driver) -> None:
    accept_and_choose(driver)
    hold_session(driver, "调解成功")
    driver.go_on()
    driver.write("clause.amount", "200")
    driver.go_on()
    driver.choose("compose.kind", "口头")
    driver.click("compose.submit")
    assert driver.file.effective_on is not None
    assert driver.file.agreement is not None
    assert driver.file.agreement.oral_record is not None


def test_planned_session_is_cancelled_with_a_reason(driver: Driver) -> None:
    accept_and_choose(driver)
    driver.go_on()
    driver.choose("session.room", "其他地点……")
    driver.write("session.place", "村委会院内")
    driver.go_on()
    assert driver.file.sessions[0].place == "村委会院内"
    driver.click("sessions.drop")
    driver.go_on()
    assert driver.file.sessions, "without a reason nothing is cancelled"
    driver.write("cancel.reason", "被申请人出差")
    driver.go_on()
    assert driver.file.sessions == ()
