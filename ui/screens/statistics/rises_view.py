"""突增: what rose, the test in words, the months before, and the cases."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.statistics.mediators.model import CaseLine
from mediation_desk.statistics.warning.model import Rise, Rises
from mediation_desk.statistics.warning.rise import percent
from ui.screens.base import Context
from ui.screens.statistics.case_list import CaseList
from ui.screens.statistics.history_bars import HistoryBars
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.widgets.card import Card
from ui.widgets.text import paragraph, small

_ROWS = 4


class RisesView(QWidget):
    """The marked rise is explained beneath; its cases open from the list."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.table: RecordTable[Rise] = RecordTable(
            "突增", _columns(), key=lambda one: (one.among, one.label), empty="没有发现突增。"
        )
        self.table.setObjectName("warning.rises")
        self.table.setFixedHeight(self.table.content_height(_ROWS))
        self._words, self._bars = paragraph(), HistoryBars()
        self._note = small(wrap=True)
        self.cases = CaseList(context, "突增的案件", "选一条突增，这里列出它的案件。")
        self.cases.setObjectName("warning.rise_cases")
        self.cases.setMinimumHeight(self.cases.content_height(_ROWS))
        above, card, below = Card(flush=True), Card("检验说明"), Card(flush=True)
        above.add(self.table)
        card.add(self._words)
        card.add(self._bars)
        below.add(self.cases, 1)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, theme().px(12), 0, 0)
        stack.setSpacing(theme().px(12))
        for widget in (self._note, above, card):
            stack.addWidget(widget)
        stack.addWidget(below, 1)
        self.table.moved.connect(self._on_moved)

    def show_rises(self, found: Rises) -> None:
        """Show another reading."""
        first = found.period.first
        told = found.note or (
            f"{first.year}年{first.month}月，同时检验 {found.tests} 组，"
            f"修正后偶然的概率不超过 {found.alpha:.0%} 的列在这里。"
        )
        self._note.setText(told)
        self.table.set_empty(found.note or "没有发现突增。")
        self.table.show_records(found.rises)
        if self.table.current() is None and found.rises:
            self.table.selectRow(0)
        if not found.rises:
            self._on_moved(None)

    def _on_moved(self, one: object) -> None:
        rise = one if isinstance(one, Rise) else None
        self._bars.show_rise(rise)
        if rise is None:
            self._words.setText("")
            self.cases.show_records(())
            return
        self._words.setText(rise.words)
        services = self._context.services

        def read() -> tuple[CaseLine, ...]:
            keys = services.warning.behind(services.actor, rise.figure, rise.period, rise.place)
            return services.statistics.cases_behind(services.actor, keys)

        self._context.desk.query(read, self.cases.show_records, owner=self, slot="rise")


def _columns() -> tuple[Column[Rise], ...]:
    return (
        Column("看什么", lambda one: one.among, width=130),
        Column("哪一组", lambda one: one.label),
        Column("件数", lambda one: str(one.count), width=64, number=True, sort=lambda one: one.count),
        Column(
            "平均每月",
            lambda one: f"{one.mean:.1f}",
            width=84,
            number=True,
            sort=lambda one: one.mean,
            optional=True,
        ),
        Column(
            "偶然的概率", lambda one: percent(one.chance), width=110, number=True, sort=lambda one: one.chance
        ),
        Column(
            "修正以后",
            lambda one: percent(one.corrected),
            width=110,
            number=True,
            sort=lambda one: one.corrected,
        ),
    )
