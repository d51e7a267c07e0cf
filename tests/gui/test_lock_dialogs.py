"""S4 for everything that lies over a screen: every dialog, menu and second window; and the controls of the goal."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import cast

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QTextCursor, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QPushButton, QWidget

import ui
from mediation_desk.app import Desk as Opened
from mediation_desk.cases.comparing import Line
from mediation_desk.cases.lifecycle import State
from tests.gui.left_behind import Looker, strangers
from tests.gui.lock_world import TYPED, case_in, check_nothing_left
from tests.gui.sitting import Sitter
from ui.errors.crash_dialog import CrashDialog
from ui.fields.date_field import DateField
from ui.main_window import MainWindow
from ui.screens.side_by_side import SideBySide
from ui.screens.statistics.report_dialog import ReportDialog
from ui.second.faces import Face
from ui.shell.key_list import KeyList
from ui.sitting import wiping
from ui.sitting.closing import ClosingBackup
from ui.sitting.doors import Doors
from ui.sitting.password_dialog import PasswordDialog
from ui.tasks.runner import ImmediateRunner
from ui.widgets.danger_dialog import AskDialog, ask, confirm_danger
from ui.widgets.reason_dialog import ReasonDialog
from ui.window.pin_form import PinDialog

Opener = Callable[[MainWindow], object]


def _print(window: MainWindow) -> None:
    printer = QPrinter()
    QPrintDialog(printer, window).exec()


DIALOGS: dict[str, Opener] = {
    "AskDialog": lambda window: ask(window, "问一句", f"{TYPED}怎么办", "好"),
    "DangerDialog": lambda window: confirm_danger(window, "当心", f"{TYPED}会没有", "删", typed=TYPED),
    "CrashDialog": lambda window: CrashDialog(f"report {TYPED}", window).exec(),
    "KeyList": lambda window: KeyList(window).exec(),
    "ReportDialog": lambda window: ReportDialog(window.context, window).open(),
    "ReasonDialog": lambda window: ReasonDialog("问一句", TYPED, "好", (TYPED,), window).open(),
    "PinDialog": lambda window: PinDialog(window.context, window).open(),
    "PasswordDialog": lambda window: PasswordDialog(
        window.context.services.actor, lambda actor, _old, _new: actor, ImmediateRunner(), window
    ).open(),
    "SideBySide": lambda window: SideBySide(
        [
            Line(
                place="place",
                name="地点",
                before=TYPED,
                mine=f"{TYPED}一",
                theirs=f"{TYPED}二",
                overlapping=True,
            )
        ],
        window,
    ).open(),
    "ClosingBackup": lambda _window: ClosingBackup(cast(Doors, None), ImmediateRunner()).open(),
    "QPrintDialog": _print,
    "QFileDialog": lambda window: QFileDialog.getSaveFileName(window, "存", f"{TYPED}.pdf"),
}
OVER: dict[str, Opener] = {
    "menu of the user": lambda window: _button(window, "userButton").showMenu(),
    "calendar of a day": lambda window: _shown(window, DateField).open_calendar(),
    "second screen": lambda window: window.show_second(window.where().partition("#")[0], Face.ISSUES),
    "search": lambda window: QTest.keyClicks(window.findChild(QLineEdit, "search") or window, TYPED),
    "side pane": lambda window: window.set_pane_open(True),
}


def _button(window: MainWindow, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def _shown(window: MainWindow, kind: type[DateField]) -> DateField:
    return next(one for one in window.findChildren(kind) if one.isVisible())


def test_every_dialog_of_the_program_is_tried() -> None:
    """A dialog that somebody adds has to be added here."""
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        if "__main__" not in module.name:
            importlib.import_module(module.name)
    assert {one.__name__ for one in _kinds(QDialog) if one.__module__.startswith("ui.")} <= set(DIALOGS)


def _kinds(kind: type[QWidget]) -> Iterator[type[QWidget]]:
    for one in kind.__subclasses__():
        yield one
        yield from _kinds(one)


@pytest.fixture
def at_case(seated: Sitter, sample_desk: Opened) -> Sitter:
    seated.window.open_case(case_in(sample_desk, State.MEDIATING), "sessions")
    seated.settle()
    return seated


def lock_over(seated: Sitter, opener: Opener) -> None:
    """Open something and lock while it is open, in whatever loop it runs."""
    before = seated.doors.rested
    with seated.qtbot.waitSignal(seated.sitting.locked, timeout=10_000):
        QTimer.singleShot(0, lambda: opener(seated.window))  # from inside the loop, as a click would
        QTimer.singleShot(300, seated.sitting.lock)
    seated.qtbot.waitUntil(lambda: seated.doors.rested > before)


@pytest.mark.parametrize("name", [*DIALOGS, *OVER])
def test_nothing_over_a_screen_is_left(
    at_case: Sitter, looker: Looker, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_NO_NATIVE_FILE_DIALOG", "1")
    if name == "calendar of a day":
        at_case.window.open_screen("calendar")
        at_case.settle()
    lock_over(at_case, ({**DIALOGS, **OVER})[name])
    check_nothing_left(at_case, looker)
    at_case.unlock()


def test_control_a_dialog_that_is_skipped_is_found(
    at_case: Sitter, looker: Looker, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = QApplication.allWidgets

    class Skipping:
        @staticmethod
        def allWidgets() -> list[object]:
            return [one for one in whole() if not isinstance(one.window(), AskDialog)]

    kept = AskDialog("问一句", f"{TYPED}怎么办", "好")
    monkeypatch.setattr(wiping, "QApplication", Skipping)
    at_case.lock()
    assert strangers(at_case.sitting.front.window)
    assert looker.places()
    kept.deleteLater()


def test_control_a_document_and_records_that_live_on_are_found(at_case: Sitter, looker: Looker) -> None:
    at_case.window.open_screen("today")
    at_case.settle()
    document = QTextDocument()
    cursor = QTextCursor(document)
    cursor.insertText(TYPED)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.removeSelectedText()  # gone from sight; the undo stack has it
    records = at_case.window.screen_in_front()
    at_case.lock()
    places = looker.places()
    assert any(one.startswith("python") for one in places)
    assert any("QTextDocument" in one for one in places)
    del records, document


def test_clipboard_is_cleared(at_case: Sitter, looker: Looker) -> None:
    QGuiApplication.clipboard().setText(TYPED)
    assert looker.places(python=False)
    at_case.lock()
    assert QGuiApplication.clipboard().text() == ""


@pytest.mark.parametrize(
    ("text", "goes"),
    [
        ("110101196805172024", True),
        ("证件 11010119680517202X，电话", True),
        ("13800000102", True),
        ("0571-88886666", True),
        ("91110101MA02C3D48K", True),
        ("（2026）安和人调字第31号", False),
        ("12,150.00", False),
    ],
)
def test_numbers_of_people_leave_the_clipboard(at_case: Sitter, text: str, goes: bool) -> None:
    clipboard = QGuiApplication.clipboard()
    at_case.sitting.clipboard._due.setInterval(50)
    clipboard.setText(text)
    at_case.qtbot.wait(150)
    assert clipboard.text() == ("" if goes else text)
    clipboard.clear()


def test_copies_stay_less_than_ten_seconds(at_case: Sitter) -> None:
    assert at_case.sitting.clipboard._due.interval() < 10_000


def test_what_is_not_ours_stays_in_the_clipboard(at_case: Sitter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QGuiApplication, "focusWindow", lambda: None)  # another program was in front
    QGuiApplication.clipboard().setText("13800000102 来自别的程序")
    at_case.sitting.clipboard.clear()
    assert QGuiApplication.clipboard().text() != ""
    QApplication.clipboard().clear()
