"""Looks for earlier cases and other windows' drafts of the people on the sheet, whenever the typing pauses."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from mediation_desk.cases.counter.alike import Matter
from mediation_desk.cases.counter.service import Resemblance
from ui.screens.base import Context
from ui.screens.intake.sheet import Sheet

_SETTLE_MS = 300


class Looking(QObject):
    """Shows what it finds on the sheet; never in the way of typing."""

    def __init__(self, context: Context, sheet: Sheet, draft: Callable[[], str]) -> None:
        super().__init__(sheet)
        self._context, self._sheet, self._draft = context, sheet, draft
        self._asked: Matter | None = None
        self._found = Resemblance()
        self.refused: tuple[str, ...] = ()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.look)

    def touched(self) -> None:
        """Something was typed."""
        self._show()
        self._settle.start()

    def forget(self) -> None:
        """A blank sheet."""
        self._settle.stop()
        self._asked, self.refused = None, ()
        self._show_found(Resemblance())

    def look(self) -> None:
        """Ask now, unless nothing that is compared has changed."""
        self._settle.stop()
        matter = self._sheet.compared()
        if matter == self._asked:
            return
        self._asked = matter
        if not matter.people:
            self._show_found(Resemblance())
            return
        self._ask(matter)

    def refuse(self, keys: tuple[str, ...]) -> None:
        """The service knows of cases that must be looked at: show them and what can be done."""
        self.refused = keys
        self._ask(self._sheet.compared(), refused=True)

    def _ask(self, matter: Matter, *, refused: bool = False) -> None:
        services, key = self._context.services, self._draft()

        def show(found: Resemblance) -> None:
            self._show_found(found)
            if refused:
                self._sheet.remembered.refuse(self.refused, services.cases.local_today)
                button = self._sheet.remembered.first_button()
                if button is not None:
                    button.setFocus()

        self._context.desk.query(
            lambda: services.counter.resembling(services.actor, matter, draft=key), show, owner=self
        )

    def _show_found(self, found: Resemblance) -> None:
        self._found = found
        self._show()

    def _show(self) -> None:
        today = self._context.services.cases.local_today
        self._sheet.remembered.show_found(self._found, self._sheet.links(), today)
