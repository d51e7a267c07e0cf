"""Court confirmation and enforcement (T-20 to T-22)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.agreements.model import CONFIRMED, Enforcement
from mediation_desk.agreements.performance import due_day
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import APPLY_TO_COURT, ENFORCE, RULING, Transition
from mediation_desk.shared.errors import RuleError
from mediation_desk.shared.record import record


@record
class ApplyForConfirmation:
    """申请司法确认, jointly and within 30 days of effect (LR-15, 人民调解法 art. 33)."""

    title: ClassVar[str] = "申请司法确认"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = APPLY_TO_COURT

    on: date
    court: str
    case_no: str
    joint: bool = True

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Note the application if it is joint and in time."""
        deadline = file.judicial_confirmation.deadline
        if not self.joint:
            raise RuleError("司法确认须各方共同申请（人民调解法第三十三条）。", rule="LR-15")
        if deadline is None or self.on > deadline:
            raise RuleError("已超过协议生效后三十日的申请期限（人民调解法第三十三条）。", rule="LR-15")
        applied = replace(
            file.judicial_confirmation, applied_on=self.on, court=self.court, case_no=self.case_no
        )
        return replace(file, judicial_confirmation=applied)

    def sentence(self, file: CaseFile) -> str:
        """Which court."""
        return f"共同向{self.court}申请司法确认"


@record
class RecordRuling:
    """裁定: what the court decided."""

    title: ClassVar[str] = "登记裁定"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = RULING

    on: date
    result: str

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Note the ruling on an application."""
        if file.judicial_confirmation.applied_on is None:
            raise RuleError("还没有申请司法确认。", rule="T-21")
        ruled = replace(file.judicial_confirmation, decided_on=self.on, result=self.result)
        return replace(file, judicial_confirmation=ruled)

    def sentence(self, file: CaseFile) -> str:
        """The ruling."""
        return self.result


@record
class ApplyForEnforcement:
    """申请执行: the party that was promised something asks the court to enforce it (T-22, 民事诉讼法 art. 206)."""

    title: ClassVar[str] = "申请执行"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = ENFORCE

    on: date
    by: str
    against: tuple[str, ...] = ()
    case_no: str | None = None

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Note the application and what was overdue that day, in yuan."""
        court = file.judicial_confirmation
        if court.result != CONFIRMED:
            raise RuleError(
                "协议没有经司法确认有效，不能申请执行；可以起诉或者重新调解（人民调解法第三十三条）。",
                rule="T-22",
            )
        late = [row for row in file.performance if row.done_on is None and due_day(row) < self.on]
        if not late:
            raise RuleError("没有到期未履行的一项，不能申请执行。", rule="T-22")
        outstanding = sum((row.amount for row in late if row.amount is not None), Decimal("0.00"))
        asked = Enforcement(
            applied_on=self.on,
            by=self.by,
            against=self.against,
            case_no=self.case_no,
            outstanding=outstanding,
        )
        return replace(file, judicial_confirmation=replace(court, enforcement=asked))

    def sentence(self, file: CaseFile) -> str:
        """Who asked, for how much."""
        asked = file.judicial_confirmation.enforcement
        return f"{file.name_of(self.by)}申请执行，未履行{asked.outstanding if asked else 0:,.2f}元"
