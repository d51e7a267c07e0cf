"""One list of the day: its name, how many, and the lines; Enter or a click leads to the place."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.screens.today.entries import Entry
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.tokens import ROW_HEIGHT
from ui.widgets.card import Card

_CUT_AT = 10
_WORD_WIDTH = 116
_FEWEST_ROWS = 4


class DayList(Card):
    """``chosen(entry)``. The service cuts each list at ten, so ten may mean more."""

    chosen = Signal(object)

    def __init__(self, code: str, title: str, unit: str, empty: str, *, room: int = _WORD_WIDTH) -> None:
        super().__init__(title, flush=True)
        self._title, self._unit = title, unit
        columns: tuple[Column[Entry], ...] = (
            Column(title, lambda entry: entry.title, explain=lambda entry: entry.tip or entry.title),
            Column("", lambda entry: entry.word, width=room, number=True, tone=lambda entry: entry.tone),
        )
        self.table: RecordTable[Entry] = RecordTable(
            title, columns, key=lambda entry: entry.key, empty=empty, sortable=False
        )
        self.table.setObjectName(f"today.{code}")
        self.table.horizontalHeader().hide()
        self.table.setMinimumHeight(theme().px(ROW_HEIGHT) * _FEWEST_ROWS)
        self.table.clicked.connect(lambda index: self._on_clicked(index.row()))
        self.table.chosen.connect(self.chosen)
        self.add(self.table, 1)

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """Show these lines and how many they are."""
        count = len(entries)
        words = f"{count} {self._unit}" + ("以上" if count >= _CUT_AT else "") if count else ""
        self.remark.setText(words)
        self.table.setAccessibleName(f"{self._title}，{words or '没有'}")
        self.table.show_records(entries)

    def _on_clicked(self, row: int) -> None:
        if (entry := self.table.records.record(row)) is not None:
            self.chosen.emit(entry)
