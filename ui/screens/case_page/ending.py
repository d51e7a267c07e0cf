"""Ending without an agreement: 不予受理, 调解不成, 终止, 撤回; the remedies told go with it (LR-10)."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.cases.endings import CAUSES, basis, remedies
from mediation_desk.cases.lifecycle import UNDECIDED
from mediation_desk.cases.steps.intake import End
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.vocabulary import Result
from mediation_desk.hearings.model import SessionResult
from mediation_desk.parties.model import Side
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.text_field import NoteField, TextField
from ui.screens.case_page.editors import PartyPick
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView


class EndForm(StepForm):
    """Kind and cause from lists, the reason in words, remedies one a line."""

    code = "end"
    keeps_words = True

    def __init__(self, page: Page) -> None:
        super().__init__(page, "没有达成协议的结案", "结案", remark="办错了可以马上撤销")
        self._kind = self.field("怎样结束", "kind", ChoiceField(tuple(CAUSES)))
        self._cause = self.field("事由", "cause", ChoiceField(CAUSES[Result.FAILED]))
        self._on = self.field("日期", "on", DateField(), required=True)
        self._by = self.field("谁撤回", "by", PartyPick(needed="请选是谁撤回。"))
        self._reason = self.field("说明", "reason", NoteField("写进通知书的一两句话", lines=2), required=True)
        self._basis = self.field("依据", "basis", TextField("例如 人民调解法第二十六条"))
        told = NoteField(lines=2)
        self._told = self.field("已告知的救济途径（一行一项）", "told_remedies", told, required=True)
        self.line(self._kind, self._cause, self._on)
        self.add(self._by)
        self.add(self._reason)
        self.add(self._basis)
        self.add(self._told)
        self.finish()
        self._kind.editor.currentIndexChanged.connect(lambda _place: self._on_kind_changed())

    def subject(self, view: CaseView) -> object:
        """Another state offers other kinds."""
        return view.file.case_key, view.state in UNDECIDED, view.last_result

    def prefill(self, view: CaseView) -> None:
        """The kinds this state allows; remedies as the centre's rules say."""
        registered = view.state in UNDECIDED
        kinds = (Result.NOT_ACCEPTED, Result.WITHDRAWN) if registered else tuple(CAUSES)[1:]
        self._kind.editor.set_values(kinds)
        self._kind.editor.set_value(kinds[0])
        failed = view.last_result is SessionResult.FAILED
        held = [session.date for session in view.file.sessions if session.held]
        self._on.editor.set_value(held[-1] if failed else view.today)
        people = [(party.ref, party.name) for party in view.file.parties]
        self._by.editor.offer(people)
        self._by.editor.set_value(tuple(p.ref for p in view.file.parties if p.side is Side.APPLICANT))
        self._reason.editor.set_value("")
        self._basis.editor.set_value(basis(view.file, kinds[0]))
        self._told.editor.set_value("\n".join(remedies(view.file)))
        self._on_kind_changed()

    def steps(self) -> Sequence[Step]:
        """One `End`."""
        kind, cause, on = self._kind.editor.value(), self._cause.editor.value(), self._on.editor.value()
        if kind is None or cause is None or on is None:
            raise InputError("请选怎样结束、事由和日期。", field="kind")
        told = tuple(line.strip() for line in self._told.editor.value().splitlines() if line.strip())
        return (
            End(
                kind=kind,
                cause=cause,
                on=on,
                reason=self._reason.editor.value(),
                basis=self._basis.editor.value() or None,
                told_remedies=told,
                by=self._by.editor.value() if kind is Result.WITHDRAWN else (),
            ),
        )

    def _on_kind_changed(self) -> None:
        kind = self._kind.editor.value()
        if kind is not None:
            self._cause.editor.set_values(CAUSES[kind])
        self._by.setVisible(kind is Result.WITHDRAWN)
