"""Choosing on the case page, by mouse and keys: unseen by each other, stored at once, explained in place."""

from __future__ import annotations

import dataclasses
from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.app import Desk as Services
from mediation_desk.cases.lifecycle import State, state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.choosing import Designate
from mediation_desk.cases.steps.hearing import PlanSession
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.experts.mediator import Leave, Mediator, Standing, Tie, TieKind
from mediation_desk.experts.model import Employment, MediatorCard, Recusal, RecusalResult
from mediation_desk.parties.model import Gender
from mediation_desk.shared.track import Track
from tests.gui.case_page_driver import Driver, register
from ui.app import open_window
from ui.main_window import MainWindow
from ui.screens.case_page.screen import CasePage
from ui.window.pin_form import PinDialog

ALL_TRACKS = (Track.PEOPLES, Track.ADMINISTRATIVE, Track.JUDICIAL)


def mediator(number: str, name: str, *fields: str, **changes: object) -> Mediator:
    """Somebody fit for this quarrel, unless ``fields`` or ``changes`` say otherwise."""
    card = MediatorCard(
        pool_no=number,
        name=name,
        gender=Gender.FEMALE,
        organisation="清平区人民调解委员会",
        employment=Employment.FULL_TIME,
        specialties=fields or ("邻里",),
    )
    return dataclasses.replace(Mediator(card=card, tracks=ALL_TRACKS), **changes)  # type: ignore[arg-type]


def fill(services: Services) -> None:
    """Four who may be shown, two who may not, one of another field."""
    today = services.cases.local_today
    pool = (
        mediator("M01", "钱和"),
        mediator("M02", "孙顺"),
        mediator("M03", "李平"),
        mediator("M04", "周安"),
        mediator("M05", "吴停", standing=Standing.SUSPENDED),
        mediator("M06", "郑休", leaves=(Leave(from_on=today, to=today, reason="事假"),)),
        mediator("M07", "冯医", "医疗"),
    )
    with services.storage.write() as work:
        work.pool.add(pool)


def accepted(services: Services, *, third: bool = False, track: Track = Track.PEOPLES) -> str:
    """The key of a case that waits for its mediator."""
    file = register(services, third=third, track=track)
    services.cases.perform(services.actor, file.case_key, Accept(on=services.cases.local_today))
    return file.case_key


def change(services: Services, pool_no: str, **changes: object) -> None:
    """Change a record of the pool behind the back of whoever is choosing."""
    with services.storage.write() as work:
        before = work.pool.mediator(pool_no)
        assert before is not None
        work.pool.save(before, dataclasses.replace(before, **changes))  # type: ignore[arg-type]  # any field


@pytest.fixture
def pool(services: Services) -> Services:
    fill(services)
    return services


@pytest.fixture
def driver(window: MainWindow, pool: Services) -> Driver:
    return Driver(window, accepted(pool, third=True), "choice")


def words(page: QWidget) -> list[str]:
    """Every text anywhere in the page, shown or not, as eyes and screen readers find it."""
    found = [label.text() for label in page.findChildren(QLabel)]
    found += [button.text() for button in page.findChildren(QAbstractButton)]
    found += [widget.accessibleName() for widget in page.findChildren(QWidget)]
    found += [widget.toolTip() for widget in page.findChildren(QWidget)]
    return found


def mark_texts(page: QWidget) -> list[str]:
    """Texts that only a mark leaves behind."""
    return [text for text in words(page) if text.startswith("第 ") or "列为第" in text or "已划去" in text]


def text_of(driver: Driver, name: str) -> str:
    widget = driver.find(name)
    assert isinstance(widget, QLabel | QAbstractButton)
    return widget.text()


def shown_texts(driver: Driver) -> str:
    return "\n".join(label.text() for label in driver.page.findChildren(QLabel) if label.isVisible())


