"""What still waits: cases at which words of another centre lie beside ours and nobody has said whose stand."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mediation_desk.cases.exchanges import Exchange
from mediation_desk.interchange.packages.naming import place_name
from ui.screens.base import Context
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.widgets.card import Card

Waiting = tuple[str, Exchange]
_ROWS = 120


class WaitsCard(Card):
    """Enter opens the case; the package once more says whose words stand."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("还有待看的", remark="再打开那个数据包就可以定", flush=True, parent=parent)
        self._context = context
        self.table: RecordTable[Waiting] = RecordTable(
            "还有待看的案件",
            (
                Column("案件", lambda one: one[0], width=150),
                Column("哪几项", lambda one: "、".join(map(place_name, one[1].waiting))),
                Column("并入", lambda one: one[1].at.astimezone().strftime("%Y-%m-%d %H:%M"), width=150),
            ),
            key=lambda one: (one[0], one[1].no),
        )
        self.table.setObjectName("packages.waits")
        self.table.setMinimumHeight(theme().px(_ROWS))
        self.table.chosen.connect(lambda one: context.open_case(one[0]))
        self.add(self.table)

    def read(self) -> None:
        """Read them."""
        services = self._context.services
        self._context.desk.query(
            lambda: services.packages.waiting(services.actor), self._show, owner=self, slot="waits"
        )

    def _show(self, waiting: tuple[Waiting, ...]) -> None:
        self.table.show_records(waiting)
        self.setVisible(bool(waiting))
