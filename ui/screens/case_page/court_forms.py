"""The forms of court confirmation: application, requests, ruling, withdrawal, enforcement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mediation_desk.agreements.court import FilingWay
from mediation_desk.agreements.model import CONFIRMED
from mediation_desk.cases.court.where import courts, usual_court
from mediation_desk.cases.court.wills import bound_parties
from mediation_desk.cases.steps.confirming import (
    RULINGS,
    ApplyForConfirmation,
    ApplyForEnforcement,
    RecordRuling,
    WithdrawFromCourt,
)
from mediation_desk.cases.steps.court_papers import CompleteForCourt, NoteCourtRequest
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.screens.case_page.editors import PartyPick
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.widgets.text import small


class ApplyForm(StepForm):
    """All parties apply together; which courts qualify stands beneath."""

    code = "confirm"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "登记司法确认申请", "登记申请")
        self._on = self.field("申请日期", "on", DateField(), required=True)
        self._court = self.field("法院", "court", TextField("例如 清平区人民法院"), required=True)
        self._number = self.field("案号", "case_no", TextField("立案以后法院给的号，可以后补"))
        self._how = self.field("怎样提交", "how", ChoiceField(FilingWay))
        self._where = small(wrap=True)
        self._where.setObjectName("confirm.where")
        self.line(self._on, self._court)
        self.line(self._number, self._how)
        self.add(self._where)
        self.finish()

    def subject(self, view: CaseView) -> object:
        """Anew after an application that came to nothing."""
        return view.file.case_key, len(view.file.beside.earlier_applications)

    def prefill(self, view: CaseView) -> None:
        """Today, at the court that comes first."""
        file = view.file
        self._on.editor.set_value(max(view.today, file.effective_on or view.today))
        self._court.editor.set_value(usual_court(file))
        self._number.editor.set_value("")
        self._how.editor.set_value(FilingWay.AT_THE_COURT)
        self._where.setText("可以向这些法院申请：" + "；".join(one.reason for one in courts(file)) + "。")

    def steps(self) -> Sequence[Step]:
        """One `ApplyForConfirmation`."""
        on = _day(self._on)
        return (
            ApplyForConfirmation(
                on=on,
                court=self._court.editor.value(),
                case_no=self._number.editor.value(),
                how=self._how.editor.value() or FilingWay.AT_THE_COURT,
            ),
        )


class RulingForm(StepForm):
    """What the court decided."""

    code = "court_ruling"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "登记裁定", "登记裁定")
        self._on = self.field("裁定日期", "on", DateField(), required=True)
        self._result = self.field("裁定", "result", ChoiceField(RULINGS))
        self._received = self.field("收到日期", "received_on", DateField())
        self._number = self.field("案号", "case_no", TextField())
        self._why = self.field("理由", "reason", TextField("驳回或不予受理的，写法院的理由", longest=200))
        self.line(self._on, self._result)
        self.line(self._received, self._number)
        self.add(self._why)
        self.finish()
        self._result.editor.currentIndexChanged.connect(lambda _place: self._show_reason())

    def subject(self, view: CaseView) -> object:
        """Each application anew."""
        return view.file.case_key, view.file.judicial_confirmation.applied_on

    def prefill(self, view: CaseView) -> None:
        """Today, confirmed."""
        court = view.file.judicial_confirmation
        self._on.editor.set_value(max(view.today, court.applied_on or view.today))
        self._received.editor.set_value(None)
        self._number.editor.set_value(court.case_no or "")
        self._why.editor.set_value("")
        self._show_reason()

    def steps(self) -> Sequence[Step]:
        """One `RecordRuling`."""
        return (
            RecordRuling(
                on=_day(self._on),
                result=self._result.editor.value() or CONFIRMED,
                reason=self._why.editor.value(),
                received_on=self._received.editor.value(),
                case_no=self._number.editor.value(),
            ),
        )

    def _show_reason(self) -> None:
        self._why.setVisible(self._result.editor.value() != CONFIRMED)


class RequestForm(StepForm):
    """What the court wants completed."""

    code = "asked"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "法院要求补正", "记下要求")
        self._on = self.field("通知日期", "on", DateField(), required=True)
        self._what = self.field("补正什么", "what", TextField(longest=200), required=True)
        self._due = self.field("最迟", "due_on", DateField())
        self.line(self._on, self._what, self._due)
        self.finish()

    def subject(self, view: CaseView) -> object:
        """Each request anew."""
        return view.file.case_key, len(view.file.beside.court_requests)

    def prefill(self, view: CaseView) -> None:
        """Today."""
        self._on.editor.set_value(view.today)
        self._what.editor.set_value("")
        self._due.editor.set_value(None)

    def steps(self) -> Sequence[Step]:
        """One `NoteCourtRequest`."""
        what = self._what.editor.value()
        return (NoteCourtRequest(on=_day(self._on), what=what, due_on=self._due.editor.value()),)


class CompleteForm(StepForm):
    """One of the open requests was answered."""

    code = "completed"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "补正完成", "已经补正")
        self._open: dict[int, str] = {}
        which: ChoiceField[int] = ChoiceField((), word=lambda no: self._open.get(no, str(no)))
        self._no = self.field("哪一项", "no", which, required=True)
        self._on = self.field("补正日期", "on", DateField(), required=True)
        self._note = self.field("备注", "note", TextField(longest=120))
        self.line(self._no, self._on, self._note)
        self.finish()

    def subject(self, view: CaseView) -> object:
        """Anew when something was asked or done."""
        return view.file.case_key, view.file.beside.court_requests

    def refresh_choices(self, view: CaseView) -> None:
        """What is still open."""
        self._open = {one.no: one.what for one in view.file.beside.court_requests if one.done_on is None}
        self._no.editor.set_values(tuple(self._open))

    def prefill(self, view: CaseView) -> None:
        """Today."""
        self._on.editor.set_value(view.today)
        self._note.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `CompleteForCourt`."""
        no = self._no.editor.value()
        if no is None:
            raise InputError("没有待补正的要求。", field="no")
        return (CompleteForCourt(on=_day(self._on), no=no, note=self._note.editor.value()),)


