"""The unfinished intakes at the top of the screen: one press takes one up again, its cross drops it after asking."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from mediation_desk.cases.summary import Draft
from ui.screens.intake.drafts import draft_title, saved_words
from ui.theme import theme
from ui.widgets.buttons import IconButton, link
from ui.widgets.layout import boxed, row
from ui.widgets.text import small

_SHOWN = 2


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
            self._row.setParent(None)
            self._row.deleteLater()
        entries = [self._entry(number, draft, today) for number, draft in enumerate(drafts[:_SHOWN])]
        rest = len(drafts) - len(entries)
        more = [small(f"另有 {rest} 份在工作台")] if rest > 0 else []
        self._row = boxed(row(small("没登记完的"), *entries, *more, gap=4))
        self._holder.addWidget(self._row)
        self._row.setVisible(True)
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
