"""拒签 and 作废重签: somebody will not sign, or the paper has to be signed anew."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.cases.endings import remedies
from mediation_desk.cases.signing.annex import Stand, annex_lines
from mediation_desk.cases.steps.declining import DeclineToSign
from mediation_desk.cases.steps.signing import VoidSignatures
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.text_field import NoteField, TextField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView


class DeclineForm(StepForm):
    """Which party or member stays outside, why, and the other ways told (LR-10)."""

    code = "decline"
    keeps_words = True

    def __init__(self, page: Page) -> None:
        super().__init__(
            page, "有人拒签", "登记拒签", remark="拒签的人不在协议之内；少了一方的，请以“拒绝签署”结案"
        )
        self._names: dict[str, str] = {}
        who: ChoiceField[str] = ChoiceField((), word=lambda ref: self._names.get(ref, ref))
        self._ref = self.field("谁不签", "ref", who, required=True)
        self._on = self.field("日期", "on", DateField(), required=True)
        self._reason = self.field("原因", "reason", TextField("他说的原因", longest=200), required=True)
        told = NoteField(lines=2)
        self._told = self.field("已告知的救济途径（一行一项）", "told_remedies", told, required=True)
        self.line(self._ref, self._on)
        self.add(self._reason)
        self.add(self._told)
        self.finish()

    def subject(self, view: CaseView) -> object:
        """Each refusal anew."""
        return view.file.case_key, len(view.file.not_signed)

    def refresh_choices(self, view: CaseView) -> None:
        """Parties with an open place, and members who have not done anything yet or only been empowered."""
        file = view.file
        names: dict[str, str] = {}
        for ref in file.missing_signatures:
            party = file.party(ref)
            if party is None:
                continue
            if not party.is_group:
                names[ref] = f"{party.side} {party.name}"
            for line in annex_lines(file, ref) if party.is_group else ():
                if line.stand is not Stand.REFUSED:
                    names[line.member.ref] = f"{line.member.ref} {line.member.name}"
        self._names = names
        self._ref.editor.set_values(tuple(names))

    def prefill(self, view: CaseView) -> None:
        """Today, with the remedies the centre tells by default."""
        self._on.editor.set_value(view.today)
        self._reason.editor.set_value("")
        self._told.editor.set_value("\n".join(remedies(view.file)))

    def steps(self) -> Sequence[Step]:
        """One `DeclineToSign`."""
        on, ref = self._on.editor.value(), self._ref.editor.value()
        if on is None or ref is None:
            raise InputError("请选谁不签和日期。", field="ref")
        told = tuple(line.strip() for line in self._told.editor.value().splitlines() if line.strip())
        return (DeclineToSign(ref=ref, on=on, reason=self._reason.editor.value(), told_remedies=told),)


class VoidForm(StepForm):
    """The signatures come off; they stay on record with this reason."""

    code = "void"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "作废重签", "作废已有的签署", remark="条款又可以改；作废的签署连同理由留存")
        self._on = self.field("日期", "on", DateField(), required=True)
        self._reason = self.field(
            "理由", "reason", TextField("例如 第二条金额写错", longest=200), required=True
        )
        self.line(self._on, self._reason)
        self.finish()

    def subject(self, view: CaseView) -> object:
        """Each round anew."""
        return view.file.case_key, len(view.file.beside.voided_signatures)

    def prefill(self, view: CaseView) -> None:
        """Today."""
        self._on.editor.set_value(view.today)
        self._reason.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `VoidSignatures`."""
        on = self._on.editor.value()
        if on is None:
            raise InputError("请填写日期。", field="on")
        return (VoidSignatures(on=on, reason=self._reason.editor.value()),)
