"""The cases behind one figure: what each adds, and the sum that is the figure again."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.access.permissions import Permission
from mediation_desk.statistics.checks import violations
from mediation_desk.statistics.model import StatTable, Value
from mediation_desk.statistics.render import told
from mediation_desk.statistics.service import Cell
from ui.screens.base import Context
from ui.screens.statistics.asked import Asked
from ui.screens.statistics.behind_lines import BehindLine, Page, columns, in_table, number, read_page
from ui.screens.statistics.checks_view import sentence
from ui.screens.statistics.page import Behind
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.widgets.buttons import link
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.segments import Segments
from ui.widgets.text import heading, line, small

_HEIGHT = 240
PART, WHOLE = "part", "whole"
_NONE, _READING = "这一格没有案件。", "正在读取……"
_NUMBERS_ONLY = "您的账号没有查看案件的权限，只列出各案的数字。"


class DrillDown(QWidget):
    """``left()`` when the user goes back to the table. Cases come while scrolling."""

    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._behind: Behind | None = None
        self._lines: tuple[BehindLine, ...] = ()
        self._cell: Cell | None = None
        self._more = self._coming = False
        self.back = link("返回", self.left.emit, symbol="left")
        self.name, self._definition = heading(""), small(wrap=True)
        self.part = Segments("看分子还是分母", ((PART, "分子", ""), (WHOLE, "分母", "")), self)
        self.table: RecordTable[BehindLine] = RecordTable(
            "案件", columns(), key=lambda one: one.share.case_key, empty=_NONE, sortable=False
        )
        self.sum = line()
        self.further = link("再列一些", self._read_on)
        self._of_whole = False
        self._lay_out()
        self.part.chosen.connect(self._on_part_chosen)
        self.table.chosen.connect(self._on_chosen)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def show_behind(self, behind: Behind) -> None:
        """List the cases behind a figure from the first one on."""
        self._behind, self._cell, self._of_whole = behind, None, False
        self.part.choose(PART)
        self._begin()
        self.table.setFocus()

    def follow(self, table: StatTable) -> bool:
        """List the same cell of a table read again; False where it is gone."""
        behind = self._behind
        if behind is None or (behind.table.code, behind.table.row_key) != (table.code, table.row_key):
            return True
        if behind.violation is not None and behind.violation not in violations(table):
            return False
        if all(one.label != behind.row for one in table.rows):
            return False
        self._behind = replace(behind, table=table)
        self._begin()
        return True

    def stands_by(self, asked: Asked | None) -> bool:
        """Whether what is listed still answers the head."""
        behind = self._behind
        return (
            behind is not None
            and asked is not None
            and (behind.table.period, behind.table.as_of, behind.among)
            == (asked.period, asked.as_of, asked.among)
        )

    def listed(self) -> tuple[BehindLine, ...]:
        """The cases listed so far."""
        return self._lines

    def total(self) -> Value:
        """What the listed cases add up to."""
        return sum((one.share.adds for one in self._lines), start=0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and Backspace go back."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """The list keeps its lines when the text grows; the screen scrolls."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "table"):
            self._scale()

    def _scale(self) -> None:
        self.table.setMinimumHeight(theme().px(_HEIGHT))

    def _begin(self) -> None:
        self._lines, self._more = (), False
        self.table.show_records(())
        self.table.set_empty(_READING)
        self._tell()
        self._read("")

    def _read_on(self) -> None:
        if self._more and not self._coming and self._lines:
            self._read(self._lines[-1].share.case_key)

    def _read(self, after: str) -> None:
        services, behind, place = self._context.services, self._behind, len(self._lines)
        if behind is None:
            return
        self._coming = True
        of_whole = self._of_whole

        def show(page: Page) -> None:
            if behind is self._behind and of_whole == self._of_whole:
                self._show(page)

        self._context.desk.query(
            lambda: read_page(services, behind, of_whole, after, place), show, owner=self, slot="cases"
        )

    def _show(self, page: Page) -> None:
        self._coming = False
        self._cell, self._more = page.cell, page.more
        offset = self.table.verticalScrollBar().value()
        first = not self._lines
        self._lines = (*self._lines, *page.lines)
        self.table.set_empty(_NONE)
        self.table.show_records(self._lines)
        if first and self._lines:
            self.table.selectRow(0)
        else:
            self.table.verticalScrollBar().setValue(offset)
        self._tell()

    def _tell(self) -> None:
        behind, cell = self._behind, self._cell
        if behind is None:
            return
        table, rule = behind.table, behind.violation
        row_, column = table.row(behind.row), table.column(behind.column)
        text = told(table, row_, column)
        unit = "" if column.unit == "%" or text == "—" else f" {column.unit}"
        group = f"{column.group}：" if column.group else ""
        self.name.setText(
            f"引起不符的案件　{sentence(rule)}"
            if rule
            else f"{behind.row}　{group}{column.name}　{text}{unit}"
        )
        whole = cell.whole if cell is not None else None
        self.part.setVisible(whole is not None and rule is None)
        if cell is not None and whole is not None and not self._of_whole:
            self._caption(PART, f"分子：{cell.figure.name}")
            self._caption(WHOLE, f"分母：{whole.name}")
        figure = cell.figure if cell is not None else None
        self._definition.setText(
            f"{figure.definition}。" if figure is not None and rule is None else f"{column.definition}。"
        )
        self.further.setVisible(self._more)
        self.sum.setText(self._sum())
        words = f"{self.name.text()}，{self.sum.text()}"
        self.table.setAccessibleName(words)

    def _sum(self) -> str:
        behind, cell = self._behind, self._cell
        if behind is None or cell is None or behind.violation is not None:
            return f"{len(self._lines)} 件" if self._lines else ""
        total = number(self.total(), cell.figure.unit)
        unit = cell.figure.unit
        if self._more:
            return f"已列 {len(self._lines):,} 件，合计 {total} {unit}，还有未列的"
        expected = in_table(behind, cell)
        agrees = (
            ""
            if expected is None
            else "，与表中数字一致"
            if expected == self.total()
            else (f"，与表中的 {number(expected, unit)} {unit}不一致，案件刚有变动，请按 F5 重新读取")
        )
        return f"{len(self._lines):,} 件，合计 {total} {unit}{agrees}"

    def _caption(self, code: str, words: str) -> None:
        segment = self.part.buttons[code]
        segment.setText(words)
        segment.setAccessibleName(words)
        segment.updateGeometry()

    def _on_part_chosen(self, part: str) -> None:
        self._of_whole = part == WHOLE
        self._begin()

    def _on_chosen(self, one: object) -> None:
        if isinstance(one, BehindLine) and one.case is not None:
            self._context.open_case(one.case.case_key)

    def _on_scrolled(self, value: int) -> None:
        bar = self.table.verticalScrollBar()
        if bar.maximum() and value >= bar.maximum():
            self._read_on()

    def _lay_out(self) -> None:
        can = self._context.services.actor.can(Permission.CASE_READ)
        hint = small("回车或双击打开案件，Esc 返回表格" if can else _NUMBERS_ONLY)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, theme().px(10), 0, 0)
        stack.setSpacing(theme().px(8))
        stack.addLayout(row(self.back, self.name, None))
        stack.addWidget(self._definition)
        stack.addLayout(row(self.part, None))
        self._scale()
        ground = Card(flush=True)
        ground.add(self.table, 1)
        stack.addWidget(ground, 1)
        stack.addLayout(row(self.sum, self.further, None, hint))
        for code, widget, words in (
            ("back", self.back, "返回统计表"),
            ("part", self.part, "看分子还是分母"),
            ("cases", self.table, "案件"),
            ("sum", self.sum, "合计"),
            ("further", self.further, "再列一些案件"),
        ):
            widget.setObjectName(f"stats.drill.{code}")
            widget.setAccessibleName(words)
