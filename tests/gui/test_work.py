"""工作记录 in the window: typed by keyboard, kept words, filters, a line struck, the sheet."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from mediation_desk.app import Desk as Services
from mediation_desk.statistics.work.kinds import work_rules
from mediation_desk.statistics.work.model import NewWork, WorkQuery
from tests.gui.typing import focused, press, type_words, walk
from ui.main_window import MainWindow
from ui.screens.work.columns import work_columns
from ui.screens.work.screen import WorkScreen

DAY_PADDING = 24
"""Desk pixels on both sides of the words in a cell."""

WORK = NewWork(kind="patrol", unit="石桥村", first=date(2026, 3, 2), times=1, disputes=4)


def shown(window: MainWindow, argument: str = "") -> WorkScreen:
    window.open_screen("work", argument)
    front = window.screen_in_front()
    assert isinstance(front, WorkScreen)
    return front


@pytest.fixture
def screen(window: MainWindow) -> WorkScreen:
    made = shown(window)
    made.since.set_value(date(2026, 1, 1))
    made.refresh()
    return made


def test_a_line_is_entered_by_keyboard_alone(screen: WorkScreen, services: Services) -> None:
    screen.setFocus()
    screen.primary_action()
    assert focused().objectName() == "work.kind"
    press(Qt.Key.Key_Tab)
    day = services.cases.local_today
    walk("长安人调")
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    walk((day - timedelta(days=3)).isoformat(), day.isoformat(), "2", "5", "1")
    screen.primary_action()

    (entry,) = services.work.listed(services.actor, WorkQuery())
    assert (entry.kind, entry.unit, entry.times, entry.disputes, entry.handed) == ("patrol", "CA", 2, 5, 1)
    assert (entry.first, entry.last) == (day - timedelta(days=3), day)
    assert [one.id for one in screen.table.records.records()] == [entry.id]
    assert "纠纷 5件" in screen.sums.text()
    assert screen.form.unit.value() == "长安人调", "the next line begins with the same unit"
    assert services.work.kept_words(services.actor) == {}


def test_a_kind_asks_for_its_own_numbers(screen: WorkScreen) -> None:
    screen.start()
    form = screen.form
    assert form.fields["times"].isVisible()
    assert not form.fields["yuan"].isVisible()
    form.kind.set_value(
        next(one for one in screen.context.services.work.rules.kinds if one.code == "committee")
    )
    form.kind.edited.emit()
    assert form.fields["yuan"].isVisible()
    assert not form.fields["times"].isVisible()
    assert not form.fields["last"].isVisible(), "money is paid on one day"
    assert form.fields["first"].label.text() == "日期 *"


def test_what_is_wrong_is_told_at_the_field(screen: WorkScreen, services: Services) -> None:
    screen.start()
    form = screen.form
    form.save()
    assert form.fields["unit"].error() == "请填写单位。"
    form.unit.set_value("长安街道")
    form.fields["times"].editor.setText("2")
    form.fields["disputes"].editor.setText("1")
    form.fields["handed"].editor.setText("3")
    form.save()
    assert "转为案件3件，比发现的1件还多" in form.fields["handed"].error()
    form.fields["handed"].editor.setText("0")
    form.since.set_value(services.cases.local_today + timedelta(days=1))
    form.save()
    assert "还没有到" in form.fields["first"].error()
    assert services.work.listed(services.actor, WorkQuery()) == ()


def test_words_survive_and_are_offered_again(
    screen: WorkScreen, window: MainWindow, services: Services
) -> None:
    screen.start()
    screen.form.unit.setFocus()
    type_words("柳湾镇")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    if screen.form.isVisible():
        screen.form.leave()
    assert services.work.kept_words(services.actor)["unit"] == "柳湾镇"

    screen.form._dirty = False  # as after a restart
    screen.start()
    assert screen.form.unit.value() == ""
    screen.form._on_again()
    assert screen.form.unit.value() == "柳湾镇"


def test_filters_narrow_the_list_and_say_what_they_cannot_find(
    screen: WorkScreen, services: Services
) -> None:
    patrol = services.work.add(services.actor, WORK)
    paid = services.work.add(
        services.actor, NewWork(kind="committee", unit="CA", first=date(2026, 3, 9), yuan=Decimal(500))
    )
    screen.refresh()

    def ids() -> list[int]:
        return [one.id for one in screen.table.records.records()]

    assert ids() == [paid.id, patrol.id]
    screen.unit.set_value("柳湾镇")
    screen.unit.editingFinished.emit()
    assert ids() == [patrol.id]
    screen.unit.set_value("火星")
    screen.unit.editingFinished.emit()
    assert "没有“火星”" in screen._unit_field.error()
    screen.unit.set_value("")
    screen.until.set_value(date(2026, 3, 5))
    screen.until.editingFinished.emit()
    assert ids() == [patrol.id]
    screen.until.set_value(date(2025, 3, 5))
    screen.until.editingFinished.emit()
    assert "早于起始日" in screen._until_field.error()


def test_a_line_is_struck_with_a_reason(screen: WorkScreen, services: Services) -> None:
    entry = services.work.add(services.actor, WORK)
    screen.refresh()
    screen.table.selectRow(0)
    screen.void_button.click()
    screen.voiding.submit.click()
    assert screen.voiding.reason.error() == "请填写为什么作废。"
    screen.voiding.reason.editor.set_value("记重了")
    screen.voiding.submit.click()

    assert services.work.find(services.actor, entry.id).void_reason == "记重了"
    assert not screen.voiding.isVisible()
    screen.table.selectRow(0)
    assert not screen.void_button.isEnabled()
    assert "计数的 0条" in screen.sums.text()


def test_the_list_in_front_becomes_a_sheet(screen: WorkScreen, services: Services, tmp_path: Path) -> None:
    services.work.add(services.actor, WORK)
    services.work.add(services.actor, replace(WORK, unit="CA"))
    screen.unit.set_value("柳湾镇")
    screen.refresh()
    screen.export_to(tmp_path / "work.xlsx")
    sheet = load_workbook(io.BytesIO((tmp_path / "work.xlsx").read_bytes())).worksheets[0]
    assert [row[2] for row in sheet.iter_rows(values_only=True)] == ["单位", "石桥村村民委员会", None]


def test_the_register_is_one_step_from_the_statistics_and_from_the_search(window: MainWindow) -> None:
    window.open_screen("statistics")
    front = window.screen_in_front()
    assert front is not None
    from PySide6.QtWidgets import QPushButton

    button = front.findChild(QPushButton, "stats.work")
    assert isinstance(button, QPushButton)
    button.click()
    assert isinstance(window.screen_in_front(), WorkScreen)
    made = shown(window, "new")
    assert made.form.isVisible()


def test_days_are_read_whole_however_narrow_the_window(screen: WorkScreen) -> None:
    columns = {column.title: column.width for column in work_columns(work_rules())}
    day = screen.fontMetrics().horizontalAdvance("2026-10-28")
    assert min(columns["自"], columns["至"]) >= day + DAY_PADDING
