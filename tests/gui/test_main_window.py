"""The window at its reference size, by keyboard, in both appearances and at 200 %."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mediation_desk.app import Desk as Services
from mediation_desk.shared.changes import Changes, Topic
from tests.gui.case_page_driver import register
from ui.app import open_window
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.screens.calendar.time_grid import TimeGrid
from ui.screens.case_page.tabs import TABS
from ui.screens.registry import SCREENS
from ui.tasks.runner import ImmediateRunner
from ui.theme import theme
from ui.widgets.message_bar import Action, Kind

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)


def test_alt_and_a_number_open_the_screens(window: MainWindow, qtbot: QtBot) -> None:
    for number, code in enumerate(window.screen_codes(), start=1):
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_0 + number % 10), ALT)
        screen = window.screen_in_front()
        assert screen is not None
        assert screen.code == code


def test_the_reference_size_is_enough(window: MainWindow) -> None:
    window.resize(1366, 768)
    for code in window.screen_codes():
        window.open_screen(code)
        assert window.width() == 1366, code
        assert window.height() == 768, code
        assert _sideways(window) == [], code


@pytest.mark.parametrize("percent", [90, 150, 200])
def test_large_text_scrolls_no_page_sideways(window: MainWindow, percent: int) -> None:
    """Wide tables may, and the rooms of a day across are one; pages never."""
    window.resize(1366, 768)
    theme().set_percent(percent)
    for code in window.screen_codes():
        window.open_screen(code)
        assert window.width() == 1366, code
        tables = {area.accessibleName() for area in window.findChildren(TimeGrid)}
        assert set(_sideways(window, QScrollArea)) <= tables, code
    theme().set_percent(100)


class _Windows(QObject):
    """Notes what is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def test_no_part_of_a_page_flashes_up_as_a_window(
    qapp: QApplication, window: MainWindow, services: Services
) -> None:
    """What is made visible before it stands on its page is a window for a moment, and takes the keyboard."""
    windows = _Windows()
    qapp.installEventFilter(windows)
    try:
        for code in window.screen_codes():
            window.open_screen(code)
        key = register(services).case_key
        for tab in TABS:
            window.open_case(key, tab)
    finally:
        qapp.removeEventFilter(windows)
    assert windows.shown == []


def test_every_control_has_an_accessible_name(window: MainWindow) -> None:
    for code in window.screen_codes():
        window.open_screen(code)
    nameless = [
        f"{type(one).__name__} in {type(one.parent()).__name__}"
        for one in window.findChildren(QWidget)
        if isinstance(one, CONTROLS)
        and one.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not one.objectName().startswith("qt_")
        and not (one.accessibleName() or (isinstance(one, QAbstractButton) and one.text()))
        and not _in_a_popup(one)
    ]
    assert nameless == []


def test_ctrl_k_and_f4_and_text_size(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    assert window.focusWidget() is window._top.search
    before = theme().percent
    QTest.keyClick(window, Qt.Key.Key_Equal, CTRL)
    assert theme().percent == before + 10
    QTest.keyClick(window, Qt.Key.Key_Minus, CTRL)
    assert theme().percent == before


def test_the_pane_remembers_and_floats_when_narrow(
    window: MainWindow, services: Services, qtbot: QtBot
) -> None:
    window.resize(1366, 768)
    window.open_screen("experts")
    assert window._pane.isVisible()
    assert window._pane.property("floating") == "false"
    QTest.keyClick(window, Qt.Key.Key_F4)
    assert not window._pane.isVisible()
    assert not Preferences(services.settings.folder).pane_open
    QTest.keyClick(window, Qt.Key.Key_F4)
    assert window._pane.isVisible()
    window.resize(1100, 700)
    assert window._pane.property("floating") == "true"


def test_appearance_is_remembered(window: MainWindow, services: Services) -> None:
    theme().set_mode("dark")
    theme().set_percent(130)
    stored = Preferences(services.settings.folder)
    assert (stored.mode, stored.percent) == ("dark", 130)


def test_ctrl_shift_d_changes_light_and_dark(window: MainWindow, qtbot: QtBot) -> None:
    before = theme().tokens.name
    QTest.keyClick(window, Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert theme().tokens.name != before


def test_ctrl_z_takes_back_what_the_bar_offers(window: MainWindow, qtbot: QtBot) -> None:
    done: list[str] = []
    window.say("已记下。", Kind.SUCCESS, Action("撤回", lambda: done.append("undone"), takes_back=True))
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert done == ["undone"]
    window.say("已存好。", Kind.SUCCESS, Action("打开文件夹", lambda: done.append("opened")))
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert done == ["undone"], "Ctrl+Z takes back, it does not open folders"


def test_a_hidden_screen_reads_again_only_when_shown(window: MainWindow) -> None:
    window.open_screen("cases")
    cases, reads = window.screen_for("cases"), list[int]()
    cases.refresh = lambda: reads.append(1)  # type: ignore[method-assign]
    window.open_screen("system")
    cases.notice(Changes.of(Topic.CASES))
    assert reads == []
    window.open_screen("cases")
    assert reads == [1]
    cases.notice(Changes.of(Topic.EXPERTS))
    assert reads == [1]
    cases.notice(Changes.of(Topic.CASES))
    assert reads == [1, 1]


def test_an_empty_desk_offers_the_first_steps(window: MainWindow) -> None:
    window.open_screen("today")
    names = [one.objectName() for one in window.findChildren(QAbstractButton) if one.isVisible()]
    assert "today.first_intake" in names
    assert "today.fill_sample" in names


def test_codes_are_unique() -> None:
    codes = [spec.code for spec in SCREENS]
    assert len(set(codes)) == len(codes)


def _sideways(window: MainWindow, kind: type[QAbstractScrollArea] = QAbstractScrollArea) -> list[str]:
    QApplication.processEvents()
    return [
        area.accessibleName()
        for area in window.findChildren(kind)
        if area.isVisible() and area.horizontalScrollBar().maximum() > 0
    ]


def _in_a_popup(widget: QWidget) -> bool:
    """Qt's own list under a combo box takes the name of the box."""
    above = widget.parentWidget()
    return above is not None and (isinstance(above, QComboBox) or _in_a_popup(above))


def test_a_closed_window_leaves_nothing_behind(qapp: QApplication, services: Services) -> None:
    """A widget without a parent outlives its window and slows down every change of style from then on."""
    before = set(qapp.topLevelWidgets())
    window = open_window(qapp, services, ImmediateRunner())
    window.show()
    for spec in SCREENS:
        window.open_screen(spec.code)
    file = register(services)
    window.open_case(file.case_key)
    window.close()
    window.deleteLater()
    del window
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    left = [widget for widget in qapp.topLevelWidgets() if widget not in before]
    assert [type(widget).__name__ for widget in left] == []
