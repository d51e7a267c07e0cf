"""上报: which danger, to whom, when (LR-9)."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.cases.steps.reporting import ReportRisk
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.errors import InputError
from ui.fields.date_field import DateField
from ui.fields.text_field import TextField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.widgets.text import small


class ReportForm(StepForm):
    """The danger that was not reported yet is filled in; another may be written."""

    code = "report"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "上报", "已上报")
        self._kind = self.field("什么情况", "kind", TextField("例如 扬言伤人", longest=80), required=True)
        self._to = self.field("向谁上报", "to", TextField("例如 值班长、派出所", longest=80), required=True)
        self._on = self.field("日期", "on", DateField(), required=True)
        self._note = self.field("说明", "note", TextField(longest=400))
        self.line(self._kind, self._to, self._on)
        self.add(self._note)
        self.add(
            small(
                "可能激化的，采取措施预防；可能引起治安、刑事案件的，立即报告（人民调解法第二十五条）。",
                wrap=True,
            )
        )
        self.finish()
        self.order(*(field.editor for field in (self._kind, self._to, self._on, self._note)))

    def subject(self, view: CaseView) -> object:
        """Anew when something was reported."""
        return view.file.case_key, view.file.beside.risks

    def prefill(self, view: CaseView) -> None:
        """The first danger not reported, today."""
        waiting = next((risk for risk in view.file.beside.risks if risk.reported_on is None), None)
        self._kind.editor.set_value(waiting.kind if waiting else "")
        self._note.editor.set_value(waiting.note if waiting else "")
        self._to.editor.set_value("")
        self._on.editor.set_value(view.today)

    def steps(self) -> Sequence[Step]:
        """One `ReportRisk`."""
        on = self._on.editor.value()
        if on is None:
            raise InputError("请填写日期。", field="on")
        return (
            ReportRisk(
                on=on,
                kind=self._kind.editor.value(),
                to=self._to.editor.value(),
                note=self._note.editor.value(),
            ),
        )
