"""工作量: what every presiding mediator has done and has in hand, beside the median; nobody is ranked."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.statistics.warning.model import Workload, Workloads
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.widgets.card import Card
from ui.widgets.text import small

_FEW = "—"


class WorkloadView(QWidget):
    """In the order of the pool; one may sort, the words say what is worth a talk."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note = small(wrap=True)
        self.table: RecordTable[Workload] = RecordTable(
            "工作量", _columns(), key=lambda one: one.pool_no, empty="这段期间没有主持调解的案件。"
        )
        self.table.setObjectName("warning.workload")
        ground = Card(flush=True)
        ground.add(self.table, 1)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, theme().px(12), 0, 0)
        stack.setSpacing(theme().px(12))
        stack.addWidget(self._note)
        stack.addWidget(ground, 1)

    def show_workload(self, found: Workloads) -> None:
        """Show another reading."""
        middle = [
            f"{name} {value.normalize():f} {unit}"
            for name, value, unit in (
                ("办结", found.median_concluded, "件"),
                ("在办", found.median_open, "件"),
                ("平均办理天数", found.median_days, "天"),
            )
            if value is not None
        ]
        told = f"中位数：{'，'.join(middle)}。" if middle else ""
        self._note.setText(
            f"{told}办结不到 {found.few} 件的不写成功率和天数。只供内部安排工作，不对外，不排名次。"
        )
        self.table.show_records(found.lines)


def _columns() -> tuple[Column[Workload], ...]:
    return (
        Column("调解员", lambda one: one.name, width=96),
        Column("办结", lambda one: str(one.concluded), width=64, number=True, sort=lambda one: one.concluded),
        Column("成功", lambda one: str(one.success), width=64, number=True, sort=lambda one: one.success),
        Column(
            "成功率",
            lambda one: _FEW if one.success_rate is None else f"{one.success_rate}%",
            width=84,
            number=True,
            sort=lambda one: one.success_rate if one.success_rate is not None else -1,
            optional=True,
        ),
        Column(
            "平均天数",
            lambda one: _FEW if one.average_days is None else f"{one.average_days}",
            width=84,
            number=True,
            sort=lambda one: one.average_days if one.average_days is not None else -1,
            optional=True,
        ),
        Column("超期办结", lambda one: str(one.overdue), width=84, number=True, sort=lambda one: one.overdue),
        Column("在办", lambda one: str(one.open), width=64, number=True, sort=lambda one: one.open),
        Column(
            "在办已超期",
            lambda one: str(one.open_overdue),
            width=96,
            number=True,
            sort=lambda one: one.open_overdue,
        ),
        Column("与中位数比", lambda one: one.against, explain=lambda one: one.against),
    )
