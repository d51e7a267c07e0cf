"""Everything there is to know about one candidate, for introductions longer than a card."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QGridLayout

from mediation_desk.cases.choosing.paper import PaperCard
from ui.tokens import Tone
from ui.widgets.layout import boxed
from ui.widgets.portrait import Portrait
from ui.window.look import Look
from ui.window.page import Page
from ui.window.parts import across, by_finger, down, words
from ui.window.words import facts, standing


class DetailPage(Page):
    """Only reading; the choice is made on the card."""

    def __init__(self, look: Look, card: PaperCard, matter: str, today: date) -> None:
        super().__init__(look, card.public.name, card.public.organisation)
        self.portrait = Portrait(card.public.name, min(look.text * 12, look.height // 4))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.gap)
        grid.setColumnStretch(1, 1)
        for line, (word, fact) in enumerate(facts(card, matter, today)):
            grid.addWidget(words(word, tone=Tone.QUIET), line, 0)
            grid.addWidget(words(fact), line, 1)
        beside = down(look.gap, words(standing(card.public), tone=Tone.QUIET), grid, None)
        told = [words(f"须知：{sentence}", tone=Tone.SOON) for sentence in card.told]
        top = across(look.gap * 2, down(0, self.portrait, None), beside)
        top.setStretch(1, 1)
        content = down(look.gap, top, *told, words(card.public.introduction), None)
        self.body.addWidget(by_finger(boxed(content), card.public.name), 1)
        self.close_with()
