"""The disclosures of all mediators of the case, one card each, in the order of the team."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from ui.screens.case_page.choosing.disclosure_card import DisclosureCard
from ui.screens.case_page.choosing.reading import ChoiceReading
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.widgets.layout import clear, column


class DisclosureCards(QWidget):
    """Cards stay as long as their mediator serves, with what is typed in them."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._cards: dict[str, DisclosureCard] = {}
        self._stack = column(gap=12)
        self.setLayout(self._stack)

    def show_case(self, view: CaseView, reading: ChoiceReading) -> None:
        """One card for each who serves now."""
        serving = {one.pool_no: one for one in view.file.mediators}
        for pool_no in [one for one in self._cards if one not in serving]:
            gone = self._cards.pop(pool_no)
            self._stack.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for pool_no, mediator in serving.items():
            if pool_no not in self._cards:
                self._cards[pool_no] = DisclosureCard(self._page, mediator)
                self._stack.addWidget(self._cards[pool_no])
            self._cards[pool_no].show_case(view, reading, mediator)
        self.setVisible(bool(serving))

    def forget(self) -> None:
        """Another case."""
        clear(self._stack)
        self._cards = {}

    def focus_first(self) -> None:
        """The first who has not disclosed, otherwise the first."""
        untold = [one.pool_no for one in self._page.view.file.mediators if not one.disclosure.strip()]
        for pool_no in (*untold, *self._cards):
            if pool_no in self._cards:
                self._cards[pool_no].focus_first()
                return

    def primary(self) -> QPushButton | None:
        """The form in use on one of the cards."""
        found = (card.primary() for card in self._cards.values())
        return next((one for one in found if one is not None), None)
