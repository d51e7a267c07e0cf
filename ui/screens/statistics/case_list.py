"""Cases behind something, as a list: Enter or a double click opens one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mediation_desk.statistics.mediators.model import CaseLine
from ui.screens.base import Context
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable


class CaseList(RecordTable[CaseLine]):
    """Shows what `StatisticsService.cases_behind` gives."""

    def __init__(self, context: Context, name: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(name, _columns(), key=lambda line: line.case_key, empty=empty, parent=parent)
        self.chosen.connect(lambda line: context.open_case(line.case_key))


def _columns() -> tuple[Column[CaseLine], ...]:
    return (
        Column("编号", lambda line: line.number or line.case_key, width=200),
        Column("案由", lambda line: line.title),
        Column("纠纷类型", lambda line: line.category.value, width=150, optional=True),
        Column("状态", lambda line: line.state.value, width=104),
        Column("结果", lambda line: line.result.value if line.result else "在办", width=96, optional=True),
    )
