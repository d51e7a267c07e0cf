"""选择: the parties choose on their own, the rule says who it is and why; otherwise the body designates."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.steps.choosing import CHOOSABLE
from ui.screens.case_page.choice_result import ResultCard, RoundsCard
from ui.screens.case_page.designation import DesignateForm
from ui.screens.case_page.marking import MarkForm
from ui.screens.case_page.tab import Page, Tab
from ui.screens.case_page.view import CaseView
from ui.widgets.buttons import button
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import boxed, row


class ChoiceTab(Tab):
    """Result and rounds on top; beneath them the forms while choosing is possible."""

    code = "choice"
    papers = ("choice", "rights", "acceptance")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._result = ResultCard()
        self._rounds = RoundsCard()
        self._empty = EmptyState("受理之后，各方在这里各自选定调解员。", symbol="choice")
        self.marks = MarkForm(page)
        self.designate = DesignateForm(page)
        self._again = button("重新选择", lambda: self.start("marks"), symbol="choice")
        self._again.setObjectName("choice.again")
        self._name = button("由中心指派", lambda: self.start("designate"))
        self._name.setObjectName("choice.designate")
        self._ways = boxed(row(self._again, self._name, None))
        for widget in (self._result, self.marks, self.designate, self._ways, self._rounds, self._empty):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.marks.hide()
        self.designate.hide()
        self.marks.given_up.connect(self._close_forms)
        self.designate.given_up.connect(self._close_forms)
        self.marks.done.connect(self.marks.hide)
        self.designate.done.connect(self.designate.hide)

    def show_case(self, view: CaseView) -> None:
        """Result, rounds, and the form that fits the state."""
        file = view.file
        choosable = view.state in CHOOSABLE and not file.sessions
        self._result.show_case(view)
        self._result.setVisible(bool(file.mediators) or file.selection is not None)
        self._rounds.show_case(view)
        self._rounds.setVisible(bool(file.selection_history or file.recusals))
        self._empty.setVisible(not choosable and file.selection is None and not file.mediators)
        if self._empty.isVisibleTo(self):
            ended = view.state not in (State.REGISTERED, *CHOOSABLE)
            self._empty.set_sentence(
                "本案没有进行调解员选择。" if ended else "受理之后，各方在这里各自选定调解员。"
            )
        self.marks.settle(view)
        self.designate.settle(view)
        if not choosable:
            self.marks.hide()
            self.designate.hide()
        elif not file.mediators and not self.designate.isVisibleTo(self):
            self.marks.show()
        self._show_ways(choosable, bool(file.mediators))

    def start(self, form: str) -> None:
        """``marks`` or ``designate``."""
        view = self.page.view
        if view.state not in CHOOSABLE or view.file.sessions:
            return
        chosen, other = (self.designate, self.marks) if form == "designate" else (self.marks, self.designate)
        other.hide()
        chosen.show()
        self._show_ways(True, bool(view.file.mediators))
        chosen.focus_first()

    def primary(self) -> QPushButton | None:
        """The form that is open."""
        return self.marks.primary() or self.designate.primary()

    def _show_ways(self, choosable: bool, chosen: bool) -> None:
        self._ways.setVisible(choosable)
        self._again.setVisible(not self.marks.isVisibleTo(self))
        self._again.set_caption("重新选择" if chosen else "由各方选择")
        self._name.setVisible(not self.designate.isVisibleTo(self))

    def _close_forms(self) -> None:
        self.marks.hide()
        self.designate.hide()
        self.show_case(self.page.view)
