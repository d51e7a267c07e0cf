"""口头协议登记卷: the oral agreements of a body in a month or quarter, as one volume."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.cases.archiving.lists import OralLine, OralRegister
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.screens.archive.rows import oral_columns
from ui.screens.base import Context
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow


class OralPage(QWidget):
    """``chosen(case_key)`` on Enter. The period is that of the day in the field, as the rules want it."""

    chosen = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        today = context.services.archive.local_today
        names = dict.fromkeys(body.name for _track, body in context.services.centre.bodies)
        self.body: ChoiceField[str] = ChoiceField(tuple(names))
        self.body.setObjectName("archive.oral.body")
        self.body.setAccessibleName("哪个调解组织")
        self.body.setMinimumContentsLength(18)
        self.day = DateField(today=lambda: context.services.archive.local_today)
        self.day.setObjectName("archive.oral.day")
        self.day.setAccessibleName("哪一期：其中的一天")
        self.day.set_value(today)
        self.told = small("", wrap=True)
        self.told.setObjectName("archive.oral.told")
        self.table: RecordTable[OralLine] = RecordTable(
            "口头协议", oral_columns(), key=lambda one: one.case_key, empty="这一期没有口头协议。"
        )
        self.table.setObjectName("archive.oral.lines")
        tools = WrappingRow(gap=8)
        tools.add(self.body)
        tools.add(self.day)
        stack = QVBoxLayout(self)
        pad = theme().px(12)
        stack.setContentsMargins(pad, pad, pad, 0)
        stack.setSpacing(theme().px(8))
        stack.addWidget(tools)
        stack.addWidget(self.told)
        stack.addWidget(self.table, 1)
        self.body.edited.connect(self.refresh)
        self.day.editingFinished.connect(self.refresh)
        self.table.chosen.connect(lambda one: self.chosen.emit(one.case_key))

    def wanted(self) -> tuple[str, date]:
        """Body and a day of the period."""
        services = self._context.services
        return self.body.value() or "", self.day.value() or services.archive.local_today

    def refresh(self) -> None:
        """Read the register volume."""
        services, (body, day) = self._context.services, self.wanted()
        self._context.desk.query(
            lambda: services.archive.oral_register(services.actor, body, day),
            self._show,
            owner=self,
            slot="oral",
        )

    def _show(self, register: OralRegister) -> None:
        self.table.show_records(register.lines)
        period = f"{register.first.isoformat()} 至 {register.last.isoformat()}"
        self.told.setText(f"{register.name}（{period}），共 {len(register.lines)} 件。")
