"""The small forms of an open item: performing, forgiving, urging, service, calling in, and a day from the text."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.agreements.keeping import ProofKind, Urging, proof_words
from mediation_desk.agreements.model import Clause, ClauseKind
from mediation_desk.agreements.promises import Item
from mediation_desk.agreements.settling import refs
from mediation_desk.cases.steps.breaking import Accelerate, ServeUrging, Urge, debtors
from mediation_desk.cases.steps.performing import Expect, Perform, Waive
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.money_field import MoneyField
from ui.fields.text_field import TextField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.obligation import which
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.widgets.text import paragraph, small

_WAYS = ("当面送达", "邮寄送达", "电子送达", "留置送达")


class PerformForm(StepForm):
    """When, how much, by whom, on what evidence; a smaller sum leaves the rest open."""

    def __init__(self, page: Page, item: Item) -> None:
        self.code = f"perform.{item.clause}.{item.instalment or 0}"
        super().__init__(page, f"登记履行　{which(item)}", "登记")
        self.item = item
        file = page.view.file
        who: ChoiceField[str] = ChoiceField(refs(item.payer), word=file.name_of, empty="共同")
        self._on = self.field("哪天做到", "on", DateField(), required=True)
        self._amount = self.field("实际金额（元）", "amount", MoneyField(), required=item.amount is not None)
        self._payer = self.field("谁付的", "payer", who)
        self._proof = self.field("凭据", "proof", ChoiceField(ProofKind, empty="没有"))
        self._evidence = self.field("凭据内容", "evidence", TextField("例如 尾号、经手人"))
        self.line(self._on, self._amount, self._payer)
        self.line(self._proof, self._evidence)
        if item.amount is not None:
            self.add(small("只付了一部分就填实际付的数，余下的仍留在等待履行里。", wrap=True))
        self.finish()
        self._amount.setVisible(item.amount is not None)
        self._payer.setVisible(len(refs(item.payer)) > 1)

    def prefill(self, view: CaseView) -> None:
        """Today, the whole sum."""
        self._on.editor.set_value(max(view.today, view.file.effective_on or view.today))
        self._amount.editor.set_value(self.item.remaining)
        self._proof.editor.set_value(None)
        self._evidence.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `Perform`."""
        on = self._on.editor.value()
        if on is None:
            raise InputError("请填写日期。", field="on")
        return (
            Perform(
                clause=self.item.clause,
                instalment=self.item.instalment,
                on=on,
                amount=self._amount.editor.value() if self.item.amount is not None else None,
                evidence=proof_words(self._proof.editor.value(), self._evidence.editor.value()),
                payer=self._payer.editor.value(),
            ),
        )


