"""The session board at the keyboard: a line always ready, marks that say who and what, nothing that takes the focus."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QMimeData, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from mediation_desk.app import Desk as Services
from mediation_desk.cases.steps.hearing import RecordSession
from mediation_desk.hearings.board.notes import NoteKind, Terms, Wall
from mediation_desk.hearings.model import Attendance, SessionResult
from tests.gui.board_driver import BoardDriver, at_table
from tests.gui.case_page_driver import Driver
from tests.gui.typing import type_words
from ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def board(window: MainWindow, services: Services) -> BoardDriver:
    return BoardDriver(window, at_table(services, third=True))


def test_the_board_is_opened_from_the_planned_session(window: MainWindow, services: Services) -> None:
    driver = Driver(window, at_table(services).case_key, "sessions")
    driver.click("sessions.board")
    front = window.screen_in_front()
    assert front is not None
    assert front.code == "board"
    assert QApplication.focusWidget() is front.first


def test_a_talk_is_written_by_keyboard_alone(board: BoardDriver) -> None:
    board.say(
        "@甄 ##谁来修墙",
        "#1 墙是他的水泡坏的",
        "@jjl =水是从我家院子流过去的",
        "-我愿意出一半",
        "?@甄 要多少",
    )
    notes = board.stored()
    assert [(one.speaker, one.kind, one.issue, one.text) for one in notes] == [
        ("A1", NoteKind.ISSUE, None, "谁来修墙"),
        ("A1", NoteKind.STATEMENT, 1, "墙是他的水泡坏的"),
        ("B1", NoteKind.FACT, 1, "水是从我家院子流过去的"),
        ("B1", NoteKind.CONCESSION, 1, "我愿意出一半"),
        ("A1", NoteKind.QUESTION, 1, "要多少"),
    ]
    assert board.focus_name() == "board.line"
    assert board.screen.composer.raw() == ""


def test_an_offer_with_sum_and_day_stands_under_its_issue_with_whose_yes_is_missing(
    board: BoardDriver,
) -> None:
    board.say("@甄 ##修墙的钱", "#1 !1000 +7", "@贾 !800 +9 分两次")
    first, second = board.stored()[1:]
    assert first.terms is not None
    assert first.terms == Terms(
        payer="B1",
        payee="A1",
        amount=Decimal("1000.00"),
        due_on=first.at.astimezone().date() + timedelta(days=7),
    )
    assert (second.answers, second.text) == (first.no, "分两次")
    rows = [row.spoken for row in board.screen.issues.entries.rows()]
    assert "甄有理提出" in rows[1]
    assert "已被还价" in rows[1]
    assert "贾讲理还价" in rows[2]
    assert "等甄有理答复" in rows[2]


def test_a_private_line_is_amber_locked_and_out_of_the_record(board: BoardDriver) -> None:
    board.say("@甄 墙泡坏了", "~MARK底线六百")
    joint, private = board.stored()
    assert (private.wall, private.side) == (Wall.SIDE, "A1")
    face = board.screen.notes.lines.face(1)
    assert face is not None
    assert face.private
    assert "不公开，单方谈话：甄有理" in board.row(1)
    assert "各方可见" in board.row(0)
    board.screen.side.show_page("record")
    board.screen.side._write_record()  # the timer waits for a pause
    record = board.screen.side.record.toPlainText()
    assert joint.text in record
    assert "MARK" not in record


def test_private_words_reach_neither_clipboard_nor_drag(board: BoardDriver) -> None:
    type_words("~@甄 MARK底线")
    editor = board.screen.composer.editor
    editor.selectAll()
    QApplication.clipboard().setText("before")
    editor.copy()
    assert "MARK" not in QApplication.clipboard().text()
    board.key_press(Qt.Key.Key_Return)
    model = board.screen.notes.lines
    dragged: QMimeData = model.mimeData([model.index(0, 0)])
    assert not dragged.hasText()
    assert all(b"MARK" not in bytes(dragged.data(kind).data()) for kind in dragged.formats())


def test_a_private_talk_goes_on_until_it_is_ended(board: BoardDriver) -> None:
    board.key_press(Qt.Key.Key_T, CTRL)
    board.say("我最低要六百", "@贾 我在不在场")
    assert "LR-22" in board.said()
    board.screen.composer.editor.set_value("")
    board.key_press(Qt.Key.Key_T, CTRL)
    board.say("@贾 我最多出九百")
    board.key_press(Qt.Key.Key_T, CTRL)
    board.key_press(Qt.Key.Key_T, CTRL)
    board.say("大家都在")
    assert [(one.wall, one.side) for one in board.stored()] == [
        (Wall.SIDE, "A1"),
        (Wall.SIDE, "B1"),
        (Wall.JOINT, None),
    ]


def test_the_last_line_is_changed_with_the_up_key_and_let_go_with_escape(board: BoardDriver) -> None:
    board.say("@贾 !800 +9 分两次")
    board.key_press(Qt.Key.Key_Up)
    editor = board.screen.composer.editor
    assert editor.toPlainText().startswith("!贾讲理>甄有理 800.00")
    board.key_press(Qt.Key.Key_Escape)
    assert editor.toPlainText() == ""
    board.key_press(Qt.Key.Key_Up)
    type_words("付清")
    board.key_press(Qt.Key.Key_Return)
    (note,) = board.stored()
    assert note.text == "分两次付清"
    assert note.terms is not None
    assert note.terms.amount == Decimal("800.00")


def test_what_was_being_typed_comes_back_after_a_change(board: BoardDriver) -> None:
    board.say("@贾 先说的")
    type_words("才写到一半")
    board.screen.notes.choose(0)
    board.key_press(Qt.Key.Key_F2)
    type_words("话")
    board.key_press(Qt.Key.Key_Return)
    assert board.stored()[0].text == "先说的话"
    assert board.screen.composer.raw() == "才写到一半"


def test_a_line_that_cannot_be_is_told_and_its_words_stay(board: BoardDriver) -> None:
    board.say("@赵 墙坏了")
    assert "没有找到发言人" in board.said()
    assert board.screen.composer.raw() == "@赵 墙坏了"
    assert board.stored() == ()


def test_names_and_phrases_are_offered_and_taken_with_the_arrow(board: BoardDriver) -> None:
    type_words("@jia")
    board.key_press(Qt.Key.Key_Down)
    board.key_press(Qt.Key.Key_Return)
    assert board.screen.composer.raw() == "@贾讲理 "
    type_words("%鉴定")
    board.key_press(Qt.Key.Key_Down)
    board.key_press(Qt.Key.Key_Return)
    board.key_press(Qt.Key.Key_Return)
    (note,) = board.stored()
    assert (note.speaker, note.kind) == ("B1", NoteKind.RISK)
    assert "鉴定费" in note.text


def test_a_click_on_a_line_or_a_chip_leaves_the_focus_in_the_line(board: BoardDriver) -> None:
    board.say("@贾 第一句", "第二句")
    index = board.screen.notes.lines.index(0, 0)
    place = board.screen.notes.visualRect(index).center()
    QTest.mouseClick(board.screen.notes.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert board.screen.notes.currentIndex().row() == 0
    assert board.focus_name() == "board.line"
    type_words("第三句")
    board.click("board.store")
    assert [one.text for one in board.stored()] == ["第一句", "第二句", "第三句"]
    assert board.focus_name() == "board.line"


def test_the_opening_is_ticked_in_the_order_of_the_script(board: BoardDriver, services: Services) -> None:
    board.key_press(Qt.Key.Key_M, CTRL)
    board.key_press(Qt.Key.Key_M, CTRL)
    opened = services.boards.board(services.actor, board.key, 1).opened
    assert [(one.code, one.answer) for one in opened] == [
        ("identities", "身份和代理权限已核对"),
        ("recusal", "各方均不要求更换"),
    ]
    assert board.focus_name() == "board.line"
    board.click("opening.identities")
    assert [one.code for one in services.boards.board(services.actor, board.key, 1).opened] == ["recusal"]


def test_who_is_there_is_noted_and_a_guest_can_speak_at_once(board: BoardDriver, services: Services) -> None:
    board.click("attendance.all")
    there = services.boards.board(services.actor, board.key, 1).present
    assert {one.ref: one.how for one in there} == {"A1": "到场", "B1": "到场", "C1": "到场"}
    name = board.find("attendance.name")
    name.setFocus()
    type_words("王科长")
    board.key_press(Qt.Key.Key_Return)
    board.screen.composer.editor.setFocus()
    board.say("@wkz 街道愿意帮忙修")
    assert board.stored()[0].speaker == "邀请:王科长"


def test_a_session_that_was_recorded_opens_for_reading_and_says_why(
    board: BoardDriver, services: Services
) -> None:
    board.say("@贾 第一句")
    record_elsewhere(services, board)
    board.screen.bring_up_to_date(force=True)
    board.settle()
    assert not board.screen.composer.isVisible()
    label = board.find("board.closed")
    assert "已经记录" in label.text()  # type: ignore[attr-defined]  # a label
    assert board.screen.notes.lines.rowCount() == 1


def test_words_refused_because_the_session_was_recorded_elsewhere_stay_in_sight(
    board: BoardDriver, services: Services
) -> None:
    record_elsewhere(services, board)
    board.say("@贾 晚了一步的话")
    assert board.screen.composer.raw() == "@贾 晚了一步的话"
    assert board.screen.composer.isVisible()
    assert "已经记录" in board.said()
    assert "已经记录" in board.find("board.closed").text()  # type: ignore[attr-defined]  # a label


def test_a_key_of_the_board_can_be_changed(window: MainWindow, services: Services) -> None:
    settings = QSettings(str(services.settings.folder / "desk.ini"), QSettings.Format.IniFormat)
    settings.setValue("keys/board.strike", "Ctrl+E")
    settings.sync()
    window.context.preferences._file.sync()  # read at start otherwise
    board = BoardDriver(window, at_table(services))
    board.say("@贾 一句话")
    board.key_press(Qt.Key.Key_D, CTRL)
    assert not board.screen.asking.isVisible()
    board.key_press(Qt.Key.Key_E, CTRL)
    assert board.screen.asking.isVisible()


def record_elsewhere(services: Services, board: BoardDriver) -> None:
    """Another desk records the session."""
    record = RecordSession(
        no=1,
        end=time(11),
        attendees=tuple(Attendance(ref=ref) for ref in ("A1", "B1", "C1")),
        rights_notice_given=True,
        record="谈过了。",
        result=SessionResult.TO_CONTINUE,
    )
    services.cases.perform(services.actor, board.key, record)


def test_a_private_issue_leaves_no_gap_in_the_numbers_of_the_record(board: BoardDriver) -> None:
    board.say("@甄 ##修墙", "~##MARK他欠的赌债", "##道歉")
    board.screen.side.show_page("record")
    board.screen.side._write_record()  # the timer waits for a pause
    assert board.screen.side.record.toPlainText() == "争议焦点1：修墙\n争议焦点2：道歉"


def test_speaker_kind_issue_and_wall_can_be_picked_by_mouse(board: BoardDriver) -> None:
    board.say("@甄 ##修墙")
    type_words("@甄 出八百")
    for chip, words in (
        ("board.who", "贾讲理"),
        ("board.kind", "让步"),
        ("board.on", "修墙"),
        ("board.wall", "单方谈话：贾讲理"),
    ):
        board.click(chip)
        (menu,) = [one for one in board.screen.findChildren(QMenu) if one.isVisible()]
        next(action for action in menu.actions() if words in action.text()).trigger()
        menu.close()
        board.settle()
    board.click("board.store")
    note = board.stored()[-1]
    assert (note.speaker, note.kind, note.issue, note.side) == ("B1", NoteKind.CONCESSION, 1, "B1")
    assert note.text == "出八百"
