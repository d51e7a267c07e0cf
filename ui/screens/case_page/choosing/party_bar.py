"""Whose turn it is: one button for each party, with whether it has chosen already, never what."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.cases.model import CaseFile
from ui.screens.case_page.words import cut
from ui.widgets.buttons import DeskButton, button
from ui.widgets.layout import clear
from ui.widgets.plain import plain_tooltip, restyle
from ui.widgets.wrapping import Wrapping


class PartyBar(QWidget):
    """``wanted(ref)`` when somebody takes a party's turn; buttons are named ``choice.party.<ref>``."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, DeskButton] = {}
        self._names: dict[str, str] = {}
        self._flow = Wrapping(gap=8)
        self.setLayout(self._flow)

    def offer(self, file: CaseFile) -> None:
        """The parties of this case, a group as one."""
        clear(self._flow)
        self._buttons, self._names = {}, {}
        for party in file.parties:
            made = button(cut(party.name), partial(self.wanted.emit, party.ref))
            made.setObjectName(f"choice.party.{party.ref}")
            plain_tooltip(made, party.name if cut(party.name) != party.name else "")
            self._buttons[party.ref] = made
            self._names[party.ref] = cut(party.name)
            self._flow.add(made)

    def show_turn(self, turn: str, silent: Collection[str]) -> None:
        """Who is in turn, and who has chosen."""
        for ref, one in self._buttons.items():
            name = self._names[ref]
            one.set_caption(name if ref in silent else f"{name}　已选")
            one.setProperty("kind", "primary" if ref == turn else "plain")
            restyle(one)
