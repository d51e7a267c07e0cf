"""LR-22 on screen: what was said in private stands in its locked place and nowhere else, and cannot be taken along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

import pytest
from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from mediation_desk.app import Desk as Services
from mediation_desk.cases.minutes.model import Answer, Reading
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.hearing import RecordSession
from mediation_desk.hearings.board.notes import Wall
from mediation_desk.hearings.model import SessionMode
from tests.gui.board_case import SECRET, line, with_board
from tests.gui.case_page_driver import Driver
from ui.errors.crash_dialog import CrashDialog
from ui.errors.report import bug_report
from ui.main_window import MainWindow
from ui.screens.case_page.session_card import PRIVATE
from ui.screens.case_page.tabs import TABS
from ui.screens.registry import SCREENS

MEDIATORS_OWN = {"board"}
"""Screens that are for who mediates; they show what is private behind its lock."""
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


def frozen(services: Services) -> CaseFile:
    """A caucus recorded, with private notes; a line is still being typed on another desk."""
    file = with_board(services, mode=SessionMode.CAUCUS)
    actor, key = services.actor, file.case_key
    services.boards.write(actor, key, line("m", f"{SECRET}三", speaker="M01", wall=Wall.MEDIATORS))
    services.cases.keep_draft(actor, f"case:{key}:board:1:elsewhere", {"text": f"~{SECRET}"})
    found = services.minutes.minutes(actor, key, 1)
    assert found is not None
    made, text = found.composed, found.working.text
    services.minutes.save(actor, key, found.working, text)
    services.minutes.read_out(actor, key, 1, Reading.ALOUD, by="何笔录", text=text)
    for ref in ("A1", "B1"):
        services.minutes.answer(actor, key, 1, ref, Answer.AGREES, text=text)
    step = RecordSession(
        no=1,
        end=time(2, 30),
        attendees=made.attendees,
        invited=made.invited,
        rights_notice_given=True,
        record=text,
        result=made.result,
    )
    return services.minutes.freeze(actor, key, step)


def said_by(widget: QWidget) -> Iterator[str]:
    """Whatever eye, mouse, screen reader or a list could give away of this widget."""
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.statusTip())
    yield str(widget.property("text") or "") + widget.windowTitle()
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        yield widget.toPlainText() + widget.placeholderText()
    if isinstance(widget, QLineEdit):
        yield widget.text() + widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield "\n".join(widget.itemText(place) for place in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _rows(widget.model())


def _rows(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount(QModelIndex())):
        for column in range(model.columnCount(QModelIndex())):
            for role in ROLES:
                yield str(model.data(model.index(row, column), role) or "")


def leaking(ground: QObject) -> list[QWidget]:
    """The widgets under ``ground`` that say a private word."""
    return [one for one in ground.findChildren(QWidget) if any(SECRET in text for text in said_by(one))]


def settle() -> None:
    for _round in range(6):
        QApplication.processEvents()


@pytest.fixture
def driver(window: MainWindow, services: Services) -> Driver:
    return Driver(window, frozen(services).case_key)


def test_no_screen_and_no_tab_shows_a_private_word_outside_its_lock(
    driver: Driver, window: MainWindow
) -> None:
    for code in TABS:
        driver.page.go(code)
        driver.settle()
        for one in leaking(window):
            assert code == "sessions" or not one.isVisible(), f"{code}: {one.objectName()}"
            holder: QWidget | None = one
            while holder is not None and holder.objectName() != PRIVATE:
                holder = holder.parentWidget()
            assert holder is not None, f"{code}: {one}"
    driver.page.go("sessions")
    driver.settle()
    assert leaking(window), "the control: the mediator sees it where it belongs"
    for spec in SCREENS:
        if spec.code in MEDIATORS_OWN or spec.code == "case":
            continue
        window.open_screen(spec.code, driver.file.case_key if spec.code == "correcting" else "")
        settle()
        screen = window.screen_in_front()
        assert screen is not None
        assert leaking(screen) == [], spec.code


def test_the_search_box_finds_nothing_private(driver: Driver, window: MainWindow) -> None:
    window._top.search.setText(SECRET[:6])
    window._top.search.textEdited.emit(SECRET[:6])
    QTest.qWait(400)
    settle()
    assert [one for top in QApplication.topLevelWidgets() for one in leaking(top)] == []


def test_nothing_private_reaches_the_clipboard(driver: Driver, window: MainWindow) -> None:
    clipboard = QApplication.clipboard()
    for code in TABS:
        driver.page.go(code)
        driver.settle()
        for one in window.findChildren(QWidget):
            if not one.isVisible():
                continue
            clipboard.setText("别的")
            for keys in ("Ctrl+A", "Ctrl+C"):
                QTest.keySequence(one, QKeySequence(keys))
            assert SECRET not in clipboard.text(), f"{code}: {one.objectName()}"


def test_the_crash_dialog_copies_no_private_word(qtbot: object) -> None:
    def fail() -> None:
        raise ValueError(SECRET)

    with pytest.raises(ValueError, match=SECRET) as caught:
        fail()
    dialog = CrashDialog(bug_report(caught.value))
    dialog.copy_button.click()
    assert SECRET not in QApplication.clipboard().text()
    assert leaking(dialog) == []
    dialog.deleteLater()


def test_a_label_that_leaks_is_noticed(driver: Driver) -> None:
    """The control: somebody shows the words of a note on another tab one day."""
    from ui.widgets.plain import PlainLabel

    planted = PlainLabel(f"谈话：{SECRET}", parent=driver.page)
    planted.show()
    assert planted in leaking(driver.page)
    planted.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