class WithdrawForm(StepForm):
    """Somebody does not want it any more, or did not come."""

    code = "withdraw"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "撤回司法确认申请", "登记撤回")
        self._on = self.field("日期", "on", DateField(), required=True)
        self._by = self.field("谁", "by", PartyPick(needed="请选是谁撤回或者没有到场。"))
        self._absent = self.check_box("无正当理由没有到场，按撤回处理", "absent")
        self._reason = self.field("原因", "reason", TextField(longest=200), required=True)
        self.line(self._on, self._reason)
        self.add(self._by)
        self.add(self._absent)
        self.finish()

    def subject(self, view: CaseView) -> object:
        """Each application anew."""
        return view.file.case_key, view.file.judicial_confirmation.applied_on

    def refresh_choices(self, view: CaseView) -> None:
        """The parties of the agreement."""
        self._by.editor.offer([(party.ref, party.name) for party in bound_parties(view.file)])

    def prefill(self, view: CaseView) -> None:
        """Today, by nobody yet."""
        self._on.editor.set_value(view.today)
        self._by.editor.set_value(())
        self._absent.setChecked(False)
        self._reason.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `WithdrawFromCourt`."""
        return (
            WithdrawFromCourt(
                on=_day(self._on),
                by=self._by.editor.value(),
                reason=self._reason.editor.value(),
                absent=self._absent.isChecked(),
            ),
        )


class EnforceForm(StepForm):
    """Who asks for enforcement of a confirmed agreement, against whom (T-22)."""

    code = "enforce"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "申请执行", "登记申请执行")
        self._names: dict[str, str] = {}
        by: ChoiceField[str] = ChoiceField((), word=lambda ref: self._names.get(ref, ref))
        self._on = self.field("日期", "on", DateField(), required=True)
        self._by = self.field("谁申请", "by", by, required=True)
        self._number = self.field("案号", "case_no", TextField())
        self._against = self.field("对谁", "against", PartyPick(needed="请选对谁申请执行。"))
        self.line(self._on, self._by, self._number)
        self.add(self._against)
        self.finish()

    def refresh_choices(self, view: CaseView) -> None:
        """Who is owed something, and who owes it."""
        file = view.file
        payees = dict.fromkeys(ref for row in file.performance for ref in (row.payee or "").split("+") if ref)
        payers = dict.fromkeys(ref for row in file.performance for ref in (row.payer or "").split("+") if ref)
        refs = tuple(payees) or tuple(party.ref for party in file.parties)
        self._names = {ref: file.name_of(ref) for ref in refs}
        self._by.editor.set_values(refs)
        self._against.editor.offer([(party.ref, party.name) for party in file.parties])
        if not self._against.editor.value():
            self._against.editor.set_value(tuple(payers))

    def prefill(self, view: CaseView) -> None:
        """Today."""
        self._on.editor.set_value(view.today)
        self._number.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `ApplyForEnforcement`."""
        by = self._by.editor.value()
        if by is None:
            raise InputError("请选谁申请执行。", field="by")
        return (
            ApplyForEnforcement(
                on=_day(self._on),
                by=by,
                against=self._against.editor.value(),
                case_no=self._number.editor.value() or None,
            ),
        )


def _day(field: Field[DateField]) -> date:
    on = field.editor.value()
    if on is None:
        raise InputError("请填写日期。", field=field.name)
    return on
