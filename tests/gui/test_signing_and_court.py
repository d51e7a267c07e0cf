"""Signing and court confirmation in the real window: a roll of 23 by keyboard, refusals, wills, papers, ruling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from mediation_desk.agreements.model import CONFIRMED, Confirmation
from mediation_desk.agreements.signing import Signer, SignWay
from mediation_desk.app import Desk as Services
from mediation_desk.cases.model import CaseFile
from tests.gui.case_page_driver import Driver
from tests.persistence.signing_cases import all_due, before_court, recorded, unsigned
from tests.shared_cases import needs_cases
from ui.main_window import MainWindow
from ui.screens.case_page.signing_annex import AnnexPart

pytestmark = needs_cases
Open = Callable[[CaseFile, str], Driver]


@pytest.fixture
def opened(window: MainWindow, services: Services, qtbot: QtBot) -> Open:
    """Put a case on file and open its page at a tab."""

    def show(file: CaseFile, tab: str) -> Driver:
        stored, _new = services.cases.take_over(services.actor, file)
        driver = Driver(window, stored.case_key)
        driver.page.go(tab)
        driver.settle()
        return driver

    return show


def text(driver: Driver, name: str) -> str:
    widget = driver.find(name)
    assert isinstance(widget, QLabel | QLineEdit)
    return widget.text()


def test_a_roll_is_marked_by_keyboard_and_stored_together(opened: Open) -> None:
    """C02: one signs, one gives a mandate, one is taken back, the rest signs; then the place can be signed."""
    driver = opened(unsigned("C02"), "agreement")
    assert "还有23人没有签名" in text(driver, "sign.A1.why")
    part = driver.page.findChild(AnnexPart, "annex.A1")
    assert part is not None
    part.focus_first()
    driver.key(Qt.Key.Key_Return)
    driver.key(Qt.Key.Key_Space)
    driver.key(Qt.Key.Key_Return)
    assert part.table.current() is not None
    assert part.table.current().member.ref == "A1-04"  # type: ignore[union-attr]
    part.table.selectRow(1)
    driver.key(Qt.Key.Key_Backspace)
    assert "已签2人" in text(driver, "annex.A1.head")
    assert not any(member.signed for member in driver.file.group_members), "nothing is stored yet"
    driver.click("annex.A1.sign_rest")
    assert "已签23人" in text(driver, "annex.A1.head")
    driver.write("annex.A1.on", "2026-01-27")
    driver.click("annex.A1.save")
    assert {member.signed_on for member in driver.file.group_members} == {date(2026, 1, 27)}
    assert text(driver, "sign.A1.method") == "23人逐一签名并按指印"
    driver.click("sign.A1")
    assert "A1" not in driver.file.missing_signatures


def test_owners_empower_and_representatives_sign(opened: Open) -> None:
    """C07: one click for 41 households, words as the paper says them."""
    driver = opened(unsigned("C07"), "agreement")
    driver.click("annex.B1.mandate_rest")
    driver.click("annex.B1.save")
    assert len(driver.file.beside.mandates) == 37
    assert text(driver, "sign.B1.method") == "代表人4人签名并按指印（附41户授权）"


def test_a_fingerprint_instead_asks_for_reason_and_scribe(opened: Open) -> None:
    """C06: the words of the place follow what is chosen and stay editable."""
    driver = opened(unsigned("C06"), "agreement")
    driver.choose("sign.B1.manner", "本人按指印代签")
    driver.write("sign.B1.scribe", "马骁")
    assert text(driver, "sign.B1.method") == "按指印（由马骁代书，本人捺印）"
    driver.click("sign.B1")
    assert "请写明原因" in text(driver, "sign.notice")
    driver.write("sign.B1.reason", "不会写字")
    driver.click("sign.B1")
    (detail,) = driver.file.beside.signings
    assert (detail.ways, detail.scribe) == ((SignWay.FINGERPRINT,), "马骁")


def test_an_agent_is_offered_only_with_power_and_an_electronic_signature_only_where_lawful(
    opened: Open,
) -> None:
    driver = opened(unsigned("C03"), "agreement")
    offered = driver.find("sign.A1.manner")
    assert isinstance(offered, QComboBox)
    words = [offered.itemText(place) for place in range(offered.count())]
    assert not any("电子" in word or "代理人" in word for word in words)
    leak = opened(unsigned("C01"), "agreement")
    agents = leak.find("sign.B2.manner")
    assert isinstance(agents, QComboBox)
    assert agents.itemText(0) == "代理人卢倩"
    leak.click("sign.B2")
    assert leak.file.beside.signings[0].by is Signer.AGENT


def test_a_refusal_and_a_new_paper(opened: Open) -> None:
    """C10: one neighbour does not sign; then the signatures are voided and the clauses are open again."""
    driver = opened(unsigned("C10"), "agreement")
    driver.click("sign.A1")
    driver.click("sign.decline")
    driver.choose("decline.ref", "申请人 滑静文")
    driver.write("decline.on", "2026-08-06")
    driver.write("decline.reason", "不愿意签")
    driver.click("decline.submit")
    assert [entry.ref for entry in driver.file.not_signed] == ["A5"]
    assert not driver.shows("sign.A5.method")
    driver.click("sign.void")
    driver.write("void.reason", "第二条笔误")
    driver.click("void.submit")
    assert driver.file.agreement is not None
    assert driver.file.agreement.signatures == ()
    assert "第二条笔误" in text(driver, "sign.voided")
    assert not driver.shows("sign.void")


def test_the_card_says_what_a_ruling_leaves_to_the_parties(opened: Open) -> None:
    """C06: what the ruling leaves to the parties."""
    driver = opened(recorded("C06"), "performance")
    assert "裁定不予受理" in " ".join(label.text() for label in driver.page.findChildren(QLabel))
    assert "协议仍然有效" in text(driver, "confirm.words")


def test_enforcement_is_noted_on_screen_with_court_and_last_day(opened: Open) -> None:
    """C08: the form T-22 had none of."""
    file = all_due(recorded("C08"))
    court = replace(file.judicial_confirmation, enforcement=None)
    driver = opened(replace(file, judicial_confirmation=court, archive=None), "performance")
    assert court.result == CONFIRMED
    assert "云川市安和区人民法院" in text(driver, "confirm.words")
    assert "申请执行的期间为二年" in text(driver, "confirm.words")
    driver.click("confirm.enforce.way")
    driver.write("enforce.on", "2026-09-10")
    driver.click("enforce.submit")
    asked = driver.file.judicial_confirmation.enforcement
    assert asked is not None
    assert f"{asked.outstanding:.2f}" == "92500.00"
    assert asked.against == ("B1",)


def test_requests_and_withdrawal_while_the_court_looks(opened: Open) -> None:
    file = before_court(recorded("C02"))
    applied = Confirmation(
        advised=True, deadline=date(2026, 2, 26), applied_on=date(2026, 2, 3), court="云川市安和区人民法院"
    )
    driver = opened(replace(file, judicial_confirmation=applied), "performance")
    driver.click("confirm.asked.way")
    driver.write("asked.on", "2026-02-04")
    driver.write("asked.what", "补交身份证复印件")
    driver.click("asked.submit")
    assert "法院要求补正：补交身份证复印件" in text(driver, "confirm.words")
    driver.click("confirm.completed.way")
    driver.write("completed.on", "2026-02-05")
    driver.click("completed.submit")
    assert driver.file.beside.court_requests[0].done_on == date(2026, 2, 5)
    driver.click("confirm.withdraw.way")
    driver.write("withdraw.on", "2026-02-06")
    driver.write("withdraw.reason", "传唤未到")
    driver.click("withdraw.by.B3")
    driver.click("withdraw.absent")
    driver.click("withdraw.submit")
    assert driver.file.judicial_confirmation.result == "撤回申请"


def facts_of(driver: Driver) -> tuple[str, ...]:
    return driver.file.undisputed_facts


def test_undisputed_facts_are_recorded_and_one_refusal_leaves_none(opened: Open) -> None:
    """C12 with both consents; then one side takes it back, and there is nothing to print any more."""
    file = replace(recorded("C12"), undisputed_facts=(), undisputed_facts_consent=None, archive=None)
    driver = opened(file, "agreement")
    driver.click("facts.way")
    driver.write("facts.facts", "2021年6月1日入职\n公司同意支付5,000元")
    driver.write("facts.on", "2026-03-12")
    for box in ("facts.by.A1", "facts.by.B1"):
        driver.click(box)
    driver.click("facts.submit")
    assert not facts_of(driver), "an offer is no fact"
    driver.write("facts.facts", "2021年6月1日入职\n押金500.00元未退")
    driver.click("facts.submit")
    assert len(facts_of(driver)) == 2
    assert driver.shows("facts.print")
    driver.click("facts.way")
    driver.write("facts.facts", "")
    driver.click("facts.by.B1")
    driver.click("facts.refused_by.B1")
    driver.click("facts.submit")
    assert not facts_of(driver)
    assert not driver.shows("facts.print")
