"""The unfinished intakes at the top of the screen: one press takes one up again, its cross drops it after asking."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from mediation_desk.cases.summary import Draft
from ui.screens.intake.drafts import draft_title, saved_words
from ui.theme import theme
from ui.widgets.buttons import IconButton, link
from ui.widgets.layout import row
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow


class LeftOver(QFrame):
    """``taken(draft)`` and ``unwanted(draft)``; hidden while there is nothing."""

    taken = Signal(object)
    unwanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("没登记完的")
        self._holder = QHBoxLayout(self)
        self._holder.setContentsMargins(0, 0, 0, 0)
        self._row: QWidget | None = None
        self.hide()

    def show_drafts(self, drafts: tuple[Draft, ...], today: date) -> None:
        """List these."""
        if self._row is not None:
            self._holder.removeWidget(self._row)
            self._row.hide()
            self._row.deleteLater()
        made = WrappingRow(gap=4)
        made.add(small(f"没登记完的 {len(drafts)} 份："))
        for number, draft in enumerate(drafts):
            made.add(self._entry(number, draft, today))
        self._row = made
        self._holder.addWidget(made)
        self.setVisible(bool(drafts))

    def _entry(self, number: int, draft: Draft, today: date) -> QWidget:
        words = f"{draft_title(draft)}（{saved_words(draft.saved_at, today)}）"
        take = link(words, lambda: self.taken.emit(draft), symbol="edit")
        take.setObjectName(f"intake.draft.{number}")
        take.setAccessibleName(f"接着写：{words}")
        drop = IconButton("close", f"丢掉草稿：{words}")
        drop.setObjectName(f"intake.draft.{number}.drop")
        drop.clicked.connect(lambda: self.unwanted.emit(draft))
        holder = QWidget()
        layout = row(take, drop, gap=0)
        layout.setContentsMargins(0, 0, theme().px(8), 0)
        holder.setLayout(layout)
        return holder
