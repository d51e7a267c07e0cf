"""Composing the agreement, or registering an oral one (T-12, T-14)."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.agreements.model import (
    Agreement,
    AgreementForm,
    Clause,
    OralRecord,
    Unresolved,
)
from mediation_desk.cases.model import CaseFile, Outcome
from mediation_desk.cases.steps.signing import in_force
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import AGREE_ORALLY, COMPOSE, Transition
from mediation_desk.cases.vocabulary import Result
from mediation_desk.hearings.model import SessionResult
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record

SUCCESS = {SessionResult.AGREED: Result.AGREED, SessionResult.PARTLY: Result.PARTLY}


@record
class Compose:
    """拟定协议: the clauses as settled in the last session; replaces the draft until somebody has signed."""

    title: ClassVar[str] = "拟定协议"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = COMPOSE

    clauses: tuple[Clause, ...]
    copies: int
    copies_note: str | None = None
    unresolved: tuple[Unresolved, ...] = ()

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Put the draft on file; form and result follow from the last session."""
        if file.agreement is not None and file.agreement.signatures:
            raise RuleError("已有人签署，协议不能再改；确需更正请先作废重签。", rule="T-13")
        held = [session for session in file.sessions if session.held]
        last = held[-1] if held else None
        if last is None or last.result not in SUCCESS:
            raise RuleError("最近一次调解没有达成协议，请先记录调解结果。", rule="T-12")
        if not self.clauses:
            raise InputError("协议至少要有一条。", field="clauses")
        agreement = Agreement(number=file.intake.number, copies=self.copies, clauses=_numbered(self.clauses))
        outcome = Outcome(
            result=SUCCESS[last.result], form=AgreementForm.WRITTEN, concluded_on=last.date, reason=None
        )
        return replace(
            file,
            agreement=agreement,
            outcome=outcome,
            copies_note=self.copies_note,
            unresolved=self.unresolved,
        )

    def sentence(self, file: CaseFile) -> str:
        """How many clauses, how much money."""
        total = file.agreement.total_payable if file.agreement else 0
        return f"拟定协议{len(self.clauses)}条，应付合计{total:,.2f}元，一式{self.copies}份"


@record
class AgreeOrally:
    """口头协议: registered by the mediator on the day all agree (LR-11, LR-14)."""

    title: ClassVar[str] = "登记口头协议"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = AGREE_ORALLY

    clauses: tuple[Clause, ...]
    confirmed_by: tuple[str, ...]
    reason: str | None = None

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Register clauses and who confirmed them; the agreement is in force at once."""
        held = [session for session in file.sessions if session.held]
        last = held[-1] if held else None
        if last is None or last.result not in SUCCESS:
            raise RuleError("最近一次调解没有达成协议，请先记录调解结果。", rule="T-14")
        if file.recorder is None:
            raise InputError("还没有记录员，请在“选择”里补上。", field="recorder")
        oral = OralRecord(
            registered_on=last.date, recorded_by=file.recorder.pool_no, confirmed_by=self.confirmed_by
        )
        agreement = Agreement(form=AgreementForm.ORAL, clauses=_numbered(self.clauses), oral_record=oral)
        outcome = Outcome(
            result=SUCCESS[last.result],
            form=AgreementForm.ORAL,
            concluded_on=last.date,
            reason=self.reason,
        )
        return in_force(replace(file, agreement=agreement, outcome=outcome), around)

    def sentence(self, file: CaseFile) -> str:
        """That it was registered."""
        return f"登记口头协议{len(self.clauses)}条，{len(self.confirmed_by)}方确认"


def _numbered(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    return tuple(replace(clause, no=number) for number, clause in enumerate(clauses, start=1))
