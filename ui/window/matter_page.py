"""是什么事: eight pictured matters in plain words; choosing one only sorts the cards that are on the sheet anyway."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout

from mediation_desk.cases.choosing.window_rules import Matter
from ui.widgets.layout import boxed
from ui.window.look import Look
from ui.window.page import Page
from ui.window.parts import BigButton, Tile, by_finger


class MatterPage(Page):
    """``chosen(matter)``, or None for everybody. The digits 1 to 8 choose too."""

    chosen = Signal(object)

    def __init__(self, look: Look, matters: tuple[Matter, ...]) -> None:
        super().__init__(look, "是什么事？", "点一样最像的，先看处理这类事的调解员。说不准，就看全部。")
        self._matters = matters
        columns = 4 if look.landscape else 2
        grid = QGridLayout()
        grid.setSpacing(look.gap)
        for number, matter in enumerate(matters):
            tile = Tile(
                matter.symbol,
                matter.name,
                matter.about,
                partial(self.chosen.emit, matter),
                size=min(look.text * 4, look.height // 9),
            )
            tile.setObjectName(f"window.matter.{number}")
            grid.addWidget(tile, number // columns, number % columns)
            self.first = self.first or tile
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        self.body.addWidget(by_finger(boxed(grid), "是什么事"), 1)
        everybody = BigButton("看全部", lambda: self.chosen.emit(None), kind="primary")
        everybody.setObjectName("window.everybody")
        self.close_with(everybody)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit is the matter in that place."""
        number = event.key() - Qt.Key.Key_1.value
        if 0 <= number < len(self._matters):
            self.chosen.emit(self._matters[number])
        else:
            super().keyPressEvent(event)
