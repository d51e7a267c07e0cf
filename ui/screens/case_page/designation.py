"""指派: the body names the mediator; a party may accept (LR-6)."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.cases.steps.choosing import Designate
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.screens.case_page.editors import PartyPick
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.team import TeamFields
from ui.screens.case_page.view import CaseView


class DesignateForm(StepForm):
    """Who, on which day, and which parties accept."""

    code = "designate"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "由中心指派调解员", "指派")
        self._names: dict[str, str] = {}
        presiding: ChoiceField[str] = ChoiceField((), word=lambda number: self._names[number])
        self._presiding = self.field("主持调解员", "presiding", presiding, required=True)
        self._on = self.field("指派日期", "on", DateField(), required=True)
        self._accepted = self.field("接受指派的当事人", "accepted_by", PartyPick())
        self._team = TeamFields(self)
        self.line(self._presiding, self._on)
        self.add(self._accepted)
        self.line(*self._team.line)
        self.add(self._team.told)
        self.finish()

    def refresh_choices(self, view: CaseView) -> None:
        """The pool in its neutral order."""
        excluded = {recusal.mediator for recusal in view.file.recusals}
        free = [entry for entry in view.pool if entry.card.pool_no not in excluded]
        self._names = {entry.card.pool_no: f"{entry.card.name}（在办 {entry.running} 件）" for entry in free}
        self._presiding.editor.set_values(tuple(self._names))
        self._accepted.editor.offer([(party.ref, party.name) for party in view.file.parties])
        self._team.offer(view)

    def prefill(self, view: CaseView) -> None:
        """Today; who accepts is for the parties to say."""
        self._on.editor.set_value(view.today)
        self._team.prefill(view)

    def steps(self) -> Sequence[Step]:
        """One `Designate`."""
        presiding, on = self._presiding.editor.value(), self._on.editor.value()
        if presiding is None or on is None:
            raise InputError("请选主持调解员。", field="presiding")
        return (
            Designate(
                on=on,
                presiding=presiding,
                accepted_by=self._accepted.editor.value(),
                assisting=self._team.assisting_numbers(),
                disclosure=self._team.disclosure_text(),
                recorder=self._team.recorder_chosen(),
            ),
        )
