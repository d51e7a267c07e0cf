"""The mediators shown to the parties, one row each, with the rank one party gives them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from mediation_desk.experts.service import PoolEntry
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import DeskButton
from ui.widgets.layout import clear
from ui.widgets.plain import PlainLabel, restyle

_HEADS = ("名次", "姓名", "擅长", "等级", "语言", "在办")


class CandidateList(QWidget):
    """``ranked(pool_no, rank)``: a rank from 1 up, 0 takes it away, -1 puts it last or takes it away.

    The buttons are named ``choice.rank.<party>.<pool number>``; on a focused one the keys 1 to 9 give that rank,
    0, Delete and Backspace take it away, arrows move.
    """

    ranked = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[PoolEntry, ...] = ()
        self._buttons: dict[str, DeskButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(14))
        self._grid.setVerticalSpacing(theme().px(4))
        self._grid.setColumnStretch(2, 1)

    def numbers(self) -> tuple[str, ...]:
        """Pool numbers in the order shown."""
        return tuple(entry.card.pool_no for entry in self._entries)

    def show_entries(self, entries: Sequence[PoolEntry]) -> None:
        """Show these candidates, in this order."""
        self._entries = tuple(entries)
        clear(self._grid)
        self._buttons = {}
        for column, head in enumerate(_HEADS):
            self._grid.addWidget(PlainLabel(head, role="small"), 0, column)
        for line, entry in enumerate(self._entries, start=1):
            self._add(line, entry)

    def show_marks(self, party: str, name: str, marks: Sequence[str]) -> None:
        """Show the marks of one party; with "" nobody's, and nothing can be marked."""
        for pool_no, one in self._buttons.items():
            rank = marks.index(pool_no) + 1 if pool_no in marks else 0
            one.setObjectName(f"choice.rank.{party}.{pool_no}" if party else "")
            one.setEnabled(bool(party))
            one.set_caption(f"第 {rank}" if rank else ("选" if party else "—"))
            one.setProperty("kind", "primary" if rank else "plain")
            candidate = self._name(pool_no)
            one.setAccessibleName(f"{name}把{candidate}列为第{rank}" if rank else f"{name}选{candidate}")
            restyle(one)

    def focus_first(self) -> None:
        """Put the focus on the first row."""
        if self._buttons:
            next(iter(self._buttons.values())).setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Digits rank, Delete takes away, arrows move."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            pool_no = str(watched.property("poolNo"))
            key = event.key()
            if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
                self.ranked.emit(pool_no, key - Qt.Key.Key_0)
                return True
            if key in (Qt.Key.Key_0, Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self.ranked.emit(pool_no, 0)
                return True
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._move(pool_no, 1 if key == Qt.Key.Key_Down else -1)
                return True
        return super().eventFilter(watched, event)

    def _move(self, pool_no: str, step: int) -> None:
        order = list(self._buttons)
        place = order.index(pool_no) + step
        if 0 <= place < len(order):
            self._buttons[order[place]].setFocus(Qt.FocusReason.TabFocusReason)

    def _name(self, pool_no: str) -> str:
        return next(entry.card.name for entry in self._entries if entry.card.pool_no == pool_no)

    def _add(self, line: int, entry: PoolEntry) -> None:
        card = entry.card
        rank = DeskButton("选")
        rank.setProperty("poolNo", card.pool_no)
        rank.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        rank.setFixedWidth(theme().px(72))
        rank.clicked.connect(lambda _checked=False: self.ranked.emit(card.pool_no, -1))
        rank.installEventFilter(self)
        self._buttons[card.pool_no] = rank
        running = f"{entry.running} 件"
        texts = (
            "、".join(card.specialties) or "—",
            card.grade or "—",
            "、".join(card.languages) or "普通话",
            running,
        )
        self._grid.addWidget(rank, line, 0)
        self._grid.addWidget(PlainLabel(card.name), line, 1)
        for column, text in enumerate(texts, start=2):
            self._grid.addWidget(PlainLabel(text, tone=Tone.QUIET), line, column)