def built_anew(driver: Driver, qtbot: QtBot) -> Driver:
    """The same case on a page that has never been used."""
    fresh = CasePage(driver.window.context)
    fresh.open(f"{driver.file.case_key}#choice")
    qtbot.addWidget(fresh)
    fresh.resize(1000, 800)
    fresh.show()
    driver.window.context.desk.committed.connect(fresh.notice)
    fresh.bring_up_to_date()
    driver.page = fresh
    driver.settle()
    return driver


def seal(driver: Driver, party: str, *ranks: str, strikes: tuple[str, ...] = ()) -> None:
    """One party's turn, by mouse."""
    for pool_no in ranks:
        driver.click(f"choice.rank.{party}.{pool_no}")
    for pool_no in strikes:
        driver.click(f"choice.strike.{party}.{pool_no}")
    driver.click("choice.ready")


def presiding(driver: Driver) -> str:
    """Pool number of who presides, "" for nobody."""
    found = driver.file.presiding
    return found.pool_no if found is not None else ""


def recusals(driver: Driver) -> list[Recusal]:
    return list(driver.file.recusals)


def sessions(driver: Driver) -> int:
    return len(driver.file.sessions)


def designated(services: Services, key: str, pool_no: str) -> CaseFile:
    today = services.cases.local_today
    named = Designate(on=today, presiding=pool_no, disclosure="无利害关系")
    return services.cases.perform(services.actor, key, named)


def test_the_list_gives_reasons_for_and_against(driver: Driver) -> None:
    assert "擅长邻里；没有在办案件" in shown_texts(driver)
    driver.click("choice.why_not")
    assert "暂停承办" in shown_texts(driver)
    assert "请假" in shown_texts(driver)
    assert "另有 1 人擅长的是别的领域" in shown_texts(driver)
    assert "冯医" not in shown_texts(driver)
    driver.write("choice.why_not.search", "冯医")
    assert "擅长医疗，与本案的类型不符" in shown_texts(driver)
    driver.click("opening.rule")
    assert "互相看不到" in shown_texts(driver)


def test_three_parties_mark_unseen_by_each_other(driver: Driver, qtbot: QtBot) -> None:
    driver.click("opening.submit")
    seal(driver, "A1", "M02", "M01", strikes=("M03",))
    assert mark_texts(driver.page) == []
    assert driver.shows("choice.rank.B1.M02")
    assert "已选" in text_of(driver, "choice.party.A1")
    driver.click("choice.party.A1")
    assert mark_texts(driver.page) == []
    assert not driver.shows("choice.ready")
    driver.click("choice.party.B1")
    driver.click("choice.rank.B1.M04")
    driver.click("choice.party.C1")
    assert mark_texts(driver.page) == []
    built_anew(driver, qtbot)
    assert mark_texts(driver.page) == ["第 1", "周安列为第1"], "B1 is in turn again and finds its own mark"
    assert not driver.shows("choice.overlap")


def test_what_was_marked_is_there_again_and_counts(driver: Driver, pool: Services, qtbot: QtBot) -> None:
    driver.click("opening.submit")
    driver.click("choice.rank.A1.M03")
    driver.click("choice.rank.A1.M01")
    driver.click("choice.strike.A1.M04")
    again = built_anew(driver, qtbot)
    assert text_of(again, "choice.rank.A1.M03") == "第 1"
    assert text_of(again, "choice.rank.A1.M01") == "第 2"
    assert text_of(again, "choice.strike.A1.M04") == "已划去"
    driver.click("choice.ready")
    seal(driver, "B1", "M01", "M03")
    seal(driver, "C1", "M01")
    assert "选定" in shown_texts(driver)
    assert "A1" not in shown_texts(driver)
    assert "M01" not in shown_texts(driver)
    driver.click("choice.submit")
    assert presiding(driver) == "M01"
    (ballot,) = pool.choosing.ballots(pool.actor, driver.file.case_key)
    assert ballot.strikes["A1"] == ("M04",)


