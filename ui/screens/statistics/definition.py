"""The side pane of the statistics: what the marked figure counts, where that comes from, which day places a case."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.shared.dates import cn_date, cn_period
from mediation_desk.statistics.explaining import explained
from mediation_desk.statistics.model import Column, StatRow, StatTable
from mediation_desk.statistics.render import shown, told
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.facts import FactGrid
from ui.widgets.text import heading, paragraph

_FEW = "件数少，写分子和分母；按百分比为"


class Definition(QWidget):
    """Name, definition and facts of a figure; of one cell also what stands in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = heading("")
        self.words = paragraph("在表里选一格，这里说明它怎样计数。", Tone.QUIET)
        self.facts = FactGrid()
        self.setObjectName("stats.definition")
        self.setAccessibleName("口径")
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(10))
        for widget in (self.name, self.words, self.facts):
            stack.addWidget(widget)
        stack.addStretch(1)

    def show_cell(self, table: StatTable, row: StatRow, column: Column) -> None:
        """Explain one cell."""
        one = explained(column.code)
        name = f"{column.group}：{column.name}" if column.group else column.name
        self.name.setText(f"{column.number} {name}".strip())
        self.words.setText(f"{column.definition}。")
        self.words.set_tone(Tone.INK)
        self.facts.clear()
        text = told(table, row, column)
        number = shown(table.value(row, column.code), column)
        unit = f" {column.unit}" if column.unit != "%" and text != "—" else ""
        period = row.period or table.period
        for word, fact in (
            (row.label, f"{text}{unit}"),
            ("", f"{_FEW} {number}" if text != number else ""),
            ("单位", column.unit),
            ("归入期间", one.placed_by),
            ("期间", cn_period(period.first, period.last)),
            ("截至日", f"{cn_date(table.as_of)}：{one.judged}"),
            ("依据", column.source),
            ("规则版本", one.version),
        ):
            if fact:
                self.facts.add(word, fact)
