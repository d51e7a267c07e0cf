"""四级风险: the matrix, what the level asks for, and the cases with the signals that made their level."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.statistics.warning.model import Assessed, RiskMatrix
from ui.screens.base import Context
from ui.screens.statistics.risk_grid import TONES, RiskGrid
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.widgets.card import Card
from ui.widgets.facts import FactGrid
from ui.widgets.layout import row
from ui.widgets.text import small

_ROWS = 6


class RiskView(QWidget):
    """A pressed cell narrows the list; Enter or a double click opens the case."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: RiskMatrix | None = None
        self._cell = ("", "")
        self.grid = RiskGrid()
        self.table: RecordTable[Assessed] = RecordTable(
            "按风险排列的案件", _columns(), key=lambda one: one.case.case_key, empty="这里没有案件。"
        )
        self.table.setObjectName("warning.cases")
        self.table.setMinimumHeight(self.table.content_height(_ROWS))
        self._facts = FactGrid()
        self._remark = small(wrap=True)
        left, self._right = Card("可能性和危害"), Card("这一件")
        left.add(self.grid)
        left.add(self._remark)
        left.body.addStretch(1)
        self._right.add(self._facts)
        self._right.body.addStretch(1)
        ground = Card(flush=True)
        ground.add(self.table, 1)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, theme().px(12), 0, 0)
        stack.setSpacing(theme().px(12))
        upper = row(left, self._right, gap=12)
        upper.setStretch(0, 1)
        upper.setStretch(1, 1)
        stack.addLayout(upper)
        stack.addWidget(ground, 1)
        self.grid.chosen.connect(self._on_cell)
        self.table.moved.connect(self._on_moved)
        self.table.chosen.connect(lambda one: context.open_case(one.case.case_key))

    def show_matrix(self, found: RiskMatrix) -> None:
        """Show another reading; the pressed cell and the current row stay."""
        self._found = found
        self.grid.show_matrix(found)
        levels = {level.no: level for line in found.levels for level in line}
        counts = "，".join(
            f"{levels[no].title.replace(chr(0x3000), '')} {len(found.of(no))} 件"
            for no in sorted(levels, reverse=True)
        )
        self._remark.setText(
            f"共 {len(found.cases)} 件：{counts}。在办、近期未达成就结束和到期未履行的都在内。"
        )
        self._show_cases()

    def _show_cases(self) -> None:
        if self._found is None:
            return
        shown = self._found.at(*self._cell) if any(self._cell) else self._found.cases
        self.table.show_records(shown)
        if self.table.current() is None and shown:
            self.table.choose_key(shown[0].case.case_key)
        if not shown:
            self._facts.clear()

    def _on_cell(self, probability: str, harm: str) -> None:
        self._cell = (probability, harm)
        self._show_cases()

    def _on_moved(self, one: object) -> None:
        if not isinstance(one, Assessed):
            return
        self._facts.clear()
        level = f"{one.level.title}（可能性{one.probability.word}，危害{one.harm.word}）"
        self._facts.add("等级", level, TONES[one.level.no])
        self._facts.add("为什么", one.reason)
        self._facts.add("现在要做", one.level.now)
        self._facts.add("报给谁", f"{one.level.to}（{one.level.within}）")
        self._facts.add("依据", one.level.source)


def _columns() -> tuple[Column[Assessed], ...]:
    return (
        Column(
            "等级",
            lambda one: one.level.colour,
            width=64,
            tone=lambda one: TONES[one.level.no],
            sort=lambda one: -one.level.no,
        ),
        Column("编号", lambda one: one.case.number or one.case.case_key, width=208, optional=True),
        Column("案由", lambda one: one.case.title),
        Column("信号", lambda one: one.reason, explain=lambda one: one.reason),
        Column("状态", lambda one: one.case.state.value, width=104, optional=True),
    )
