"""One party's way through the pages, from the start to the seal. Forgotten as a whole when it is over."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from mediation_desk.cases.choosing.paper import BallotPaper, PaperCard
from mediation_desk.cases.choosing.window_rules import Matter
from ui.widgets.portrait import Portrait
from ui.window.cards_page import CardsPage
from ui.window.choice import Choice
from ui.window.confirm_page import ConfirmPage
from ui.window.detail_page import DetailPage
from ui.window.look import Look
from ui.window.matter_page import MatterPage
from ui.window.narrow import NarrowService
from ui.window.order_page import OrderPage
from ui.window.page import Page
from ui.window.still_pages import RulePage, StartPage
from ui.window.voice import Voice
from ui.window.words import spoken


class Stage(Protocol):
    """Where pages are shown."""

    @property
    def look(self) -> Look:
        """Sizes of the screen as it stands now."""
        ...

    @property
    def page(self) -> Page | None:
        """The page in sight."""
        ...

    def show_page(self, make: Callable[[], Page]) -> None:
        """Put the page that ``make`` makes in the place of the one in sight; it is made anew when turned."""
        ...


class Visit(QObject):
    """``sealed`` when the party has said its last word and that is stored."""

    sealed = Signal()

    def __init__(
        self,
        stage: Stage,
        narrow: NarrowService,
        paper: BallotPaper,
        matters: tuple[Matter, ...],
        voice: Voice | None,
    ) -> None:
        super().__init__()
        self._stage, self._narrow, self._paper = stage, narrow, paper
        self._matters, self._voice = matters, voice
        self._choice = Choice.of(paper.mark)
        self._matter: Matter | None = None
        self._at = 0

    def start(self) -> None:
        """Whose turn it is."""
        self._stage.show_page(self._start_page)

    # Pages

    def _start_page(self) -> Page:
        page = StartPage(self._stage.look, self._paper.party_label, run_off=self._paper.run_off)
        page.begun.connect(self._ask_matter)
        page.asked_rule.connect(partial(self._stage.show_page, self._rule_page))
        return page

    def _rule_page(self) -> Page:
        page = RulePage(self._stage.look, self._paper.rule)
        page.back.connect(self.start)
        return page

    def _matter_page(self) -> Page:
        page = MatterPage(self._stage.look, self._matters)
        page.chosen.connect(self._on_matter_chosen)
        page.back.connect(self.start)
        return page

    def _cards_page(self) -> Page:
        page = CardsPage(
            self._stage.look,
            self._paper,
            self._matter,
            self._at,
            self._narrow.today,
            speaks=self._voice is not None,
        )
        page.show_choice(self._choice)
        page.tapped.connect(lambda number: self._choose(self._choice.tapped(number)))
        page.struck.connect(lambda number: self._choose(self._choice.struck(number)))
        page.placed.connect(lambda number, place: self._choose(self._choice.placed(number, place)))
        page.opened.connect(lambda number: self._stage.show_page(partial(self._detail_page, number)))
        page.read.connect(self._read)
        page.turned.connect(self._on_turned)
        page.unfiltered.connect(partial(self._on_matter_chosen, None))
        page.done.connect(self._on_cards_done)
        page.back.connect(self._ask_matter)
        for face in page.faces:
            self._ask_photo(face.pool_no, face.portrait)
        return page

    def _detail_page(self, pool_no: str) -> Page:
        card = next(card for card in self._paper.cards if card.public.pool_no == pool_no)
        page = DetailPage(self._stage.look, card, self._paper.matter, self._narrow.today)
        page.back.connect(self._show_cards)
        self._ask_photo(pool_no, page.portrait)
        return page

    def _order_page(self) -> Page:
        page = OrderPage(self._stage.look, self._paper, self._choice)
        page.moved.connect(lambda number, step: self._reorder(self._choice.moved(number, step)))
        page.taken.connect(lambda number: self._reorder(self._choice.without(number)))
        page.done.connect(self._confirm)
        page.back.connect(self._show_cards)
        return page

    def _confirm_page(self) -> Page:
        page = ConfirmPage(self._stage.look, self._paper, self._choice)
        page.sealed.connect(self._seal)
        page.back.connect(self._show_cards)
        return page

    # What a tap does

    def _ask_matter(self) -> None:
        self._stage.show_page(self._matter_page)

    def _show_cards(self) -> None:
        self._stage.show_page(self._cards_page)

    def _confirm(self) -> None:
        self._stage.show_page(self._confirm_page)

    def _on_matter_chosen(self, matter: Matter | None) -> None:
        self._matter, self._at = matter, 0
        self._show_cards()

    def _on_turned(self, at: int) -> None:
        self._at = at
        self._show_cards()

    def _on_cards_done(self) -> None:
        if len(self._choice.ranks) > 1:
            self._stage.show_page(self._order_page)
        else:
            self._confirm()

    def _choose(self, choice: Choice) -> None:
        page = self._stage.page
        if isinstance(page, CardsPage):
            page.say("")
            page.show_choice(choice)
        self._keep(choice)

    def _reorder(self, choice: Choice) -> None:
        self._keep(choice)
        if choice.ranks:
            self._stage.show_page(self._order_page)
        else:
            self._show_cards()

    def _keep(self, choice: Choice) -> None:
        self._choice = choice
        self._narrow.keep(choice, self._on_not_kept)

    def _seal(self) -> None:
        page = self._stage.page
        if isinstance(page, ConfirmPage):
            page.wait(True)
        self._narrow.seal(self._choice, self.sealed.emit, self._on_not_kept)

    def _on_not_kept(self, sentence: str) -> None:
        page = self._stage.page
        if isinstance(page, ConfirmPage):
            page.wait(False)
        if isinstance(page, CardsPage | OrderPage | ConfirmPage):
            page.say(sentence)

    def _read(self, card: PaperCard) -> None:
        if self._voice is not None:
            self._voice.read(spoken(card, self._paper.matter, self._narrow.today))

    def _ask_photo(self, pool_no: str, portrait: Portrait) -> None:
        self._narrow.photo(pool_no, portrait.wanted(), portrait.show_photo, portrait)
