"""The paper beside the tabs: a stored one, or what unsaved words would become, drawn when it is looked at."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.cases.model import CaseFile
from mediation_desk.shared.errors import DeskError
from ui.screens.base import Context
from ui.screens.case_page.view import CaseView
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.paper_view import PaperView
from ui.widgets.plain import PlainLabel

_PAUSE_MS = 350


class PaperPane(QWidget):
    """Heading and `PaperView`; nothing is rendered while the pane is hidden."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._form = ""
        self._make: Callable[[], bytes] | None = None
        self._heading = PlainLabel(role="quiet")
        self.paper = PaperView(context.desk)
        self.paper.setObjectName("case.paper")
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(2))
        stack.addWidget(self._heading)
        stack.addWidget(self.paper, 1)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._render)

    def form(self) -> str:
        """Key of the form being shown."""
        return self._form

    def show_stored(self, view: CaseView, form: str, part: int | None = -1) -> None:
        """A paper as it would be printed now, or the reason why there is none."""
        choice = next((entry for entry in view.forms if entry.key == form), None)
        if choice is None:
            return
        self._form = form
        self._heading.setText(choice.title)
        self._heading.set_tone(Tone.QUIET)
        services, key = self._context.services, view.file.case_key
        self._pause.stop()
        if choice.reason is not None:
            self._make = None
            self.paper.show_pdf(None, choice.reason)
            return
        self._make = lambda: services.printing.preview(services.actor, key, form, part)
        self._render()

    def show_signed(self, view: CaseView, form: str, part: int) -> None:
        """The variant of a stored paper that shows the names drawn on a screen."""
        choice = next((entry for entry in view.forms if entry.key == form), None)
        self._form = form
        self._heading.setText(f"{choice.title if choice else ''}（带屏幕手写，不是可靠的电子签名）")
        self._heading.set_tone(Tone.SOON)
        services, key = self._context.services, view.file.case_key
        self._pause.stop()
        self._make = lambda: services.printing.preview_signed(services.actor, key, form, part)
        self._render()

    def show_draft(self, view: CaseView, file: CaseFile, form: str, part: int = -1) -> None:
        """The paper ``file`` would become; waits for a pause in typing."""
        choice = next((entry for entry in view.forms if entry.key == form), None)
        self._form = form
        self._heading.setText(f"{choice.title if choice else ''}（拟稿，还没有保存）")
        self._heading.set_tone(Tone.SOON)
        services = self._context.services
        self._make = lambda: services.printing.preview_draft(services.actor, file, form, part)
        self._pause.start()

    def show_made(self, heading: str, make: Callable[[], bytes]) -> None:
        """A PDF of several papers; it is made once, then shown."""
        self._form = ""
        self._heading.setText(heading)
        self._heading.set_tone(Tone.QUIET)
        self._pause.stop()
        self._make = _once(make)
        self.paper.show_pdf(None, "正在装卷……")
        self._render()

    def showEvent(self, event: QShowEvent) -> None:
        """What was asked for while hidden is drawn now."""
        super().showEvent(event)
        self._render()

    def _render(self) -> None:
        if self._make is None or not self.isVisible():
            return
        self._context.desk.render(self._make, self.paper.show_pdf, self._on_failed, owner=self, slot="paper")

    def _on_failed(self, error: BaseException) -> bool:
        if not isinstance(error, DeskError):
            return False
        self.paper.show_pdf(None, error.message)
        return True


def _once(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """``make``, whose result is kept: a pane shown again does not bind the volume again."""
    made: list[bytes] = []

    def kept() -> bytes:
        if not made:
            made.append(make())
        return made[0]

    return kept
