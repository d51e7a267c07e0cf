"""The candidates in front of one party: a rank and a strike for each, by mouse, finger or keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.screens.case_page.choosing.candidates import CandidateRow, Described, hairline
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import DeskButton
from ui.widgets.layout import clear
from ui.widgets.plain import restyle

APPEND = -1
"""As a rank: behind those ranked already, or away again."""

_WIDTH = 84
_CLEAR = (Qt.Key.Key_0, Qt.Key.Key_Backspace)
_STRIKE = (Qt.Key.Key_X, Qt.Key.Key_Delete)
_LEFT_RIGHT = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class MarkRows(QWidget):
    """``ranked(pool_no, rank)``: a rank from 1 up, 0 takes it away, `APPEND`; ``struck(pool_no)`` strikes or not.

    Buttons are named ``choice.rank.<party>.<pool number>`` and ``choice.strike.<party>.<pool number>``. On
    either, 1 to 9 rank, X and Delete strike, 0 and Backspace clear, the arrows move.
    """

    ranked = Signal(str, int)
    struck = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: tuple[Described, ...] = ()
        self._rows: dict[str, CandidateRow] = {}
        self._ranks: dict[str, DeskButton] = {}
        self._strikes: dict[str, DeskButton] = {}
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(0)

    def show_people(self, people: Sequence[Described]) -> None:
        """Show these candidates, in this order."""
        if tuple(people) == self._people:
            return
        self._people = tuple(people)
        clear(self._stack)
        self._rows, self._ranks, self._strikes = {}, {}, {}
        for place, one in enumerate(self._people):
            if place:
                self._stack.addWidget(hairline())
            self._stack.addWidget(self._row(one))

    def show_marks(self, party: str, ranks: Sequence[str], strikes: Sequence[str]) -> None:
        """Show the marks of one party; with "" nobody's, and nothing can be marked."""
        for one in self._people:
            rank = ranks.index(one.pool_no) + 1 if one.pool_no in ranks else 0
            out = one.pool_no in strikes
            self._rows[one.pool_no].name.set_tone(Tone.QUIET if out else Tone.INK)
            first, second = self._ranks[one.pool_no], self._strikes[one.pool_no]
            first.setObjectName(f"choice.rank.{party}.{one.pool_no}" if party else "")
            second.setObjectName(f"choice.strike.{party}.{one.pool_no}" if party else "")
            _show(first, f"第 {rank}" if rank else "选", marked=bool(rank), usable=bool(party))
            _show(second, "已划去" if out else "划去", marked=False, usable=bool(party))
            first.setAccessibleName(f"{one.name}列为第{rank}" if rank else f"选{one.name}")
            second.setAccessibleName(f"{one.name}已划去" if out else f"划去{one.name}")

    def focus_first(self) -> None:
        """Put the focus on the first row."""
        if self._ranks:
            next(iter(self._ranks.values())).setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys mark and move; keys with Ctrl or Alt are the window's."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return super().eventFilter(watched, event)
        pool_no, key = str(watched.property("poolNo")), Qt.Key(event.key())
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.ranked.emit(pool_no, int(key) - int(Qt.Key.Key_0))
        elif key in _CLEAR:
            self.ranked.emit(pool_no, 0)
        elif key in _STRIKE:
            self.struck.emit(pool_no)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(watched, pool_no, 1 if key == Qt.Key.Key_Down else -1)
        elif key in _LEFT_RIGHT:
            column = self._strikes if key == Qt.Key.Key_Right else self._ranks
            column[pool_no].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            return super().eventFilter(watched, event)
        return True

    def changeEvent(self, event: QEvent) -> None:
        """Buttons keep one width in every text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            for one in (*self._ranks.values(), *self._strikes.values()):
                one.setFixedWidth(theme().px(_WIDTH))

    def _move(self, watched: QObject, pool_no: str, step: int) -> None:
        column = self._strikes if watched is self._strikes[pool_no] else self._ranks
        order = list(column)
        place = order.index(pool_no) + step
        if 0 <= place < len(order):
            column[order[place]].setFocus(Qt.FocusReason.TabFocusReason)

    def _row(self, one: Described) -> CandidateRow:
        first, second = DeskButton("选"), DeskButton("划去")
        first.clicked.connect(lambda _checked=False: self.ranked.emit(one.pool_no, APPEND))
        second.clicked.connect(lambda _checked=False: self.struck.emit(one.pool_no))
        for made in (first, second):
            made.setProperty("poolNo", one.pool_no)
            made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            made.setFixedWidth(theme().px(_WIDTH))
            made.installEventFilter(self)
        self._ranks[one.pool_no], self._strikes[one.pool_no] = first, second
        self._rows[one.pool_no] = CandidateRow(one, left=first, right=second)
        return self._rows[one.pool_no]


def _show(button: DeskButton, caption: str, *, marked: bool, usable: bool) -> None:
    button.set_caption(caption)
    button.setEnabled(usable)
    kind = "primary" if marked else "plain"
    if button.property("kind") != kind:
        button.setProperty("kind", kind)
        restyle(button)
