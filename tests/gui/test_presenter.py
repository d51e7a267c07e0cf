"""Errors are shown where they belong and reports hold nothing personal."""

from __future__ import annotations

import logging

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.shared.errors import ConflictError, InputError, PermissionDenied, RuleError
from ui.errors.crash_dialog import CrashDialog
from ui.errors.presenter import Presenter
from ui.errors.report import bug_report, write_down
from ui.theme import Theme
from ui.widgets.danger_dialog import AskDialog
from ui.widgets.message_bar import Action, Kind, MessageBar

SECRET = "孟庆兰110105194912310021"


class Room(QWidget):
    """An audience with a message bar and one field called name."""

    def __init__(self) -> None:
        super().__init__()
        self.bar = MessageBar(self)
        self.hints: dict[str, str] = {}

    def say(self, sentence: str, kind: Kind = Kind.INFO, action: Action | None = None) -> None:
        self.bar.say(sentence, kind, action)

    def show_field_error(self, field: str, sentence: str) -> bool:
        if field == "name":
            self.hints[field] = sentence
        return field == "name"

    def reload(self) -> None:
        self.hints["reloaded"] = "yes"

    def widget(self) -> QWidget:
        return self


@pytest.fixture
def room(qtbot: QtBot, themed: Theme) -> Room:
    made = Room()
    qtbot.addWidget(made)
    made.show()
    return made


def test_input_errors_stand_beneath_their_field(room: Room) -> None:
    Presenter(room).present(InputError("请填写姓名。", field="name"))
    assert room.hints == {"name": "请填写姓名。"}
    assert room.bar.sentence() == ""


def test_input_errors_without_a_field_are_said(room: Room) -> None:
    Presenter(room).present(InputError("日期不对。", field="elsewhere"))
    assert room.bar.sentence() == "日期不对。"


def test_rules_are_said_with_their_number(room: Room) -> None:
    Presenter(room).present(RuleError("还不能签。", rule="LR-12"))
    assert room.bar.sentence() == "还不能签。（LR-12）"
    Presenter(room).present(PermissionDenied("没有这项权限。"))
    assert room.bar.sentence() == "没有这项权限。"


def test_what_fails_beneath_an_open_box_is_told_in_the_bar(room: Room) -> None:
    """Two savings refused at once must not leave two boxes, one within the other."""
    presenter = Presenter(room)
    boxes: list[AskDialog] = []

    def meanwhile() -> None:
        presenter.present(ConflictError("别人改过第二件。"))
        boxes.extend(one for one in QApplication.topLevelWidgets() if isinstance(one, AskDialog))
        for box in boxes:
            box.reject()

    QTimer.singleShot(0, meanwhile)
    presenter.present(ConflictError("别人改过第一件。"))

    assert len(boxes) == 1
    assert room.bar.sentence().startswith("别人改过第二件。")
    assert room.hints == {}
    room.bar.act()
    assert room.hints == {"reloaded": "yes"}


def test_a_report_holds_places_and_types_only(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(RuntimeError) as caught:
        _fail(SECRET)
    with caplog.at_level(logging.DEBUG):
        report = write_down(caught.value)
    assert "_fail" in report
    assert "builtins.ValueError" in report
    for text in (report, caplog.text):
        assert SECRET not in text
        assert "孟庆兰" not in text


def test_the_report_can_be_copied(qtbot: QtBot, themed: Theme) -> None:
    dialog = CrashDialog(bug_report(ValueError(SECRET)))
    qtbot.addWidget(dialog)
    dialog.copy_button.click()
    clipboard = dialog.copy_button.text()
    assert "已复制" in clipboard


def _fail(name: str) -> None:
    try:
        raise ValueError(name)
    except ValueError as error:
        raise RuntimeError(f"about {name}") from error
