"""One candidate on the public window: what may be known, and the two buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QSizePolicy

from mediation_desk.cases.choosing.paper import PaperCard
from ui.tokens import Tone
from ui.widgets.plain import restyle
from ui.widgets.portrait import Portrait
from ui.window.choice import Choice
from ui.window.look import Look
from ui.window.parts import Badge, BigButton, across, down, words
from ui.window.words import CUT, cut, standing

_LONGEST = {True: 60, False: 44}
"""Characters of an introduction on a wide and on a narrow card; the rest is on a page of its own."""


class CardFace(QFrame):
    """``wide`` puts picture, words and buttons side by side. Digits rank, 0 strikes.

    On a narrow card what must be told comes before what is said in praise.
    """

    tapped = Signal(str)
    struck = Signal(str)
    placed = Signal(str, int)
    opened = Signal(str)
    read = Signal()

    def __init__(
        self,
        look: Look,
        card: PaperCard,
        told: tuple[tuple[str, str], ...],
        *,
        wide: bool,
        photo: int,
        speaks: bool,
    ) -> None:
        super().__init__()
        self.pool_no, self._name = card.public.pool_no, card.public.name
        self.setObjectName(f"window.card.{self.pool_no}")
        self.setProperty("card", "true")
        self.setAccessibleName(self._name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        self.portrait = Portrait(self._name, photo)
        self._badge = Badge()
        self._choose = BigButton("", lambda: self.tapped.emit(self.pool_no))
        self._choose.setObjectName(f"window.choose.{self.pool_no}")
        self._strike = BigButton("不要这位", lambda: self.struck.emit(self.pool_no))
        self._strike.setObjectName(f"window.strike.{self.pool_no}")
        self._buttons = [self._choose, self._strike]
        if speaks:
            aloud = BigButton("朗读", self.read.emit)
            aloud.setObjectName(f"window.read.{self.pool_no}")
            aloud.setAccessibleName(f"朗读{self._name}的介绍")
            self._buttons.append(aloud)
        self._prose = cut(card.public.introduction, _LONGEST[wide] if wide or not card.told else 0)
        if self._prose.endswith(CUT):
            more = BigButton("更多", lambda: self.opened.emit(self.pool_no))
            more.setObjectName(f"window.more.{self.pool_no}")
            more.setAccessibleName(f"{self._name}，看全部介绍")
            self._buttons.append(more)
        self._lay_out(look, card, told, wide=wide)

    @property
    def first(self) -> BigButton:
        """The button a keyboard begins with."""
        return self._choose

    def show_choice(self, choice: Choice) -> None:
        """What the party has said about this one so far."""
        place, struck = choice.place(self.pool_no), self.pool_no in choice.strikes
        following = len(choice.ranks) + 1
        self._choose.set_caption(
            f"取消第{place}" if place else f"选为第{following}",
            f"{self._name}，{f'已选为第{place}，点一下取消' if place else f'选为第{following}'}",
        )
        self._choose.set_kind("chosen" if place else "plain")
        self._strike.set_caption(
            "取消不要" if struck else "不要这位",
            f"{self._name}，{'已划去，点一下取消' if struck else '不要这位'}",
        )
        self._strike.set_kind("struck" if struck else "plain")
        self._badge.show_words(f"第{place}" if place else "不要" if struck else "", struck=struck)
        self.setProperty("mark", "chosen" if place else "struck" if struck else "")
        restyle(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 9 give the place, 0 strikes."""
        digit = event.key() - Qt.Key.Key_0.value
        if digit == 0:
            self.struck.emit(self.pool_no)
        elif 0 < digit <= 9:  # the digits there are
            self.placed.emit(self.pool_no, digit)
        else:
            super().keyPressEvent(event)

    def _lay_out(self, look: Look, card: PaperCard, told: tuple[tuple[str, str], ...], *, wide: bool) -> None:
        gap = look.gap
        name = down(gap // 3, across(gap, words(self._name, "name"), self._badge))
        for line in (card.public.organisation, standing(card.public)):
            if line:
                name.addWidget(words(line, tone=Tone.QUIET))
        facts = down(gap // 2, _facts(look, told))
        for sentence in card.told:
            facts.addWidget(words(f"须知：{sentence}", tone=Tone.SOON))
        if self._prose.removesuffix(CUT):
            facts.addWidget(words(self._prose, tone=Tone.QUIET))
        if wide:
            buttons = down(gap, *self._buttons, None)
            outer = across(gap * 2, _top(self.portrait), down(gap, name, facts, None), buttons)
            outer.setStretch(1, 1)
        else:
            outer = down(gap, across(gap, _top(self.portrait), down(0, name, None)), facts, None)
            outer.addLayout(across(gap, *self._buttons))
        outer.setContentsMargins(gap * 3 // 2, gap, gap * 3 // 2, gap)
        self.setLayout(outer)


def _facts(look: Look, told: tuple[tuple[str, str], ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(look.gap)
    grid.setVerticalSpacing(look.gap // 4)
    grid.setColumnStretch(1, 1)
    for line, (word, fact) in enumerate(told):
        label = words(word, tone=Tone.QUIET)
        label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        label.setMinimumWidth(look.text * 2 + 2)
        grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words(fact, tone=Tone.DONE if fact.startswith("最早") else Tone.INK), line, 1)
    return grid


def _top(portrait: Portrait) -> QBoxLayout:
    return down(0, portrait, None)
