"""The parties: as many rows as people are typed, one blank row beneath them for the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.parties.model import PartyKind, Side
from ui.screens.intake.panel import Found
from ui.screens.intake.party import PartyRow
from ui.screens.intake.people import FEWEST_PARTIES
from ui.screens.intake.words import Words
from ui.tokens import Tone
from ui.widgets.layout import column
from ui.widgets.text import small

NUMEROUS = 10
"""From how many on a side is numerous (民诉法解释 art. 75)."""
_FIRST = (Side.APPLICANT, Side.RESPONDENT)


class Parties(QWidget):
    """Begins with an applicant and a respondent; a name typed into the last row adds a party.

    ``taken_out`` tells the name of a party that was removed, and how to put it back.
    """

    edited = Signal()
    file_wanted = Signal(object)
    taken_out = Signal(str, object)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._rows: list[PartyRow] = []
        self._stack = column(gap=6)
        self._many = small(tone=Tone.SOON, wrap=True)
        self._many.setObjectName("intake.parties.many")
        self._many.hide()
        self.setLayout(column(self._stack, self._many, gap=4))

    def clear(self) -> None:
        """Two blank parties."""
        self.show_words(())

    def rows(self) -> tuple[PartyRow, ...]:
        """The parties, without the row that waits."""
        return tuple(row for row in self._rows if not row.is_waiting())

    def words(self) -> list[dict[str, object]]:
        """The parties in order."""
        return [row.words() for row in self.rows()]

    def show_words(self, parties: tuple[Words, ...]) -> None:
        """Show these parties, and always room for two."""
        for row in tuple(self._rows):
            self._take_out(row)
        for number in range(max(len(parties), FEWEST_PARTIES)):
            row = self._append(_FIRST[min(number, len(_FIRST) - 1)])
            if number < len(parties):
                row.show_words(parties[number])
        self._append(self._rows[-1].side(), waiting=True)
        self._rename()

    def found(self) -> Found:
        """Fields by place."""
        for number, row in enumerate(self.rows()):
            yield from row.found(f"/parties/{number}")
        yield "/parties", self.rows()[-1].name_field()

    def reveal(self, place: str) -> bool:
        """Open what hides ``place``; True when it was a member of a group, which is brought forward."""
        steps = place.strip("/").split("/")
        if steps[0] == "group_members" and len(steps) > 1:
            return self._go_to_member(int(steps[1]))
        if steps[0] == "parties" and len(steps) > 2 and (number := int(steps[1])) < len(self.rows()):
            row = self.rows()[number]
            in_row = {where for where, _field in row.main_found(f"/parties/{number}")}
            if place not in in_row:
                row.reveal()
        return False

    def first_editor(self) -> QWidget:
        """Where typing begins."""
        return self._rows[0].name_editor()

    def _go_to_member(self, number: int) -> bool:
        for row in self.rows():
            if number < row.details.members.count():
                row.reveal()
                row.details.members.go_to(number)
                return True
            number -= row.details.members.count()
        return False

    def _append(self, side: Side, *, waiting: bool = False) -> PartyRow:
        row = PartyRow(side, self._today, waiting=waiting)
        row.edited.connect(self.edited)
        row.file_wanted.connect(self.file_wanted)
        row.woken.connect(self._on_row_woken)
        row.gone.connect(lambda: self._on_row_gone(row))
        self._rows.append(row)
        self._stack.addWidget(row)
        row.setVisible(True)
        return row

    def _on_row_woken(self) -> None:
        self._append(self._rows[-1].side(), waiting=True)
        self._rename()

    def _on_row_gone(self, row: PartyRow) -> None:
        place, words, name = self._rows.index(row), row.words(), row.name()
        self._take_out(row)
        self._rename()
        self._rows[min(place, len(self._rows) - 1)].name_editor().setFocus()
        self.edited.emit()
        if name:
            self.taken_out.emit(name, lambda: self._put_back(place, words))

    def _put_back(self, place: int, words: Words) -> None:
        """Where it stood; what was typed in the other rows since stays."""
        rows: list[Words] = list(self.words())
        rows.insert(place, words)
        self.show_words(tuple(rows))
        self._rows[place].name_editor().setFocus()
        self.edited.emit()

    def _take_out(self, row: PartyRow) -> None:
        self._rows.remove(row)
        self._stack.removeWidget(row)
        row.hide()
        row.setParent(None)
        row.deleteLater()

    def follow(self) -> None:
        """Ten or more on one side, named one by one, may choose representatives (LR-19)."""
        people = Counter(row.side() for row in self.rows() if row.kind() is PartyKind.PERSON and row.name())
        crowd = next((side for side, number in people.items() if number >= NUMEROUS), None)
        self._many.setText(
            f"{crowd}有{people[crowd]}人，人数众多：可以改写成一个“自然人群体”，附名单，推选二至五名代表"
            "（民事诉讼法第五十六条）。"
            if crowd
            else ""
        )
        self._many.setVisible(crowd is not None)

    def _rename(self) -> None:
        removable = len(self.rows()) > FEWEST_PARTIES
        for number, row in enumerate(self._rows):
            row.name_as(number, removable=removable)
