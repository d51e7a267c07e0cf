"""Locking by itself, work under way, words that survive a crash, two people at one counter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from mediation_desk.access.actor import COUNTER
from mediation_desk.app import Desk as Opened
from mediation_desk.cases.registering import registration_of
from mediation_desk.cases.steps.correcting import Correct
from mediation_desk.cases.summary import CaseQuery
from tests.gui.lock_world import TYPED
from tests.gui.sitting import Sitter, sitter
from tests.gui.test_correcting import Correcting
from ui.sign.lock_page import LockPage
from ui.sitting.sitting import Why

FIRST = replace(COUNTER, account="zhou", display_name="周敬安", unlimited=False, roles=("值班长",))
OTHER = replace(COUNTER, account="lu", display_name="卢倩", unlimited=False, roles=("窗口登记员",))


def first_editor(seated: Sitter) -> QLineEdit:
    front = seated.window.screen_in_front()
    assert front is not None
    return next(one for one in front.findChildren(QLineEdit) if one.isVisible())


@pytest.mark.parametrize(
    ("quiet", "whole", "why"), [(200, 0, None), (301, 0, Why.IDLE), (0, 8 * 3600 + 1, Why.OVER)]
)
def test_locks_by_itself(seated: Sitter, quiet: float, whole: float, why: Why | None) -> None:
    hands = seated.sitting.hands
    hands._last -= quiet
    hands._began -= whole
    hands.look()
    seated.qtbot.wait(30)
    assert (seated.sitting.window is None) is (why is not None)
    if why is not None:
        assert seated.sitting.front.window.bar.sentence() == why.value


@pytest.mark.parametrize("meanwhile", ["nothing", "roles", "locked"])
def test_who_lost_account_or_role_does_not_go_on(
    qapp: QApplication, qtbot: QtBot, sample_desk: Opened, meanwhile: str
) -> None:
    with sitter(qapp, qtbot, sample_desk, FIRST) as seated:
        seated.sit("zhou")
        if meanwhile == "roles":
            seated.doors.actors["zhou"] = replace(FIRST, roles=("记录员",))
        elif meanwhile == "locked":
            del seated.doors.actors["zhou"]
        seated.sitting.look_again()
        seated.qtbot.wait(30)

        assert (seated.sitting.window is None) is (meanwhile != "nothing")
        if meanwhile != "nothing":
            assert seated.sitting.front.window.bar.sentence() == Why.ENDED.value


def test_a_hand_keeps_it_open(seated: Sitter) -> None:
    seated.sitting.hands._last -= 280
    QTest.keyClick(seated.window, Qt.Key.Key_A)
    seated.sitting.hands._last -= 200
    seated.sitting.hands.look()
    assert seated.sitting.window is not None


def test_setting_the_clock_of_the_machine_moves_nothing() -> None:
    """The control: a clock that the date moves is no clock for this."""
    import time

    from ui.sitting import hands

    assert hands.clock() < time.time() / 2


def test_words_survive_a_crash(qapp: QApplication, qtbot: QtBot, sample_desk: Opened) -> None:
    with sitter(qapp, qtbot, sample_desk) as before:
        before.sit()
        before.window.open_screen("verify")
        QTest.keyClicks(first_editor(before), TYPED)
        qtbot.wait(900)  # no lock, no closing: the note was written by itself
        noting = before.sitting._noting
        assert noting is not None
        noting._window = None  # as if the power had gone
    with sitter(qapp, qtbot, sample_desk) as after:
        after.sit()
        assert first_editor(after).text() == TYPED


def test_words_that_are_on_file_do_not_come_back(
    qapp: QApplication, qtbot: QtBot, sample_desk: Opened
) -> None:
    """They would stand over what somebody else has written since."""
    actor, cases = COUNTER, sample_desk.cases
    key = cases.summaries(actor, CaseQuery(limit=1))[0].case_key
    with sitter(qapp, qtbot, sample_desk) as before:
        before.sit()
        sheet = Correcting(before.window, key)
        facts = sheet.find("intake.facts")
        assert isinstance(facts, QPlainTextEdit)
        facts.setFocus()
        facts.selectAll()
        QTest.keyClicks(facts, TYPED)
        sheet.write("correct.reason", "补充")
        noting = before.sitting._noting
        assert noting is not None
        noting._on_due()
        assert TYPED in repr(noting._sent), "the control: it was noted"
        noting._due.stop()
        sheet.screen.correct()  # as by its button, which no editor feels
        sheet.settle()
        assert cases.file(actor, key).facts == TYPED
        qtbot.wait(900)
        noting._window = None  # as if the power had gone
    file = cases.file(actor, key)
    cases.perform(actor, key, Correct(to=replace(registration_of(file), facts="后来的人写的"), reason="核实"))
    with sitter(qapp, qtbot, sample_desk) as after:
        after.sit()
        shown = Correcting(after.window, key).find("intake.facts")
        assert isinstance(shown, QPlainTextEdit)
        qtbot.wait(100)
        assert shown.toPlainText() == "后来的人写的"


def test_two_people_at_one_counter(qapp: QApplication, qtbot: QtBot, sample_desk: Opened) -> None:
    with sitter(qapp, qtbot, sample_desk, FIRST, OTHER) as both:
        both.sit("zhou")
        both.window.open_screen("verify")
        QTest.keyClicks(first_editor(both), TYPED)
        both.lock()
        both.unlock("lu")
        assert both.window.context.services.actor == OTHER
        front = both.window.screen_in_front()
        assert front is not None
        assert front.code == "today"
        both.window.open_screen("verify")
        both.settle()
        assert first_editor(both).text() == ""
        both.lock()
        both.unlock("zhou")
        front = both.window.screen_in_front()
        assert front is not None
        assert front.code == "verify"
        assert first_editor(both).text() == TYPED


def test_a_wrong_password_is_refused_in_words(seated: Sitter) -> None:
    seated.lock()
    page = seated.sitting.front.page()
    assert isinstance(page, LockPage)
    seated.sitting.front._sign_in(page, "zhou", "错的")
    assert "不对" in page.said()
    assert seated.sitting.window is None


def test_the_desktop_of_qt_is_not_destroyed(seated: Sitter) -> None:
    """Qt keeps a bare pointer to it: the next time the mouse left a window the program was gone."""
    desktop = QWidget(None, Qt.WindowType.Desktop)
    seated.lock()
    assert isValid(desktop)
    desktop.deleteLater()
