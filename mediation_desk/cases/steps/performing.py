"""Keeping what was promised, forgiving it, and visiting afterwards (T-18, T-23)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.agreements.keeping import Escalation, VisitFinding, Waiver
from mediation_desk.agreements.model import (
    Clause,
    ClauseKind,
    FollowUp,
    Performance,
    Satisfaction,
    VisitWay,
)
from mediation_desk.agreements.recurring import due_days
from mediation_desk.agreements.settling import refs, total
from mediation_desk.cases.kept import owed, with_months_due
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Around, looped
from mediation_desk.cases.transitions import PERFORM, VISIT, Transition
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record


@record
class Perform:
    """履行: a payment or act of one item; a part payment leaves the rest open.

    ``payer`` says who of several debtors paid, ``members`` whose parts of a group's sum. With ``due_on`` an act
    whose day stands only in the text of its clause is noted as promised and done at once.
    """

    title: ClassVar[str] = "登记履行"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = PERFORM

    clause: int
    instalment: int | None = None
    on: date
    amount: Decimal | None = None
    evidence: str | None = None
    payer: str | None = None
    payee: str | None = None
    members: tuple[str, ...] = ()
    due_on: date | None = None

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Mark what was done, oldest rows of the item first, the last one split when only a part was paid."""
        if file.effective_on and self.on < file.effective_on:
            raise RuleError("履行日期早于协议生效之日，协议生效以后才有履行。", rule="T-18")
        file = _listed(file, self.clause, self.instalment)
        clause = _clause(file, self.clause)
        if self.due_on is not None and clause.kind is not ClauseKind.PAY and not self._open(file):
            file = _expected(file, clause, self.due_on, self.payer, self.payee, self.amount)
        meant = self._open(file)
        if not meant:
            raise InputError(f"第{self.clause}条没有待履行的这一期。", field="instalment")
        meant = self._payers_own(file, meant)
        paid = self._paid(file, meant)
        left, rows = paid, []
        for row in file.performance:
            if row in meant and (left is None or left > 0):
                part = min(left, row.amount) if left is not None and row.amount is not None else row.amount
                rows += self._split(row, part)
                left = left - part if left is not None and part is not None else left
                if left is None:
                    meant = ()
            else:
                rows.append(row)
        return replace(file, performance=tuple(rows))

    def sentence(self, file: CaseFile) -> str:
        """Which clause and how much."""
        money = f"{self.amount:,.2f}元" if self.amount is not None else ""
        who = file.name_of(self.payer) if self.payer else ""
        return f"{who}{_part(self.clause, self.instalment)}履行{money}"

    def _open(self, file: CaseFile) -> tuple[Performance, ...]:
        part = (self.clause, self.instalment)
        rows = (row for row in file.performance if (row.clause, row.instalment) == part)
        return tuple(row for row in rows if row.done_on is None and self._of_members(row))

    def _of_members(self, row: Performance) -> bool:
        """Named members pay their own rest, or a part of what the whole group owes."""
        return not self.members or not row.members or set(self.members) <= set(row.members)

    def _payers_own(self, file: CaseFile, meant: tuple[Performance, ...]) -> tuple[Performance, ...]:
        """The rows this payer owes. Raises ``InputError`` for somebody who owes none of them."""
        for key, ref in (("payer", self.payer), ("payee", self.payee)):
            if ref is not None and file.party(ref) is None:
                raise InputError(f"“{ref}”不是本案当事人。", field=key)
        own = tuple(
            row for row in meant if self.payer is None or not row.payer or self.payer in refs(row.payer)
        )
        if not own:
            names = "、".join(file.name_of(ref) for row in meant for ref in refs(row.payer))
            raise InputError(f"第{self.clause}条写明由{names}履行。", field="payer")
        return own

    def _paid(self, file: CaseFile, meant: Sequence[Performance]) -> Decimal | None:
        """What is paid now: at most what is left after waivers. Raises ``InputError`` for more or nothing."""
        if meant[0].amount is None:
            return None
        part = (self.clause, self.instalment)
        rest = total(row for row in owed(file) if (row.clause, row.instalment) == part)
        most = min(total(meant), rest)
        paid = self.amount if self.amount is not None else most
        if not 0 < paid <= most:
            raise InputError(f"履行金额应大于零、不超过待付的{most:,.2f}元。", field="amount")
        return paid

    def _split(self, row: Performance, part: Decimal | None) -> list[Performance]:
        payer = self.payer or row.payer
        done = replace(row, done_on=self.on, amount=part, evidence=self.evidence, payer=payer)
        if self.members:
            done = replace(done, members=self.members)
        if part is None or row.amount is None or part == row.amount:
            return [done]
        others = tuple(ref for ref in row.members if ref not in self.members) if self.members else row.members
        return [done, replace(row, amount=row.amount - part, members=others)]


