"""请谁来调解: the cards of the sheet, as many at a time as fit; a tap gives the next place."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy

from mediation_desk.cases.choosing.paper import BallotPaper, PaperCard
from mediation_desk.cases.choosing.window_rules import Matter
from ui.tokens import Tone
from ui.widgets.layout import boxed
from ui.widgets.plain import PlainLabel
from ui.window.card_face import CardFace
from ui.window.choice import Choice
from ui.window.look import Look
from ui.window.page import Page
from ui.window.parts import BigButton, across, by_finger, words
from ui.window.words import facts, fitting

_TALL, _WIDE_FROM, _WIDE_HIGH = 20, 32, 17
"""In characters: width of a card with the buttons beneath, width from which they stand beside, its height."""


class CardsPage(Page):
    """Shows the ``at``-th screenful. ``tapped`` and the like carry the pool number; ``turned`` the new screenful."""

    tapped = Signal(str)
    struck = Signal(str)
    placed = Signal(str, int)
    opened = Signal(str)
    read = Signal(object)
    turned = Signal(int)
    unfiltered = Signal()
    done = Signal()

    def __init__(
        self, look: Look, paper: BallotPaper, matter: Matter | None, at: int, today: date, *, speaks: bool
    ) -> None:
        super().__init__(look, "愿意请谁来调解？", "按愿意的先后点，不愿意的点“不要这位”。别的当事人看不到。")
        self._paper, self._today, self._speaks = paper, today, speaks
        self.faces: list[CardFace] = []
        cards = fitting(paper.cards, matter)
        columns, rows, wide = _raster(look)
        screens = [cards[start : start + columns * rows] for start in range(0, len(cards), columns * rows)]
        self._at, self._screens = min(at, len(screens) - 1), len(screens)
        self._area = self._cards(screens[self._at], columns, wide)
        self._next = BigButton("", self.done.emit)
        self._next.setObjectName("window.next")
        self._filter(matter, len(cards))
        self.body.addWidget(self._area, 1)
        turning = self._turning()
        if turning and look.width < look.text * 34:
            self.body.addLayout(across(look.gap, None, *turning, None))
            turning = []
        self.close_with(*turning, self._next)
        self.first = self.faces[0].first

    def show_choice(self, choice: Choice) -> None:
        """Places and strikes on all cards in sight, and where the way leads."""
        for face in self.faces:
            face.show_choice(choice)
        self._next.set_caption("下一步" if choice.ranks else "都不选")
        self._next.set_kind("primary" if choice.ranks else "plain")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PageDown and PageUp scroll, then turn."""
        step = {Qt.Key.Key_PageDown.value: 1, Qt.Key.Key_PageUp.value: -1}.get(event.key())
        if step is None:
            super().keyPressEvent(event)
        else:
            self._turn(step)

    def _cards(self, cards: tuple[PaperCard, ...], columns: int, wide: bool) -> QScrollArea:
        look = self.look
        grid = QGridLayout()
        grid.setSpacing(look.gap)
        photo = min(look.text * 11, look.height // 3) if wide else min(look.text * 8, look.height * 2 // 11)
        for number, card in enumerate(cards):
            told = facts(card, self._paper.matter, self._today)
            face = CardFace(look, card, told, wide=wide, photo=photo, speaks=self._speaks)
            face.tapped.connect(self.tapped)
            face.struck.connect(self.struck)
            face.placed.connect(self.placed)
            face.opened.connect(self.opened)
            face.read.connect(lambda card=card: self.read.emit(card))
            grid.addWidget(face, number // columns, number % columns)
            self.faces.append(face)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        if wide:
            grid.setRowStretch(len(cards), 1)
        return by_finger(boxed(grid), "调解员")

    def _filter(self, matter: Matter | None, shown: int) -> None:
        if matter is None:
            return
        self.head.setStretch(0, 1)
        everybody = len(self._paper.cards)
        if shown == everybody:
            some = any(matter.fits(card.public.specialties) for card in self._paper.cards)
            sentence = (
                f"这几位都处理“{matter.name}”。" if some else f"没有专门处理“{matter.name}”的，下面是全部。"
            )
            self.head.addWidget(_remark(sentence))
            return
        more = BigButton(f"看全部 {everybody} 位", self.unfiltered.emit)
        more.setObjectName("window.unfiltered")
        sentence = f"处理“{matter.name}”的有 {shown} 位"
        self.head.addWidget(_remark(sentence))
        self.head.addWidget(more)

    def _turning(self) -> list[BigButton]:
        if self._screens == 1:
            return []
        where = f"{self._at + 1}/{self._screens}"
        before = BigButton("上一页", lambda: self._turn(-1))
        before.setObjectName("window.before")
        before.setEnabled(self._at > 0)
        after = BigButton(f"下一页（{where}）", lambda: self._turn(1))
        after.setObjectName("window.after")
        after.setEnabled(self._at + 1 < self._screens)
        return [before, after]

    def _turn(self, step: int) -> None:
        bar = self._area.verticalScrollBar()
        if bar.maximum() and (bar.value() < bar.maximum() if step > 0 else bar.value() > 0):
            bar.setValue(bar.value() + step * self._area.viewport().height() * 4 // 5)
        elif 0 <= self._at + step < self._screens:
            self.turned.emit(self._at + step)


def _remark(sentence: str) -> PlainLabel:
    made = words(sentence, tone=Tone.ACCENT)
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return made


def _raster(look: Look) -> tuple[int, int, bool]:
    """Columns, rows, and whether the buttons stand beside the words."""
    room, high = look.width - 2 * look.margin, look.height - 9 * look.text
    columns = max(room // (_TALL * look.text), 1)
    if columns > 1 or room < _WIDE_FROM * look.text:
        return columns, 1, False
    return 1, max(high // (_WIDE_HIGH * look.text), 1), True
