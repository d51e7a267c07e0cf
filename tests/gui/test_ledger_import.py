"""An old register taken in at the screen: reached from the cases, put right in place, taken in, taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from mediation_desk.app import Desk
from mediation_desk.cases.lifecycle import State as CaseState
from mediation_desk.cases.summary import CaseQuery, CaseSummary
from mediation_desk.interchange.sheets.rows import State
from tests.gui.test_pool_import import click, live_window, type_into
from tests.gui.typing import named, press
from tests.unit.register import TITLES, with_cells
from tests.unit.roster import workbook
from ui.main_window import MainWindow
from ui.screens.cases.ledger import LedgerScreen
from ui.screens.cases.screen import CasesScreen
from ui.screens.importing.page import ImportingPage
from ui.widgets.plain import PlainLabel

KIND = TITLES.index("纠纷类型")
GOOD = with_cells()
WRONG = with_cells(编号="（2024）清平人调字第2号", 纠纷类型="宇宙")
OPEN = with_cells(编号="（2024）清平人调字第3号", 申请人="赵一", 调解结果="调解中", 结案日期=None)
_LONGEST_MS = 250
"""What a person does not yet take for a window that hangs; the machine of the tests is slow and shared."""


@pytest.fixture
def register(tmp_path: Path) -> Callable[..., Path]:
    def write(*rows: Sequence[object]) -> Path:
        path = tmp_path / "台账.xlsx"
        path.write_bytes(workbook(TITLES, *rows))
        return path

    return write


def opened(window: MainWindow) -> ImportingPage:
    """The page as it is reached from the list of cases."""
    window.open_screen("cases")
    assert isinstance(window.screen_in_front(), CasesScreen)
    click(window, "cases.ledger")
    screen = window.screen_in_front()
    assert isinstance(screen, LedgerScreen)
    return screen.page


def on_file(services: Desk) -> tuple[CaseSummary, ...]:
    return services.cases.summaries(services.actor, CaseQuery())


def test_a_register_from_the_file_to_the_cases_and_back(
    window: MainWindow, services: Desk, register: Callable[..., Path]
) -> None:
    page = opened(window)
    page.read_file(register(GOOD, WRONG, OPEN))
    staged = page.preview.staged()
    assert staged is not None
    assert (staged.count(State.READY), staged.count(State.WRONG)) == (2, 1)
    assert page.preview.take.text() == "只收好的 2 行"
    type_into(page, 3, KIND, "邻里")
    assert page.preview.take.text() == "收入 3 行"
    click(window, "importing.take")
    assert "收入 3 件" in window.message_bar.sentence()
    states = [case.state for case in on_file(services)]
    assert sorted(states) == sorted([CaseState.ON_LEDGER, CaseState.ON_LEDGER, CaseState.REGISTERED])
    window.message_bar.act()
    assert on_file(services) == ()
    assert "撤出 3 件" in window.message_bar.sentence()
    assert not page.start.undo.isEnabled()


def test_a_row_may_be_left_out(window: MainWindow, services: Desk, register: Callable[..., Path]) -> None:
    page = opened(window)
    page.read_file(register(GOOD, OPEN))
    click(window, "importing.choice.skip")
    click(window, "importing.take")
    assert [case.number for case in on_file(services)] == ["（2024）清平人调字第3号"]


def test_the_case_page_shows_the_words_of_the_register_and_offers_nothing_to_do(
    window: MainWindow, services: Desk, register: Callable[..., Path]
) -> None:
    page = opened(window)
    page.read_file(register(GOOD))
    click(window, "importing.take")
    (case,) = on_file(services)
    window.open_case(case.case_key)
    card = named(window, "overview.ledger")
    said = [label.text() for label in card.findChildren(PlainLabel)]
    assert any("不计入结案统计" in text for text in said)
    assert {"台账.xlsx，工作表“Sheet”第2行", "楼上漏水，吊顶泡坏", "调解成功"} <= set(said)
    assert not any(
        button.isVisible() and button.text() in ("受理", "结束调解")
        for button in window.findChildren(QPushButton)
    )


def test_escape_and_the_link_lead_back_and_what_was_put_right_is_kept(
    window: MainWindow, register: Callable[..., Path]
) -> None:
    page = opened(window)
    page.read_file(register(GOOD, WRONG))
    type_into(page, 3, KIND, "邻里")
    page.preview.table.setFocus()
    press(Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert isinstance(window.screen_in_front(), CasesScreen)
    again = opened(window)
    staged = again.preview.staged()
    assert staged is not None
    assert staged.row(3).line.cell(KIND) == "邻里"


def test_five_thousand_rows_do_not_hold_the_window_up(
    qapp: QApplication, qtbot: QtBot, services: Desk, register: Callable[..., Path]
) -> None:
    """Reading, looking at, mending and taking in run beside the window, which keeps answering."""
    made = live_window(qapp, qtbot, services)
    page = opened(made)
    rows = [
        with_cells(编号=f"（2024）清平人调字第{place}号", 申请人=f"张{chr(0x4E00 + place)}")
        for place in range(1, 5001)
    ]
    page.read_file(register(*rows))
    qtbot.waitUntil(lambda: page.preview.staged() is not None, timeout=60_000)
    beats: list[int] = []
    last = [perf_counter()]

    def beat() -> None:
        beats.append(int((perf_counter() - last[0]) * 1000))
        last[0] = perf_counter()

    pulse = QTimer(interval=5)
    pulse.timeout.connect(beat)
    pulse.start()
    page.preview.typed.emit(2500, KIND, "宇宙")
    page.preview.typed.emit(2501, KIND, "宇宙")
    qtbot.waitUntil(
        lambda: (staged := page.preview.staged()) is not None and staged.count(State.WRONG) == 2,
        timeout=20_000,
    )
    page.preview.take.click()
    stop = page.findChild(QPushButton, "importing.stop")
    assert stop is not None
    qtbot.waitUntil(lambda: "到第" in page.waiting.said.text(), timeout=20_000)
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.start.isVisible, timeout=60_000)
    pulse.stop()
    (batch,) = services.ledger_import.batches(services.actor)
    assert 0 < batch.taken < 4998
    assert f"此前收入 {batch.taken} 件" in made.message_bar.sentence()
    assert sorted(beats)[-3] < _LONGEST_MS, sorted(beats)[-5:]
    made.close()
