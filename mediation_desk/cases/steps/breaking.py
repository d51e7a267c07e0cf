"""What follows when a promise is not kept: urging the debtor, its service, acceleration (T-19)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.agreements.keeping import Urging
from mediation_desk.agreements.settling import refs
from mediation_desk.cases.kept import standing_of, terms_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Around, looped
from mediation_desk.cases.transitions import URGE, Transition
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record


@record
class Urge:
    """督促履行: the body sends a debtor the notice (人民调解法 art. 31); what is overdue that day is kept with it."""

    title: ClassVar[str] = "督促履行"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = URGE

    of: str
    on: date
    how: str = ""
    served_on: date | None = None

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Note that the notice went out; somebody who is late with nothing is not urged."""
        if file.party(self.of) is None:
            raise InputError(f"“{self.of}”不是本案当事人。", field="of")
        late = standing_of(file, self.on).open_of(self.of)
        if not late:
            name = file.name_of(self.of)
            raise RuleError(f"{name}在{self.on.isoformat()}没有到期未履行的一项，不用督促。", rule="T-19")
        _demand_served(self.on, self.served_on, around.today)
        urging = Urging(
            no=len(file.beside.urgings) + 1,
            on=self.on,
            of=self.of,
            amount=sum((item.remaining or Decimal() for item in late), Decimal("0.00")),
            how=self.how.strip(),
            served_on=self.served_on,
        )
        told = f"督促{file.name_of(self.of)}履行"
        return replace(
            file,
            beside=replace(file.beside, urgings=(*file.beside.urgings, urging)),
            closed_loop=looped(file, self.on, "督促履行", around.actor_name, told),
        )

    def sentence(self, file: CaseFile) -> str:
        """Whom, over how much."""
        urging = file.beside.urgings[-1]
        money = f"，到期未付{urging.amount:,.2f}元" if urging.amount else ""
        return f"向{file.name_of(self.of)}发第{urging.no}次督促履行通知{money}"


@record
class ServeUrging:
    """登记送达: how and when a notice that was sent reached the debtor."""

    title: ClassVar[str] = "登记送达"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = URGE

    no: int
    served_on: date
    how: str

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Complete the record of the notice."""
        urging = next((one for one in file.beside.urgings if one.no == self.no), None)
        if urging is None:
            raise InputError(f"没有第{self.no}次督促。", field="no")
        if not self.how.strip():
            raise InputError("请写明送达的方式。", field="how")
        _demand_served(urging.on, self.served_on, around.today)
        served = replace(urging, served_on=self.served_on, how=self.how.strip())
        urgings = tuple(served if one.no == self.no else one for one in file.beside.urgings)
        return replace(file, beside=replace(file.beside, urgings=urgings))

    def sentence(self, file: CaseFile) -> str:
        """Which notice, how."""
        return f"第{self.no}次督促履行通知{self.served_on.isoformat()}送达（{self.how}）"


@record
class Accelerate:
    """加速到期: the creditor calls in what is left, as the default clause allows; the day follows from the rule."""

    title: ClassVar[str] = "加速到期"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = URGE

    on: date

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Write the earlier day into the open rows and the rule into the parameters of the file."""
        rule = terms_of(file).acceleration
        if rule is None:
            raise RuleError("协议没有约定逾期后剩余款项全部到期，不能加速到期。", rule="T-19")
        found = standing_of(file, self.on).acceleration
        if found is None:
            days = f"超过{rule.grace_days}日" if rule.grace_days else ""
            reason = f"第{rule.clause}条：没有一期逾期{days}而后面还有未到期的款项，不能加速到期。"
            raise RuleError(reason, rule="T-19")
        if found.recorded:
            raise RuleError(f"{found.accelerated_on.isoformat()}起已经全部到期，不用再登记。", rule="T-19")
        moved = {(row.clause, row.instalment) for row in found.moved}
        rows = tuple(
            replace(row, accelerated_on=found.accelerated_on)
            if row.done_on is None and (row.clause, row.instalment) in moved
            else row
            for row in file.performance
        )
        told = {
            "clause": rule.clause,
            "grace_days": rule.grace_days,
            "base_due_on": found.base_due_on.isoformat(),
            "accelerated_on": found.accelerated_on.isoformat(),
        }
        return replace(file, performance=rows, parameters={**(file.parameters or {}), "acceleration": told})

    def sentence(self, file: CaseFile) -> str:
        """The rule, the day and the sum."""
        found = standing_of(file, self.on).acceleration
        return found.sentence if found is not None else self.title


def debtors(file: CaseFile, on: date) -> tuple[str, ...]:
    """Parties with something overdue on that day, in the order it fell due."""
    late = standing_of(file, on).overdue
    return tuple(dict.fromkeys(ref for item in late for ref in refs(item.payer)))


def _demand_served(sent: date, served: date | None, today: date) -> None:
    if served is not None and not sent <= served <= today:
        raise InputError("送达日期应在发出之后、今天之前。", field="served_on")
