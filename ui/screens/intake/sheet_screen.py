"""What every screen around the counter's sheet does with keys: registering, and correcting what was registered."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.screens.base import Context, Screen
from ui.screens.intake.sheet import Sheet
from ui.screens.intake.walk import in_reading_order, set_reading_order, step_from


class SheetScreen(Screen):
    """Enter goes on, Shift+Enter back, Escape leaves the sheet; a sentence stands at its place on it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.sheet = Sheet(context.services.centre, self._today)
        self._order: list[QWidget] = []

    def escape(self) -> None:
        """What Escape does; every screen around the sheet says it."""
        raise NotImplementedError

    def show_field_error(self, field: str, sentence: str) -> bool:
        """Show a sentence at its place; ``field`` is a JSON pointer into the case."""
        return not self.sheet.show_problems({field: sentence})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter walks, Escape leaves."""
        modifiers = event.modifiers()
        if event.key() == Qt.Key.Key_Escape:
            self.escape()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not modifiers & Qt.KeyboardModifier.ControlModifier:
            self._walk(-1 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab follows the rows as they stand now, whenever they came."""
        order = list(in_reading_order(self.layout()))
        if order != self._order:
            self._order = order
            set_reading_order(order)
        return super().focusNextPrevChild(forward)

    def _walk(self, step: int) -> None:
        target = step_from(list(in_reading_order(self.layout())), self.window().focusWidget(), step)
        if target is None and step > 0:
            target = self.primary
        if target is not None:
            target.setFocus()
            self.sheet.bring_into_sight(target)

    def _today(self) -> date:
        return self.context.services.cases.local_today
