"""Works the session board as a person does, and sets a case at the table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mediation_desk.app import Desk as Services
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.choosing import RecordChoice
from mediation_desk.cases.steps.hearing import PlanSession
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.hearings.board.notes import Note
from tests.gui.case_page_driver import fill_pool, register
from tests.gui.typing import press, type_words
from ui.main_window import MainWindow
from ui.screens.board.screen import BoardScreen
from ui.widgets.plain import PlainLabel


def at_table(services: Services, *, third: bool = False) -> CaseFile:
    """A case whose first session is planned for today."""
    fill_pool(services)
    file = register(services, third=third)
    today, centre = services.cases.local_today, services.centre
    marks = {"A1": ("M02", "M01"), "B1": ("M01", "M02")} | ({"C1": ("M01",)} if third else {})
    for step in (
        Accept(on=today),
        RecordChoice(
            on=today,
            candidates=("M01", "M02", "M03"),
            marks=marks,
            disclosure="与各方无利害关系",
            recorder=centre.recorders[0],
        ),
        PlanSession(date=today, start=time(9, 30), place=centre.rooms[0].name),
    ):
        file = services.cases.perform(services.actor, file.case_key, step)
    return file


class BoardDriver:
    """Types into the line, presses keys, clicks what is named."""

    def __init__(self, window: MainWindow, file: CaseFile, session_no: int = 1) -> None:
        self.window = window
        window.open_screen("board", f"{file.case_key}#{session_no}")
        shown = window.screen_in_front()
        assert isinstance(shown, BoardScreen)
        self.screen = shown
        self.services = window.context.services
        self.key = file.case_key
        self.settle()

    def settle(self) -> None:
        for _round in range(6):
            QApplication.processEvents()

    def say(self, *lines: str) -> None:
        """Type each line and store it."""
        for line in lines:
            type_words(line)
            press(Qt.Key.Key_Return)
            self.settle()

    def key_press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        press(key, modifier)
        self.settle()

    def find(self, name: str) -> QWidget:
        found = [one for one in self.window.findChildren(QWidget, name) if one.isVisible()]
        assert len(found) == 1, f"{len(found)} visible widgets called {name}"
        return found[0]

    def click(self, name: str) -> None:
        widget = self.find(name)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(8, widget.height() // 2))
        self.settle()

    def stored(self) -> Sequence[Note]:
        """What is in storage."""
        return self.services.boards.board(self.services.actor, self.key, 1).notes

    def row(self, place: int) -> str:
        """What a screen reader says of a row."""
        model = self.screen.notes.lines
        return str(model.data(model.index(place, 0), Qt.ItemDataRole.AccessibleTextRole))

    def focus_name(self) -> str:
        focused = QApplication.focusWidget()
        return focused.objectName() if focused is not None else ""

    def said(self) -> str:
        """The sentence beneath the line."""
        label = self.screen.findChild(PlainLabel, "board.said")
        assert label is not None
        return label.text()
