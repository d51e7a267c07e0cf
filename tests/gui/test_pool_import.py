"""A roster taken in at the screen: recognised, put right in place, taken in, taken back."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.app import Desk
from mediation_desk.interchange.pool.staging import StagedImport
from mediation_desk.interchange.sheets.rows import State
from tests.gui.typing import named, press, type_words
from ui.app import open_window
from ui.main_window import MainWindow
from ui.screens.experts.importing import ImportPage
from ui.screens.experts.screen import ExpertsScreen
from ui.screens.importing.page import ImportingPage
from ui.screens.importing.table import RESULT
from ui.tasks.runner import ImmediateRunner, PoolRunner

TITLES = ("序号", "姓名", "性别", "身份证号", "联系电话", "所属调委会", "擅长领域", "血型")
ZHOU = (1, "周敬安", "男", "110101195904121375", "13800000901", "安和区调委会", "邻里", "A")
WRONG = (2, "孙明理", "男", "", "1380", "安和区调委会", "邻里", "B")
TWIN = (3, "周敬安", "男", "110101195904121375", "13800000901", "安和区调委会", "合同", "")


@pytest.fixture
def roster(tmp_path: Path) -> Callable[..., Path]:
    def write(*rows: Sequence[object], name: str = "名册.xlsx") -> Path:
        book = Workbook()
        for row in (TITLES, *rows):
            book.worksheets[0].append(list(row))
        stream = io.BytesIO()
        book.save(stream)
        path = tmp_path / name
        path.write_bytes(stream.getvalue())
        return path

    return write


@pytest.fixture
def page(window: MainWindow) -> ImportPage:
    """The page in front of the register, as the menu opens it."""
    return opened(window)


def live_window(qapp: QApplication, qtbot: QtBot, services: Desk) -> MainWindow:
    """A window whose work is done beside it, as for people."""
    made = open_window(qapp, services, PoolRunner())
    qtbot.addWidget(made)
    made.show()
    return made


def opened(window: MainWindow) -> ImportPage:
    window.open_screen("experts")
    screen = window.screen_in_front()
    assert isinstance(screen, ExpertsScreen)
    screen.toolbar.actions_by_code["import"].trigger()
    (found,) = window.findChildren(ImportPage)
    return found


def click(window: MainWindow, name: str) -> None:
    """Press the one button of this name that can be seen; buttons given up go later."""
    QApplication.processEvents()
    (button,) = (one for one in window.findChildren(QPushButton, name) if one.isVisible())
    assert button.isEnabled(), name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def names(services: Desk) -> list[str]:
    return [entry.mediator.name for entry in services.experts.register(services.actor)]


def cell(page: ImportPage, row: int, column: int) -> str:
    return str(page.preview.model.index(row, column).data() or "")


def type_into(page: ImportingPage, number: int, place: int, words: str) -> None:
    """Go to a cell as a person does, type over it, and leave it with Enter."""
    QApplication.processEvents()
    preview = page.preview
    index = preview.model.index(preview.model.line_of(number), preview.model.column_of(place))
    preview.table.setCurrentIndex(index)
    preview.table.setFocus()
    press(Qt.Key.Key_F2)
    QApplication.processEvents()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_words(words)
    press(Qt.Key.Key_Return)
    QApplication.processEvents()


def test_a_roster_from_the_file_to_the_pool_and_back(
    window: MainWindow, services: Desk, page: ImportPage, roster: Callable[..., Path]
) -> None:
    page.read_file(roster(ZHOU, WRONG, TWIN))
    preview = page.preview
    QAbstractItemModelTester(preview.model)
    staged = preview.staged()
    assert staged is not None
    assert (staged.count(State.READY), staged.count(State.WRONG)) == (0, 3)
    assert not preview.take.isEnabled()
    assert "没有读：血型" in preview.columns.summary.text()
    click(window, "importing.fill_all.employment")
    assert cell(page, 0, RESULT) == "有问题"
    assert [preview.filters.buttons[code].text() for code in ("wrong", "twins", "ready")] == [
        "有问题 1",
        "重复 1",
        "可以收入 1",
    ]
    type_into(page, 3, 4, "13800000903")
    assert preview.take.text() == "收入 2 行"
    click(window, "importing.take")
    assert names(services) == ["周敬安", "孙明理"]
    assert "新增 2 人" in window.message_bar.sentence()
    window.message_bar.act()
    assert names(services) == []
    (batch,) = services.pool_import.batches(services.actor)
    assert batch.undone_at is not None
    assert not page.start.undo.isEnabled()


def test_good_rows_alone_and_the_sentence_of_the_others(
    window: MainWindow, services: Desk, page: ImportPage, roster: Callable[..., Path]
) -> None:
    page.read_file(roster(ZHOU, WRONG))
    click(window, "importing.fill_all.employment")
    said = [
        label.text() for label in page.preview.row_panel.findChildren(QWidget, "") if hasattr(label, "text")
    ]
    assert any("第3行“联系电话”（E列）：联系电话应为11位手机号" in sentence for sentence in said)
    assert page.preview.take.text() == "只收好的 1 行"
    click(window, "importing.take")
    assert names(services) == ["周敬安"]
    assert "有问题的 1 行没有收入" in window.message_bar.sentence()


def test_rows_the_pool_has_overtaken_are_compared_anew_and_nothing_is_lost(
    window: MainWindow, services: Desk, page: ImportPage, roster: Callable[..., Path]
) -> None:
    page.read_file(roster(ZHOU, (*WRONG[:4], "13800000902", *WRONG[5:])))
    click(window, "importing.fill_all.employment")
    assert page.preview.take.text() == "收入 2 行"
    rosters, actor = services.pool_import, services.actor
    elsewhere = page.preview.staged()
    assert isinstance(elsewhere, StagedImport)
    rosters.take_in(actor, elsewhere)  # another counter takes the same roster in meanwhile
    click(window, "importing.take")
    assert len(names(services)) == 2
    assert window.message_bar.sentence()
    staged = page.preview.staged()
    assert staged is not None
    assert staged.count(State.READY) == 0
    assert not page.preview.take.isEnabled()
    assert page.preview.isVisible()


def test_somebody_known_is_updated_only_when_wanted(
    window: MainWindow, services: Desk, page: ImportPage, roster: Callable[..., Path]
) -> None:
    for row in (ZHOU, TWIN):
        page.read_file(roster(row))
        if row is ZHOU:
            click(window, "importing.fill_all.employment")
        if row is TWIN:
            assert not page.preview.take.isEnabled()
            click(window, "importing.choice.update")
        click(window, "importing.take")
    (entry,) = services.experts.register(services.actor)
    assert entry.mediator.card.specialties == ("合同",)


def test_a_column_gets_another_meaning(
    window: MainWindow, page: ImportPage, roster: Callable[..., Path]
) -> None:
    page.read_file(roster(ZHOU))
    click(window, "importing.unfold")
    choice = named(window, "importing.column.7")
    assert isinstance(choice, QComboBox)
    choice.setFocus()
    press(Qt.Key.Key_End)
    QApplication.processEvents()
    staged = page.preview.staged()
    assert staged is not None
    assert staged.plan.mapping[7] == "ties"
    assert staged.strange == ()


def test_what_was_put_right_outlives_a_crash(
    qapp: QApplication, qtbot: QtBot, services: Desk, page: ImportPage, roster: Callable[..., Path]
) -> None:
    page.read_file(roster(ZHOU, WRONG))
    type_into(page, 3, 4, "13800000903")
    page.keep()
    again = open_window(qapp, services, ImmediateRunner())
    qtbot.addWidget(again)
    again.show()
    after = opened(again)
    click(again, "importing.resume")
    staged = after.preview.staged()
    assert staged is not None
    assert staged.row(3).line.cell(4) == "13800000903"


def test_giving_up_leaves_nothing(
    window: MainWindow, services: Desk, page: ImportPage, roster: Callable[..., Path]
) -> None:
    page.read_file(roster(ZHOU))
    page.keep()
    click(window, "importing.drop")
    assert services.pool_import.kept_file(services.actor) == ""
    assert names(services) == []
    assert page.start.isVisible()


def test_a_file_that_is_none_is_refused_in_a_sentence(
    window: MainWindow, page: ImportPage, tmp_path: Path
) -> None:
    wrong = tmp_path / "x.xlsx"
    wrong.write_bytes(b"x")
    page.read_file(wrong)
    assert "不是完好的.xlsx" in window.message_bar.sentence()
    page.read_file(tmp_path / "gone.xlsx")
    assert "读不了文件" in window.message_bar.sentence()
    assert page.start.isVisible()


def test_reading_can_be_stopped(
    qapp: QApplication, qtbot: QtBot, services: Desk, roster: Callable[..., Path]
) -> None:
    """With the real pool: the page answers while the worker reads."""
    made = live_window(qapp, qtbot, services)
    page = opened(made)
    rows = [
        (place, f"张{chr(0x4E00 + place)}", "男", "", "", "某调委会", "邻里", "") for place in range(6000)
    ]
    page.read_file(roster(*rows))
    stop = page.findChild(QPushButton, "importing.stop")
    assert stop is not None
    qtbot.waitUntil(stop.isVisible, timeout=5000)
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.start.isVisible, timeout=20_000)
    assert "已停止" in made.message_bar.sentence()
    assert page.preview.staged() is None
    made.close()
