"""What stops the clock and what gives more time: 中止, 恢复, 延长 (T-10, T-11)."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.cases.checks.period import last_due_on
from mediation_desk.cases.deadlines.period import rule_applied
from mediation_desk.cases.deadlines.rules import Consent
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.steps.timing import (
    Extend,
    Resume,
    Suspend,
    due_if_extended,
    due_if_resumed,
    limits,
)
from mediation_desk.cases.vocabulary import SuspensionCause
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.text_field import TextField
from ui.screens.case_page.editors import NumberField, PartyPick
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day
from ui.tokens import Tone
from ui.widgets.text import paragraph


class SuspendForm(StepForm):
    """Cause, notice and first day; what the rule of this case allows stands beneath."""

    code = "suspend"
    keeps_words = True
    allowed = Suspend.transition.sources

    def __init__(self, page: Page) -> None:
        super().__init__(page, "中止调解", "中止", remark="期限停止计算，恢复以后顺延")
        self._cause = self.field("事由", "cause", ChoiceField(SuspensionCause))
        self._on = self.field("通知日期", "on", DateField(), required=True)
        self._from = self.field("从哪天起不计", "from_on", DateField(), required=True)
        self._reason = self.field("原因", "reason", TextField("例如 委托市医学会鉴定"), required=True)
        self._limits = paragraph("", Tone.QUIET)
        self.line(self._cause, self._on, self._from, None)
        self.add(self._reason)
        self.add(self._limits)
        self.finish()

    def prefill(self, view: CaseView) -> None:
        """Today; the first cause this case may stop for."""
        rule = rule_applied(view.file)
        causes = rule.excludes if rule and rule.excludes else tuple(SuspensionCause)
        self._cause.editor.set_value(causes[0])
        self._on.editor.set_value(view.today)
        self._from.editor.set_value(view.today)
        self._reason.editor.set_value("")

    def refresh_choices(self, view: CaseView) -> None:
        """The rule's own words."""
        self._limits.setText(limits(view.file))

    def steps(self) -> Sequence[Step]:
        """One `Suspend`."""
        on, cause = self._on.editor.value(), self._cause.editor.value()
        if on is None or cause is None:
            raise InputError("请填写通知日期。", field="on")
        reason, first = self._reason.editor.value(), self._from.editor.value()
        return (Suspend(on=on, cause=cause, reason=reason, from_on=first),)


class ResumeForm(StepForm):
    """The last day that does not count; says beforehand where the period will end."""

    code = "resume"
    allowed = Resume.transition.sources

    def __init__(self, page: Page) -> None:
        super().__init__(page, "恢复调解", "恢复")
        self._on = self.field("中止到哪天为止", "on", DateField(), required=True)
        self._reason = self.field("原因", "reason", TextField("例如 已收到鉴定意见"))
        self._due = paragraph()
        self._due.setObjectName("resume.due")
        self.line(self._on, self._reason)
        self.add(self._due)
        self.finish()
        self._on.editor.edited.connect(self._show_due)
        self._on.editor.editingFinished.connect(self._show_due)

    def subject(self, view: CaseView) -> object:
        """Each standstill anew."""
        return view.file.case_key, view.file.beside.standstill

    def prefill(self, view: CaseView) -> None:
        """Today."""
        self._on.editor.set_value(view.today)
        self._reason.editor.set_value("")
        self._show_due()

    def steps(self) -> Sequence[Step]:
        """One `Resume`."""
        on = self._on.editor.value()
        if on is None:
            raise InputError("请填写日期。", field="on")
        return (Resume(on=on, reason=self._reason.editor.value()),)

    def _show_due(self) -> None:
        on = self._on.editor.value()
        after = due_if_resumed(self.page.view.file, on) if on else None
        self._due.setText(f"首日、末日都不计，共{after[0]}，期限顺延到 {day(after[1])}。" if after else "")


class ExtendForm(StepForm):
    """How long, why, and who agreed: all of them or it cannot be."""

    code = "extend"
    keeps_words = True
    allowed = Extend.transition.sources

    def __init__(self, page: Page) -> None:
        super().__init__(page, "延长期限", "延长")
        self._on = self.field("各方同意的日期", "on", DateField(), required=True)
        self._days = self.field("延长几天", "days", NumberField(), required=True)
        self._approved = self.field("批准人", "approved_by", TextField(longest=40))
        self._reason = self.field("理由", "reason", TextField("例如 需要核对账目"), required=True)
        pick = PartyPick(needed="延长须各方同意，请勾选同意的当事人。")
        self._consent = self.field("谁同意了（须各方都同意）", "consent", pick)
        self._due = paragraph()
        self._due.setObjectName("extend.due")
        self._limits = paragraph("", Tone.QUIET)
        self.line(self._on, self._days, self._approved, None)
        for part in (self._reason, self._consent, self._due, self._limits):
            self.add(part)
        self.finish()
        self._days.editor.edited.connect(self._show_due)

    def subject(self, view: CaseView) -> object:
        """Each extension anew."""
        return view.file.case_key, len(view.file.extensions)

    def prefill(self, view: CaseView) -> None:
        """Today, and nobody has agreed yet."""
        self._on.editor.set_value(view.today)
        self._days.editor.set_value(None)
        self._reason.editor.set_value("")
        self._approved.editor.set_value("")
        self._consent.editor.set_value(())
        self._show_due()

    def refresh_choices(self, view: CaseView) -> None:
        """The parties, and what the rule allows."""
        self._consent.editor.offer([(party.ref, party.name) for party in view.file.parties])
        self._limits.setText(limits(view.file))
        rule = rule_applied(view.file)
        self._approved.setVisible(rule is not None and rule.extend.by is Consent.HEAD)

    def steps(self) -> Sequence[Step]:
        """One `Extend`."""
        on, days = self._on.editor.value(), self._days.editor.value()
        if on is None or days is None:
            raise InputError("请填写延长几天。", field="days")
        return (
            Extend(
                on=on,
                days=days,
                reason=self._reason.editor.value(),
                consent=self._consent.editor.value(),
                approved_by=self._approved.editor.value(),
            ),
        )

    def _show_due(self) -> None:
        file, days = self.page.view.file, self._days.editor.value()
        now, after = last_due_on(file), due_if_extended(file, days) if days else None
        words = f"期限现为 {day(now)}" + (f"，延长到 {day(after)}。" if after else "。")
        self._due.setText(words)
