"""The figures of a chart as a table one can read aloud and copy."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mediation_desk.charts.figures import figures
from mediation_desk.charts.model import Chart
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable

_NAME, _NUMBER = 220, 110
Row = tuple[int, tuple[str, ...]]


class NumbersTable(RecordTable[Row]):
    """All figures, nothing folded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "图中的数字", (), key=lambda row: row[0], empty="没有数字。", sortable=False, parent=parent
        )
        self.setObjectName("chart.table")

    def show_chart(self, chart: Chart) -> None:
        """Its figures."""
        made = figures(chart)
        self.set_columns(tuple(_column(place, title) for place, title in enumerate(made.head)))
        self.show_records(tuple(enumerate(made.rows)))


def _column(place: int, title: str) -> Column[Row]:
    return Column(title, lambda row: row[1][place], width=_NUMBER if place else _NAME, number=place > 0)
