"""The record of a session with a board: composed, edited, read back, frozen, added to; private talk stays private."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from mediation_desk.app import Desk as Services
from mediation_desk.cases.minutes.service import MinutesService
from mediation_desk.hearings.board.notes import NoteKind, Wall
from mediation_desk.hearings.model import SessionMode, SessionResult
from tests.gui.board_case import SECRET, line, planned, with_board
from tests.gui.case_page_driver import Driver
from ui.main_window import MainWindow


@pytest.fixture
def driver(window: MainWindow, services: Services) -> Driver:
    return Driver(window, with_board(services).case_key, "sessions")


def text(driver: Driver) -> str:
    editor = driver.find("record.record")
    assert isinstance(editor, QPlainTextEdit)
    return editor.toPlainText()


def words(driver: Driver, name: str) -> str:
    return str(driver.find(name).property("text"))


def kept(driver: Driver) -> None:
    """The pause in typing after which the words are stored."""
    QTest.qWait(900)
    driver.settle()


def read_back(driver: Driver) -> None:
    driver.click("record.read")
    for ref in ("A1", "B1"):
        driver.click(f"record.agrees.{ref}")


def test_the_record_is_composed_from_the_board(driver: Driver) -> None:
    assert "墙皮都泡坏了" in text(driver)
    assert "贾讲理提出方案：院墙由我来修。各方接受。" in text(driver)
    assert SECRET not in text(driver)
    assert words(driver, "record.invited") == "王大妈"
    assert driver.find("record.result").property("currentText") == SessionResult.AGREED.value
    assert words(driver, "record.submit").strip() == "定稿"
    assert not driver.shows("record.rights")


def test_without_a_board_it_is_typed_as_before(window: MainWindow, services: Services) -> None:
    driver = Driver(window, planned(services).case_key, "sessions")
    assert text(driver) == ""
    assert words(driver, "record.submit").strip() == "存为记录"
    assert driver.shows("record.rights")
    assert not driver.shows("record.read")


def test_edits_are_kept_shown_and_survive_what_comes_later(driver: Driver, services: Services) -> None:
    driver.write("record.record", text(driver).replace("墙皮都泡坏了", "墙皮全部泡坏"))
    kept(driver)
    assert "改了1处" in words(driver, "record.state")
    services.boards.write(services.actor, driver.file.case_key, line("z", "后来又下了一场雨"))
    driver.page.read_again()
    driver.settle()
    assert "又有新的内容" in words(driver, "record.state")
    driver.click("record.take_in")
    assert "后来又下了一场雨" in text(driver)
    assert "墙皮全部泡坏" in text(driver)
    assert not driver.shows("record.take_in")
    driver.click("record.changes")
    assert driver.shows("record.differences")


def test_who_comes_later_and_what_is_accepted_later_follows(driver: Driver, services: Services) -> None:
    driver.write("record.record", text(driver) + "\n又及。")
    key, boards = driver.file.case_key, services.boards
    asked = boards.write(services.actor, key, line("y", "另外赔一千", kind=NoteKind.OFFER))
    assert asked.no
    boards.attend(services.actor, key, 1, "B1", "")
    boards.attend(services.actor, key, 1, "A1", "远程视频")
    driver.page.read_again()
    driver.settle()
    assert driver.find("record.how.B1").property("currentText") == "未到场"
    assert driver.find("record.how.A1").property("currentText") == "远程视频"
    assert driver.find("record.result").property("currentText") == SessionResult.PARTLY.value
    driver.choose("record.result", "调解不成")
    boards.accept(services.actor, key, asked.no, ("B1",), services.cases.local_today)
    driver.page.read_again()
    driver.settle()
    assert driver.find("record.result").property("currentText") == "调解不成", "chosen by hand"


def test_words_of_a_colleague_come_in_while_one_types(
    driver: Driver, services: Services, window: MainWindow
) -> None:
    minutes: MinutesService = services.minutes
    found = minutes.minutes(services.actor, driver.file.case_key, 1)
    assert found is not None
    driver.write("record.record", text(driver) + "\n我这边补的一句。")
    theirs = found.working.text.replace("照片五张", "照片六张")
    minutes.save(services.actor, driver.file.case_key, found.working, theirs)
    driver.page.read_again()
    driver.settle()
    kept(driver)
    assert "照片六张" in text(driver)
    assert "我这边补的一句。" in text(driver)
    stored = minutes.minutes(services.actor, driver.file.case_key, 1)
    assert stored is not None
    assert stored.working.text == text(driver).strip()


def test_from_the_board_to_the_frozen_record_by_hand(driver: Driver) -> None:
    driver.click("record.submit")
    assert "还没有宣读" in words(driver, "record.notice")
    read_back(driver)
    driver.click("record.submit")
    (session,) = driver.file.sessions
    assert session.held
    assert "甄有理、贾讲理核对无误。" in session.record
    assert session.private_notes == ()
    assert not driver.shows("record.form")


def test_a_change_after_the_reading_takes_the_answers_back(driver: Driver) -> None:
    read_back(driver)
    driver.write("record.record", text(driver) + "\n又及。")
    kept(driver)
    assert "请再读一遍" in words(driver, "record.read_state")
    assert not driver.find("record.agrees.A1").isEnabled()
    driver.click("record.submit")
    assert "再读一遍" in words(driver, "record.notice")
    assert not driver.file.sessions[0].held


def test_an_objection_needs_its_words(driver: Driver) -> None:
    driver.click("record.read")
    driver.click("record.objects.B1")
    assert "什么异议" in words(driver, "record.notice")
    driver.write("record.remark.B1", "水不是我家的")
    driver.click("record.objects.B1")
    driver.click("record.agrees.A1")
    driver.click("record.submit")
    assert "贾讲理有异议：水不是我家的。" in driver.file.sessions[0].record


def test_an_opening_not_done_is_told_before_and_stops_the_record(
    window: MainWindow, services: Services
) -> None:
    driver = Driver(window, with_board(services, opened=False).case_key, "sessions")
    assert "LR-16" in words(driver, "record.missing")
    assert "LR-17" in words(driver, "record.missing")
    read_back(driver)
    driver.click("record.submit")
    assert "LR-17" in words(driver, "record.notice")
    assert not driver.file.sessions[0].held


def test_talk_copied_into_the_record_is_refused_without_repeating_it(driver: Driver) -> None:
    driver.write("record.record", f"{text(driver)}\n甄有理说{SECRET}。")
    driver.click("record.read")
    notice = words(driver, "record.notice")
    assert "LR-22" in notice
    assert SECRET not in notice


def test_talks_of_a_caucus_stand_apart_and_cannot_be_copied(window: MainWindow, services: Services) -> None:
    file = with_board(services, mode=SessionMode.CAUCUS)
    talk = line("t", "愿意当面道歉的", speaker="B1", wall=Wall.SIDE, side="B1")
    services.boards.write(services.actor, file.case_key, talk)
    driver = Driver(window, file.case_key, "sessions")
    read_back(driver)
    driver.click("record.submit")
    (session,) = driver.file.sessions
    assert {note.text for note in session.private_notes} == {SECRET, "愿意当面道歉的"}
    shown = [
        label for label in driver.page.findChildren(QWidget) if SECRET in str(label.property("text") or "")
    ]
    assert shown
    QApplication.clipboard().setText("别的")
    for label in shown:
        QTest.mouseDClick(label, Qt.MouseButton.LeftButton)
        QTest.keySequence(label, QKeySequence("Ctrl+A"))
        QTest.keySequence(label, QKeySequence("Ctrl+C"))
        assert not label.property("hasSelectedText")
        assert label.toolTip() == ""
        QApplication.sendEvent(label, QEvent(QEvent.Type.ToolTip))
    assert QApplication.clipboard().text() == "别的"


def test_later_facts_are_added_behind_the_record(driver: Driver) -> None:
    read_back(driver)
    driver.click("record.submit")
    record = driver.file.sessions[0].record
    driver.click("session.1.add")
    driver.write("addition.text", "会后补交照片两张。")
    driver.click("addition.submit")
    assert driver.file.sessions[0].record == record
    (added,) = driver.file.beside.additions
    assert added.text == "会后补交照片两张。"
    assert any("会后补交照片两张" in str(one.property("text")) for one in driver.page.findChildren(QWidget))


def test_the_keyboard_alone_reads_back_and_freezes(driver: Driver) -> None:
    for name in ("record.read", "record.agrees.A1", "record.agrees.B1"):
        driver.find(name).setFocus()
        driver.key(Qt.Key.Key_Space)
    assert driver.focus_name() == "record.agrees.B1"
    driver.find("record.submit").setFocus()
    driver.key(Qt.Key.Key_Space)
    assert driver.file.sessions[0].held
