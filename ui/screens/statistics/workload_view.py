"""工作量: what every presiding mediator has done and has in hand, beside the median; nobody is ranked."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.statistics.model import Period
from mediation_desk.statistics.ports import Spot
from mediation_desk.statistics.warning.model import Workload, Workloads
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.widgets.buttons import link
from ui.widgets.card import Card
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow

_FEW = "—"
_COUNTS = {
    "concluded": "办结",
    "success": "成功",
    "overdue": "超期办结",
    "open": "在办",
    "open_overdue": "在办已超期",
}


class WorkloadView(QWidget):
    """In the order of the pool; one may sort, the words say what is worth a talk.

    The numbers of the marked mediator stand beneath once more, each opens its cases by ``opened(spot, words)``; Enter
    opens those concluded.
    """

    opened = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._period: Period | None = None
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
        self.counts = {code: link("", partial(self._open, code)) for code in _COUNTS}
        beneath = WrappingRow(gap=8, parent=self)
        for code, one in self.counts.items():
            one.setObjectName(f"warning.workload.{code}")
            one.hide()
            beneath.add(one)
        stack.addWidget(beneath)
        self.table.moved.connect(self._on_moved)
        self.table.chosen.connect(lambda _one: self._open("concluded"))

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
        self._period = found.period
        self.table.show_records(found.lines)
        if self.table.current() is None and found.lines:
            self.table.selectRow(0)
        self._on_moved(self.table.current())

    def _on_moved(self, one: object) -> None:
        for code, button in self.counts.items():
            button.setVisible(isinstance(one, Workload))
            if isinstance(one, Workload):
                count = getattr(one, code)
                button.set_caption(f"{one.name}{_COUNTS[code]} {count} 件")
                button.setEnabled(bool(count))

    def _open(self, code: str) -> None:
        one, period = self.table.current(), self._period
        if one is not None and period is not None:
            words = f"{one.name}　{_COUNTS[code]}　{getattr(one, code)} 件"
            self.opened.emit(Spot.at(code, period, presiding=one.pool_no), words)


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
