"""The composer by its widgets: accepted offers, the library, text changed by hand, the checklist, a withdrawn offer."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from mediation_desk.agreements.recurring import due_days
from mediation_desk.agreements.terms import Term
from mediation_desk.app import Desk as Services
from mediation_desk.cases.steps.hearing import RecordSession
from mediation_desk.hearings.board.notes import Note, NoteKind, Terms, Withdrawn
from mediation_desk.hearings.model import Attendance, SessionResult
from tests.gui.board_case import planned
from tests.gui.case_page_driver import Driver
from tests.persistence.test_case_steps import CLAUSES
from tests.persistence.test_terms import TERM
from ui.main_window import MainWindow
from ui.screens.case_page.clauses import Drafted, from_words, moved, numbered, to_words


@pytest.fixture
def driver(window: MainWindow, services: Services) -> Driver:
    """A case with an accepted offer on its board, whose session ended in agreement; the composer is open."""
    file, actor, today = planned(services), services.actor, services.cases.local_today
    offer = services.boards.write(
        actor,
        file.case_key,
        Note(
            key="offer", session_no=1, speaker="B1", kind=NoteKind.OFFER, text="出九百，下月付", at=services.clock(),
            terms=Terms(payer="B1", payee="A1", amount=Decimal("900.00")),
        ),
    )  # fmt: skip
    services.boards.accept(actor, file.case_key, offer.no, ("A1", "B1"), today)
    held = RecordSession(
        no=1,
        end=time(1, 30),
        attendees=(Attendance(ref="A1"), Attendance(ref="B1")),
        rights_notice_given=True,
        record="双方看过现场，谈妥了。",
        result=SessionResult.AGREED,
    )
    services.cases.perform(actor, file.case_key, held)
    driver = Driver(window, file.case_key)
    driver.page.go("agreement", "compose")
    driver.settle()
    return driver


def words(driver: Driver, name: str) -> str:
    widget = driver.find(name)
    return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else widget.text()  # type: ignore[attr-defined]


def offer_into_agreement(driver: Driver) -> None:
    driver.click("offer.1.take")
    driver.write("clause.due_on", "+30")
    driver.click("clause.save")


def test_an_accepted_offer_becomes_a_clause_and_is_offered_no_more(driver: Driver) -> None:
    offer_into_agreement(driver)
    assert not driver.shows("offer.1.take")
    driver.click("compose.submit")
    [term] = driver.file.beside.terms
    assert (term.offer, term.edited) == (1, False)
    agreement = driver.file.agreement
    assert agreement is not None
    assert agreement.clauses[0].amount == Decimal("900.00")
    assert "银行转账" in agreement.clauses[0].text


def test_a_clause_whose_offer_was_withdrawn_is_marked_and_refused_until_it_stands_on_its_own(
    driver: Driver, services: Services
) -> None:
    offer_into_agreement(driver)
    driver.click("compose.submit")
    gone = Withdrawn(by="B1", on=services.cases.local_today, reason="凑不出来")
    services.boards.withdraw(services.actor, driver.file.case_key, 1, gone)
    driver.page.read_again()
    driver.settle()
    assert "方案1，这个方案现为“撤回”" in words(driver, "agreement.ghosts")
    driver.page.go("agreement", "compose")
    driver.settle()
    assert "请改写或者删去" in words(driver, "compose.ghosts")
    driver.click("compose.submit")
    assert "第1条出自方案1" in words(driver, "compose.notice")
    driver.page.bring_into_view(driver.find("clause.table"))
    driver.find("clause.table").selectRow(0)  # type: ignore[attr-defined]
    driver.click("clause.edit")
    driver.click("clause.offer.drop")
    driver.click("clause.save")
    assert not driver.shows("compose.ghosts")
    driver.click("compose.submit")
    assert driver.file.beside.terms[0].offer is None


def test_text_changed_by_hand_is_told_and_taken_back(driver: Driver) -> None:
    driver.click("clause.add")
    driver.write("clause.amount", "800")
    composed = words(driver, "clause.text")
    driver.write("clause.text", composed.replace("支付款项", "赔偿"))
    assert "“支付款项”改为“赔偿”" in words(driver, "clause.change")
    driver.write("clause.amount", "850")
    assert "赔偿" in words(driver, "clause.text"), "what somebody wrote is not written over"
    driver.click("clause.rewrite")
    assert "人民币850.00元" in words(driver, "clause.text")
    assert not driver.shows("clause.change")


def test_a_pattern_fills_what_it_knows_and_its_blanks_are_refused(driver: Driver) -> None:
    driver.click("clause.add")
    driver.choose("clause.entry", "逾期则减免失效")
    assert "贾讲理未按期足额支付的，甄有理在本协议中的减免" in words(driver, "clause.text")
    driver.choose("clause.entry", "修理、检修")
    assert "＿＿（部位）" in words(driver, "clause.text")
    driver.click("clause.save")
    assert driver.shows("checklist.blank/1")
    driver.click("compose.submit")
    assert driver.file.agreement is None
    assert "还有空没有填" in words(driver, "compose.notice")


def test_a_look_is_ticked_and_the_name_kept(driver: Driver) -> None:
    driver.click("clause.add")
    driver.choose("clause.kind", "行为")
    driver.write("clause.what", "双方尽快清理水沟")
    driver.click("clause.save")
    driver.click("compose.submit")
    assert driver.file.agreement is None, "nobody has looked"
    driver.click("checklist.tick.unclear/1")
    driver.click("compose.submit")
    assert [one.code for one in driver.file.beside.looked] == ["unclear/1"]


def test_shares_penalty_set_off_and_articles_reach_text_and_term(driver: Driver) -> None:
    driver.click("clause.add")
    driver.write("clause.amount", "1000.00")
    driver.click("clause.more")
    driver.write("clause.penalty", "2")
    driver.choose("clause.set_off", "请求：修墙费")
    driver.write("clause.set_off_amount", "100")
    driver.write("clause.law", "人民调解法 33")
    driver.page.findChild(QWidget, "clause.law").parent()._ask()  # type: ignore[union-attr]  # the pause is over
    driver.settle()
    table = driver.find("clause.law.found")
    table.chosen.emit(table.current())  # type: ignore[attr-defined]
    driver.settle()
    text = words(driver, "clause.text")
    assert "应付甄有理款项人民币1,100.00元，与甄有理应付贾讲理的人民币100.00元抵销后" in text
    assert "每日万分之二支付违约金（《人民调解法》第三十三条）。" in text
    driver.click("clause.save")
    driver.click("compose.submit")
    [term] = driver.file.beside.terms
    assert isinstance(term, Term)
    assert (term.penalty, term.set_off, term.set_off_amount) == (Decimal("2.00"), "Q1", Decimal("100.00"))
    assert term.articles == ("《人民调解法》第三十三条",)


def test_more_than_was_asked_for_is_told_and_not_refused(driver: Driver) -> None:
    driver.click("clause.add")
    driver.write("clause.amount", "1200")
    driver.click("clause.save")
    assert "请求合计 1,000.00 元，多 200.00 元" in words(driver, "compose.total")
    driver.click("compose.submit")
    assert driver.file.agreement is not None


def test_words_of_a_draft_come_back_whole() -> None:
    draft = numbered((Drafted(CLAUSES[0], TERM), Drafted(CLAUSES[1], Term(clause=2))))
    assert from_words(json.loads(json.dumps(to_words(draft)))) == draft
    old = [{name: word for name, word in entry.items() if name != "term"} for entry in to_words(draft)]
    assert [one.clause for one in from_words(old)] == [one.clause for one in draft]
    assert all(one.term.edited for one in from_words(old)), "words kept before there were terms"
    assert from_words([{"kind": "支付"}, 7, *to_words(draft[:1])]) == draft[:1]


def test_a_set_off_follows_its_clause_when_clauses_move() -> None:
    first = Drafted(CLAUSES[0], Term(clause=1))
    second = Drafted(replace(CLAUSES[0], no=2), Term(clause=2, set_off="1", set_off_amount=Decimal(5)))
    up, down = moved((first, second), 1, -1)
    assert (up.term.clause, up.term.set_off) == (1, "2")
    assert down.term.clause == 2


def test_every_editor_of_a_clause_can_be_reached_by_tab(driver: Driver) -> None:
    driver.click("clause.add")
    driver.click("clause.more")
    for name in (
        "clause.entry",
        "clause.place",
        "clause.penalty",
        "clause.law",
        "clause.articles",
        "clause.text",
    ):
        widget = driver.find(name)
        assert widget.focusPolicy(), name
        assert widget.accessibleName(), name
    assert isinstance(driver.find("clause.entry"), QComboBox)


def test_monthly_payments_make_up_the_sum_and_the_last_day(driver: Driver, services: Services) -> None:
    driver.click("offer.1.take")
    driver.click("clause.more")
    later = services.cases.local_today + timedelta(days=40)
    for name, text in (
        ("monthly", "450"),
        ("first_month", f"{later:%Y-%m}"),
        ("months", "3"),
        ("pay_day", "10"),
    ):
        driver.write(f"clause.{name}", text)
    assert words(driver, "clause.amount").replace(",", "") == "1350.00"
    assert "每月450.00元" in words(driver, "clause.text")
    assert "共3个月" in words(driver, "clause.text")
    driver.click("clause.save")
    driver.click("compose.submit")
    [monthly] = driver.file.recurring
    assert (monthly.monthly, monthly.months, monthly.pay_day) == (Decimal("450.00"), 3, 10)
    assert driver.file.agreement is not None
    assert driver.file.agreement.clauses[0].due_on == max(due_days(monthly).values())
