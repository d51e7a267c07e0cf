"""Correcting a registration: on the sheet it was made on, shown before it is saved, never losing a word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from mediation_desk.app import Desk as Services
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.registering import registration_of
from mediation_desk.cases.steps.correcting import Correct
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.interchange.reader import read_case
from tests.gui.case_page_driver import Driver, fill_pool, register
from tests.shared_cases import FILES, needs_cases
from ui.main_window import MainWindow
from ui.screens.case_page.screen import CasePage
from ui.screens.correcting.screen import CorrectingScreen

PHONE = "intake.party.1.phone"


class Correcting:
    """The screen, worked by the names of its editors."""

    def __init__(self, window: MainWindow, key: str) -> None:
        self.window = window
        window.open_screen("correcting", key)
        shown = window.screen_in_front()
        assert isinstance(shown, CorrectingScreen)
        self.screen = shown
        self.settle()

    def settle(self) -> None:
        for _round in range(8):
            QApplication.processEvents()

    def find(self, name: str) -> QWidget:
        found = [one for one in self.screen.findChildren(QWidget, name) if one.isVisible()]
        assert len(found) == 1, name
        return found[0]

    def write(self, name: str, text: str) -> None:
        widget = self.find(name)
        widget.setFocus()
        if isinstance(widget, QPlainTextEdit):
            widget.selectAll()
            widget.insertPlainText(text)
        else:
            assert isinstance(widget, QLineEdit)
            widget.setText(text)
            widget.textEdited.emit(text)
        self.settle()

    def text(self, name: str) -> str:
        widget = self.find(name)
        return widget.text() if isinstance(widget, QLineEdit) else ""

    def go_on(self) -> None:
        QTest.keyClick(
            QApplication.focusWidget() or self.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
        )
        self.settle()

    def listed(self) -> list[tuple[str, str, str]]:
        self.screen._compare()
        table = self.screen._table.records
        rows = (table.record(row) for row in range(table.rowCount()))
        return [(one.name, one.before, one.after) for one in rows if one is not None]


@pytest.fixture
def file(window: MainWindow, services: Services) -> CaseFile:
    fill_pool(services)
    made = register(services)
    return services.cases.perform(services.actor, made.case_key, Accept(on=services.cases.local_today))


def test_a_correction_is_shown_saved_and_readable(
    window: MainWindow, services: Services, file: CaseFile
) -> None:
    driver = Driver(window, file.case_key)
    driver.key(Qt.Key.Key_F2)
    sheet = Correcting(window, file.case_key)
    sheet.write(PHONE, "13911112222")
    sheet.write("intake.claim.0.amount", "1,200.00")

    assert sheet.listed() == [
        ("贾讲理的电话", "13900004321", "13911112222"),
        ("修墙费的金额", "1,000.00", "1,200.00"),
        ("请求合计", "1,000.00", "1,200.00"),
    ]
    sheet.go_on()
    assert services.cases.file(services.actor, file.case_key) == file, "a reason is asked first"

    sheet.write("correct.reason", "电话和金额抄错")
    sheet.go_on()
    saved = services.cases.file(services.actor, file.case_key)
    assert saved.parties[1].phone == "13911112222"
    assert saved.intake.number == file.intake.number
    assert [one.before for one in saved.beside.corrections[0].changes] == [
        "13900004321",
        "1,000.00",
        "1,000.00",
    ]
    assert isinstance(window.screen_in_front(), CasePage)
    assert "更正贾讲理的电话" in window.message_bar.sentence()
    again = Driver(window, file.case_key)
    assert again.shows("casework.corrections")


def test_a_correction_is_undone_by_ctrl_z(window: MainWindow, services: Services, file: CaseFile) -> None:
    sheet = Correcting(window, file.case_key)
    sheet.write(PHONE, "13911112222")
    sheet.write("correct.reason", "抄错")
    sheet.go_on()
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    sheet.settle()

    assert services.cases.file(services.actor, file.case_key).parties == file.parties
    assert "已经撤销" in window.message_bar.sentence()


def test_what_is_wrong_is_said_at_its_place_and_nothing_is_saved(
    window: MainWindow, services: Services, file: CaseFile
) -> None:
    sheet = Correcting(window, file.case_key)
    sheet.write("intake.party.1.id_no", "110101196805172025")
    sheet.write("correct.reason", "抄错")
    sheet.go_on()

    assert services.cases.file(services.actor, file.case_key) == file
    assert sheet.text("intake.party.1.id_no") == "110101196805172025"


def test_words_of_a_correction_survive_leaving_and_a_restart(
    window: MainWindow, services: Services, file: CaseFile
) -> None:
    sheet = Correcting(window, file.case_key)
    sheet.write(PHONE, "13911112222")
    sheet.write("correct.reason", "抄错")
    QTest.keyClick(sheet.find("correct.reason"), Qt.Key.Key_Escape)
    sheet.settle()
    assert isinstance(window.screen_in_front(), CasePage)
    assert services.cases.file(services.actor, file.case_key) == file

    again = Correcting(window, file.case_key)
    assert (again.text(PHONE), again.text("correct.reason")) == ("13911112222", "抄错")
    assert [name for name, _before, _after in again.listed()] == ["贾讲理的电话"]
    again.go_on()
    assert services.cases.file(services.actor, file.case_key).parties[1].phone == "13911112222"
    assert services.cases.drafts(services.actor) == ()


def test_the_second_of_two_changes_only_what_was_typed_here(
    window: MainWindow, services: Services, file: CaseFile
) -> None:
    sheet = Correcting(window, file.case_key)
    sheet.write(PHONE, "13911112222")
    sheet.write("correct.reason", "电话抄错")
    other = replace(registration_of(file), facts="另一位写的经过。")
    services.cases.perform(services.actor, file.case_key, Correct(to=other, reason="经过不全"))
    sheet.go_on()
    saved = services.cases.file(services.actor, file.case_key)
    assert (saved.parties[1].phone, saved.facts) == ("13911112222", "另一位写的经过。")


@needs_cases
def test_opening_a_case_of_any_kind_changes_nothing(window: MainWindow, services: Services) -> None:
    """The real sheet shows what it can; what it cannot is not a change."""
    for path in FILES:
        case = read_case(path.read_bytes())
        services.cases.take_over(services.actor, case)
        sheet = Correcting(window, case.case_key)

        assert sheet.listed() == [], path.stem
        sheet.write("intake.facts", f"{case.facts}补一句。")
        assert [name for name, _before, _after in sheet.listed()] == ["纠纷经过"], path.stem


def test_tab_goes_through_a_party_that_was_added_where_it_stands(window: MainWindow, file: CaseFile) -> None:
    """Its row was made last; without the reading order Tab would come to it at the very end."""
    sheet = Correcting(window, file.case_key)
    sheet.write("intake.party.2.name", "丙新来")
    reached = []
    for _stop in range(6):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        sheet.settle()
        focused = QApplication.focusWidget()
        reached.append(focused.objectName() if focused else "")

    assert reached[0] == "intake.party.2.id_no"
    assert reached[-1] == "intake.party.3.name"
