"""What a page of the statistics screen is: it answers to the head, and may lead to the cases behind a figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.access.permissions import Permission
from mediation_desk.shared.record import record
from mediation_desk.statistics.checks import Violation
from mediation_desk.statistics.model import StatTable
from mediation_desk.statistics.ports import EVERYTHING, Filter
from ui.screens.base import Context
from ui.screens.statistics.asked import Asked
from ui.theme import theme


@record
class Behind:
    """One figure whose cases are to be listed: a cell of a table read with ``among``.

    With ``violation`` the cases that break that rule are listed instead.
    """

    table: StatTable
    row: str
    column: str
    among: Filter = EVERYTHING
    violation: Violation | None = None


class StatPage(QWidget):
    """Subclasses fill ``self.stack`` and read in `refresh` through the desk.

    ``self.tools`` stand beside the title of the screen while the page is in front. ``drilled(Behind)`` asks the frame
    for the cases behind a figure; it comes back to ``self.first``. ``reread(StatTable)`` tells that a table was read
    again: a list of cases of one of its cells follows.
    """

    drilled = Signal(object)
    reread = Signal(object)

    def __init__(
        self, context: Context, ask: Callable[[], Asked | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.ask = ask
        self.first: QWidget | None = None
        self.tools: tuple[QWidget, ...] = ()
        self.stack = QVBoxLayout(self)
        self.stack.setContentsMargins(0, theme().px(10), 0, 0)
        self.stack.setSpacing(theme().px(8))

    def refresh(self) -> None:
        """Read what `ask` asks for; called when the page comes to the front and something changed since."""

    def open(self, argument: str) -> None:
        """Show what ``argument`` names."""

    def pane(self) -> tuple[str, QWidget] | None:
        """Heading and widget for the side pane while the page is in front."""
        return None


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page by code; ``build`` is called when it is first shown. ``needs`` beyond the right to the screen."""

    code: str
    caption: str
    build: Callable[[Context, Callable[[], Asked | None], QWidget], StatPage]
    needs: Permission | None = None
