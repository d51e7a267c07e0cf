"""Forms about personal information: who agreed, who withdrew, what was given to somebody outside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mediation_desk.cases.privacy.consents import consent_states, subjects
from mediation_desk.cases.privacy.model import ConsentScope, ConsentWay
from mediation_desk.cases.steps.personal import NoteConsent, NoteTransfer, WithdrawConsent
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.text_field import TextField
from ui.screens.case_page.editors import PartyPick
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView

YES, NO = "同意", "不同意"


class ConsentForm(StepForm):
    """Those who were told and what they said; for a child the guardian."""

    code = "privacy.consent"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "记同意", "记下", remark="不满十四周岁的，写监护人")
        self._of = self.field("谁", "of", PartyPick(needed="请选是谁。"))
        self._scope = self.field("同意什么", "scope", ChoiceField(ConsentScope))
        self._word = self.field("怎么说的", "word", ChoiceField((YES, NO)))
        self._how = self.field("怎样表示的", "how", ChoiceField(ConsentWay))
        self._on = self.field("日期", "on", DateField(), required=True)
        self._guardian = self.field("监护人", "guardian", TextField("姓名"))
        self._relation = self.field("与本人的关系", "relation", TextField("例如 父亲"))
        self.add(self._of)
        self.line(self._scope, self._word, self._how)
        self.line(self._on, self._guardian, self._relation)
        self.finish()

    def subject(self, view: CaseView) -> object:
        """Each entry anew."""
        return view.file.case_key, len(view.file.beside.personal_consents)

    def refresh_choices(self, view: CaseView) -> None:
        """Every natural person of the case."""
        self._of.editor.offer([(one.ref, one.name) for one in subjects(view.file)])

    def prefill(self, view: CaseView) -> None:
        """Those nobody has told yet; a child's guardian as the case knows him."""
        waiting = [one.subject for one in consent_states(view.file, view.today) if one.general == "未登记"]
        children = [one for one in waiting if one.is_child(view.today)]
        grown = [one.ref for one in waiting if one not in children]
        self._of.editor.set_value(grown or [one.ref for one in children[:1]])
        guardian = children[0].guardian if children and not grown else None
        self._guardian.editor.set_value(guardian.name if guardian else "")
        self._relation.editor.set_value(guardian.relation if guardian else "")
        self._scope.editor.set_value(ConsentScope.GENERAL)
        self._word.editor.set_value(YES)
        self._how.editor.set_value(ConsentWay.SIGNED)
        self._on.editor.set_value(view.today)

    def steps(self) -> Sequence[Step]:
        """One `NoteConsent`."""
        return (
            NoteConsent(
                of=self._of.editor.value(),
                on=_day(self._on.editor),
                how=self._how.editor.value() or ConsentWay.SIGNED,
                agreed=self._word.editor.value() == YES,
                scope=self._scope.editor.value() or ConsentScope.GENERAL,
                guardian=self._guardian.editor.value(),
                relation=self._relation.editor.value(),
            ),
        )


class WithdrawForm(StepForm):
    """Whose consent ends, on which day, why."""

    code = "privacy.withdraw"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "撤回同意", "记下撤回", remark="撤回以前已经做的不受影响")
        self._of = self.field("谁", "of", ChoiceField[str]((), word=self._name))
        self._scope = self.field("撤回什么", "scope", ChoiceField(ConsentScope))
        self._on = self.field("日期", "on", DateField(), required=True)
        self._reason = self.field("原因", "reason", TextField("本人不说的，写“没有说明”"), required=True)
        self.line(self._of, self._scope, self._on)
        self.add(self._reason)
        self.finish()

    def subject(self, view: CaseView) -> object:
        """Each withdrawal anew."""
        return view.file.case_key, view.file.beside.personal_consents

    def refresh_choices(self, view: CaseView) -> None:
        """Those whose consent holds."""
        holding = {one.ref for one in view.file.beside.personal_consents if one.holds}
        self._of.editor.set_values([one.ref for one in subjects(view.file) if one.ref in holding])

    def prefill(self, view: CaseView) -> None:
        """Today."""
        self._scope.editor.set_value(ConsentScope.GENERAL)
        self._on.editor.set_value(view.today)
        self._reason.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `WithdrawConsent`."""
        ref = self._of.editor.value()
        if ref is None:
            raise InputError("没有人有可以撤回的同意。", field="of")
        scope = self._scope.editor.value() or ConsentScope.GENERAL
        reason = self._reason.editor.value()
        return (WithdrawConsent(of=ref, on=_day(self._on.editor), reason=reason, scope=scope),)

    def _name(self, ref: str) -> str:
        found = (one.name for one in subjects(self.page.view.file) if one.ref == ref)
        return next(found, ref)


class TransferForm(StepForm):
    """What no other act of the desk shows was given to somebody outside."""

    code = "privacy.transfer"

    def __init__(self, page: Page) -> None:
        super().__init__(
            page,
            "登记向外提供",
            "记下",
            remark="转办、司法确认、反馈、上报、借阅，程序已经列在下面，不用再记",
        )
        self._to = self.field("提供给谁", "to", TextField("单位或者人"), required=True)
        self._on = self.field("日期", "on", DateField(), required=True)
        self._what = self.field("提供了什么", "what", TextField("例如 调解协议书复印件一份"), required=True)
        self._ground = self.field("依据", "ground", TextField("例如 本人书面同意"), required=True)
        self.line(self._to, self._on)
        self.line(self._what, self._ground)
        self.finish()

    def subject(self, view: CaseView) -> object:
        """Each transfer anew."""
        return view.file.case_key, len(view.file.beside.transfers)

    def prefill(self, view: CaseView) -> None:
        """Today."""
        self._on.editor.set_value(view.today)
        for field in (self._to, self._what, self._ground):
            field.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `NoteTransfer`."""
        return (
            NoteTransfer(
                to=self._to.editor.value(),
                what=self._what.editor.value(),
                ground=self._ground.editor.value(),
                on=_day(self._on.editor),
            ),
        )


def _day(editor: DateField) -> date:
    on = editor.value()
    if on is None:
        raise InputError("请填写日期。", field="on")
    return on
