"""What a page of the statistics screen is: it answers to the head, and may lead to the cases behind a figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.access.permissions import Permission
from mediation_desk.charts.model import Together
from mediation_desk.shared.record import record
from mediation_desk.statistics.checks import Violation
from mediation_desk.statistics.model import StatTable
from mediation_desk.statistics.ports import EVERYTHING, Filter, Spot
from mediation_desk.statistics.submitting.model import Submission
from ui.screens.base import Context
from ui.screens.statistics.asked import Asked
from ui.theme import theme


@record
class Behind:
    """One figure whose cases are to be listed: a cell of a table read with ``among`` and ``unit``.

    With ``violation`` the cases that break that rule are listed instead; with ``submission`` those that were
    reported, as they were on that day.
    """

    table: StatTable
    row: str
    column: str
    among: Filter = EVERYTHING
    unit: str = ""
    violation: Violation | None = None
    submission: Submission | None = None


@record
class AtSpots:
    """A number outside the tables: a line of the dashboard, a point or bar, or several put together as 其余.

    It was counted as ``asked`` says, while the head asked ``head``.
    """

    spots: tuple[Spot, ...]
    words: str
    asked: Asked
    head: Asked


@record
class TheseCases:
    """Cases known by their keys, for instance those that moved a reported figure."""

    keys: tuple[str, ...]
    words: str


Sought: TypeAlias = Behind | AtSpots | TheseCases
"""What the frame can list the cases of."""


def at_spots(target: object, words: str, asked: Asked, head: Asked) -> AtSpots | None:
    """What a chart hands over when a part of it is opened; None where there is nothing behind it."""
    parts = target.targets if isinstance(target, Together) else (target,)
    spots = tuple(one for one in parts if isinstance(one, Spot))
    return AtSpots(spots=spots, words=words, asked=asked, head=head) if spots else None


class StatPage(QWidget):
    """Subclasses fill ``self.stack`` and read in `refresh` through the desk.

    ``self.tools`` stand beside the title of the screen while the page is in front. ``drilled(Sought)`` asks the frame
    for the cases behind a figure; it comes back to ``self.first``. ``reread(StatTable)`` tells that a table was read
    again: a list of cases of one of its cells follows. The head shows its period where the page is ``periodic``, unit
    and conditions where it is ``filtered``.
    """

    periodic: ClassVar[bool] = True
    filtered: ClassVar[bool] = True
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

    def open_target(self, target: object, words: str) -> None:
        """Ask for the cases of a number of a chart or of the dashboard."""
        head = self.ask()
        sought = at_spots(target, words, self.counted_as(head), head) if head is not None else None
        if sought is not None:
            self.drilled.emit(sought)

    def counted_as(self, head: Asked) -> Asked:
        """What the numbers of the page were counted for, where the head asks ``head``."""
        return head


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page by code; ``build`` is called when it is first shown. ``needs`` beyond the right to the screen."""

    code: str
    caption: str
    build: Callable[[Context, Callable[[], Asked | None], QWidget], StatPage]
    needs: Permission | None = None
