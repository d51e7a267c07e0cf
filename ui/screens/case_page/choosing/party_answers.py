"""What each party says to a designation: accepts, refuses, or has not said."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.fields.choice_field import ChoiceField
from ui.screens.case_page.words import cut
from ui.theme import theme
from ui.widgets.layout import clear
from ui.widgets.plain import PlainLabel


class Said(StrEnum):
    """The three things a party can have said."""

    NOTHING = "没有表示"
    ACCEPTS = "接受"
    REFUSES = "不接受"


class PartyAnswers(QWidget):
    """One closed list for each party, named ``<object name>.<ref>``."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: tuple[tuple[str, str], ...] = ()
        self._lists: dict[str, ChoiceField[Said]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(12))
        self._grid.setVerticalSpacing(theme().px(6))
        self._grid.setColumnStretch(2, 1)

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """Ask these (ref, name) pairs; the same ones keep their answers."""
        if tuple(people) == self._people:
            return
        self._people = tuple(people)
        clear(self._grid)
        self._lists = {}
        for line, (ref, name) in enumerate(people):
            made: ChoiceField[Said] = ChoiceField(Said)
            made.setObjectName(f"{self.objectName()}.{ref}")
            made.setAccessibleName(f"{name}的意见")
            made.edited.connect(self.edited)
            label = PlainLabel(cut(name, 16))
            self._grid.addWidget(label, line, 0)
            self._grid.addWidget(made, line, 1)
            self._lists[ref] = made
        if self._lists:
            self.setFocusProxy(next(iter(self._lists.values())))

    def forget(self) -> None:
        """Nobody has said anything."""
        for made in self._lists.values():
            made.set_value(Said.NOTHING)

    def said(self, what: Said) -> tuple[str, ...]:
        """Refs of those who said this, in order."""
        return tuple(ref for ref, made in self._lists.items() if made.value() is what)
