"""先后: who comes first, second, third; moved by large buttons."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from mediation_desk.cases.choosing.paper import BallotPaper
from ui.tokens import Tone
from ui.widgets.layout import boxed
from ui.window.choice import Choice
from ui.window.look import Look
from ui.window.page import Page
from ui.window.parts import Badge, BigButton, across, by_finger, down, words


class OrderPage(Page):
    """``moved(pool number, -1 or +1)`` and ``taken(pool number)``."""

    moved = Signal(str, int)
    taken = Signal(str)
    done = Signal()

    def __init__(self, look: Look, paper: BallotPaper, choice: Choice) -> None:
        super().__init__(look, "先后这样排，对吗？", "不对，就往前、往后挪一挪。")
        cards = {card.public.pool_no: card.public for card in paper.cards}
        rows = [
            self._row(place, pool_no, cards[pool_no].name, cards[pool_no].organisation, len(choice.ranks))
            for place, pool_no in enumerate(choice.ranks, start=1)
            if pool_no in cards
        ]
        self.body.addWidget(by_finger(boxed(down(look.gap, *rows, None)), "先后"), 1)
        right = BigButton("对，下一步", self.done.emit, kind="primary")
        right.setObjectName("window.right")
        self.close_with(right)
        self.first = right

    def _row(self, place: int, pool_no: str, name: str, organisation: str, count: int) -> QFrame:
        gap = self.look.gap
        forward = BigButton("往前", lambda: self.moved.emit(pool_no, -1))
        forward.setObjectName(f"window.forward.{pool_no}")
        forward.setEnabled(place > 1)
        behind = BigButton("往后", lambda: self.moved.emit(pool_no, 1))
        behind.setObjectName(f"window.behind.{pool_no}")
        behind.setEnabled(place < count)
        off = BigButton("去掉", lambda: self.taken.emit(pool_no))
        off.setObjectName(f"window.off.{pool_no}")
        for one, word in ((forward, "往前"), (behind, "往后"), (off, "去掉")):
            one.setAccessibleName(f"{name}，{word}")
        who = down(0, words(name, "name"), words(organisation, tone=Tone.QUIET))
        line = across(gap, Badge(f"第{place}"), who, forward, behind, off)
        line.setStretch(1, 1)
        line.setContentsMargins(gap, gap // 2, gap, gap // 2)
        row = QFrame()
        row.setProperty("card", "true")
        row.setAccessibleName(f"第{place}，{name}")
        row.setLayout(line)
        return row
