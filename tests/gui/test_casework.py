"""Undo, bin, track move and the register of numbers, as somebody at the counter does them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from mediation_desk.app import Desk as Services
from mediation_desk.cases.lifecycle import State, state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.shared.track import Track
from tests.gui.case_page_driver import Driver, fill_pool, register
from ui.main_window import MainWindow
from ui.screens.registers.bin import BinScreen
from ui.screens.registers.numbers import NumbersScreen
from ui.widgets.plain import PlainLabel


@pytest.fixture
def driver(window: MainWindow, services: Services) -> Driver:
    fill_pool(services)
    return Driver(window, register(services).case_key)


def stored(services: Services, driver: Driver) -> CaseFile:
    return services.cases.file(services.actor, driver.file.case_key)


def undo(window: MainWindow) -> None:
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    for _round in range(8):
        QApplication.processEvents()


def test_a_step_is_taken_back_by_ctrl_z(window: MainWindow, services: Services, driver: Driver) -> None:
    driver.click("case.next")
    driver.click("accept.submit")
    assert state_of(stored(services, driver)) is State.ACCEPTED
    assert window.message_bar.offers_undo()

    undo(window)
    assert state_of(stored(services, driver)) is State.REGISTERED
    assert "已经撤销" in window.message_bar.sentence()
    assert driver.next_words.endswith("受理"), "the page shows the case as it is again"


def test_what_cannot_be_taken_back_any_more_is_said(
    window: MainWindow, services: Services, driver: Driver
) -> None:
    driver.click("case.next")
    driver.click("accept.submit")
    file = stored(services, driver)
    services.printing.write(services.actor, file.case_key, "acceptance", ("pdf",), services.settings.papers)
    undo(window)

    assert state_of(stored(services, driver)) is State.ACCEPTED
    assert "已经印过文书" in window.message_bar.sentence()


def test_a_case_goes_into_the_bin_and_comes_back(
    window: MainWindow, services: Services, driver: Driver
) -> None:
    driver.page.go("overview", "bin")
    driver.settle()
    driver.click("bin.submit")
    assert stored(services, driver).beside.binned is None, "a reason is asked"
    driver.write("bin.reason", "与某案重复登记")
    driver.click("bin.submit")
    assert stored(services, driver).beside.binned is not None
    assert driver.next_words.endswith("从回收站放回")

    window.open_screen("bin")
    screen = window.screen_in_front()
    assert isinstance(screen, BinScreen)
    driver.settle()
    assert [one.reason for one in screen.table.records.records()] == ["与某案重复登记"]
    screen.restore.click()
    driver.settle()
    assert stored(services, driver).beside.binned is None
    assert not screen.restore.isEnabled()


def test_a_case_changes_its_track_after_a_look_at_what_follows(
    window: MainWindow, services: Services, driver: Driver
) -> None:
    accepted = services.cases.perform(
        services.actor, driver.file.case_key, Accept(on=services.cases.local_today)
    )
    driver.page.read_again()
    driver.page.go("overview", "move")
    driver.settle()
    driver.choose("move.track", Track.ADMINISTRATIVE.value)
    preview = driver.find("move.preview")
    assert accepted.intake.number is not None
    assert accepted.intake.number in preview.text()  # type: ignore[attr-defined]
    driver.write("move.reason", "属行政调解范围")
    driver.click("move.submit")

    moved = stored(services, driver)
    assert (moved.track, moved.beside.moves[0].number) == (Track.ADMINISTRATIVE, accepted.intake.number)
    window.open_screen("numbers")
    screen = window.screen_in_front()
    assert isinstance(screen, NumbersScreen)
    driver.settle()
    states = {line.number: line.state.value for line in screen.table.records.records()}
    for place in range(screen.choice.count()):
        screen.choice.setCurrentIndex(place)
        screen.choice.edited.emit()
        driver.settle()
        states |= {line.number: line.state.value for line in screen.table.records.records()}
    assert states == {accepted.intake.number: "作废", moved.intake.number: "在用"}


def test_a_day_before_the_acceptance_is_refused_at_its_field(services: Services, driver: Driver) -> None:
    today = services.cases.local_today
    services.cases.perform(services.actor, driver.file.case_key, Accept(on=today))
    driver.page.read_again()
    driver.page.go("overview", "move")
    driver.settle()
    driver.write("move.on", (today - timedelta(days=3)).isoformat())
    driver.write("move.reason", "另有主管")
    driver.click("move.submit")

    assert stored(services, driver).beside.moves == ()
    assert driver.shows("move.form")


def test_the_system_screen_names_engine_and_cipher(window: MainWindow, driver: Driver) -> None:
    window.open_screen("system")
    driver.settle()
    engine = window.findChild(PlainLabel, "system.engine")

    assert engine is not None
    assert all(word in engine.text() for word in ("SQLite 3.", "SQLCipher 4.", "OpenSSL 3."))


def test_registers_are_reached_from_the_system_screen(window: MainWindow, driver: Driver) -> None:
    for code in ("numbers", "bin"):
        window.open_screen("system")
        system = window.screen_in_front()
        assert system is not None
        way = system.findChild(QPushButton, f"system.{code}")
        assert isinstance(way, QPushButton)
        way.click()
        driver.settle()
        shown = window.screen_in_front()
        assert shown is not None
        assert shown.code == code
