"""指派: the body names the mediator; each party accepts, refuses, or says nothing (LR-6)."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.cases.choosing.shortlist import Shortlist
from mediation_desk.cases.steps.choosing import Designate
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.track import Track
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.screens.case_page.choosing.party_answers import PartyAnswers, Said
from ui.screens.case_page.choosing.reading import ChoiceReading
from ui.screens.case_page.choosing.team import TeamFields
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import clauses
from ui.tokens import Tone
from ui.widgets.text import paragraph

_ROSTER = (
    "特邀调解：当事人不接受指派的，视为不同意调解，本案只能以“拒绝调解”结束"
    "（最高人民法院关于人民法院特邀调解的规定第十二条）。请先把这一条告诉当事人。"
)
_OTHERS = "当事人可以接受，也可以不接受（人民调解法第二十三条）；不接受的，可以另行指派或者再选一轮。"
_NAME_ROOM = 14


class DesignateForm(StepForm):
    """Who, on which day, what each party says; what stands against the person is told before saving."""

    code = "designate"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "由中心指派调解员", "指派")
        self._names: dict[str, str] = {}
        self._shortlist: Shortlist | None = None
        presiding: ChoiceField[str] = ChoiceField((), word=lambda number: self._names[number])
        self._presiding = self.field("主持调解员", "presiding", presiding, required=True)
        self._on = self.field("指派日期", "on", DateField(), required=True)
        self._about = paragraph("", Tone.SOON)
        self._about.setObjectName("designate.about")
        self._answers = self.field("各方的意见（当面问过再填）", "answer", PartyAnswers())
        self._consequence = paragraph("", Tone.QUIET)
        self._consequence.setObjectName("designate.consequence")
        self._team = TeamFields(self)
        presiding.setMinimumContentsLength(_NAME_ROOM)
        self.line(self._presiding, self._on, None)
        for widget in (self._about, self._answers, self._consequence):
            self.add(widget)
        self.line(*self._team.line)
        self.add(self._team.told)
        self.finish()
        presiding.currentIndexChanged.connect(lambda _place: self._show_about())

    def show_reading(self, reading: ChoiceReading) -> None:
        """What is known for and against everybody in this case."""
        if reading.shortlist is not None:
            self._shortlist = reading.shortlist
        self._show_about()

    def refresh_choices(self, view: CaseView) -> None:
        """The pool in its neutral order."""
        excluded = {recusal.mediator for recusal in view.file.recusals}
        names = {
            entry.card.pool_no: f"{entry.card.name}（在办 {entry.running} 件）"
            for entry in view.pool
            if entry.card.pool_no not in excluded
        }
        if names != self._names:  # a pool of thousands is not put into the list at every reading
            self._names = names
            self._presiding.editor.set_values(tuple(names))
        self._answers.editor.offer([(party.ref, party.name) for party in view.file.parties])
        self._team.offer(view)
        self.typed()

    def prefill(self, view: CaseView) -> None:
        """Today; who accepts is for the parties to say."""
        self._on.editor.set_value(view.today)
        self._answers.editor.forget()
        self._team.prefill(view)
        self.typed()

    def typed(self) -> None:
        """A refusal changes what the button does, and on the court roster much more."""
        refused = bool(self._answers.editor.said(Said.REFUSES))
        roster = self.page.view.file.track is Track.JUDICIAL
        self._consequence.setText(_ROSTER if roster else _OTHERS)
        self._consequence.set_tone(Tone.SOON if roster and refused else Tone.QUIET)
        self.submit_button.set_caption("记下不接受" if refused else "指派")
        self._team.told.setVisible(not refused)

    def steps(self) -> Sequence[Step]:
        """One `Designate`."""
        presiding, on = self._presiding.editor.value(), self._on.editor.value()
        if presiding is None or on is None:
            raise InputError("请选主持调解员。", field="presiding")
        return (
            Designate(
                on=on,
                presiding=presiding,
                accepted_by=self._answers.editor.said(Said.ACCEPTS),
                refused_by=self._answers.editor.said(Said.REFUSES),
                assisting=self._team.assisting_numbers(),
                disclosure=self._team.disclosure_text(),
                recorder=self._team.recorder_chosen(),
            ),
        )

    def _show_about(self) -> None:
        words = _about(self._shortlist, self._presiding.editor.value() or "")
        self._about.setText(words)
        self._about.setVisible(bool(words))


def _about(listed: Shortlist | None, pool_no: str) -> str:
    if listed is None:
        return ""
    for candidate in listed.candidates:
        if candidate.mediator.pool_no == pool_no:
            told = clauses(hit.sentence for hit in candidate.hits)
            return f"须披露：{told}。" if told else ""
    for left in (*listed.left_out, *listed.other_field):
        if left.pool_no == pool_no:
            return f"没有列入名单的原因：{clauses(left.reasons)}。"
    return ""
