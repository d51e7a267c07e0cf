"""The list of cases: views with counts, filters as a sentence, and a window that does not grow."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from mediation_desk.app import Desk as Services
from mediation_desk.app import fill_demo
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.settings import resolve
from tests.gui.typing import named, press, type_words
from ui.main_window import MainWindow
from ui.screens.cases.screen import CasesScreen
from ui.screens.cases.table import KEPT

MANY = 1_250


@pytest.fixture
def centre(services: Services) -> None:
    services.fill_sample()


@pytest.fixture
def archive(tmp_path: Path, services: Services) -> None:
    """More cases than the table keeps."""
    fill_demo(resolve(tmp_path, practice=True), MANY, 1, lambda _count: None)


@pytest.fixture
def cases(window: MainWindow) -> CasesScreen:
    window.open_screen("cases")
    front = window.screen_in_front()
    assert isinstance(front, CasesScreen)
    return front


def click(window: MainWindow, name: str) -> None:
    control = named(window, name)
    assert isinstance(control, QAbstractButton)
    assert control.isVisible(), name
    control.click()


def choose(window: MainWindow, name: str, word: str) -> None:
    box = named(window, name)
    assert isinstance(box, QComboBox)
    place = box.findText(word)
    assert place >= 0, word
    box.setCurrentIndex(place)
    box.activated.emit(place)


@pytest.mark.usefixtures("centre")
def test_a_view_shows_its_list_and_its_count(
    window: MainWindow, cases: CasesScreen, services: Services
) -> None:
    everything = len(cases.shown())
    click(window, "cases.view.等受理")
    button = named(window, "cases.view.等受理")
    assert isinstance(button, QAbstractButton)

    assert 0 < len(cases.shown()) < everything
    assert button.text() == f"等受理 {len(cases.shown())}"
    assert button.accessibleName() == f"等受理，{len(cases.shown())} 件"
    assert button.isChecked()
    assert cases.told() == f"等受理：共 {len(cases.shown())} 件"
    button.click()
    assert (len(cases.shown()), button.isChecked()) == (everything, False)


@pytest.mark.usefixtures("centre")
def test_another_screen_can_open_a_view(window: MainWindow, cases: CasesScreen) -> None:
    window.open_screen("cases", "#等签名")

    assert cases.told().startswith("等签名：")


@pytest.mark.usefixtures("centre")
def test_filters_are_told_in_one_sentence(window: MainWindow, cases: CasesScreen) -> None:
    choose(window, "cases.states", "归档")
    click(window, "cases.more")
    choose(window, "cases.category", "邻里纠纷")
    day = named(window, "cases.from")
    assert isinstance(day, QLineEdit)
    day.setFocus()
    type_words("2020-01-01")
    cases._settle.timeout.emit()

    assert cases.told().startswith("归档，邻里纠纷，2020-01-01起收案：共 ")
    assert {case.category.value for case in cases.shown()} <= {"邻里纠纷"}
    click(window, "cases.more")
    more = named(window, "cases.more")
    assert isinstance(more, QAbstractButton)
    assert "（2）" in more.text()
    click(window, "cases.all")
    assert cases.told().startswith("共 ")


@pytest.mark.usefixtures("centre")
def test_a_list_is_saved_renamed_deleted_and_taken_back(
    window: MainWindow, cases: CasesScreen, services: Services, qtbot: QtBot
) -> None:
    choose(window, "cases.tracks", "司法调解")
    shown = cases.shown()
    click(window, "cases.save_view")
    type_words("法院来的")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(named(window, "cases.view.法院来的").isVisible)
    click(window, "cases.all")
    click(window, "cases.view.法院来的")
    assert cases.shown() == shown

    click(window, "cases.rename_view")
    type_words("委派案件")
    press(Qt.Key.Key_Return)
    assert _own(services) == ["委派案件"]
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert _own(services) == ["法院来的"]

    click(window, "cases.view.法院来的") if not cases._view() else None
    click(window, "cases.drop_view")
    assert _own(services) == []
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert _own(services) == ["法院来的"]


def _own(services: Services) -> list[str]:
    return [view.name for view in services.views.views(services.actor) if not view.shipped]


@pytest.mark.usefixtures("centre")
def test_escape_saves_no_view(window: MainWindow, cases: CasesScreen, services: Services) -> None:
    choose(window, "cases.tracks", "司法调解")
    click(window, "cases.save_view")
    type_words("不要了")
    press(Qt.Key.Key_Escape)

    assert not named(window, "cases.view_name").isVisible()
    assert _own(services) == []


@pytest.mark.usefixtures("centre")
def test_a_taken_name_is_refused_in_words(window: MainWindow, cases: CasesScreen) -> None:
    choose(window, "cases.tracks", "司法调解")
    click(window, "cases.save_view")
    type_words("已超期")
    press(Qt.Key.Key_Return)

    assert window.message_bar.sentence() == "已有名为“已超期”的视图，请换一个名字。"
    assert named(window, "cases.view_name").isVisible()


@pytest.mark.usefixtures("archive")
def test_scrolling_keeps_a_window_of_the_list(
    window: MainWindow, cases: CasesScreen, services: Services, qtbot: QtBot
) -> None:
    whole = services.cases.summaries(services.actor, CaseQuery(limit=MANY + 1))
    bar = cases.table.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    seen = {case.case_key for case in cases.shown()}
    while not cases._complete:
        before = cases.shown()[-1]
        bar.setValue(bar.maximum())
        qtbot.waitUntil(lambda before=before: cases.shown()[-1] != before)  # type: ignore[misc]
        seen |= {case.case_key for case in cases.shown()}
        assert len(cases.shown()) <= KEPT
    assert len(seen) == MANY
    assert cases.shown() == whole[MANY - KEPT :]

    while cases._above is not None:
        first = cases.shown()[0]
        bar.setValue(0)
        qtbot.waitUntil(lambda first=first: cases.shown()[0] != first)  # type: ignore[misc]
        assert len(cases.shown()) <= KEPT
    assert cases.shown() == whole[:KEPT]


@pytest.mark.usefixtures("archive")
def test_what_one_looks_at_stays_when_lines_fall_off(
    window: MainWindow, cases: CasesScreen, qtbot: QtBot
) -> None:
    bar = cases.table.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    for _ in range(2):
        before = cases.shown()[-1]
        bar.setValue(bar.maximum())
        qtbot.waitUntil(lambda before=before: cases.shown()[-1] != before)  # type: ignore[misc]
    assert len(cases.shown()) == KEPT
    bar.setValue(bar.maximum() - 20 * cases.table.verticalHeader().defaultSectionSize())
    looked_at = cases.table.records.record(cases.table.rowAt(5))
    bar.setValue(bar.value() + 10 * cases.table.verticalHeader().defaultSectionSize())
    moved = cases.table.rowAt(5)

    assert len(cases.shown()) == KEPT
    place = cases.table.records.row_of(looked_at.case_key) if looked_at else -1
    assert moved - place == 10


@pytest.mark.usefixtures("archive")
def test_only_a_list_that_is_here_as_a_whole_can_be_sorted(window: MainWindow, cases: CasesScreen) -> None:
    assert not cases.table.isSortingEnabled()
    click(window, "cases.view.等受理")
    assert cases.table.isSortingEnabled()
    click(window, "cases.all")
    assert not cases.table.isSortingEnabled()


@pytest.mark.usefixtures("archive")
def test_a_change_elsewhere_reads_the_same_lines_again(
    window: MainWindow, cases: CasesScreen, qtbot: QtBot
) -> None:
    bar = cases.table.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    for _ in range(3):
        before = cases.shown()[-1]
        bar.setValue(bar.maximum())
        qtbot.waitUntil(lambda before=before: cases.shown()[-1] != before)  # type: ignore[misc]
    kept, place = cases.shown(), bar.value()
    cases.refresh()

    assert cases.shown() == kept
    assert bar.value() == place
