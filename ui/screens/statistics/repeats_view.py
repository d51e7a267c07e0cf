"""反复纠纷: cases whose two sides stood against each other before, and those earlier cases."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.statistics.warning.model import Meeting, Repeat, Repeats
from ui.fields.date_field import show_day
from ui.screens.base import Context
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.widgets.card import Card
from ui.widgets.text import small

_ROWS = 5


class RepeatsView(QWidget):
    """The earlier cases of the marked line stand beneath; Enter or a double click opens either."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note = small(wrap=True)
        self.table: RecordTable[Repeat] = RecordTable(
            "反复纠纷", _columns(), key=lambda one: one.case.case_key, empty="这段期间没有反复纠纷。"
        )
        self.before: RecordTable[Meeting] = RecordTable(
            "以前的案件", _before(), key=lambda one: one.case_key, empty="选一件，这里列出以前的案件。"
        )
        self.table.setObjectName("warning.repeats")
        self.before.setObjectName("warning.before")
        above, below = Card(flush=True), Card("以前的案件", flush=True)
        above.add(self.table, 1)
        below.add(self.before, 1)
        for table in (self.table, self.before):
            table.setMinimumHeight(table.content_height(_ROWS))
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, theme().px(12), 0, 0)
        stack.setSpacing(theme().px(12))
        stack.addWidget(self._note)
        stack.addWidget(above, 2)
        stack.addWidget(below, 1)
        self.table.moved.connect(
            lambda one: self.before.show_records(one.before if isinstance(one, Repeat) else ())
        )
        self.table.chosen.connect(lambda one: context.open_case(one.case.case_key))
        self.before.chosen.connect(lambda one: context.open_case(one.case_key))

    def show_repeats(self, found: Repeats) -> None:
        """Show another reading."""
        more = "，只列出最近的" if found.more else ""
        self._note.setText(
            f"{len(found.found)} 件{more}：同样的两方在 {found.days} 天以内又站在对立的两边，"
            "原来谁是申请人都算；没有登记证件号的看不出来。"
        )
        self.table.show_records(found.found)
        if self.table.current() is None and found.found:
            self.table.selectRow(0)
        if not found.found:
            self.before.show_records(())


def _columns() -> tuple[Column[Repeat], ...]:
    return (
        Column("收件", lambda one: show_day(one.case.received_on), width=128),
        Column("两方", lambda one: f"{one.sides[0]} 与 {one.sides[1]}"),
        Column("案由", lambda one: one.case.title, optional=True),
        Column("纠纷类型", lambda one: one.case.category.value, width=150, optional=True),
        Column("状态", lambda one: one.case.state.value, width=104),
        Column("以前", lambda one: f"{len(one.before)} 件", width=72, number=True),
    )


def _before() -> tuple[Column[Meeting], ...]:
    return (
        Column("收件", lambda one: show_day(one.received_on), width=128),
        Column("编号", lambda one: one.number or one.case_key, width=200, optional=True),
        Column("案由", lambda one: one.title),
        Column("状态", lambda one: one.state.value, width=104),
    )
