"""The case behind the chosen line, as the forms of the case page want it: they are the same forms here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from mediation_desk.cases.lifecycle import state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.changes import Changes
from ui.screens.base import Context
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import told_by
from ui.screens.meeting_others import take_steps
from ui.screens.taking_back import TOUCHED
from ui.services import Services
from ui.widgets.layout import scroll_to
from ui.widgets.message_bar import Kind

T = TypeVar("T")


def read_line(services: Services, key: str) -> CaseView:
    """The file alone, without what only the case page shows; runs on the worker."""
    file = services.cases.file(services.actor, key)
    return CaseView(
        file=file,
        state=state_of(file),
        today=services.cases.local_today,
        centre=services.centre,
        history=(),
        papers=(),
        forms=(),
        pool=(),
        drafts={},
    )


class LinePage:
    """Implements ``Page`` for one case; papers and other tabs lead to the case page."""

    def __init__(self, context: Context, owner: QWidget, view: CaseView, again: Callable[[], object]) -> None:
        self.context = context
        self.view = view
        self._owner = owner
        self._again = again

    def take(
        self,
        steps: Sequence[Step],
        on_done: Callable[[CaseFile], object],
        on_error: Callable[[BaseException], bool],
        told: Callable[[CaseFile], str] | None = None,
        *,
        base: CaseFile | None = None,
    ) -> None:
        """Take steps on ``base``, by default on the version just seen."""
        seen = base or self.view.file
        take_steps(self.context, self._owner, seen, steps, on_done, on_error, told or told_by(steps))

    def call(
        self,
        do: Callable[[], T],
        on_done: Callable[[T], object],
        on_error: Callable[[BaseException], bool],
        told: Callable[[T], str],
        *,
        goes_on: bool = False,  # there is no next step here
    ) -> None:
        """Change something that is no step of the file."""

        def done(result: T) -> None:
            on_done(result)
            if sentence := told(result):
                self.context.say(sentence, Kind.SUCCESS)

        touched = Changes.of(*TOUCHED, case_key=self.view.file.case_key)
        self.context.desk.command(do, done, on_error, touches=touched, owner=self._owner)

    def read_again(self) -> None:
        """Read the case anew."""
        self._again()

    def go(self, tab: str, form: str = "") -> None:
        """To the case page."""
        self.context.open_case(self.view.file.case_key, tab or form)

    def show_stored(self, form: str, part: int | None = -1) -> None:
        """Papers are looked at on the case page."""

    def show_signed(self, form: str, part: int) -> None:
        """No papers here."""

    def show_draft(self, file: CaseFile, form: str, part: int = -1) -> None:
        """Nor are drafts of papers shown here."""

    def show_made(self, heading: str, make: Callable[[], bytes]) -> None:
        """Nor are volumes."""

    def open_pane(self) -> None:
        """There is no paper beside this list of its own accord."""

    def settle_head(self) -> None:
        """This screen has no head that scrolls."""

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll the screen until ``widget`` is seen, once it has its place."""
        scroll_to(widget)
