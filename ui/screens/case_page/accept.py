"""受理: the day and the parties' will; number and period follow by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.cases.deadlines import mediation_due
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.errors import DeskError, InputError
from ui.fields.date_field import DateField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day
from ui.widgets.text import paragraph


class AcceptForm(StepForm):
    """Says beforehand how long the mediation may take."""

    code = "accept"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "受理", "受理")
        self._on = self.field("受理日期", "on", DateField(), required=True)
        self._willing = self.check_box("各方都愿意调解，或者一方申请而他方没有拒绝", "willing")
        self._due = paragraph()
        self.line(self._on, None)
        self.add(self._willing)
        self.add(self._due)
        self.finish()
        self._on.editor.edited.connect(self._show_due)
        self._on.editor.editingFinished.connect(self._show_due)

    def prefill(self, view: CaseView) -> None:
        """Today, and nobody has refused."""
        self._on.editor.set_value(max(view.today, view.file.intake.received_on))
        self._willing.setChecked(True)
        self._show_due()

    def steps(self) -> Sequence[Step]:
        """One `Accept`."""
        on = self._on.editor.value()
        if on is None:
            raise InputError("请填写受理日期。", field="on")
        return (Accept(on=on, parties_willing=self._willing.isChecked()),)

    def _show_due(self) -> None:
        on = self._on.editor.value()
        if on is None:
            self._due.setText("")
            return
        try:
            rule, due = mediation_due(self.page.view.file, on)
        except DeskError as error:
            self._due.setText(error.message)
            return
        self._due.setText(f"受理后给编号，调解期限到 {day(due)}：{rule}。")
