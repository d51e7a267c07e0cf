"""群体和防止激化: the counts of the period, and the cases behind the one that is pressed."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.statistics.warning.model import Prevented
from ui.screens.base import Context
from ui.screens.statistics.case_list import CaseList
from ui.theme import theme
from ui.widgets.card import Card
from ui.widgets.figure import Figure
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow

_GROUPS = "十人以上"
Answer = tuple[tuple[str, ...], tuple[Prevented, ...]]


class PreventedView(QWidget):
    """Five figures; each lists its cases."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._keys: dict[str, tuple[str, ...]] = {}
        self._chosen = _GROUPS
        self._figures: dict[str, Figure] = {}
        self._row = WrappingRow(gap=12, line_gap=12)
        self._title = small()
        self.cases = CaseList(context, "案件", "没有案件。")
        self.cases.setObjectName("warning.group_cases")
        ground = Card(flush=True)
        ground.add(self.cases, 1)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, theme().px(12), 0, 0)
        stack.setSpacing(theme().px(12))
        stack.addWidget(self._row)
        stack.addWidget(self._title)
        stack.addWidget(ground, 1)

    def show_answer(self, answer: Answer) -> None:
        """Show another reading."""
        groups, prevented = answer
        self._show(_GROUPS, len(groups), "期间内登记的群体纠纷", groups)
        for one in prevented:
            self._show(one.name, one.cases, f"{one.persons} 人", one.keys)
        self._choose(self._chosen)

    def _show(self, name: str, count: int, note: str, keys: tuple[str, ...]) -> None:
        self._keys[name] = keys
        if name not in self._figures:
            figure = Figure(name, unit="件")
            figure.clicked.connect(lambda _on=False, name=name: self._choose(name))
            self._figures[name] = figure
            self._row.add(figure, 176, 1)
        self._figures[name].show_number(str(count), note=note)

    def _choose(self, name: str) -> None:
        self._chosen = name
        keys = self._keys.get(name, ())
        self._title.setText(f"{name}：{len(keys)} 件，回车或双击打开")
        services = self._context.services
        self._context.desk.query(
            lambda: services.statistics.cases_behind(services.actor, keys),
            self.cases.show_records,
            owner=self,
        )
