"""Accepted offers that no clause has been made of yet: one button each puts them into the agreement."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.agreements.offered import Offered
from ui.screens.case_page.words import joined, money, short
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.layout import clear, row
from ui.widgets.plain import PlainLabel


class OfferStrip(QWidget):
    """``wanted(offer)``; hidden while there is nothing to offer."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[int, ...] | None = None
        self._buttons: list[QWidget] = []
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(theme().px(4))
        self.hide()

    def first(self) -> QWidget | None:
        """The first button, while there is one."""
        return next(iter(self._buttons), None)

    def show_offers(self, offers: tuple[Offered, ...], name_of: Callable[[str], str]) -> None:
        """Offer these."""
        self.setVisible(bool(offers))
        numbers = tuple(offer.no for offer in offers)
        if numbers == self._shown:
            return
        self._shown = numbers
        clear(self._stack)
        self._buttons = []
        if not offers:
            return
        self._stack.addWidget(PlainLabel("已达成的方案", role="label"))
        for offer in offers:
            take = button("放进协议", partial(self.wanted.emit, offer), symbol="add")
            take.setObjectName(f"offer.{offer.no}.take")
            take.setAccessibleName(f"把方案{offer.no}放进协议")
            self._buttons.append(take)
            words = PlainLabel(offer_words(offer, name_of), tone=Tone.INK)
            self._stack.addLayout(row(words, None, take))


def offer_words(offer: Offered, name_of: Callable[[str], str]) -> str:
    """``方案3　贾讲理 → 甄有理　900.00 元　4月10日前　分两次给``."""
    parts = [f"方案{offer.no}"]
    if offer.payer and offer.payee:
        parts.append(f"{joined(offer.payer, name_of)} → {joined(offer.payee, name_of)}")
    if offer.amount is not None:
        parts.append(f"{money(offer.amount)} 元")
    if offer.due_on is not None:
        parts.append(f"{short(offer.due_on)}前")
    return "　".join((*parts, offer.text))
