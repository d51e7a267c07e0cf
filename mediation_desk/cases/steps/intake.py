"""Accepting a case, refusing it, or ending it without an agreement (T-4, T-5, T-15 to T-17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.beside import OrderKind, OrderStatus
from mediation_desk.cases.deadlines import mediation_due
from mediation_desk.cases.model import CaseFile, Ending, Notice, Outcome
from mediation_desk.cases.steps.step import Around, looped
from mediation_desk.cases.transitions import ACCEPT, END, REFUSE, REFUSE_TO_SIGN, WITHDRAW, Transition
from mediation_desk.cases.vocabulary import Cause, Decision, Result
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import RuleError
from mediation_desk.shared.record import record


@record
class Accept:
    """受理: all parties agree, or one applies and the other does not refuse (LR-5); gives number and period."""

    title: ClassVar[str] = "受理"
    permission: ClassVar[Permission] = Permission.CASE_DECIDE
    transition: ClassVar[Transition] = ACCEPT

    on: date
    parties_willing: bool = True

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Give the case its last day and its number, unless an old register gave it one."""
        if not self.parties_willing:
            raise RuleError("有当事人明确拒绝调解，不能受理（人民调解法第十七条）。", rule="LR-5")
        _demand_here(file)
        rule, due = mediation_due(file, self.on)
        number = file.intake.number or around.number(file.track, file, self.on.year)
        intake = replace(
            file.intake,
            decision=Decision.ACCEPTED,
            accepted_on=self.on,
            mediation_due_rule=rule,
            mediation_due_on=due,
            number=number,
        )
        return replace(
            file, intake=intake, closed_loop=looped(file, self.on, "受理", around.actor_name, file.track)
        )

    def sentence(self, file: CaseFile) -> str:
        """Number and period."""
        due = file.intake.mediation_due_on
        return f"受理，编号{file.intake.number}，调解期限至{cn_date(due) if due else '—'}"


@record
class End:
    """Ending without an agreement: 不予受理, 调解不成, 终止 or 撤回; the remedies told go with it (LR-10)."""

    title: ClassVar[str] = "结束调解"
    permission: ClassVar[Permission] = Permission.CASE_DECIDE

    kind: Result
    cause: Cause
    on: date
    reason: str
    basis: str | None = None
    told_remedies: tuple[str, ...]
    by: tuple[str, ...] = ()

    @property
    def transition(self) -> Transition:
        """T-4, T-15, T-16 or T-17, as kind and cause say."""
        if self.kind is Result.FAILED and self.cause is Cause.REFUSES_TO_SIGN:
            return REFUSE_TO_SIGN
        return {Result.NOT_ACCEPTED: REFUSE, Result.WITHDRAWN: WITHDRAW}.get(self.kind, END)

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Close the mediation; a refusal and a failed or terminated mediation get a numbered notice."""
        if self.kind.success:
            raise RuleError("达成协议的案件请在“协议”里办理。")
        if not any(remedy.strip() for remedy in self.told_remedies):
            raise RuleError("还没有记录告知了哪些救济途径（人民调解法第二十六条）。", rule="LR-10")
        refused = self.kind is Result.NOT_ACCEPTED
        ending = Ending(
            kind=self.kind,
            cause=self.cause,
            on=self.on,
            by=self.by,
            reason=self.reason,
            basis=self.basis,
            notice=self._notice(file, around),
            told_remedies=self.told_remedies,
            told_on=self.on,
        )
        return replace(
            file,
            ending=ending,
            agreement=None,
            outcome=Outcome(result=self.kind, concluded_on=self.on, reason=self.reason),
            beside=replace(file.beside, standstill=None, terms=(), looked=()),
            intake=replace(file.intake, decision=Decision.REFUSED) if refused else file.intake,
            closed_loop=looped(file, self.on, self.kind, around.actor_name, self.cause),
            judicial_confirmation=replace(file.judicial_confirmation, result="不适用（未达成协议）"),
        )

    def _notice(self, file: CaseFile, around: Around) -> Notice | None:
        if self.kind is Result.WITHDRAWN:
            return None
        series = "不予受理" if self.kind is Result.NOT_ACCEPTED else "终止"
        number = around.number(series, file, self.on.year)
        return Notice(title=f"{file.track}{series}通知书", number=number, on=self.on)

    def sentence(self, file: CaseFile) -> str:
        """Kind and cause."""
        return f"{self.kind}：{self.cause}；已告知途径{len(self.told_remedies)}项"


def _demand_here(file: CaseFile) -> None:
    """A case that was sent on is accepted by the unit that has it, once it has taken it over (T-3)."""
    if file.beside.undecided_order is not None:
        raise RuleError("本案已两次被退回，由值班长决定交办哪个单位，签收之后才能受理。", rule="T-3")
    order = file.beside.moving_order
    if order is None:
        return
    if order.kind is OrderKind.HAND_OVER:
        raise RuleError(f"本案已转办{order.to}，由该单位办理；退回之后才能在这里受理。", rule="T-3")
    if order.status is OrderStatus.WAITING:
        raise RuleError(f"本案已交办{order.to}，还没有签收，签收之后才能受理。", rule="T-3")
