"""One record on screen: engaged, read, changed, its standing, its photo; and two records made one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.app import Desk as Services
from mediation_desk.cases.comparing import Choice
from mediation_desk.experts.mediator import Discipline, Fault, Leave, Measure, Standing
from tests.gui.expert_driver import (
    RIGHT_ID,
    WRONG_ID,
    choose,
    click,
    fill,
    find,
    open_experts,
    person,
    settle,
    write,
)
from tests.gui.typing import focused, press, type_words
from ui.fields.field import Field
from ui.main_window import MainWindow
from ui.screens.experts.record.photo_box import PhotoBox
from ui.screens.experts.screen import ExpertsScreen
from ui.screens.side_by_side import SideBySide
from ui.widgets.danger_dialog import DangerDialog

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(window: MainWindow, services: Services) -> ExpertsScreen:
    fill(services)
    return open_experts(window)


def test_a_wrong_number_is_told_beneath_and_nothing_is_stored(
    screen: ExpertsScreen, services: Services
) -> None:
    click(screen, "experts.engage")
    write(screen, "engage.pool_no", "M09")
    write(screen, "engage.name", "周敬安")
    write(screen, "engage.specialties", "邻里")
    write(screen, "engage.id_no", WRONG_ID)
    press(Qt.Key.Key_Return, CONTROL)
    settle()
    assert "校验位" in _error(screen, "id_no")
    assert len(services.experts.pool(services.actor)) == 4
    assert focused().objectName() == "engage.id_no"
    write(screen, "engage.id_no", "110101199001010015")
    press(Qt.Key.Key_Tab)
    assert screen.pages.form().record().card.birth_date == date(1990, 1, 1)
    press(Qt.Key.Key_Return, CONTROL)
    settle()
    assert services.experts.mediator(services.actor, "M09").card.id_no == "110101199001010015"


def test_what_only_the_service_knows_is_told_beneath_too(screen: ExpertsScreen, services: Services) -> None:
    click(screen, "experts.engage")
    for name, text in (("pool_no", "M01"), ("name", "周敬安"), ("specialties", "邻里")):
        write(screen, f"engage.{name}", text)
    click(screen, "engage.submit")
    assert _error(screen, "pool_no") == "编号M01已有人使用。"
    assert services.experts.mediator(services.actor, "M01").name == "钱和平"


def test_leave_is_entered_by_keys(screen: ExpertsScreen, services: Services) -> None:
    _edit(screen, "M01")
    adder = find(screen, "engage.leaves.add")
    adder.setFocus()
    press(Qt.Key.Key_Return)
    settle()
    assert focused().objectName() == "engage.leaves.0.from_on"
    first = services.cases.local_today + timedelta(days=30)
    type_words("+30")
    press(Qt.Key.Key_Return)
    assert focused().objectName() == "engage.leaves.0.to"
    type_words("+32")
    press(Qt.Key.Key_Return)
    type_words("体检")
    press(Qt.Key.Key_Return, CONTROL)
    settle()
    stored = services.experts.mediator(services.actor, "M01")
    assert stored.leaves == (Leave(from_on=first, to=first + timedelta(days=2), reason="体检"),)
    page = screen.pages.opened_record()
    assert page is not None
    assert page.isVisible()


def test_a_line_with_a_gap_stores_nothing(screen: ExpertsScreen, services: Services) -> None:
    _edit(screen, "M01")
    write(screen, "engage.name", "钱和平安")
    _press(screen, "engage.leaves.add")
    write(screen, "engage.leaves.0.from_on", "2030-01-05")
    click(screen, "engage.submit")
    assert _error(screen, "leaves") == "第1行：请填写到（含）。"
    assert focused().objectName() == "engage.leaves.0.to"
    write(screen, "engage.leaves.0.to", "2030-01-03")
    click(screen, "engage.submit")
    assert _error(screen, "leaves") == "第1条请假的截止日早于开始日。"
    stored = services.experts.mediator(services.actor, "M01")
    assert (stored.name, stored.leaves) == ("钱和平", ())


def test_standing_changes_only_with_a_reason(screen: ExpertsScreen, services: Services) -> None:
    _open(screen, "M01")
    _press(screen, "standing.suspended")
    settle()
    click(screen, "standing.submit")
    assert services.experts.mediator(services.actor, "M01").standing is Standing.ENGAGED
    assert _error(screen, "standing_reason") == "请填写原因。"
    write(screen, "standing.reason", "健康原因")
    click(screen, "standing.submit")
    stored = services.experts.mediator(services.actor, "M01")
    assert (stored.standing, stored.standing_reason) == (Standing.SUSPENDED, "健康原因")
    assert _hidden(screen, "standing.suspended")


def test_the_form_asks_for_a_reason_too(screen: ExpertsScreen, services: Services) -> None:
    _edit(screen, "M01")
    choose(screen, "engage.standing", "离任")
    click(screen, "engage.submit")
    assert _error(screen, "standing_reason") == "请填写聘任状态变动的原因。"
    write(screen, "engage.standing_reason", "退休")
    click(screen, "engage.submit")
    stored = services.experts.mediator(services.actor, "M01")
    assert (stored.standing, stored.standing_on) == (Standing.LEFT, services.cases.local_today)


def test_who_saves_second_is_told_and_keeps_the_words(screen: ExpertsScreen, services: Services) -> None:
    _edit(screen, "M01")
    write(screen, "engage.occupation", "退休教师")
    other = services.experts.mediator(services.actor, "M01")
    services.experts.change(services.actor, replace(other, studio="老钱调解室"))
    click(screen, "engage.submit")
    form = screen.pages.form()
    assert form.isVisible()
    assert form.head.notice().startswith("另一位工作人员刚刚保存了这份档案。个人工作室是对方改过的")
    assert _line(screen, "engage.occupation").text() == "退休教师"
    assert _line(screen, "engage.studio").text() == "老钱调解室"
    assert services.experts.mediator(services.actor, "M01").card.occupation is None
    click(screen, "engage.submit")
    stored = services.experts.mediator(services.actor, "M01")
    assert (stored.card.occupation, stored.studio) == ("退休教师", "老钱调解室")


def test_what_both_changed_is_shown_side_by_side(
    screen: ExpertsScreen, services: Services, window: MainWindow
) -> None:
    _edit(screen, "M01")
    write(screen, "engage.studio", "我写的工作室")
    other = services.experts.mediator(services.actor, "M01")
    services.experts.change(services.actor, replace(other, studio="老钱调解室"))
    click(screen, "engage.submit")
    (asked,) = screen.findChildren(SideBySide)
    (line,) = asked._open
    assert (line.name, line.mine, line.theirs) == ("个人工作室", "我写的工作室", "老钱调解室")
    asked.choose(line.place, Choice.MINE)
    asked.finish()
    settle()
    assert services.experts.mediator(services.actor, "M01").studio == "我写的工作室"


def test_words_left_are_offered_again(screen: ExpertsScreen, services: Services, window: MainWindow) -> None:
    _edit(screen, "M01")
    write(screen, "engage.occupation", "退休教师")
    _press(screen, "engage.honours.add")
    write(screen, "engage.honours.0.title", "金牌调解员")
    press(Qt.Key.Key_Escape)
    settle()
    page = screen.pages.opened_record()
    assert page is not None
    assert page.isVisible()
    assert services.experts.mediator(services.actor, "M01").honours == ()
    press(Qt.Key.Key_F2)
    settle()
    assert _line(screen, "engage.occupation").text() == ""
    click(screen, "engage.restore")
    assert _line(screen, "engage.occupation").text() == "退休教师"
    assert _line(screen, "engage.honours.0.title").text() == "金牌调解员"
    click(screen, "engage.submit")
    stored = services.experts.mediator(services.actor, "M01")
    assert [one.title for one in stored.honours] == ["金牌调解员"]
    _edit(screen, "M01")
    assert _hidden(screen, "engage.restore")


def test_the_words_of_one_record_are_not_offered_to_another(
    screen: ExpertsScreen, services: Services
) -> None:
    _edit(screen, "M01")
    write(screen, "engage.occupation", "退休教师")
    press(Qt.Key.Key_Escape)
    _edit(screen, "M02")
    assert _hidden(screen, "engage.restore")


def test_numbers_are_covered_until_asked_for(screen: ExpertsScreen, services: Services) -> None:
    _open(screen, "M03")
    page = screen.pages.opened_record()
    assert page is not None
    assert RIGHT_ID not in _all_text(page)
    assert "110101" in _all_text(page)
    next(
        one for one in page.findChildren(QPushButton) if one.accessibleName() == "显示完整的身份证号"
    ).click()
    assert RIGHT_ID in _all_text(page)
    _edit(screen, "M03")
    field = _line(screen, "engage.id_no")
    assert field.isReadOnly()
    assert RIGHT_ID not in field.text()
    write(screen, "engage.occupation", "医师")
    click(screen, "engage.submit")
    assert services.experts.mediator(services.actor, "M03").card.id_no == RIGHT_ID


def test_a_photo_is_shown_at_once_and_taken_away(
    screen: ExpertsScreen, services: Services, tmp_path: Path, window: MainWindow
) -> None:
    raw = BytesIO()
    Image.new("RGB", (300, 400), (10, 90, 160)).save(raw, "JPEG")
    path = tmp_path / "face.jpg"
    path.write_bytes(raw.getvalue())
    _open(screen, "M01")
    box = screen.findChild(PhotoBox)
    assert box is not None
    box.take(path)
    assert services.experts.photo(services.actor, "M01") is not None
    assert screen.photos.photo("M01") is not None
    click(screen, "experts.photo.remove")
    assert services.experts.photo(services.actor, "M01") is None
    window.message_bar.act()
    assert services.experts.photo(services.actor, "M01") is not None
    (tmp_path / "no.jpg").write_bytes(b"no picture")
    box.take(tmp_path / "no.jpg")
    assert "读不出来" in window.message_bar.sentence()


def test_the_register_of_discipline_only_grows(screen: ExpertsScreen, services: Services) -> None:
    before = services.experts.mediator(services.actor, "M01")
    known = Discipline(fault=Fault.INSULT, on=date(2024, 3, 1), measure=Measure.CRITICISM, detail="言语不当")
    services.experts.change(services.actor, replace(before, disciplines=(known,)))
    screen.bring_up_to_date(force=True)
    _edit(screen, "M01")
    assert not _line(screen, "engage.disciplines.0.detail").isEnabled()
    _press(screen, "engage.disciplines.add")
    write(screen, "engage.disciplines.1.on", "2025-02-01")
    write(screen, "engage.disciplines.1.detail", "迟到")
    click(screen, "engage.submit")
    stored = services.experts.mediator(services.actor, "M01").disciplines
    assert stored[0] == known
    assert [one.detail for one in stored] == ["言语不当", "迟到"]


def test_two_records_become_one_after_a_clear_question(
    screen: ExpertsScreen, services: Services, qtbot: QtBot
) -> None:
    services.experts.engage(services.actor, person("M05", "钱和平", phone="13800000102"))
    screen.show_duplicates()
    settle()
    asked: list[str] = []

    def refuse(dialog: DangerDialog) -> None:
        asked.append(dialog.accessibleDescription())
        dialog.reject()

    _answer(refuse)
    click(screen, "duplicates.keep_first")
    assert len(services.experts.pool(services.actor)) == 5
    assert "M01 钱和平里空着的项目用M05 钱和平的补上" in asked[0]
    assert "不能撤回" in asked[0]
    _answer(lambda dialog: dialog.accept())
    click(screen, "duplicates.keep_first")
    assert len(services.experts.pool(services.actor)) == 4
    assert services.experts.mediator(services.actor, "M01").card.phone == "13800000102"


def test_composition_names_the_article(screen: ExpertsScreen) -> None:
    screen.show_composition()
    settle()
    table = screen.pages.composition().table
    rows = table.records.records()
    assert rows
    assert all("法" in row.article or "要求" in row.article for row in rows)
    press(Qt.Key.Key_Escape)
    assert screen.register.isVisible()


def test_nothing_of_the_numbers_reaches_the_clipboard(screen: ExpertsScreen) -> None:
    screen.register.set_view("table")
    screen.table.setFocus()
    screen.register.choose("M03")
    press(Qt.Key.Key_C, CONTROL)
    assert RIGHT_ID not in QGuiApplication.clipboard().text()


def _open(screen: ExpertsScreen, number: str) -> None:
    screen.show_record(number)
    settle()


def _edit(screen: ExpertsScreen, number: str) -> None:
    _open(screen, number)
    if screen.pages.form().isVisible():
        screen.pages.form().leave()
        _open(screen, number)
    click(screen, "experts.edit")


def _press(screen: ExpertsScreen, name: str) -> None:
    """Press a button that may have to be scrolled to."""
    target = find(screen, name)
    assert isinstance(target, QPushButton)
    target.setFocus()
    press(Qt.Key.Key_Return)
    settle()


def _line(screen: QWidget, name: str) -> QLineEdit:
    found = find(screen, name)
    assert isinstance(found, QLineEdit)
    return found


def _hidden(screen: ExpertsScreen, name: str) -> bool:
    found = screen.findChild(QPushButton, name)
    return found is not None and not found.isVisible()


def _error(screen: ExpertsScreen, name: str) -> str:
    fields = [one for one in screen.findChildren(Field) if one.name == name and one.isVisible()]
    assert len(fields) == 1
    return fields[0].error()


def _all_text(widget: QWidget) -> str:
    return "\n".join(
        text() for one in widget.findChildren(QWidget) if (text := getattr(one, "text", None)) is not None
    )


def _answer(deed: Callable[[DangerDialog], object]) -> None:
    def do() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, DangerDialog)
        deed(dialog)

    QTimer.singleShot(0, do)


def test_tab_walks_the_form_in_reading_order(screen: ExpertsScreen) -> None:
    _edit(screen, "M01")
    for _round in range(2):
        _press(screen, "engage.leaves.add")
    _line(screen, "engage.case_limit").setFocus()
    walked = []
    for _step in range(11):
        press(Qt.Key.Key_Tab)
        walked.append(focused().objectName().removeprefix("engage."))
    line = ("from_on", "to", "reason", "override", "remove")
    assert walked == [f"leaves.{place}.{key}" for place in (0, 1) for key in line] + ["leaves.add"]
    press(Qt.Key.Key_Tab)
    assert focused().objectName() == "engage.duties.add"
