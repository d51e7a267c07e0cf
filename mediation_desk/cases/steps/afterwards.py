"""Performance, follow-up, court confirmation and archiving (T-18 to T-25)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.agreements.model import FollowUp, Performance, Satisfaction, VisitWay
from mediation_desk.cases.lifecycle import AGREED, IN_FORCE, UNSUCCESSFUL, State
from mediation_desk.cases.model import Archive, CaseFile
from mediation_desk.cases.steps.step import Around, looped
from mediation_desk.cases.vocabulary import Result, Retention
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record


@record
class Perform:
    """履行: a payment or act of one open item; a part payment leaves the rest open."""

    title: ClassVar[str] = "登记履行"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    allowed: ClassVar[frozenset[State]] = IN_FORCE | {State.ARCHIVED}

    clause: int
    instalment: int | None = None
    on: date
    amount: Decimal | None = None
    evidence: str | None = None

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Mark the item done, split when only a part was paid."""
        rows = list(file.performance)
        place = next((i for i, row in enumerate(rows) if self._meant(row)), None)
        if place is None:
            raise InputError(f"第{self.clause}条没有待履行的这一期。", field="instalment")
        row = rows[place]
        paid = self.amount if self.amount is not None else row.amount
        if row.amount is not None and paid is not None and not 0 < paid <= row.amount:
            raise InputError(f"履行金额应大于零、不超过待付的{row.amount:,.2f}元。", field="amount")
        if file.effective_on and self.on < file.effective_on:
            raise InputError("履行日期早于协议生效之日。", field="on")
        done = replace(row, done_on=self.on, amount=paid, evidence=self.evidence)
        rest = row.amount - paid if row.amount is not None and paid is not None else Decimal()
        rows[place : place + 1] = [done, replace(row, amount=rest)] if rest else [done]
        return replace(file, performance=tuple(rows))

    def _meant(self, row: Performance) -> bool:
        return row.clause == self.clause and row.instalment == self.instalment and row.done_on is None

    def sentence(self, file: CaseFile) -> str:
        """Which clause and how much."""
        part = f"第{self.instalment}期" if self.instalment else ""
        money = f"{self.amount:,.2f}元" if self.amount is not None else ""
        return f"第{self.clause}条{part}履行{money}"


@record
class Visit:
    """回访 (F-14)."""

    title: ClassVar[str] = "回访"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    allowed: ClassVar[frozenset[State]] = AGREED | UNSUCCESSFUL

    on: date
    way: VisitWay
    by: str
    of: tuple[str, ...]
    situation: str
    satisfaction: Satisfaction

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Add the visit."""
        visit = FollowUp(
            on=self.on,
            way=self.way,
            by=self.by,
            of=self.of,
            situation=self.situation,
            satisfaction=self.satisfaction,
        )
        loop = looped(file, self.on, "回访", self.by, self.satisfaction)
        return replace(file, followups=(*file.followups, visit), closed_loop=loop)

    def sentence(self, file: CaseFile) -> str:
        """How and how satisfied."""
        return f"{self.way}回访：{self.satisfaction}"


@record
class ApplyForConfirmation:
    """申请司法确认, jointly and within 30 days of effect (LR-15, 人民调解法 art. 33)."""

    title: ClassVar[str] = "申请司法确认"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    allowed: ClassVar[frozenset[State]] = IN_FORCE

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
    allowed: ClassVar[frozenset[State]] = IN_FORCE | {State.ARCHIVED}

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
class PutAway:
    """归档: the volume is complete; open instalments stay on the reminder list (§4.2)."""

    title: ClassVar[str] = "归档"
    permission: ClassVar[Permission] = Permission.CASE_CLOSE
    allowed: ClassVar[frozenset[State]] = IN_FORCE | UNSUCCESSFUL

    on: date
    retention: Retention
    pages: int
    documents: tuple[str, ...]

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Close the volume."""
        skips_visit = state_skips_visit(file)
        if not file.followups and not skips_visit:
            raise RuleError("还没有回访，不能归档。", rule="T-23")
        notice = file.ending.notice.number if file.ending and file.ending.notice else None
        archive = Archive(
            archived_on=self.on,
            volume_no=file.intake.number or notice or file.case_key,
            retention=self.retention,
            pages=self.pages,
            documents=self.documents,
        )
        loop = looped(file, self.on, "评价结案", around.actor_name, "归档")
        return replace(file, archive=archive, closed_loop=loop)

    def sentence(self, file: CaseFile) -> str:
        """Volume and pages."""
        return f"归档，共{self.pages}页，保管期限{self.retention}"


def state_skips_visit(file: CaseFile) -> bool:
    """Not accepted and withdrawn cases may be closed without a follow-up (T-23)."""
    return file.ending is not None and file.ending.kind in (Result.NOT_ACCEPTED, Result.WITHDRAWN)
