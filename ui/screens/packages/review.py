"""The places of one case both sides changed: mine, theirs, what was there before; whose words stand."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.interchange.packages.model import CaseLine, Difference, Outcome, Side
from ui.screens.packages.rows import difference_columns
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.facts import FactGrid
from ui.widgets.layout import row
from ui.widgets.text import small

_LOWEST = 150
_KEPT = "没有采用的写法留在案件的“更正”里，不会丢。没有定的先留本处的，以后再定。"


class ReviewCard(Card):
    """``decided(place, side)`` when somebody says whose words stand at a place."""

    decided = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("两边都改了的", parent=parent)
        self.table: RecordTable[Difference] = RecordTable(
            "两边都改了的各项", difference_columns(), key=lambda one: one.place, sortable=False
        )
        self.table.setObjectName("packages.differences")
        self.table.setMinimumHeight(theme().px(_LOWEST))
        self.ours = button("留本处的", lambda: self._decide(Side.OURS))
        self.theirs = button("用对方的", lambda: self._decide(Side.THEIRS))
        self.ours.setObjectName("packages.ours")
        self.theirs.setObjectName("packages.theirs")
        self._whole = FactGrid()
        self.add(small(_KEPT, wrap=True))
        self.add(self.table, 1)
        self.add(self._whole)
        self.add(row(None, self.ours, self.theirs))
        self.table.moved.connect(self._show_whole)

    def show_case(self, line: CaseLine | None) -> None:
        """What both changed of this case; hidden where that is nothing."""
        open_still = line is not None and line.outcome in (None, Outcome.WAITING)
        differences = line.differences if line is not None and open_still else ()
        self.setVisible(bool(differences))
        self.remark.setText(line.title if line is not None else "")
        self.table.show_records(differences)
        if differences and self.table.current() is None:
            self.table.selectRow(0)
        self._show_whole(self.table.current())

    def _show_whole(self, one: Difference | None) -> None:
        self._whole.clear()
        for made in (self.ours, self.theirs):
            made.setEnabled(one is not None)
        if one is None:
            return
        for word, said in (("本处", one.ours), ("对方", one.theirs), ("原来", one.before)):
            self._whole.add(word, said or "（空）", Tone.INK if said else Tone.QUIET)

    def _decide(self, side: Side) -> None:
        one = self.table.current()
        if one is not None:
            self.decided.emit(one.place, side)
