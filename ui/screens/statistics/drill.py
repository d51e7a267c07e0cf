"""The cases behind one figure: what each adds, and the sum that is the figure again."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.access.permissions import Permission
from mediation_desk.statistics.checks import violations
from mediation_desk.statistics.model import StatTable, Value
from ui.screens.base import Context
from ui.screens.statistics.asked import Asked
from ui.screens.statistics.behind_lines import (
    START,
    BehindLine,
    Cursor,
    Page,
    columns,
    member_columns,
    number,
)
from ui.screens.statistics.behind_reading import read_page
from ui.screens.statistics.behind_words import agreement, counts_cases, defined, named, stays
from ui.screens.statistics.page import AtSpots, Behind, Sought
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.widgets.buttons import link
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.segments import Segments
from ui.widgets.text import heading, line, small

_HEIGHT = 240
PART, WHOLE = "part", "whole"
_NONE, _READING = "这里没有案件。", "正在读取……"
_NUMBERS_ONLY = "您的账号没有查看案件的权限，只列出各案的数字。"


class DrillDown(QWidget):
    """``left()`` when the user goes back to the page. Cases come while scrolling."""

    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._sought: Sought | None = None
        self._lines: tuple[BehindLine, ...] = ()
        self.page: Page | None = None
        self._expected: Value = None
        self._more = self._coming = False
        self.back = link("返回", self.left.emit, symbol="left")
        self.name, self._definition = heading(""), small(wrap=True)
        self.part = Segments("看分子还是分母", ((PART, "分子", ""), (WHOLE, "分母", "")), self)
        self.table: RecordTable[BehindLine] = RecordTable(
            "案件", columns(), key=lambda one: one.key, empty=_NONE, sortable=False
        )
        self.sum = line()
        self.further = link("再列一些", self._read_on)
        self._of_whole = False
        self._lay_out()
        self.part.chosen.connect(self._on_part_chosen)
        self.table.chosen.connect(self._on_chosen)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def show_behind(self, sought: Sought) -> None:
        """List the cases behind a figure from the first one on."""
        self._sought, self._of_whole = sought, False
        self.table.set_columns(columns() if counts_cases(sought) else member_columns())
        self.part.choose(PART)
        self._begin()
        self.table.setFocus()

    def follow(self, table: StatTable) -> bool:
        """List the same cell of a table read again; False where it is gone."""
        behind = self._sought
        if not isinstance(behind, Behind) or behind.submission is not None:
            return True
        if (behind.table.code, behind.table.row_key) != (table.code, table.row_key):
            return True
        if behind.violation is not None and behind.violation not in violations(table):
            return False
        if all(one.label != behind.row for one in table.rows):
            return False
        self._sought = replace(behind, table=table)
        self._begin()
        return True

    def read_again(self) -> None:
        """Cases changed: what is not part of a table that is read again itself is listed anew."""
        if isinstance(self._sought, AtSpots):
            self._begin()

    def stands_by(self, asked: Asked | None) -> bool:
        """Whether what is listed still answers the head."""
        match self._sought:
            case None:
                return False
            case AtSpots(head=head):
                return head == asked
            case Behind(table=table, among=among, submission=None):
                return asked is not None and (table.period, table.as_of, among) == (
                    asked.period,
                    asked.as_of,
                    asked.among,
                )
            case sought:
                return stays(sought)

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
        self._lines, self._more, self.page, self._expected = (), False, None, None
        self.table.show_records(())
        self.table.set_empty(_READING)
        self._tell()
        self._read(START)

    def _read_on(self) -> None:
        if self._more and not self._coming and self.page is not None:
            self._read(self.page.cursor)

    def _read(self, after: Cursor) -> None:
        services, sought, place = self._context.services, self._sought, len(self._lines)
        if sought is None:
            return
        self._coming = True
        of_whole = self._of_whole

        def show(page: Page) -> None:
            if sought is self._sought and of_whole == self._of_whole:
                self._show(page, first=after == START)

        self._context.desk.query(
            lambda: read_page(services, sought, of_whole, after, place), show, owner=self, slot="cases"
        )

    def _show(self, page: Page, *, first: bool) -> None:
        self._coming = False
        self.page, self._more = page, page.more
        if first:
            self._lines, self._expected = (), page.expected
        offset = self.table.verticalScrollBar().value()
        self._lines = (*self._lines, *page.lines)
        self.table.set_empty(_NONE)
        self.table.show_records(self._lines)
        if first and self._lines:
            self.table.selectRow(0)
        else:
            self.table.verticalScrollBar().setValue(offset)
        self._tell()

    def _tell(self) -> None:
        sought, page = self._sought, self.page
        if sought is None:
            return
        self.name.setText(named(sought))
        whole = page.whole if page is not None else None
        self.part.setVisible(whole is not None)
        if page is not None and page.figure is not None and whole is not None and not self._of_whole:
            self._caption(PART, f"分子：{page.figure.name}")
            self._caption(WHOLE, f"分母：{whole.name}")
        words = defined(sought, page.figure if page is not None else None)
        self._definition.setText(words)
        self._definition.setVisible(bool(words))
        self.further.setVisible(self._more)
        self.sum.setText(self._sum())
        self.table.setAccessibleName(f"{self.name.text()}，{self.sum.text()}")

    def _sum(self) -> str:
        sought, page = self._sought, self.page
        if sought is None or page is None:
            return ""
        figure, whole = page.figure, self._context.services.actor.sight().whole
        if figure is None:
            unit = self._lines[0].unit if self._lines else "件"
            agrees = agreement(sought, self._expected, len(self._lines), unit, whole=whole)
            return f"{len(self._lines):,} {unit}{agrees}"
        total = number(self.total(), figure.unit)
        if self._more:
            return f"已列 {len(self._lines):,} 件，合计 {total} {figure.unit}，还有未列的"
        agrees = agreement(sought, self._expected, self.total(), figure.unit, whole=whole)
        return f"{len(self._lines):,} 件，合计 {total} {figure.unit}{agrees}"

    def _caption(self, code: str, words: str) -> None:
        segment = self.part.buttons[code]
        segment.setText(words)
        segment.setAccessibleName(words)
        segment.updateGeometry()

    def _on_part_chosen(self, part: str) -> None:
        self._of_whole = part == WHOLE
        self._begin()

    def _on_chosen(self, one: object) -> None:
        if not isinstance(one, BehindLine):
            return
        if one.case is not None:
            self._context.open_case(one.case.case_key)
        elif one.member is not None and one.member.screen:
            self._context.open_screen(one.member.screen, one.member.argument)

    def _on_scrolled(self, value: int) -> None:
        bar = self.table.verticalScrollBar()
        if bar.maximum() and value >= bar.maximum():
            self._read_on()

    def _lay_out(self) -> None:
        can = self._context.services.actor.can(Permission.CASE_READ)
        hint = small("回车或双击打开，Esc 返回" if can else _NUMBERS_ONLY)
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
            ("back", self.back, "返回统计"),
            ("part", self.part, "看分子还是分母"),
            ("cases", self.table, "案件"),
            ("sum", self.sum, "合计"),
            ("further", self.further, "再列一些案件"),
        ):
            widget.setObjectName(f"stats.drill.{code}")
            widget.setAccessibleName(words)