def test_keys_rank_strike_clear_and_move(driver: Driver, pool: Services) -> None:
    driver.page.go("choice", "marks")
    driver.settle()
    driver.key(Qt.Key.Key_Return)
    assert driver.focus_name() == "choice.rank.A1.M01"
    driver.key(Qt.Key.Key_1)
    driver.key(Qt.Key.Key_Down)
    driver.key(Qt.Key.Key_1)
    driver.key(Qt.Key.Key_Down)
    driver.key(Qt.Key.Key_X)
    driver.key(Qt.Key.Key_Right)
    assert driver.focus_name() == "choice.strike.A1.M03"
    driver.key(Qt.Key.Key_Down)
    driver.key(Qt.Key.Key_Delete)
    driver.key(Qt.Key.Key_0)
    mark = pool.choosing.ballot_paper(pool.actor, driver.file.case_key, "A1").mark
    assert mark is not None
    assert (mark.ranks, mark.strikes, mark.sealed) == (("M02", "M01"), ("M03",), False)
    driver.go_on()
    assert driver.focus_name() == "choice.rank.B1.M01"


def test_an_empty_sheet_is_handed_in_only_after_a_question(driver: Driver, pool: Services) -> None:
    driver.click("opening.submit")
    driver.click("choice.ready")
    assert "甄有理一位也没有排名次" in shown_texts(driver)
    assert driver.shows("choice.rank.A1.M01")
    driver.click("choice.nobody")
    assert driver.shows("choice.rank.B1.M01")
    (ballot,) = pool.choosing.ballots(pool.actor, driver.file.case_key)
    assert ballot.silent(("A1", "B1", "C1")) == ("B1", "C1")


def test_a_save_that_fails_is_told_and_the_marks_stay(driver: Driver, pool: Services) -> None:
    driver.click("opening.submit")
    driver.click("choice.rank.A1.M01")
    pool.choosing.end_round(pool.actor, driver.file.case_key, "另一个窗口中止")
    driver.click("choice.rank.A1.M02")
    assert "标记还留在屏幕上" in text_of(driver, "choice.notice")
    assert text_of(driver, "choice.rank.A1.M02") == "第 2"


def test_going_to_the_public_window_takes_the_sheet_off_this_screen(driver: Driver) -> None:
    driver.click("opening.submit")
    driver.click("choice.rank.A1.M02")
    driver.click("choice.window")
    assert mark_texts(driver.page) == []
    asked = [one for one in QApplication.topLevelWidgets() if isinstance(one, PinDialog) and one.isVisible()]
    assert len(asked) == 1, "without a PIN the staff sets one first"
    asked[0].reject()
    driver.settle()
    driver.click("choice.party.A1")
    assert text_of(driver, "choice.rank.A1.M02") == "第 1"


def test_rapid_taps_are_all_stored_without_waiting(qapp: QApplication, pool: Services, qtbot: QtBot) -> None:
    """On real workers: the newest marks win, whatever was under way."""
    window = open_window(qapp, pool)
    qtbot.addWidget(window)
    window.show()
    key = accepted(pool)
    pool.choosing.open_round(pool.actor, key)
    window.open_case(key, "choice")
    page = window.screen_in_front()
    assert page is not None

    def enabled() -> QWidget | None:
        found = page.findChild(QWidget, "choice.rank.A1.M01")
        return found if isinstance(found, QWidget) and found.isEnabled() else None

    qtbot.waitUntil(lambda: enabled() is not None, timeout=10_000)
    for number in ("M01", "M02", "M03", "M04"):
        for _tap in range(3):
            button = page.findChild(QWidget, f"choice.rank.A1.{number}")
            assert isinstance(button, QWidget)
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.context.desk.idle, timeout=10_000)
    mark = pool.choosing.ballot_paper(pool.actor, key, "A1").mark
    assert mark is not None
    assert mark.ranks == ("M01", "M02", "M03", "M04")
    window.close()


