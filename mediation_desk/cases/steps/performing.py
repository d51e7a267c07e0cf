"""Keeping what was promised, and visiting afterwards (T-18, T-23)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.agreements.model import (
    FollowUp,
    Performance,
    Satisfaction,
    VisitWay,
)
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Around, looped
from mediation_desk.cases.transitions import PERFORM, VISIT, Transition
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record


@record
class Perform:
    """履行: a payment or act of one open item; a part payment leaves the rest open."""

    title: ClassVar[str] = "登记履行"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = PERFORM

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
    transition: ClassVar[Transition] = VISIT

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
