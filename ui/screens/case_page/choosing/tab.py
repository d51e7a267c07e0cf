"""选择: the list, one sheet per party, the result by the published rule, designation, disclosure, objection."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.steps.choosing import CHOOSABLE, refused_roster
from ui.screens.base import Context
from ui.screens.case_page.choosing.concluding import ConcludeForm, EndRoundForm
from ui.screens.case_page.choosing.conflict_alert import ConflictAlert
from ui.screens.case_page.choosing.designation import DesignateForm
from ui.screens.case_page.choosing.disclosure_cards import DisclosureCards
from ui.screens.case_page.choosing.marking import MarkCard
from ui.screens.case_page.choosing.opening import OpeningForm
from ui.screens.case_page.choosing.reading import ChoiceReading, names_in, read_choice, told
from ui.screens.case_page.choosing.result import ResultCard
from ui.screens.case_page.choosing.rounds import RoundsCard
from ui.screens.case_page.tab import Page, Tab
from ui.screens.case_page.view import CaseView
from ui.tokens import Tone
from ui.widgets.buttons import button, link
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import boxed, row
from ui.widgets.text import paragraph

_SHEET = 560
"""Room for the sheet of one party: all candidates at once on an ordinary screen."""


def open_public_window(context: Context, key: str, party: str) -> None:
    """Show one party its sheet on the public window beside the counter."""
    from ui.window.opening import open_window

    open_window(context, key, party)


class ChoiceTab(Tab):
    """What is under way stands on top; what is over is a diary at the end."""

    code = "choice"
    papers = ("choice", "disclosure", "rights", "acceptance")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._reading: ChoiceReading | None = None
        self._is_late = True  # the case was read again, its rounds were not yet
        self._case, self._wanted = "", ""
        self._way = ""  # what somebody asked for: marks, designate
        self._alert = ConflictAlert()
        self._forbidden = paragraph("", Tone.SOON)
        self._end_case = button("结束调解", lambda: page.go("overview", "end"))
        self._end_case.setObjectName("choice.end_case")
        self._barred = boxed(row(self._forbidden, self._end_case))
        self._result = ResultCard()
        self._rounds = RoundsCard()
        self._empty = EmptyState("受理之后，各方在这里各自选定调解员。", symbol="choice")
        self.opening, self.marks = OpeningForm(page), MarkCard(page)
        self.conclude, self.end_round = ConcludeForm(page), EndRoundForm(page)
        self.designate = DesignateForm(page)
        self._disclosures = DisclosureCards(page)
        self._forms = (self.opening, self.conclude, self.end_round, self.designate)
        self._ways = self._build_ways()
        self._lay_out()
        self._connect()

    def show_case(self, view: CaseView) -> None:
        """Read the rounds of the case; forms keep what is being typed."""
        if view.file.case_key != self._case:
            self._case, self._reading, self._way = view.file.case_key, None, ""
            self._disclosures.forget()
            for widget in (*self._forms, self.marks, self._result, self._rounds, self._ways, self._alert):
                widget.hide()
        self._is_late = True
        services, key = self.page.context.services, view.file.case_key
        self.page.context.desk.query(
            lambda: read_choice(services, key), self._show_reading, owner=self, slot="choice"
        )

    def start(self, form: str) -> None:
        """``marks``, ``designate`` or ``disclose``; waits for the reading if need be."""
        reading = self._reading
        if reading is None or self._is_late:
            self._wanted = form
            return
        if form == "disclose":
            self._disclosures.focus_first()
            return
        if reading.may_choose:
            self._way = "designate" if form == "designate" else "marks"
            self._settle(self.page.view, reading)
            self._focus(form)

    def primary(self) -> QPushButton | None:
        """The form that is open."""
        first = self.end_round.primary() or self.designate.primary() or self.conclude.primary()
        found = first or self.marks.primary() or self.opening.primary()
        return found or self._disclosures.primary()

    # Inside

    def _show_reading(self, reading: ChoiceReading) -> None:
        view = self.page.view
        if view.file.case_key != self._case:
            return
        before, self._reading, self._is_late = self._reading, reading, False
        concluded = before is not None and before.round is not None and reading.round is None
        if reading.round is not None or concluded:
            self._way = "designate" if concluded and reading.left_to_the_body else ""
        self._settle(view, reading)
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.start(wanted)

    def _settle(self, view: CaseView, reading: ChoiceReading) -> None:
        file, ballot = view.file, reading.round
        self._alert.show_hits(view, view.alerts)
        self._barred.setVisible(refused_roster(file))
        self._forbidden.setText(reading.forbidden if refused_roster(file) else "")
        self._result.show_case(view, reading)
        self._result.setVisible(bool(file.mediators) or (file.selection is not None and ballot is None))
        self._rounds.show_case(view, reading)
        self._show_empty(view, reading)
        self._disclosures.show_case(view, reading)
        self._settle_round(view, reading)
        self._settle_ways(view, reading)

    def _settle_round(self, view: CaseView, reading: ChoiceReading) -> None:
        ballot, free = reading.round, reading.may_choose
        way = self._way or ("" if view.file.mediators else "marks")
        self.designate.show_reading(reading)
        self.conclude.show_reading(reading)
        for form in self._forms:
            form.settle(view)
        self.opening.show_reading(reading)
        confirming = free and reading.outcome is not None
        fresh = confirming and not self.conclude.isVisibleTo(self)
        self.opening.setVisible(free and ballot is None and way == "marks")
        self.designate.setVisible(free and ballot is None and way == "designate")
        self.conclude.setVisible(confirming)
        self.marks.setVisible(free and ballot is not None and reading.outcome is None)
        if ballot is None:
            self.end_round.hide()
        elif reading.outcome is None:
            self.marks.show_round(ballot, self._led_here(view, reading))
        self.room = _SHEET if free and (ballot is not None or way == "marks") else Tab.room
        self.page.settle_head()
        if fresh and self.isVisible():
            self.conclude.focus_first()

    def _led_here(self, view: CaseView, reading: ChoiceReading) -> str:
        """Why there is a second round, in the words of the first."""
        ballot = reading.round
        if ballot is None or not ballot.run_off or len(reading.ballots) < 2:
            return ""
        first = reading.ballots[-2]
        return f"第二轮：{told(first.why, names_in(view.file, first.shown))}。"

    def _show_empty(self, view: CaseView, reading: ChoiceReading) -> None:
        file = view.file
        nothing = not reading.may_choose and file.selection is None and not file.mediators
        self._empty.setVisible(nothing and not reading.ballots)
        ended = view.state not in (State.REGISTERED, *CHOOSABLE)
        self._empty.set_sentence(
            "本案没有进行调解员选择。" if ended else "受理之后，各方在这里各自选定调解员。"
        )

    def _settle_ways(self, view: CaseView, reading: ChoiceReading) -> None:
        free, under_way = reading.may_choose, reading.round is not None
        self._choose_again.setVisible(free and not under_way and not self.opening.isVisibleTo(self))
        self._choose_again.set_caption("重新选择" if view.file.mediators else "由各方选择")
        self._name.setVisible(free and not under_way and not self.designate.isVisibleTo(self))
        self._stop.setVisible(free and under_way and not self.end_round.isVisibleTo(self))
        self._ways.setVisible(free)

    def _focus(self, form: str) -> None:
        if form == "designate":
            self.designate.focus_first()
        elif self.marks.isVisibleTo(self):
            self.marks.focus_first()
        elif self.conclude.isVisibleTo(self):
            self.conclude.focus_first()
        else:
            self.opening.focus_first()

    def _build_ways(self) -> QWidget:
        self._choose_again = button("重新选择", lambda: self.start("marks"), symbol="choice")
        self._choose_again.setObjectName("choice.again")
        self._name = button("由中心指派", lambda: self.start("designate"))
        self._name.setObjectName("choice.designate")
        self._stop = link("中止这一轮", self._on_stop_clicked)
        self._stop.setObjectName("choice.end_round")
        return boxed(row(self._choose_again, self._name, self._stop, None))

    def _lay_out(self) -> None:
        for widget in (self._alert, self._barred, self._empty):
            self.body.addWidget(widget)
        for form in (self.marks, self.conclude, self.end_round, self.opening, self.designate, self._result):
            self.body.addWidget(form)
            form.hide()
        for widget in (self._disclosures, self._ways, self._rounds):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self._barred.hide()
        self._rounds.hide()

    def _connect(self) -> None:
        self.marks.window_wanted.connect(self._on_window_wanted)
        self._alert.wanted.connect(lambda: self.start("disclose"))
        self._result.sheet.clicked.connect(self._on_sheet_clicked)
        self.designate.given_up.connect(self._on_given_up)
        self.designate.done.connect(self._on_given_up)
        self.opening.done.connect(self._on_opened)
        for signal in (self.end_round.given_up, self.end_round.done):
            signal.connect(self._on_end_given_up)

    def _on_window_wanted(self, party: str) -> None:
        open_public_window(self.page.context, self.page.view.file.case_key, party)

    def _on_sheet_clicked(self) -> None:
        self.page.show_stored("choice")
        self.page.open_pane()

    def _on_opened(self) -> None:
        self.marks.expect_focus()

    def _on_given_up(self) -> None:
        self._way = ""
        if self._reading is not None:
            self._settle(self.page.view, self._reading)

    def _on_stop_clicked(self) -> None:
        self.end_round.show()
        self._stop.hide()
        self.end_round.focus_first()

    def _on_end_given_up(self) -> None:
        self.end_round.hide()
        self._stop.show()
