"""A chart on the screen opens what it shows, by mouse and by keyboard, at any size and in any colours."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from mediation_desk.charts.model import Together
from tests.unit.chart_samples import bars, every_kind, flow, heat, lines, without_figures
from ui.charts.canvas import ChartCanvas
from ui.charts.looks import chart_theme
from ui.charts.view import ChartView
from ui.tasks.desk import Desk
from ui.tasks.runner import ImmediateRunner, PoolRunner
from ui.theme import Theme
from ui.tokens import DARK, LIGHT


@pytest.fixture
def view(qtbot: QtBot, themed: Theme, tmp_path: Path) -> ChartView:
    made = ChartView(Desk(ImmediateRunner()), tmp_path / "papers")
    qtbot.addWidget(made)
    made.resize(640, 300)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def place_of(canvas: ChartCanvas, target: object) -> QPoint:
    (found,) = [region for region in canvas.regions() if region.target == target]
    x, y = found.centre()
    return QPoint(round(x * canvas.width()), round(y * canvas.height()))


def test_a_click_opens_what_lies_there(qtbot: QtBot, view: ChartView) -> None:
    opened: list[object] = []
    view.opened.connect(opened.append)
    for chart, target in ((bars(4, 9, 2), ("concluded", 2)), (heat(), (2, 3)), (flow(), "p-yes")):
        view.show_chart(chart)
        QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=place_of(view.canvas, target))
        QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
        assert opened.pop() == target
        assert not opened


def test_a_click_that_slips_off_opens_nothing(view: ChartView) -> None:
    opened: list[object] = []
    view.opened.connect(opened.append)
    view.show_chart(bars(4, 9, 2))
    QTest.mousePress(view.canvas, Qt.MouseButton.LeftButton, pos=place_of(view.canvas, ("concluded", 2)))
    QTest.mouseRelease(view.canvas, Qt.MouseButton.LeftButton, pos=place_of(view.canvas, ("concluded", 3)))
    assert opened == []


def test_the_keyboard_reaches_every_part_and_enter_opens_it(view: ChartView) -> None:
    opened: list[object] = []
    view.opened.connect(opened.append)
    view.show_chart(heat())
    canvas = view.canvas
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_End):
        QTest.keyClick(canvas, key)
        QTest.keyClick(canvas, Qt.Key.Key_Enter)
    assert opened == [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0), (2, 3)]
    region = canvas.region()
    assert region is not None
    assert canvas.accessibleDescription() == region.name == "医疗纠纷，第4调解委员会，101 件"


def test_arrows_walk_through_all_points_of_a_chart(view: ChartView) -> None:
    view.show_chart(bars(*range(1, 11)))
    view.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    for _step in range(10):
        region = view.canvas.region()
        seen.append(region.target if region else None)
        QTest.keyClick(view.canvas, Qt.Key.Key_Right)
    assert seen == [("concluded", month) for month in range(1, 11)]


def test_tab_comes_in_and_leaves(view: ChartView) -> None:
    view.show_chart(bars(1, 2))
    view.more.setFocus()
    QTest.keyClick(view.more, Qt.Key.Key_Backtab)
    assert view.canvas.hasFocus()
    QTest.keyClick(view.canvas, Qt.Key.Key_Tab)
    assert view.more.hasFocus()


def test_what_has_no_target_is_read_but_not_opened(view: ChartView) -> None:
    opened: list[object] = []
    view.opened.connect(opened.append)
    chart = flow()
    view.show_chart(chart)
    (node,) = [one for one in view.canvas.regions() if one.name == "主动调解，75 件"]
    assert node.target is None
    view.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    while view.canvas.region() is not node:
        view.canvas._go(view.canvas._here + 1)
    QTest.keyClick(view.canvas, Qt.Key.Key_Return)
    assert opened == []


def test_the_hint_tells_value_and_definition_literally(view: ChartView) -> None:
    view.show_chart(bars(4, 9))
    view.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view.canvas, Qt.Key.Key_Right)
    assert "2月，9 件" in QToolTip.text()
    assert "办结：期间内结束的已受理案件" in QToolTip.text()


def test_the_rest_opens_all_that_was_folded(view: ChartView) -> None:
    opened: list[object] = []
    view.opened.connect(opened.append)
    view.show_chart(heat(60))
    (first, *_others) = [one for one in view.canvas.regions() if isinstance(one.target, Together)]
    QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=place_of(view.canvas, first.target))
    (target,) = opened
    assert isinstance(target, Together)
    assert {row for row, _column in target.targets} == {0}  # type: ignore[misc,has-type]


def test_an_empty_period_is_told_in_place(view: ChartView) -> None:
    for chart in without_figures().values():
        view.show_chart(chart)
        assert view.canvas.regions() == ()
        assert chart.empty in view.canvas.accessibleDescription()


def test_larger_text_draws_a_higher_picture(qtbot: QtBot, themed: Theme, view: ChartView) -> None:
    view.show_chart(lines())
    low, ratio = view.height(), view.canvas._image.width() / view.canvas.width()
    assert ratio == pytest.approx(view.devicePixelRatioF(), abs=0.01)
    with qtbot.waitSignal(view.drawn):
        themed.set_percent(200)
    assert view.height() > 1.5 * low
    assert view.canvas._image.width() == pytest.approx(view.canvas.width(), abs=1)


def test_dark_charts_lie_on_dark_ground(qtbot: QtBot, themed: Theme, view: ChartView) -> None:
    view.show_chart(bars(1, 2))
    assert view.canvas._image.pixelColor(1, 1).name().upper() == LIGHT.raised
    with qtbot.waitSignal(view.drawn):
        themed.set_mode("dark")
    assert view.canvas._image.pixelColor(1, 1).name().upper() == DARK.raised
    assert chart_theme(DARK).ground == DARK.raised


def test_files_are_written_in_light_whatever_the_screen_shows(
    qtbot: QtBot, themed: Theme, view: ChartView, tmp_path: Path
) -> None:
    themed.set_mode("dark")
    view.show_chart(every_kind()["matrix"])
    written: list[Path] = []
    view.saved.connect(written.append)
    for suffix in (".svg", ".png", ".pdf"):
        view.save_as(suffix)
    name = "风险预警_截至2026年9月30日"
    assert [path.name for path in written] == [f"{name}.svg", f"{name}.png", f"{name}.pdf"]
    assert all(path.parent == tmp_path / "papers" and path.stat().st_size > 1000 for path in written)
    assert "fill: #ffffff" in written[0].read_text("utf-8")
    assert DARK.raised.lower() not in written[0].read_text("utf-8")


def test_the_menu_offers_files_and_the_figures(view: ChartView) -> None:
    view.show_chart(heat())
    menu = view._menu()
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert words == ["存为 SVG（放大不糊）", "存为 PNG", "存为 PDF（A4 一页）", "看数字"]
    menu.actions()[-1].trigger()
    assert view.numbers.isVisible()
    model = view.numbers.model()
    assert model.index(2, 4).data() == "101"
    assert model.index(1, 2).data() == "—"
    menu.deleteLater()
    back = view._menu()
    assert back.actions()[-1].text() == "看图"
    back.actions()[-1].trigger()
    assert view.canvas.isVisible()
    back.deleteLater()


def test_the_height_that_follows_is_no_reason_to_draw_again(qtbot: QtBot, view: ChartView) -> None:
    drawn: list[int] = []
    view.drawn.connect(lambda: drawn.append(view.height()))
    view.show_chart(lines())
    qtbot.wait(300)
    assert len(drawn) == 1
    view.resize(700, view.height())
    qtbot.wait(300)
    assert len(drawn) == 2


def test_many_sizes_in_a_row_are_drawn_once(qtbot: QtBot, themed: Theme, tmp_path: Path) -> None:
    runner = PoolRunner()
    view = ChartView(Desk(runner), tmp_path, height=240)
    qtbot.addWidget(view)
    view.resize(500, 240)
    view.show()
    drawn: list[int] = []
    view.drawn.connect(lambda: drawn.append(view.canvas._image.width()))
    with qtbot.waitSignal(view.drawn, timeout=20_000):
        view.show_chart(lines())
    drawn.clear()
    with qtbot.waitSignal(view.drawn, timeout=20_000):
        for width in (520, 560, 600, 640):
            view.resize(width, 240)
            QApplication.processEvents()
    qtbot.waitUntil(runner.idle, timeout=20_000)
    assert drawn == [round(640 * view.devicePixelRatioF())]
    assert view.height() == 240
    runner.close()
