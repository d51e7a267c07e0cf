"""The draft as a table: its clauses in order, what is paid in all, clauses nobody stands by, and the moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.agreements.model import Clause
from mediation_desk.agreements.offered import Offered, ghosts
from mediation_desk.agreements.terms import Term
from mediation_desk.cases.model import CaseFile
from ui.screens.case_page.clause_table import clause_table
from ui.screens.case_page.clauses import Drafted, mark_words, moved, numbered, total_words
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import DeskButton, IconButton, button
from ui.widgets.layout import row
from ui.widgets.plain import PlainLabel

_MOST_ROWS = 9


class ClauseList(QWidget):
    """``wanted(place)``: change a clause, -1 for a new one. ``changed`` after a move; ``removed(place, before)``."""

    wanted = Signal(int)
    changed = Signal()
    removed = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft: tuple[Drafted, ...] = ()
        self._file: CaseFile | None = None
        self._offers: tuple[Offered, ...] = ()
        self._mark: Callable[[Clause], str] = lambda _clause: ""
        self.table = clause_table(self._name_of, self._mark_of)
        self._ghosts = PlainLabel(tone=Tone.SEAL, wrap=True, parent=self)
        self._ghosts.setObjectName("compose.ghosts")
        self._ghosts.hide()
        self._total = PlainLabel(tone=Tone.DONE)
        self._total.setObjectName("compose.total")
        self._lay_out()
        self.table.chosen.connect(lambda clause: self.wanted.emit(clause.no - 1))
        self.table.moved.connect(lambda _clause: self._show_row_buttons())

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses in order."""
        return tuple(one.clause for one in self.draft)

    @property
    def terms(self) -> tuple[Term, ...]:
        """What each is made of."""
        return tuple(one.term for one in self.draft)

    @property
    def covered(self) -> set[str]:
        """Refs of the claims the clauses settle."""
        return {ref for term in self.terms for ref in term.covers}

    def show_case(self, file: CaseFile, offers: tuple[Offered, ...]) -> None:
        """Names, claims and offers the draft is told by."""
        self._file, self._offers = file, offers
        self._show()

    def put(self, draft: tuple[Drafted, ...]) -> None:
        """Show another draft."""
        self.draft = numbered(draft)
        self._show()

    def put_one(self, place: int, made: Drafted) -> int:
        """Put a clause in its place, or at the end; its place."""
        order = list(self.draft)
        where = place if 0 <= place < len(order) else len(order)
        if where < len(order):  # a set-off names clauses by number: the place keeps its own
            made = Drafted(replace(made.clause, no=where + 1), made.term)
        order[where : where + 1] = [made]
        self.put(tuple(order))
        self.table.selectRow(where)
        return where

    def let_add(self, allowed: bool) -> None:
        """While a clause is being written no other can be begun."""
        self.adder.setEnabled(allowed)

    # Inside

    def _show(self) -> None:
        found = ghosts(self.terms, self._offers)
        self._mark = mark_words(self.terms, found)
        self._ghosts.setText("；".join(one.says for one in found) + "。请改写或者删去。" if found else "")
        self._ghosts.setVisible(bool(found))
        self.table.show_records(self.clauses)
        self.table.setFixedHeight(self.table.content_height(min(max(len(self.draft), 3), _MOST_ROWS)))
        self._show_total()
        self._show_row_buttons()

    def _name_of(self, ref: str) -> str:
        return self._file.name_of(ref) if self._file is not None else ref

    def _mark_of(self, clause: Clause) -> str:
        return self._mark(clause)

    def _show_total(self) -> None:
        """What is paid in all, against what was asked for: more is told, not refused."""
        claims = self._file.claims if self._file is not None else ()
        agreed = sum((one.amount or Decimal() for one in self.clauses), Decimal())
        asked = sum((one.amount or Decimal() for one in claims), Decimal())
        words = total_words(self.clauses)
        if words and asked:
            words += f"　请求合计 {asked:,.2f} 元"
            words += f"，多 {agreed - asked:,.2f} 元" if agreed > asked else ""
        self._total.setText(words)
        self._total.set_tone(Tone.SOON if asked and agreed > asked else Tone.DONE)

    def _on_move(self, step: int) -> None:
        place = self.table.currentIndex().row()
        self.put(moved(self.draft, place, step))
        self.table.selectRow(min(max(place + step, 0), len(self.draft) - 1))
        self.changed.emit()

    def _on_remove(self) -> None:
        place, before = self.table.currentIndex().row(), self.draft
        if 0 <= place < len(before):
            self.put(before[:place] + before[place + 1 :])
            self.removed.emit(place, before)
            self.changed.emit()

    def _lay_out(self) -> None:
        self.adder: DeskButton = button("加一条", lambda: self.wanted.emit(-1), symbol="add")
        self.adder.setObjectName("clause.add")
        self._change = self._icon(
            "edit", "改这一条", lambda: self.wanted.emit(self.table.currentIndex().row())
        )
        self._up = self._icon("up", "往前移", lambda: self._on_move(-1))
        self._down = self._icon("down", "往后移", lambda: self._on_move(1))
        self._remove = self._icon("remove", "删去这一条", self._on_remove)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(8))
        stack.addWidget(self._ghosts)
        stack.addWidget(self.table)
        stack.addLayout(
            row(self._total, None, self._change, self._up, self._down, self._remove, self.adder, gap=4)
        )

    def _icon(self, symbol: str, word: str, deed: Callable[[], object]) -> IconButton:
        made = IconButton(symbol, word)
        made.setObjectName(f"clause.{symbol}")
        made.clicked.connect(lambda _checked=False: deed())
        return made

    def _show_row_buttons(self) -> None:
        place = self.table.currentIndex().row()
        for one in (self._change, self._remove):
            one.setEnabled(place >= 0)
        self._up.setEnabled(place > 0)
        self._down.setEnabled(0 <= place < len(self.draft) - 1)