def test_without_a_common_name_the_second_round_has_a_smaller_list(driver: Driver) -> None:
    driver.click("opening.submit")
    seal(driver, "A1", "M01", strikes=("M02",))
    seal(driver, "B1", "M02")
    seal(driver, "C1", "M01")
    assert text_of(driver, "choice.submit") == "进入第二轮"
    assert not driver.shows("choice.disclosure")
    driver.click("choice.submit")
    assert driver.shows("choice.rank.A1.M01")
    assert not driver.shows("choice.rank.A1.M02")
    assert "孙顺被甄有理划去" in shown_texts(driver)
    assert state_of(driver.file) is State.SELECTING


def test_who_may_not_serve_any_more_is_named_with_the_reason(driver: Driver, pool: Services) -> None:
    driver.click("opening.submit")
    for party in ("A1", "B1"):
        seal(driver, party, "M02", "M01")
    change(pool, "M02", standing=Standing.SUSPENDED, standing_reason="投诉核查")
    seal(driver, "C1", "M02", "M01")
    assert "不能再任本案调解员的：孙顺：暂停承办，投诉核查" in shown_texts(driver)
    driver.click("choice.submit")
    assert presiding(driver) == "M01"


def test_a_round_is_broken_off_with_a_reason_and_tells_nobodys_marks(driver: Driver) -> None:
    driver.click("opening.submit")
    seal(driver, "A1", "M02")
    driver.click("choice.end_round")
    driver.click("endround.submit")
    assert "请填写原因。" in shown_texts(driver)
    driver.write("endround.reason", "改日再选")
    driver.click("endround.submit")
    assert "中止：改日再选" in shown_texts(driver)
    assert driver.shows("opening.submit")
    assert mark_texts(driver.page) == []
    assert not [name for name in words(driver.page) if name == "各方的选择"]


def test_a_refused_designation_goes_on_except_on_the_court_roster(window: MainWindow, pool: Services) -> None:
    driver = Driver(window, accepted(pool), "choice")
    driver.click("choice.designate")
    driver.choose("designate.presiding", "吴停（在办 0 件）")
    assert "暂停承办" in text_of(driver, "designate.about")
    driver.click("designate.submit")
    assert "吴停现在不能任本案调解员" in text_of(driver, "designate.notice")
    driver.choose("designate.presiding", "李平（在办 0 件）")
    driver.choose("designate.answer.A1", "接受")
    driver.choose("designate.answer.B1", "不接受")
    driver.click("designate.submit")
    assert presiding(driver) == ""
    driver.click("choice.designate")
    driver.choose("designate.presiding", "周安（在办 0 件）")
    for party in ("A1", "B1"):
        driver.choose(f"designate.answer.{party}", "接受")
    driver.click("designate.submit")
    assert driver.file.presiding is not None
    assert driver.file.presiding.selected_by == ("A1", "B1")


def test_on_the_court_roster_a_refusal_means_no_consent(window: MainWindow, pool: Services) -> None:
    driver = Driver(window, accepted(pool, track=Track.JUDICIAL), "choice")
    driver.click("choice.designate")
    driver.choose("designate.presiding", "李平（在办 0 件）")
    assert "视为不同意调解" in text_of(driver, "designate.consequence")
    driver.choose("designate.answer.B1", "不接受")
    driver.click("designate.submit")
    assert "请以“拒绝调解”结束本案" in shown_texts(driver)
    assert not driver.shows("opening.submit")
    assert not driver.shows("choice.designate")
    driver.click("choice.end_case")
    assert driver.shows("end.form")


