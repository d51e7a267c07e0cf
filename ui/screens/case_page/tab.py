"""What a tab of the case page is, and what it may ask of the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Protocol, TypeVar

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Step
from ui.screens.base import Context
from ui.screens.case_page.view import CaseView
from ui.widgets.layout import column

T = TypeVar("T")


class Page(Protocol):
    """The case page as its tabs see it."""

    @property
    def context(self) -> Context:
        """Services and window."""
        ...

    @property
    def view(self) -> CaseView:
        """The last reading."""
        ...

    def take(
        self,
        steps: Sequence[Step],
        on_done: Callable[[CaseFile], object],
        on_error: Callable[[BaseException], bool],
        told: Callable[[CaseFile], str] | None = None,
        *,
        base: CaseFile | None = None,
    ) -> None:
        """Take steps one after the other on ``base``, by default as just seen; ``told`` says what was done.

        Where others saved meanwhile it is put together; where both changed one place the user is asked.
        """
        ...

    def call(
        self,
        do: Callable[[], T],
        on_done: Callable[[T], object],
        on_error: Callable[[BaseException], bool],
        told: Callable[[T], str],
        *,
        goes_on: bool = False,
    ) -> None:
        """Ask a service to change something about this case; ``told`` says what was done.

        With ``goes_on`` the focus goes to the next step afterwards.
        """
        ...

    def read_again(self) -> None:
        """Read the case anew; words in forms stay."""
        ...

    def go(self, tab: str, form: str = "") -> None:
        """Bring a tab to the front and open a form on it."""
        ...

    def show_stored(self, form: str, part: int | None = -1) -> None:
        """Show a paper of the stored case in the side pane; ``part`` None shows all of a form."""
        ...

    def show_signed(self, form: str, part: int) -> None:
        """Show a paper with the names that were drawn on a screen."""
        ...

    def show_draft(self, file: CaseFile, form: str, part: int = -1) -> None:
        """Show the paper that ``file``, not saved yet, would become."""
        ...

    def show_made(self, heading: str, make: Callable[[], bytes]) -> None:
        """Show a PDF that is no single form in the side pane; ``make`` runs on the worker."""
        ...

    def open_pane(self) -> None:
        """Open the side pane with the paper."""
        ...

    def settle_head(self) -> None:
        """The tab in front wants another ``room`` than before."""
        ...

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll until ``widget`` is seen."""
        ...


class Tab(QWidget):
    """Base of the tabs. ``papers`` are the forms of the side pane, the first printable one is shown.

    ``room``: desk pixels a tab wants for itself; in a lower window the head of the page scrolls away.
    """

    code: ClassVar[str] = ""
    room = 260
    papers: ClassVar[tuple[str, ...]] = ()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.body: QVBoxLayout = column(gap=12)
        self.setLayout(self.body)

    def show_case(self, view: CaseView) -> None:
        """Show another reading; what is being typed stays."""

    def start(self, form: str) -> None:
        """Open the form called ``form`` and put the focus into it."""

    def primary(self) -> QPushButton | None:
        """The button Ctrl+Enter presses while this tab is in front; None leaves it to the next step."""
        return None

    def show_paper(self) -> None:
        """Put this tab's paper into the side pane."""
        reasons = {choice.key: choice.reason for choice in self.page.view.forms}
        printable = [key for key in self.papers if key in reasons and reasons[key] is None]
        wanted = (printable or [key for key in self.papers if key in reasons])[:1]
        if wanted:
            self.page.show_stored(wanted[0])
