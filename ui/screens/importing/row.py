"""The row in hand: everything to be said about it in whole sentences, and what may be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mediation_desk.interchange.sheets.rows import SheetRow, State, Trouble
from mediation_desk.interchange.sheets.twins import Choice
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button, link
from ui.widgets.layout import boxed, clear, row, scrolling
from ui.widgets.text import paragraph, small

_HEIGHT = 92


class RowPanel(QWidget):
    """``chosen(number, choice)`` decides about the row, ``wanted(trouble)`` goes to its cell."""

    chosen = Signal(int, object)
    wanted = Signal(object)

    def __init__(self, words: Mapping[Choice, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._said = QVBoxLayout()
        self._said.setSpacing(theme().px(2))
        self._offers = QHBoxLayout()
        self._offers.setSpacing(theme().px(8))
        self._area = scrolling(boxed(self._said), name="这一行的问题")
        self._area.setFixedHeight(theme().px(_HEIGHT))
        stack = QHBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(16))
        stack.addWidget(self._area, 1)
        stack.addLayout(self._offers)

    def show_row(self, shown: SheetRow | None) -> None:
        """Another row, or none."""
        clear(self._said)
        clear(self._offers)
        if shown is None:
            self._said.addWidget(small("选中一行，这里说明它的问题；双击格子可以直接改。"))
            return
        if shown.twin_sentence:
            self._said.addWidget(paragraph(f"第{shown.number}{shown.unit}{shown.twin_sentence}", Tone.SOON))
        if shown.state is not State.SKIPPED:
            for trouble in sorted(shown.troubles, key=lambda one: not one.blocking):
                self._said.addLayout(self._trouble(trouble))
        if not shown.twin_sentence and not shown.troubles:
            self._said.addWidget(small(f"第{shown.number}{shown.unit}没有问题。"))
        self._said.addStretch(1)
        for choice in shown.choices:
            if choice is not shown.choice and not (
                choice is Choice.NEW and not shown.twin and not _skipped(shown)
            ):
                self._offers.addWidget(self._offer(shown, choice))

    def _trouble(self, trouble: Trouble) -> QHBoxLayout:
        said = paragraph(trouble.sentence, Tone.SEAL if trouble.blocking else Tone.SOON)
        if trouble.place is None:
            return row(said)
        go = link("改", partial(self.wanted.emit, trouble))
        go.setAccessibleName(f"去改{trouble.where}")
        made = row(go, said)
        made.setStretch(1, 1)
        return made

    def _offer(self, shown: SheetRow, choice: Choice) -> QWidget:
        made = button(self._words[choice], partial(self.chosen.emit, shown.number, choice))
        made.setObjectName(f"importing.choice.{choice.name.lower()}")
        return made


def _skipped(shown: SheetRow) -> bool:
    return shown.state is State.SKIPPED
