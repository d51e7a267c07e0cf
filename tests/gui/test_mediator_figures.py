"""Figures of a mediator on screen: values, definitions, the way down to the cases and from there to one case."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.bulk import BulkCases
from mediation_desk.app import Desk
from mediation_desk.practice.demo import fill
from mediation_desk.statistics.periods import ALL
from ui.main_window import MainWindow
from ui.screens.base import Screen
from ui.screens.experts.record.figure_line import FigureLine
from ui.screens.experts.record.figures_view import FiguresView
from ui.theme import theme
from ui.widgets.plain import PlainLabel

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)


@pytest.fixture
def view(window: MainWindow, services: Desk, qtbot: QtBot) -> FiguresView:
    fill(BulkCases(services.storage), 150, 5, clock=lambda: NOW)
    window.open_screen("experts")
    screen = window.screen_in_front()
    assert isinstance(screen, Screen)
    made = FiguresView(screen.context)
    qtbot.addWidget(made)
    screen.context.show_pane(made, "数字")
    made.period.set_value("历年")
    made.show_mediator("M01")
    return made


def line(view: FiguresView, code: str) -> FigureLine:
    (found,) = (one for one in view.findChildren(FigureLine, f"figure.{code}") if not one.isHidden())
    return found


def keys(view: FiguresView) -> set[str]:
    return {one.line.case_key for one in view.cases.table.records.records()}


def test_every_figure_has_its_value_and_its_definition(view: FiguresView, services: Desk) -> None:
    expected = services.statistics.mediator(services.actor, "M01", ALL)

    assert view.figures() == expected
    for figure in expected:
        shown = line(view, figure.code)
        assert shown.accessibleName().startswith(f"{figure.name}，{figure.text}")
        assert figure.definition in shown.accessibleDescription()
        assert figure.definition in shown.toolTip()
    words = {label.text() for label in view.findChildren(PlainLabel)}
    assert any("激化数" in text for text in words), "what is not counted is said"
    assert not any(mark in text for text in words for mark in "★☆")


def test_a_press_opens_exactly_the_cases_counted(view: FiguresView, qtbot: QtBot) -> None:
    for figure in view.figures():
        with qtbot.waitSignal(view.opened) as told:
            line(view, figure.code).click()
        assert told.args == [figure.code]
        assert keys(view) == set(figure.cases), figure.code
        view.cases.back.click()


def test_a_share_is_narrowed_to_its_numerator_and_to_the_rest(view: FiguresView) -> None:
    view.open_figure("success_rate")
    success = line(view, "success_rate").figure
    assert 0 < len(success.numerator) < len(success.denominator)
    for place, expected in enumerate(
        (set(success.denominator), set(success.numerator), set(success.denominator) - set(success.numerator))
    ):
        view.cases.part.setCurrentIndex(place)
        view.cases.part.edited.emit()
        assert keys(view) == expected
        assert view.cases.part.currentText().endswith(f"{len(expected)} 件")
    notes = {one.note for one in view.cases.table.records.records()}
    assert notes == {"否"}, "colour is not the only sign"
    view.cases.back.click()
    view.open_figure("appointed")
    assert not view.cases.part.isVisible()


def test_keys_alone_lead_to_a_case_and_back(view: FiguresView, window: MainWindow) -> None:
    concluded = line(view, "concluded")
    concluded.setFocus()
    QTest.keyClick(concluded, Qt.Key.Key_Return)
    table = view.cases.table
    assert table.hasFocus()
    first = table.current()
    assert first is not None
    QTest.keyClick(table, Qt.Key.Key_Escape)
    assert line(view, "concluded").hasFocus()
    QTest.keyClick(line(view, "concluded"), Qt.Key.Key_Space)
    QTest.keyClick(view.cases.table, Qt.Key.Key_Return)
    front = window.screen_in_front()
    assert front is not None
    assert getattr(front, "code", "") == "case"


def test_a_new_reading_keeps_the_place(view: FiguresView) -> None:
    view.open_figure("success_rate")
    view.cases.part.setCurrentIndex(1)
    view.cases.part.edited.emit()
    table = view.cases.table
    index = table.model().index(2, 0)
    table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
    table.selectRow(2)
    chosen = table.current()
    assert chosen is not None

    view.refresh()

    assert view.cases.part.currentIndex() == 1
    kept = table.current()
    assert kept is not None
    assert kept.line.case_key == chosen.line.case_key


def test_the_period_decides(view: FiguresView, services: Desk) -> None:
    everything = line(view, "concluded").figure.part
    view.period.set_value("去年")
    view.period.edited.emit()
    last_year = services.cases.local_today.year - 1
    ended = line(view, "concluded").figure
    assert ended.part < everything
    lines = services.statistics.cases_behind(services.actor, ended.numerator)
    assert {one.concluded_on.year for one in lines if one.concluded_on} <= {last_year}


def test_another_mediator_starts_with_the_figures(view: FiguresView) -> None:
    view.open_figure("concluded")
    assert view.cases.isVisible()
    view.show_mediator("M02")
    assert not view.cases.isVisible()
    assert view.figures()


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_values_are_never_cut(view: FiguresView, mode: str, percent: int) -> None:
    theme().set_mode(mode)
    theme().set_percent(percent)
    view.refresh()
    try:
        for figure in view.figures():
            shown = line(view, figure.code)
            metrics = shown.fontMetrics()
            assert metrics.horizontalAdvance(figure.text) < shown.width() - theme().px(60)
            assert shown.height() >= metrics.height()
    finally:
        theme().set_mode("light")
        theme().set_percent(100)
