"""Record tables behave for the model tester, the keyboard and the clipboard."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.tables.record_model import Column, RecordTableModel
from ui.tables.record_table import RecordTable
from ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Person:
    key: int
    name: str
    phone: str


PEOPLE = (
    Person(2, "孟庆兰", "13800000102"),
    Person(1, "田志远", "13800000101"),
    Person(3, "<b>卢倩</b>", ""),
)
COLUMNS: tuple[Column[Person], ...] = (
    Column("姓名", lambda one: one.name),
    Column("编号", lambda one: str(one.key), width=80, number=True, sort=lambda one: one.key),
    Column("电话", lambda one: one.phone, width=120, private=True, optional=True),
)


def test_the_model_satisfies_the_tester(qtbot: QtBot, themed: Theme) -> None:
    model = RecordTableModel(COLUMNS, key=lambda one: one.key)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_records(PEOPLE)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert [one.key for one in model.records()] == [3, 2, 1]
    model.show_records(PEOPLE[:1])
    model.set_columns(COLUMNS[:1])
    model.show_records(())
    assert tester.model() is model


def test_sorting_keeps_the_current_record(qtbot: QtBot, themed: Theme) -> None:
    table = _table(qtbot)
    table.selectRow(0)
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    current = table.current()
    assert current is not None
    assert current.key == 2
    assert table.currentIndex().row() == 1


def test_new_records_keep_the_current_one(qtbot: QtBot, themed: Theme) -> None:
    table = _table(qtbot)
    table.choose_key(1)
    table.show_records((Person(9, "新", ""), Person(1, "田志远", "改了")))
    current = table.current()
    assert current is not None
    assert current.phone == "改了"


def test_enter_opens_and_tab_leaves(qtbot: QtBot, themed: Theme) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    stack = QVBoxLayout(ground)
    table, after = _table(qtbot), QLineEdit()
    stack.addWidget(table)
    stack.addWidget(after)
    with qtbot.waitActive(ground):
        ground.show()
        ground.activateWindow()
    table.setFocus()
    table.selectRow(1)
    with qtbot.waitSignal(table.chosen) as chosen:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert chosen.args == [PEOPLE[1]]
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert ground.focusWidget() is after


def test_private_columns_are_not_copied(qtbot: QtBot, themed: Theme) -> None:
    table = _table(qtbot)
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "孟庆兰\t2"


def test_optional_columns_give_way(qtbot: QtBot, themed: Theme) -> None:
    table = _table(qtbot)
    table.resize(600, 200)
    table.show()
    assert not table.isColumnHidden(2)
    table.resize(200, 200)
    assert table.isColumnHidden(2)
    assert not table.isColumnHidden(0)


def test_an_empty_table_says_what_will_appear(qtbot: QtBot, themed: Theme) -> None:
    table = _table(qtbot)
    table.show_records(())
    table.show()
    assert [one.isVisible() for one in table.viewport().children() if isinstance(one, QWidget)] == [True]


def _table(qtbot: QtBot) -> RecordTable[Person]:
    table: RecordTable[Person] = RecordTable("人", COLUMNS, key=lambda one: one.key, empty="还没有人。")
    qtbot.addWidget(table)
    table.show()
    table.show_records(PEOPLE)
    return table
