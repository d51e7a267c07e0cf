"""The register as cards: a list view that paints only what is in sight, however many there are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QIdentityProxyModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from mediation_desk.experts.searching import Entry
from ui.screens.experts.photos import PhotoShelf
from ui.screens.experts.register.card_delegate import CARD_HEIGHT, CARD_WIDTH, CardDelegate
from ui.screens.experts.words import earliest, languages, listed
from ui.tables.record_model import RecordTableModel
from ui.theme import theme
from ui.widgets.empty_state import EmptyState
from ui.widgets.plain import plain_tip

_GAP = 12
_SETTLE_MS = 40

Index = QModelIndex | QPersistentModelIndex


class CardModel(QIdentityProxyModel):
    """The entries of the table, each as one sentence for screen readers."""

    def __init__(self, records: RecordTableModel[Entry], today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self._records, self._today = records, today
        self.setSourceModel(records)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name for searching, the whole card for reading aloud, notices as the tool tip."""
        entry = self._records.record(index.row())
        if entry is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.mediator.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._read_aloud(entry)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip("\n".join(entry.notices)) or None
        return None

    def _read_aloud(self, entry: Entry) -> str:
        card = entry.mediator.card
        return "，".join(
            word
            for word in (
                card.name,
                card.organisation,
                listed(card.specialties, ""),
                card.grade or "",
                listed(languages(entry.mediator)),
                f"在办{entry.running}件",
                earliest(entry.mediator, entry.next_free, self._today()),
                *entry.notices,
            )
            if word
        )


class CardList(QListView):
    """``chosen(entry)`` on Enter or double click, ``moved(entry or None)`` with the current card."""

    chosen = Signal(object)
    moved = Signal(object)

    def __init__(
        self,
        records: RecordTableModel[Entry],
        photos: PhotoShelf,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._records, self._photos = records, photos
        self._columns = 1
        self.setAccessibleName("专家卡片")
        self.setModel(CardModel(records, today, self))
        self.setItemDelegate(CardDelegate(records.record, photos, today, self.gridSize, self))
        self._set_manners()
        self._empty = EmptyState("", symbol="experts", parent=self.viewport())
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._ask_for_photos)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._settle.start())
        self.doubleClicked.connect(lambda index: self._choose(index.row()))
        self.selectionModel().currentChanged.connect(
            lambda index, _before: self.moved.emit(records.record(index.row()))
        )
        photos.arrived.connect(lambda _number: self.viewport().update())
        self.model().modelReset.connect(self._on_model_reset)
        self._on_model_reset()

    def set_empty(self, sentence: str) -> None:
        """What an empty list says."""
        self._empty.set_sentence(sentence)

    def choose_row(self, row: int) -> None:
        """Make the card in ``row`` current."""
        if 0 <= row < self.model().rowCount():
            self.setCurrentIndex(self.model().index(row, 0))

    def current(self) -> Entry | None:
        """The entry of the current card."""
        return self._records.record(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current card."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._choose(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters belong to the search box above."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as fit; they share the width."""
        self._scale()
        super().resizeEvent(event)
        self._empty.setGeometry(self.viewport().rect())
        self._settle.start()

    def changeEvent(self, event: QEvent) -> None:
        """Cards grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_columns"):
            self._scale()

    def focusInEvent(self, event: QEvent) -> None:
        """Coming by keyboard, a card is current at once."""
        super().focusInEvent(event)  # type: ignore[arg-type]  # Qt passes a QFocusEvent
        if not self.currentIndex().isValid():
            self.choose_row(0)

    def columns(self) -> int:
        """How many cards stand side by side."""
        return self._columns

    def _set_manners(self) -> None:
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMovement(QListView.Movement.Static)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)

    def _scale(self) -> None:
        # The bar's room is always kept: a grid that changed with the bar would change the bar again.
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.width() - 2 * self.frameWidth() - bar - 1
        least = theme().px(CARD_WIDTH + _GAP)
        self._columns = max(1, room // least)
        self.setGridSize(QSize(max(room // self._columns, 1), theme().px(CARD_HEIGHT + _GAP)))

    def _choose(self, row: int) -> None:
        entry = self._records.record(row)
        if entry is not None:
            self.chosen.emit(entry)

    def _on_model_reset(self) -> None:
        self._empty.setVisible(not self._records.rowCount())
        self._empty.setGeometry(self.viewport().rect())
        self._settle.start()

    def _ask_for_photos(self) -> None:
        for row in self._rows_in_sight():
            entry = self._records.record(row)
            if entry is not None and entry.mediator.has_photo:
                self._photos.ask(entry.mediator.pool_no)

    def _rows_in_sight(self) -> range:
        """Rows between the first and the last card on screen."""
        height = max(self.gridSize().height(), 1)
        top = self.verticalScrollBar().value() // height
        lines = self.viewport().height() // height + 2
        first = top * self._columns
        return range(first, min(first + lines * self._columns, self._records.rowCount()))
