"""结案: the evaluation that ends the work on a case (T-24)."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.cases.archiving.quality import warning
from mediation_desk.cases.steps.closing import Close, missing_for_closing
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.vocabulary import Difficulty
from mediation_desk.shared.errors import InputError
from ui.fields.date_field import DateField
from ui.fields.text_field import NoteField, TextField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.tokens import Tone
from ui.widgets.plain import PlainLabel


class CloseForm(StepForm):
    """Day and evaluation, and who approved a hard case; what is still missing is told before it is tried."""

    code = "close"
    allowed = Close.transition.sources

    def __init__(self, page: Page) -> None:
        super().__init__(page, "结案", "结案")
        self._missing = PlainLabel(tone=Tone.SOON, wrap=True)
        self._missing.setObjectName("close.missing")
        self._on = self.field("结案日期", "on", DateField(), required=True)
        self._approved = self.field("审批人（疑难复杂案件）", "approved_by", TextField(longest=40))
        self._evaluation = self.field("对办理结果的评价", "evaluation", NoteField(lines=2), required=True)
        self.add(self._missing)
        self.line(self._on, self._approved, None)
        self.add(self._evaluation)
        self.finish()

    def subject(self, view: CaseView) -> object:
        """Anew when something that was missing is there."""
        return view.file.case_key, missing_for_closing(view.file), warning(view.file, closing=True)

    def prefill(self, view: CaseView) -> None:
        """Today, and what is still missing."""
        missing = missing_for_closing(view.file)
        told = [f"还差：{'；'.join(missing)}。"] if missing else []
        concern = warning(view.file, closing=True)
        told += [f"提醒：{concern}。"] if concern else []
        self._missing.setText("".join(told))
        self._missing.setVisible(bool(told))
        self._on.editor.set_value(view.today)
        self._evaluation.editor.set_value("")
        self._approved.editor.set_value("")
        self._approved.setVisible(view.file.dispute.difficulty is Difficulty.DIFFICULT)

    def steps(self) -> Sequence[Step]:
        """One `Close`."""
        on = self._on.editor.value()
        if on is None:
            raise InputError("请填写结案日期。", field="on")
        return (
            Close(
                on=on, evaluation=self._evaluation.editor.value(), approved_by=self._approved.editor.value()
            ),
        )
