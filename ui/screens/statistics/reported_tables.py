"""The tables of a report as they were reported; every cell leads to the cases kept with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.statistics.model import StatTable
from mediation_desk.statistics.submitting.model import Submission
from ui.fields.choice_field import ChoiceField
from ui.screens.base import Context
from ui.screens.statistics.grid import StatGrid
from ui.screens.statistics.grid_model import GridCell
from ui.screens.statistics.page import Behind
from ui.theme import theme
from ui.widgets.card import Card
from ui.widgets.layout import row

_HEIGHT = 320


class ReportedTables(Card):
    """``opened(Behind)`` for the cases behind a cell."""

    opened = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("报送的表", remark="点一格看报送时的案件", parent=parent)
        self._context = context
        self._submission: Submission | None = None
        self._tables: dict[str, StatTable] = {}
        self.code: ChoiceField[str] = ChoiceField((), word=lambda code: _caption(self._tables[code]))
        self.code.setObjectName("submissions.table")
        self.code.setAccessibleName("看报送的哪一张表")
        self.grid = StatGrid("报送的表", self)
        self.grid.setObjectName("submissions.grid")
        self.grid.setMinimumHeight(theme().px(_HEIGHT))
        self.add(row(self.code, None))
        self.add(self.grid)
        self.code.edited.connect(self._show_table)
        self.grid.chosen.connect(self._on_chosen)
        self.hide()

    def show_submission(self, one: Submission | None) -> None:
        """Read the tables of a report; None shows nothing. What was read of a report never changes."""
        if one is None or one == self._submission:
            self.setVisible(one is not None and bool(self._tables))
            return
        self._submission, self._tables = one, {}
        self.hide()
        services = self._context.services
        self._context.desk.query(
            lambda: services.submissions.kept(services.actor, one).tables,
            lambda tables: self._show(one, tables),
            lambda _error: True,  # said where it is compared with today
            owner=self,
        )

    def _show(self, one: Submission, tables: tuple[StatTable, ...]) -> None:
        if one != self._submission:
            return
        chosen = self.code.value()
        self._tables = {table.code: table for table in tables}
        self.code.set_values(self._tables)
        if tables:
            self.code.set_value(chosen if chosen in self._tables else tables[0].code)
        self.setVisible(bool(tables))
        self._show_table()

    def _show_table(self) -> None:
        table = self._tables.get(self.code.value() or "")
        if table is not None:
            self.grid.setAccessibleName(f"报送的{_caption(table)}")
            self.grid.show_table(table, down=False, without_zeros=False, wrong={})

    def _on_chosen(self, cell: object) -> None:
        table = self._tables.get(self.code.value() or "")
        if isinstance(cell, GridCell) and table is not None and self._submission is not None:
            self.opened.emit(
                Behind(table=table, row=cell.row.label, column=cell.column.code, submission=self._submission)
            )


def _caption(table: StatTable) -> str:
    return f"{table.no} {table.title}".strip()