def test_a_conflict_found_later_is_told_until_all_parties_keep_the_mediator(
    window: MainWindow, pool: Services
) -> None:
    key = accepted(pool)
    designated(pool, key, "M01")
    change(pool, "M01", ties=(Tie(kind=TieKind.KIN, name="贾讲理", relation="表弟"),))
    driver = Driver(window, key, "overview")
    assert "表弟" in text_of(driver, "case.alert")
    driver.click("case.alert.act")
    assert driver.shows("choice.alert")
    driver.click("disclosure.M01.alter")
    driver.click("disclose.M01.insert.0")
    driver.click("disclose.M01.submit")
    assert "亲属关系" in (driver.file.presiding.disclosure if driver.file.presiding else "")
    for party in ("A1", "B1"):
        driver.click(f"disclosure.M01.accept.{party}")
    assert not driver.shows("choice.alert")
    assert not driver.shows("case.alert")


def test_an_objection_leads_to_another_choice(window: MainWindow, pool: Services) -> None:
    key = accepted(pool)
    designated(pool, key, "M01")
    driver = Driver(window, key, "choice")
    driver.click("disclosure.M01.object.B1")
    assert "钱和就不再任本案调解员，由各方另选" in shown_texts(driver)
    driver.click("object.M01.submit")
    assert recusals(driver) == [], "an objection without a reason is not kept"
    driver.write("object.M01.detail", "与对方是同学")
    driver.click("object.M01.submit")
    assert presiding(driver) == ""
    assert recusals(driver)[0].result is RecusalResult.GRANTED
    assert "钱和不再任本案调解员，请各方另选" in shown_texts(driver)
    driver.click("opening.submit")
    assert not driver.shows("choice.rank.A1.M01")
    seal(driver, "A1", "M02")
    seal(driver, "B1", "M02")
    driver.click("choice.submit")
    assert recusals(driver)[0].replaced_by == "M02"
    assert "贾讲理申请钱和回避" in shown_texts(driver)


@pytest.mark.parametrize(("word", "stays"), [("准许", False), ("驳回", True)])
def test_where_a_ruling_is_needed_the_objection_waits_for_it(
    window: MainWindow, pool: Services, word: str, stays: bool
) -> None:
    key = accepted(pool, track=Track.ADMINISTRATIVE)
    designated(pool, key, "M01")
    driver = Driver(window, key, "choice")
    driver.click("disclosure.M01.object.A1")
    driver.write("object.M01.detail", "曾有过节")
    driver.click("object.M01.submit")
    assert driver.file.presiding is not None
    assert "等待决定" in shown_texts(driver)
    driver.choose("ruling.M01.result", word)
    driver.click("ruling.M01.submit")
    assert bool(presiding(driver)) is stays
    assert recusals(driver)[0].decided_by == "行政机关"


@pytest.fixture
def busy(pool: Services) -> str:
    """The key of a case whose mediator sits in another case today at half past nine."""
    day = pool.cases.local_today
    key, other = accepted(pool), accepted(pool)
    for one in (key, other):
        designated(pool, one, "M01")
    pool.cases.perform(pool.actor, other, PlanSession(date=day, start=time(9, 30), place="一室"))
    return key


def test_a_double_booking_needs_a_reason_on_record(window: MainWindow, pool: Services, busy: str) -> None:
    driver = Driver(window, busy, "sessions")
    driver.write("session.start", "10:00")
    driver.click("session.submit")
    assert "调解员钱和" in text_of(driver, "session.booked")
    assert sessions(driver) == 0
    assert text_of(driver, "session.submit") == "仍按此安排"
    driver.click("session.submit")
    assert sessions(driver) == 0, "without a reason nothing overlaps"
    driver.write("session.override_reason", "各方同意先后进行")
    driver.click("session.submit")
    assert sessions(driver) == 1
    assert any("各方同意先后进行" in one.sentence for one in driver.page.view.history)


def test_another_time_takes_the_double_booking_away(window: MainWindow, busy: str) -> None:
    driver = Driver(window, busy, "sessions")
    driver.write("session.start", "10:00")
    driver.click("session.submit")
    driver.write("session.start", "15:00")
    assert not driver.shows("session.override_reason")
    driver.click("session.submit")
    assert sessions(driver) == 1
