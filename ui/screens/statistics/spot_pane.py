"""The cases behind a number of the dashboard or a chart, beside the page; Enter or a double click opens one."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.charts.model import Together
from mediation_desk.statistics.mediators.model import CaseLine
from mediation_desk.statistics.ports import EVERYTHING, Filter, Spot
from ui.screens.base import Context
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.widgets.text import heading, small

_MOST = 200


class SpotPane(QWidget):
    """Call `show_spot`; at most the first 200 cases by key are listed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._name, self._words = heading(""), small(wrap=True)
        self.table: RecordTable[CaseLine] = RecordTable(
            "案件",
            (Column("案件", lambda line: line.case_key, width=120), Column("标题", lambda line: line.title)),
            key=lambda line: line.case_key,
            empty="没有案件。",
            parent=self,
        )
        self.table.setObjectName("stats.behind")
        self.table.chosen.connect(self._on_chosen)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self._name)
        stack.addWidget(self._words)
        stack.addWidget(self.table, 1)

    def show_spot(
        self, target: object, words: str, as_of: date | None = None, among: Filter = EVERYTHING
    ) -> None:
        """Read the cases of a ``Spot``, or of several put together."""
        parts = target.targets if isinstance(target, Together) else (target,)
        spots = tuple(one for one in parts if isinstance(one, Spot))
        self._name.setText(words)
        self._words.setText("正在读取……")
        services = self._context.services
        statistics, actor = services.statistics, services.actor

        def read() -> tuple[CaseLine, ...]:
            keys: dict[str, None] = {}
            for spot in spots:
                shares = statistics.behind(actor, spot, as_of, among=among, limit=_MOST)
                keys.update(dict.fromkeys(share.case_key for share in shares))
            return statistics.cases_behind(actor, tuple(keys)[:_MOST])

        self._context.desk.query(read, self._show, owner=self)

    def _show(self, lines: tuple[CaseLine, ...]) -> None:
        more = "（只列前200件）" if len(lines) == _MOST else ""
        self._words.setText(f"{len(lines)} 件{more}，回车或双击打开")
        self.table.show_records(lines)

    def _on_chosen(self, line: object) -> None:
        if isinstance(line, CaseLine):
            self._context.open_case(line.case_key)
