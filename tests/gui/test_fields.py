"""Editors understand what people type and say in one sentence what they do not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.shared.errors import InputError
from mediation_desk.shared.track import Track
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField, read_day
from ui.fields.field import Field
from ui.fields.id_field import IdField, IdKind, number_problem
from ui.fields.money_field import MoneyField, read_yuan
from ui.fields.text_field import NoteField, TextField
from ui.theme import Theme
from ui.widgets.layout import boxed, column

TODAY = date(2026, 3, 24)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-3-5", date(2026, 3, 5)),
        ("20260305", date(2026, 3, 5)),
        ("2026年3月5日", date(2026, 3, 5)),
        ("2026.3.5", date(2026, 3, 5)),
        ("２０２６－３－５", date(2026, 3, 5)),
        ("3-5", date(2026, 3, 5)),
        ("今天", TODAY),
        ("+7", date(2026, 3, 31)),
        ("-24", date(2026, 2, 28)),
        ("2026-03-05 周四", date(2026, 3, 5)),
        ("  ", None),
    ],
)
def test_days_are_understood(typed: str, meant: date | None) -> None:
    assert read_day(typed, TODAY) == meant


@pytest.mark.parametrize("typed", ["2026-02-30", "明年", "12", "2026-13-01"])
def test_days_that_are_none_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="。"):
        read_day(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12150", "12150.00"),
        ("12,150.5", "12150.50"),
        ("１２１５０", "12150.00"),
        ("1.5万", "15000.00"),
        ("3万元", "30000.00"),
    ],
)
def test_amounts_are_understood(typed: str, meant: str) -> None:
    assert str(read_yuan(typed)) == meant


@pytest.mark.parametrize("typed", ["-1", "1.005", "一百", "万", "NaN"])
def test_amounts_that_are_none_are_refused(typed: str) -> None:
    with pytest.raises(InputError):
        read_yuan(typed)


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("11010519491231002X", True),
        ("110105194912310021", False),
        ("110101199002300014", False),
        ("1101", False),
    ],
)
def test_identity_numbers_are_checked(number: str, right: bool) -> None:
    assert (number_problem(IdKind.IDENTITY_CARD, number) == "") is right


def test_leaving_a_date_completes_it(qtbot: QtBot, themed: Theme) -> None:
    field = DateField(today=lambda: TODAY)
    other = TextField()
    ground = boxed(column(field, other))
    _come_forward(qtbot, ground)
    field.setFocus()
    QTest.keyClicks(field, "+7")
    other.setFocus()
    assert field.text() == "2026-03-31 周二"
    assert field.value() == date(2026, 3, 31)


def test_leaving_money_formats_it(qtbot: QtBot, themed: Theme) -> None:
    field, other = MoneyField(), TextField()
    ground = boxed(column(field, other))
    _come_forward(qtbot, ground)
    field.setFocus()
    QTest.keyClicks(field, "12150")
    other.setFocus()
    assert field.text() == "12,150.00"
    assert field.value() == Decimal("12150.00")


def test_a_wrong_number_is_explained_beneath_until_it_is_edited(qtbot: QtBot, themed: Theme) -> None:
    editor = IdField()
    field = Field("身份证号", editor, name="id_no")
    other = TextField()
    ground = boxed(column(field, other))
    _come_forward(qtbot, ground)
    editor.setFocus()
    QTest.keyClicks(editor, "110105194912310021")
    other.setFocus()
    assert "校验位" in field.error()
    QTest.keyClicks(editor, "1")
    assert field.error() == ""


def test_a_required_field_asks_to_be_filled(qtbot: QtBot, themed: Theme) -> None:
    field = Field("姓名", TextField(), required=True)
    qtbot.addWidget(field)
    field.show()
    assert not field.check()
    assert field.error() == "请填写姓名。"


def test_identity_numbers_do_not_reach_the_clipboard(qtbot: QtBot, themed: Theme) -> None:
    QGuiApplication.clipboard().setText("before")
    field = IdField()
    qtbot.addWidget(field)
    field.show()
    field.set_value("11010519491231002X")
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "before"


def test_the_wheel_does_not_change_a_choice(qtbot: QtBot, themed: Theme) -> None:
    field: ChoiceField[Track] = ChoiceField(Track)
    qtbot.addWidget(field)
    field.show()
    field.set_value(Track.JUDICIAL)
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 120),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    field.wheelEvent(event)
    assert field.value() is Track.JUDICIAL


def test_notes_take_words_only_and_let_ctrl_enter_pass(qtbot: QtBot, themed: Theme) -> None:
    field = NoteField(longest=5)
    qtbot.addWidget(field)
    field.show()
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert field.value() == ""
    field.set_value("一二三四五六")
    assert "最多 5 字" in field.problem()


def _come_forward(qtbot: QtBot, ground: QWidget) -> None:
    qtbot.addWidget(ground)
    with qtbot.waitActive(ground):
        ground.show()
        ground.activateWindow()