class WaiveForm(StepForm):
    """The creditor gives up what is left, or a part of it."""

    def __init__(self, page: Page, item: Item) -> None:
        self.code = f"waive.{item.clause}.{item.instalment or 0}"
        super().__init__(page, f"登记免除　{which(item)}", "登记免除")
        self.item = item
        file = page.view.file
        creditors = refs(item.payee) or tuple(party.ref for party in file.parties)
        self._on = self.field("哪天表示的", "on", DateField(), required=True)
        self._by = self.field("谁免除", "by", ChoiceField(creditors, word=file.name_of), required=True)
        self._amount = self.field("免除金额（元）", "amount", MoneyField(), required=item.amount is not None)
        self._reason = self.field("理由", "reason", TextField("例如 对方确有困难"), required=True)
        self.line(self._on, self._by, self._amount)
        self.add(self._reason)
        self.add(small("免除写进案卷，不删除这一项；免除的算结清，另外列明。", wrap=True))
        self.finish()
        self._amount.setVisible(item.amount is not None)

    def prefill(self, view: CaseView) -> None:
        """Today, all that is left."""
        self._on.editor.set_value(max(view.today, view.file.effective_on or view.today))
        self._amount.editor.set_value(self.item.remaining)
        self._reason.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `Waive`."""
        on, by = self._on.editor.value(), self._by.editor.value()
        if on is None or by is None:
            raise InputError("请写明哪天、谁免除。", field="by")
        return (
            Waive(
                clause=self.item.clause,
                instalment=self.item.instalment,
                amount=self._amount.editor.value() if self.item.amount is not None else None,
                on=on,
                by=by,
                reason=self._reason.editor.value(),
            ),
        )


class UrgeForm(StepForm):
    """Whom to urge, and how the notice goes out; the paper follows from what is overdue."""

    code = "urge"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "督促履行", "登记督促")
        self._names: dict[str, str] = {}
        who: ChoiceField[str] = ChoiceField((), word=lambda ref: self._names.get(ref, ref))
        self._of = self.field("督促谁", "of", who, required=True)
        self._on = self.field("哪天发出", "on", DateField(), required=True)
        self._how = self.field("怎样送达", "how", ChoiceField(_WAYS, empty="未定"))
        self._served = self.field("送达日期", "served_on", DateField())
        self.line(self._of, self._on, self._how, self._served)
        self.add(small("登记以后在“文书”里印督促履行通知书；送达日期可以以后补。", wrap=True))
        self.finish()

    def subject(self, view: CaseView) -> object:
        """Each notice anew."""
        return view.file.case_key, len(view.file.beside.urgings)

    def refresh_choices(self, view: CaseView) -> None:
        """Those who are late with something today."""
        late = debtors(view.file, view.today)
        self._names = {ref: view.file.name_of(ref) for ref in late}
        self._of.editor.set_values(late)

    def prefill(self, view: CaseView) -> None:
        """Today."""
        self._on.editor.set_value(view.today)
        self._how.editor.set_value(None)
        self._served.editor.set_value(None)

    def steps(self) -> Sequence[Step]:
        """One `Urge`."""
        of, on = self._of.editor.value(), self._on.editor.value()
        if of is None or on is None:
            raise InputError("请选督促谁。", field="of")
        how = self._how.editor.value() or ""
        return (Urge(of=of, on=on, how=how, served_on=self._served.editor.value()),)


class ServeForm(StepForm):
    """How and when a notice reached the debtor."""

    def __init__(self, page: Page, urging: Urging) -> None:
        self.code = f"serve.{urging.no}"
        super().__init__(page, f"登记送达　第{urging.no}次督促", "登记送达")
        self.urging = urging
        self._on = self.field("送达日期", "served_on", DateField(), required=True)
        self._how = self.field("怎样送达", "how", TextField("例如 邮寄，本人签收"), required=True)
        self.line(self._on, self._how)
        self.finish()

    def prefill(self, view: CaseView) -> None:
        """Today, as it was sent."""
        self._on.editor.set_value(view.today)
        self._how.editor.set_value(self.urging.how)

    def steps(self) -> Sequence[Step]:
        """One `ServeUrging`."""
        on = self._on.editor.value()
        if on is None:
            raise InputError("请填写送达日期。", field="served_on")
        return (ServeUrging(no=self.urging.no, served_on=on, how=self._how.editor.value()),)


class AccelerateForm(StepForm):
    """The creditor calls in what is left; the day and the sum follow from the rule."""

    code = "accelerate"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "加速到期", "登记加速到期")
        self._on = self.field("哪天要求的", "on", DateField(), required=True)
        self._words = paragraph("债权人要求剩余款项全部到期的，才登记；自哪天起、合计多少，按上面那一句。")
        self.add(self._words)
        self.line(self._on)
        self.finish()

    def prefill(self, view: CaseView) -> None:
        """Today."""
        self._on.editor.set_value(view.today)

    def steps(self) -> Sequence[Step]:
        """One `Accelerate`."""
        on = self._on.editor.value()
        if on is None:
            raise InputError("请填写日期。", field="on")
        return (Accelerate(on=on),)


class ExpectForm(StepForm):
    """An act whose day stands only in the words of its clause becomes an item."""

    code = "expect"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "列入履行", "列入")
        clauses: ChoiceField[Clause] = ChoiceField((), word=lambda one: f"第{one.no}条 {one.text[:18]}…")
        self._names: dict[str, str] = {}
        who: ChoiceField[str] = ChoiceField((), word=lambda ref: self._names.get(ref, ref), empty="未写明")
        self._clause = self.field("条款", "clause", clauses, required=True)
        self._due = self.field("应当哪天做到", "due_on", DateField(), required=True)
        self._payer = self.field("谁做", "payer", who)
        self.line(self._clause, self._due, self._payer)
        self.finish()

    def subject(self, view: CaseView) -> object:
        """Each item anew."""
        return view.file.case_key, len(view.file.performance)

    def refresh_choices(self, view: CaseView) -> None:
        """Clauses that are not yet watched, and the parties."""
        self._clause.editor.set_values(watchable(view))
        self._names = {party.ref: party.name for party in view.file.parties}
        self._payer.editor.set_values(tuple(self._names))

    def prefill(self, view: CaseView) -> None:
        """No day."""
        self._due.editor.set_value(None)
        self._payer.editor.set_value(None)

    def steps(self) -> Sequence[Step]:
        """One `Expect`."""
        clause, due = self._clause.editor.value(), self._due.editor.value()
        if clause is None or due is None:
            raise InputError("请选条款、写日期。", field="clause")
        return (Expect(clause=clause.no, due_on=due, payer=self._payer.editor.value()),)


def watchable(view: CaseView) -> tuple[Clause, ...]:
    """Acts and transfers without a row of their own."""
    listed = {row.clause for row in view.file.performance}
    clauses = view.file.agreement.clauses if view.file.agreement else ()
    kinds = (ClauseKind.ACT, ClauseKind.TRANSFER, ClauseKind.CONFIRM)
    return tuple(one for one in clauses if one.kind in kinds and one.no not in listed)