@record
class Expect:
    """列入履行: an act whose day stands only in the text of its clause becomes an item that is watched."""

    title: ClassVar[str] = "列入履行"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = PERFORM

    clause: int
    due_on: date
    payer: str | None = None
    payee: str | None = None
    amount: Decimal | None = None

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Add the open item; payments have theirs from the agreement."""
        clause = _clause(file, self.clause)
        if clause.kind is ClauseKind.PAY:
            raise InputError(f"第{self.clause}条是支付条款，各期已经列入。", field="clause")
        if file.effective_on is not None and self.due_on < file.effective_on:
            raise InputError("应当履行的日期早于协议生效之日。", field="due_on")
        return _expected(file, clause, self.due_on, self.payer, self.payee, self.amount)

    def sentence(self, file: CaseFile) -> str:
        """Which clause, until when."""
        return f"第{self.clause}条列入履行，{self.due_on.isoformat()}前"


@record
class Waive:
    """免除: the creditor forgives what is left of an item, or a part of it; on record, nothing is deleted."""

    title: ClassVar[str] = "登记免除"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = PERFORM

    clause: int
    instalment: int | None = None
    amount: Decimal | None = None
    on: date
    by: str
    reason: str
    payer: str | None = None

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Note the waiver if it is the creditor's, and no more than what is owed."""
        if file.effective_on and self.on < file.effective_on:
            raise RuleError("免除日期早于协议生效之日；生效以前请改协议。", rule="T-18")
        file = _listed(file, self.clause, self.instalment)
        part = (self.clause, self.instalment)
        rows = [row for row in owed(file) if (row.clause, row.instalment) == part]
        meant = [row for row in rows if self.payer is None or self.payer in refs(row.payer)]
        if not meant:
            raise InputError(f"{_part(*part)}没有还欠着的，不能免除。", field="instalment")
        creditors = refs(meant[0].payee)
        if self.by not in (creditors or tuple(party.ref for party in file.parties)):
            names = "、".join(map(file.name_of, creditors))
            raise RuleError(f"只有债权人{names}可以免除这一项。", rule="T-18")
        if not self.reason.strip():
            raise InputError("请写明免除的理由。", field="reason")
        most = total(meant)
        amount = (self.amount if self.amount is not None else most) if meant[0].amount is not None else None
        if amount is not None and not 0 < amount <= most:
            raise InputError(f"免除金额应大于零、不超过还欠的{most:,.2f}元。", field="amount")
        waiver = Waiver(
            no=len(file.beside.waivers) + 1,
            clause=self.clause,
            instalment=self.instalment,
            payer=self.payer,
            amount=amount,
            on=self.on,
            by=self.by,
            reason=self.reason.strip(),
        )
        return replace(file, beside=replace(file.beside, waivers=(*file.beside.waivers, waiver)))

    def sentence(self, file: CaseFile) -> str:
        """Who forgave what."""
        waiver = file.beside.waivers[-1]
        money = f"{waiver.amount:,.2f}元" if waiver.amount is not None else ""
        return f"{file.name_of(self.by)}免除{_part(self.clause, self.instalment)}{money}"


@record
class Visit:
    """回访 (F-14): what was heard, and beside it whether the quarrel broke out again, a suit, a fault, measures."""

    title: ClassVar[str] = "回访"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = VISIT

    on: date
    way: VisitWay
    by: str
    of: tuple[str, ...]
    situation: str
    satisfaction: Satisfaction
    escalation: Escalation = Escalation.NONE
    relapsed: bool = False
    suit: str = ""
    fault: str = ""
    measures: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Add the visit; what the format has no word for lies beside it."""
        worse = self.relapsed or self.escalation is not Escalation.NONE or self.fault.strip()
        if worse and not self.measures.strip():
            raise InputError("有激化、复发或者调解不当的，请写明采取的措施。", field="measures")
        visit = FollowUp(
            on=self.on,
            way=self.way,
            by=self.by,
            of=self.of,
            situation=self.situation,
            satisfaction=self.satisfaction,
        )
        finding = VisitFinding(
            visit=len(file.followups) + 1,
            escalation=self.escalation,
            relapsed=self.relapsed,
            suit=self.suit.strip(),
            fault=self.fault.strip(),
            measures=self.measures.strip(),
        )
        loop = looped(file, self.on, "回访", self.by, self.satisfaction)
        return replace(
            file,
            followups=(*file.followups, visit),
            closed_loop=loop,
            beside=replace(file.beside, findings=(*file.beside.findings, finding)),
        )

    def sentence(self, file: CaseFile) -> str:
        """How, how satisfied, and whether it got worse."""
        worse = f"，{self.escalation}" if self.escalation is not Escalation.NONE else ""
        return f"{self.way}回访：{self.satisfaction}{worse}{'，纠纷复发' if self.relapsed else ''}"


def _part(clause: int, instalment: int | None) -> str:
    return f"第{clause}条" + (f"第{instalment}期" if instalment else "")


def _clause(file: CaseFile, no: int) -> Clause:
    clauses: Iterable[Clause] = file.agreement.clauses if file.agreement else ()
    found = next((clause for clause in clauses if clause.no == no), None)
    if found is None:
        raise InputError(f"协议没有第{no}条。", field="clause")
    return found


def _listed(file: CaseFile, clause: int, instalment: int | None) -> CaseFile:
    """``file`` with the row of a month that is dealt with before it falls due."""
    monthly = next((one for one in file.recurring if one.clause == clause), None)
    day = due_days(monthly).get(instalment) if monthly else None
    return with_months_due(file, day) if day else file


def _expected(
    file: CaseFile,
    clause: Clause,
    due_on: date,
    payer: str | None,
    payee: str | None,
    amount: Decimal | None,
) -> CaseFile:
    if any(row.clause == clause.no for row in file.performance):
        raise InputError(f"第{clause.no}条已经列入履行。", field="clause")
    for key, ref in (("payer", payer), ("payee", payee)):
        if ref is not None and file.party(ref) is None:
            raise InputError(f"“{ref}”不是本案当事人。", field=key)
    row = Performance(
        clause=clause.no,
        payer=payer or clause.payer,
        payee=payee or clause.payee,
        due_on=due_on,
        amount=amount,
    )
    return replace(file, performance=(*file.performance, row))
