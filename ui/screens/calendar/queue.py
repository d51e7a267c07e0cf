"""The waiting list: who waits for a session, how pressing, until when, and what they wish for."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.cases.calendar.model import WaitingLine
from ui.screens.calendar.words import urgency_tone, waiting_spoken, wishes
from ui.screens.case_page.routing.lights import due_brief
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.layout import row

_EMPTY = "没有案件在等候。在案件页“调解”里按“等候安排”，案件会出现在这里。"


class QueueCard(Card):
    """``planned(line)`` asks for a session to be arranged for the case of the current line."""

    planned = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("等候安排", flush=True, parent=parent)
        self._on: date | None = None
        self.table: RecordTable[WaitingLine] = RecordTable(
            "等候安排", self._columns(), key=lambda one: one.case_key, empty=_EMPTY, sortable=False
        )
        self.table.setObjectName("calendar.waiting")
        self.plan = button("安排  N", self.plan_current, symbol="calendar")
        self.plan.setObjectName("calendar.plan")
        self.plan.setAccessibleName("安排选中的案件")
        self.add(self.table, 1)
        deeds = row(None, self.plan)
        pad = theme().px(8)
        deeds.setContentsMargins(pad, pad // 2, pad, pad)
        self.add(deeds)
        self.table.chosen.connect(self.planned)

    def show_lines(self, lines: tuple[WaitingLine, ...], on: date) -> None:
        """Show these; the first is current until another is chosen."""
        self._on = on
        self.remark.setText(f"{len(lines)} 件" if lines else "")
        self.table.setAccessibleName(f"等候安排，{len(lines)} 件" if lines else "等候安排，没有")
        self.table.show_records(lines)
        if lines and self.table.current() is None:
            self.table.selectRow(0)
        self.plan.setEnabled(bool(lines))

    def plan_current(self) -> bool:
        """Ask for a session for the current case; False when nobody waits."""
        line = self.table.current()
        if line is not None:
            self.planned.emit(line)
        return line is not None

    def _columns(self) -> tuple[Column[WaitingLine], ...]:
        return (
            Column("案件", lambda one: one.title, explain=self._explain),
            Column("急", lambda one: one.urgency, width=60, tone=urgency_tone),
            Column(
                "期限", self._due, width=86, tone=lambda one: due_brief(one.due_on, self._on or one.since)[1]
            ),
            Column("想要", lambda one: wishes(one) or "—", width=130, optional=True),
        )

    def _explain(self, line: WaitingLine) -> str:
        return f"{waiting_spoken(line)}\n期限 {due_brief(line.due_on, self._on or line.since)[0]}"

    def _due(self, line: WaitingLine) -> str:
        return f"{line.due_on.month}月{line.due_on.day}日" if line.due_on else "—"
