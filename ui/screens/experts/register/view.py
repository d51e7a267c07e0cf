"""The register: one set of entries, narrowed once, seen as cards or as a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from mediation_desk.experts.searching import Entry
from ui.screens.experts.photos import PhotoShelf
from ui.screens.experts.register.card_list import CardList
from ui.screens.experts.register.columns import register_columns
from ui.screens.experts.register.filters import FilterBar
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.widgets.buttons import link
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.text import line, small

CARDS, TABLE = "cards", "table"
_NOBODY_YET = "入库的调解员会出现在这里。可以先聘任一位，或从表格导入名册。"
_NOBODY_FITS = "没有符合的专家，换一个词或放宽条件试试。"
_LOW = 420
_ORDER = "在办从少到多，再按编号"


class Register(QWidget):
    """``opened(entry)`` on Enter or double click, ``moved(entry or None)`` with the current one."""

    opened = Signal(object)
    moved = Signal(object)

    def __init__(self, photos: PhotoShelf, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._low = False
        self.filters = FilterBar(today)
        self.table: RecordTable[Entry] = RecordTable(
            "专家", register_columns(today), key=lambda entry: entry.mediator.pool_no, empty=_NOBODY_YET
        )
        self.cards = CardList(self.table.records, photos, today)
        self.table.setObjectName("experts.table")
        self.cards.setObjectName("experts.cards")
        self._views = QStackedWidget()
        self._sentence = line()
        self._sentence.setObjectName("experts.sentence")
        self._order = small(_ORDER)
        self.everybody = link("看全部", self.filters.clear)
        self.everybody.setObjectName("experts.all")
        self.filters.set_folded(self._low)
        self._lay_out()
        self._connect()

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """Another reading."""
        self._entries = entries
        self.filters.offer(entries)
        self._narrow()

    def entry(self, pool_no: str) -> Entry | None:
        """The entry with this number, shown or not."""
        return next((one for one in self._entries if one.mediator.pool_no == pool_no), None)

    def entries(self) -> tuple[Entry, ...]:
        """Everybody, narrowed or not."""
        return self._entries

    def shown(self) -> tuple[Entry, ...]:
        """The entries shown, in their order."""
        return self.table.records.records()

    def current(self) -> Entry | None:
        """The current one."""
        return self.cards.current() if self.view() == CARDS else self.table.current()

    def sentence(self) -> str:
        """What is shown, in words."""
        return self._sentence.text()

    def view(self) -> str:
        """``cards`` or ``table``."""
        return CARDS if self._views.currentIndex() == 0 else TABLE

    def set_view(self, code: str) -> None:
        """Change the view; the current person stays."""
        current = self.current()
        self._views.setCurrentIndex(0 if code == CARDS else 1)
        self._make_current(current)

    def list_in_front(self) -> QWidget:
        """The list that takes the arrows."""
        return self.cards if self.view() == CARDS else self.table

    def choose(self, pool_no: str) -> None:
        """Make somebody current."""
        self._make_current(self.entry(pool_no))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Letters typed on a list go to the search, arrows typed in the search to the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.filters.search:
                return self._from_search(event)
            return self._from_list(event)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window keeps its room for people."""
        super().resizeEvent(event)
        low = event.size().height() < theme().px(_LOW)
        if low != self._low:
            self._low = low
            self.filters.set_folded(low)

    def _from_search(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.list_in_front().setFocus()
            return True
        if event.key() == Qt.Key.Key_Escape and self.filters.search.text():
            self.filters.search.set_value("")
            self._narrow()
            return True
        return False

    def _from_list(self, event: QKeyEvent) -> bool:
        typed = event.text()
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if held or not typed or not typed.isprintable() or typed.isspace():
            return False
        search = self.filters.search
        search.setFocus()
        search.end(False)  # Qt's own signature
        search.insert(typed)
        search.edited.emit()
        return True

    def _narrow(self) -> None:
        current = self.current()
        shown = self.filters.narrowed(self._entries)
        sentence = self.filters.sentence()
        for view in (self.table, self.cards):
            view.set_empty(_NOBODY_FITS if sentence else _NOBODY_YET)
        self.table.show_records(shown)
        self._sentence.setText(f"{sentence}：{len(shown)} 人" if sentence else f"共 {len(shown)} 人")
        self.everybody.setVisible(bool(sentence))
        self._make_current(current)

    def _make_current(self, wanted: Entry | None) -> None:
        rows = self.table.records
        number = wanted.mediator.pool_no if wanted is not None else ""
        place = max(rows.row_of(number), 0)
        if rows.rowCount():
            self.table.selectRow(place)
            self.cards.choose_row(place)
        else:
            self.moved.emit(None)

    def _lay_out(self) -> None:
        card = Card(flush=True)
        card.add(self.table, 1)
        self._views.addWidget(self.cards)
        self._views.addWidget(card)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(8))
        stack.addWidget(self.filters)
        stack.addLayout(row(self._sentence, self.everybody, None, self._order))
        stack.addWidget(self._views, 1)

    def _connect(self) -> None:
        self.filters.edited.connect(self._narrow)
        for view in (self.table, self.cards):
            view.chosen.connect(self.opened)
            view.installEventFilter(self)
        self.table.moved.connect(lambda entry: self._on_moved(TABLE, entry))
        self.cards.moved.connect(lambda entry: self._on_moved(CARDS, entry))
        self.filters.search.installEventFilter(self)

    def _on_moved(self, view: str, entry: object) -> None:
        if view == self.view():
            self.moved.emit(entry)
