"""司法确认: the last day to apply, the application, the ruling (LR-15)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton

from mediation_desk.agreements.model import CONFIRMED, AgreementForm, Confirmation
from mediation_desk.cases.deadlines.rules import Stage
from mediation_desk.cases.steps.confirming import ApplyForConfirmation, RecordRuling
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.transitions import APPLY_TO_COURT, RULING
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.text_field import TextField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day, short
from ui.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.text import paragraph
from ui.widgets.why_line import WhyLine

_RULINGS = (CONFIRMED, "裁定驳回申请", "裁定不予受理", "撤回申请")


class ConfirmationCard(Card):
    """Where the confirmation stands, in one line, and the next thing to do about it."""

    def __init__(self, page: Page) -> None:
        super().__init__("司法确认")
        self._page = page
        self._line = WhyLine()
        self._words = paragraph("", Tone.QUIET)
        self.apply = ApplyForm(page)
        self.ruling = RulingForm(page)
        self._way = button("登记申请", lambda: self.start("apply"))
        self._way.setObjectName("confirm.way")
        self.add(row(self._line, self._way))
        self.add(self._words)
        for form in (self.apply, self.ruling):
            form.hide()
            form.given_up.connect(self._close)
            form.done.connect(self._close)
            self.add(form)

    def show_case(self, view: CaseView) -> None:
        """The state of the confirmation."""
        court = view.file.judicial_confirmation
        for form in (self.apply, self.ruling):
            form.settle(view)
        oral = view.file.agreement is not None and view.file.agreement.form is AgreementForm.ORAL
        self._show_line(view, court, oral)
        apply = court.applied_on is None and court.deadline is not None and view.today <= court.deadline
        may_apply = apply and view.state in APPLY_TO_COURT.sources
        waits = court.applied_on is not None and court.decided_on is None
        may_rule = waits and view.state in RULING.sources
        self._way.setVisible(may_apply or may_rule)
        self._way.set_caption("登记申请" if may_apply else "登记裁定")
        if not may_apply:
            self.apply.hide()
        if not may_rule:
            self.ruling.hide()

    def start(self, form: str) -> None:
        """``apply`` or ``ruling``, whichever is due."""
        applied = self._page.view.file.judicial_confirmation.applied_on is not None
        wanted = self.ruling if applied or form == "ruling" else self.apply
        wanted.show()
        wanted.focus_first()

    def primary(self) -> QPushButton | None:
        """The open form."""
        return self.apply.primary() or self.ruling.primary()

    def _show_line(self, view: CaseView, court: Confirmation, oral: bool) -> None:
        words = "；".join(part for part in (court.deadline_note or "", court.note or "") if part)
        if court.decided_on is not None:
            good = court.result == CONFIRMED
            self._line.show_sentence(
                f"{short(court.decided_on)} {court.result}",
                reason=f"{court.court or ''} {court.case_no or ''}",
                tone=Tone.DONE if good else Tone.INK,
            )
        elif court.applied_on is not None:
            reason = f"{court.court or ''} {court.case_no or ''}"
            self._line.show_sentence(f"{short(court.applied_on)} 已申请，等裁定", reason=reason)
        elif court.deadline is not None and court.result == "未申请":
            reason = "各方可以自协议生效之日起三十日内共同申请"
            if view.today > court.deadline:
                self._line.show_sentence(f"没有申请，期限 {day(court.deadline)} 已过", reason=reason)
            else:
                counted = next((one for one in view.deadlines if one.what == Stage.CONFIRM), None)
                self._line.show_due(
                    "最后一天",
                    court.deadline,
                    view.today,
                    reason=counted.reason if counted else reason,
                    basis=counted.article if counted else "人民调解法第三十三条",
                )
        else:
            self._line.show_sentence("口头协议，没有申请司法确认" if oral else court.result)
        self._words.setText(words)
        self._words.setVisible(bool(words))

    def _close(self) -> None:
        self.apply.hide()
        self.ruling.hide()


class ApplyForm(StepForm):
    """All parties apply together."""

    code = "confirm"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "登记司法确认申请", "登记申请")
        self._on = self.field("申请日期", "on", DateField(), required=True)
        self._court = self.field("法院", "court", TextField("例如 清平区人民法院"), required=True)
        self._number = self.field("案号", "case_no", TextField("法院给的号"), required=True)
        self._joint = self.check_box("各方共同申请", "joint")
        self.line(self._on, self._court, self._number)
        self.add(self._joint)
        self.finish()

    def prefill(self, view: CaseView) -> None:
        """Today, jointly."""
        self._on.editor.set_value(max(view.today, view.file.effective_on or view.today))
        self._court.editor.set_value("")
        self._number.editor.set_value("")
        self._joint.setChecked(True)

    def steps(self) -> Sequence[Step]:
        """One `ApplyForConfirmation`."""
        on = self._on.editor.value()
        if on is None:
            raise InputError("请填写日期。", field="on")
        return (
            ApplyForConfirmation(
                on=on,
                court=self._court.editor.value(),
                case_no=self._number.editor.value(),
                joint=self._joint.isChecked(),
            ),
        )


class RulingForm(StepForm):
    """What the court decided."""

    code = "ruling"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "登记裁定", "登记裁定")
        self._on = self.field("裁定日期", "on", DateField(), required=True)
        self._result = self.field("裁定", "result", ChoiceField(_RULINGS))
        self._why = self.field("理由", "reason", TextField("驳回或不予受理的，写一句理由"))
        self.line(self._on, self._result, self._why)
        self.finish()

    def prefill(self, view: CaseView) -> None:
        """Today, confirmed."""
        applied = view.file.judicial_confirmation.applied_on
        self._on.editor.set_value(max(view.today, applied or view.today))
        self._why.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `RecordRuling`."""
        on, result = self._on.editor.value(), self._result.editor.value() or CONFIRMED
        if on is None:
            raise InputError("请填写日期。", field="on")
        why = self._why.editor.value()
        reasoned = result in ("裁定驳回申请", "裁定不予受理") and why
        return (RecordRuling(on=on, result=f"{result}（{why}）" if reasoned else result),)
