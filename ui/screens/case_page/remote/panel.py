"""The card of a remote session with its forms; one widget for the tab 调解."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from ui.screens.case_page.form import StepForm
from ui.screens.case_page.remote.card import RemoteCard
from ui.screens.case_page.remote.forms import ConsentForm, JoinedForm, LinkForm, remote_session
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.widgets.layout import column


class RemotePanel(QWidget):
    """Hidden while no session is remote. Forms: ``remote.link``, ``remote.consent``, ``remote.joined``."""

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self.card = RemoteCard(page)
        self.forms: dict[str, StepForm] = {
            "link": LinkForm(page),
            "consent": ConsentForm(page),
            "joined": JoinedForm(page),
        }
        self.setLayout(column(self.card, *self.forms.values(), gap=12))
        for form in self.forms.values():
            form.hide()
            form.given_up.connect(form.hide)
            form.done.connect(form.hide)
        self.card.wanted.connect(self._open)

    def show_case(self, view: CaseView) -> None:
        """Follow another reading; a form being written stays open while its session is there."""
        session = remote_session(view)
        self.setVisible(session is not None)
        self.card.show_case(view)
        for form in self.forms.values():
            form.settle(view)
        if session is None or session.held:
            self.forms["link"].hide()

    def start(self, form: str) -> bool:
        """Open ``remote.link``, ``remote.consent`` or ``remote.joined``; False for any other name."""
        code = form.removeprefix("remote.")
        if code == form or code not in self.forms:
            return False
        self._open(code)
        return True

    def primary(self) -> QPushButton | None:
        """The form somebody works in."""
        return next((found for form in self.forms.values() if (found := form.primary())), None)

    def _open(self, code: str) -> None:
        if remote_session(self._page.view) is None:
            return
        for name, form in self.forms.items():
            form.setVisible(name == code)
        self.forms[code].focus_first()
