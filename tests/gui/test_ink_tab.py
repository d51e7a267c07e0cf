"""待签 by its widgets: printed, marked by key, refused with a witness, drawn on the pad; found on the desk of a day."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mediation_desk.app import Desk as Services
from mediation_desk.cases.ink.tray import TrayState
from tests.gui.case_page_driver import Driver, fill_pool, register
from tests.gui.group_tray import group_tray
from tests.persistence import lifecycle_stories as told
from ui.main_window import MainWindow
from ui.screens.case_page.ink.matrix_model import HEADS
from ui.screens.case_page.ink.tab import InkTab
from ui.screens.today.screen import TodayScreen
from ui.widgets.handwriting.pad import HandwritingPad


@pytest.fixture
def key(services: Services, tmp_path: Path) -> str:
    """A case taken in, whose notice of rights was printed twice."""
    fill_pool(services)
    file = register(services)
    step = type(told.ACCEPT)(on=services.cases.local_today)
    services.cases.perform(services.actor, file.case_key, step)
    services.printing.write(services.actor, file.case_key, "rights", ("pdf",), tmp_path, copies=2)
    return file.case_key


@pytest.fixture
def driver(window: MainWindow, key: str) -> Driver:
    return Driver(window, key, "ink")


def tab_of(driver: Driver) -> InkTab:
    found = driver.page.findChild(InkTab)
    assert isinstance(found, InkTab)
    return found


def test_a_paper_is_marked_by_key_until_it_is_complete(driver: Driver, window: MainWindow) -> None:
    tab = tab_of(driver)
    assert "一式 2 份" in tab._head.text()
    assert driver.find("ink.gap").text().startswith("还差：甄有理的签名（")  # type: ignore[attr-defined]
    tab.matrix.setFocus()
    driver.key(Qt.Key.Key_Right)
    for _step in range(len(HEADS) - 1):
        driver.key(Qt.Key.Key_Right)
    driver.key(Qt.Key.Key_Space)
    assert tab.matrix.cells.waiting == {("1", 1)}
    driver.key(Qt.Key.Key_Up)
    driver.key(Qt.Key.Key_Backspace)
    assert not tab.matrix.cells.waiting
    driver.key(Qt.Key.Key_Return)
    assert tab.matrix.cells.waiting == {("1", 1), ("1", 2), ("2", 1), ("2", 2)}
    driver.go_on()
    assert [one.copies for one in driver.file.beside.inks] == [(1, 2), (1, 2)]
    assert tab.matrix.cells.data(tab.matrix.cells.index(0, 0)) == "甄有理：2 处已签 2 处"

    driver.click("ink.witness.way")
    driver.choose("ink_witness.who", "贾讲理")
    driver.click("ink_witness.submit")
    noted = list(driver.file.beside.inks)
    assert len(noted) == 2, "no witness, no refusal"
    driver.write("ink_witness.witness", "孙顺")
    driver.write("ink_witness.reason", "不愿签收")
    driver.click("ink_witness.submit")
    assert {one.witness for one in list(driver.file.beside.inks)[2:]} == {"孙顺"}

    window.open_screen("today")
    today = window.screen_in_front()
    assert isinstance(today, TodayScreen)
    entry = today.lists["ink"].table.records.records()[0]
    assert (entry.place, entry.part, entry.word) == (driver.file.case_key, "ink", "今天印")

    driver = Driver(window, driver.file.case_key, "ink")
    driver.click("ink.everything")
    driver.click("ink.save")
    (tray,) = [one for one in driver.page.view.trays if one.form == "rights"]
    assert tray.state is TrayState.COMPLETE
    assert not driver.shows("ink.save")


def test_a_name_is_drawn_kept_and_shown_with_what_it_is_not(driver: Driver, services: Services) -> None:
    driver.click("ink.draw.way")
    pad = driver.find("ink_draw.pad")
    assert isinstance(pad, HandwritingPad)
    driver.click("ink_draw.submit")
    assert not driver.file.beside.handwritings, "nothing was written yet"
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    for step in range(9):
        QTest.mouseMove(pad, QPoint(30 + 9 * step, 25 + 5 * step))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(120, 70))
    driver.click("ink_draw.submit")
    (kept,) = driver.file.beside.handwritings
    assert kept.name == "甄有理"
    assert services.attachments.is_whole(kept.strokes)
    assert "不是可靠的电子签名" in driver.find("ink.drawn").text()  # type: ignore[attr-defined]
    assert services.printing.preview_signed(services.actor, driver.file.case_key, "rights").startswith(
        b"%PDF"
    )
    (tray,) = [one for one in driver.page.view.trays if one.form == "rights"]
    assert tray.marks == {}, "the paper still waits for ink"


def test_a_pen_writes_with_its_pressure_and_keys_correct_it(themed: object, qtbot: object) -> None:
    pad = HandwritingPad()
    pad.resize(400, 170)
    pad.show()
    device = QPointingDevice(
        "pen", 1, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure, 1, 1,
    )  # fmt: skip
    for kind, x, pressure in (
        (QTabletEvent.Type.TabletPress, 10, 0.2),
        (QTabletEvent.Type.TabletMove, 60, 0.9),
        (QTabletEvent.Type.TabletRelease, 60, 0.0),
    ):
        at = QPointF(x, 40)
        event = QTabletEvent(
            kind, device, at, at, pressure, 0, 0, 0, 0, 0, Qt.KeyboardModifier.NoModifier,
            Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
        )  # fmt: skip
        QApplication.sendEvent(pad, event)
    (stroke,) = pad.strokes()
    assert [round(point.p, 1) for point in stroke] == [0.2, 0.9]
    QTest.keyClick(pad, Qt.Key.Key_Backspace)
    assert pad.is_blank()
    pad.deleteLater()


def test_a_matrix_of_a_group_needs_no_widget_a_cell(driver: Driver) -> None:
    """28 copies, 26 people; how long it takes is measured by ``benchmarks/bench_ink.py``."""
    tab, before = tab_of(driver), len(tab_of(driver).findChildren(QWidget))
    tray = group_tray(driver.file)
    tab.matrix.cells.show_tray(tray)
    tab.matrix.share_width()
    QApplication.processEvents()
    assert len(tray.places) * tray.copies == 1456
    assert len(tab.findChildren(QWidget)) == before
    tab.matrix.cells.mark_all()
    assert len(tab.findChildren(QWidget)) == before
