"""What a unit does with an order: 签收, 退回, 反馈; and what the centre does: 作废, telling the result (T-3, §4.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.beside import Order, OrderKind
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.routing.reading import unit_tree
from mediation_desk.cases.steps.step import Around, looped
from mediation_desk.cases.transitions import ANSWER_ORDER, NOTE, Transition
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical

_LONGEST = 2_000


@record
class Receive:
    """签收: the unit has it. A case assigned to a unit that mediates here becomes a case of that body."""

    title: ClassVar[str] = "签收"
    permission: ClassVar[Permission] = Permission.ORDER_ANSWER
    transition: ClassVar[Transition] = ANSWER_ORDER

    no: int
    on: date
    by: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Note who took it and when. Raises ``RuleError`` when it was taken already."""
        order = _open(file, self.no, self.title)
        if order.received_on is not None:
            raise RuleError(f"第{self.no}号已于{cn_date(order.received_on)}签收。", rule="T-3")
        _demand_after(self.on, order)
        by = self.by.strip() or order.person
        if not by:
            raise InputError("请写明签收人。", field="by")
        after = _put(file, replace(order, received_on=self.on, received_by=by))
        unit = unit_tree().named(order.to)
        body = unit.body_for(file.track) if unit is not None else None
        if order.kind is OrderKind.ASSIGN and body is not None and file.intake.accepted_on is None:
            after = replace(after, organisation=body)
        return replace(after, closed_loop=looped(after, self.on, "签收", by, f"{order.to}签收{order.kind}"))

    def sentence(self, file: CaseFile) -> str:
        """Who took which."""
        order = _known(file, self.no)
        return f"{order.to}签收第{order.no}号{order.kind}，签收人{order.received_by}"


@record
class RefuseOrder:
    """退回: not the unit's matter. The second time the duty manager decides, and against that nobody refuses."""

    title: ClassVar[str] = "退回"
    permission: ClassVar[Permission] = Permission.ORDER_ANSWER
    transition: ClassVar[Transition] = ANSWER_ORDER

    no: int
    on: date
    reason: str

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Take the order back; 协办 that belong to it end with it."""
        order = _open(file, self.no, self.title)
        _demand_after(self.on, order)
        reason = _words(self.reason, "退回的理由", "reason")
        if order.kind is OrderKind.SUPERVISE:
            raise RuleError("督办不能退回，请反馈办理情况。", rule="督办")
        if order.decided_by:
            raise RuleError(
                f"本案由值班长{order.decided_by}决定交办，不能再退回；有异议的，向中心负责人提出。",
                rule="T-3",
            )
        if order.kind.moves and file.intake.accepted_on is not None:
            raise RuleError("本案已经受理，不能退回；需要的，转换调解种类或者结束调解。", rule="T-3")
        second = order.kind.moves and any(
            earlier.kind.moves and earlier.refused_on is not None for earlier in file.beside.orders
        )
        refused = replace(order, refused_on=self.on, refusal=reason, raised_on=self.on if second else None)
        after = _put(file, refused)
        after = _end_followers(after, order, self.on, f"{order.to}退回")
        return replace(after, closed_loop=looped(after, self.on, "退回", order.to, refused.refusal))

    def sentence(self, file: CaseFile) -> str:
        """Who, why, and what follows."""
        order = _known(file, self.no)
        up = "；第二次退回，报值班长决定" if order.raised_on is not None else ""
        return f"{order.to}退回第{order.no}号{order.kind}：{order.refusal}{up}"


@record
class ReplyOrder:
    """反馈、销号: what the unit has done; 督办 about this order end with it."""

    title: ClassVar[str] = "反馈销号"
    permission: ClassVar[Permission] = Permission.ORDER_ANSWER
    transition: ClassVar[Transition] = ANSWER_ORDER

    no: int
    on: date
    reply: str

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Strike the order off. Raises ``RuleError`` before it was taken."""
        order = _open(file, self.no, self.title)
        if order.received_on is None and order.kind is not OrderKind.SUPERVISE:
            raise RuleError(f"第{self.no}号还没有签收，先签收，再反馈销号。", rule="T-3")
        _demand_after(self.on, order)
        reply = _words(self.reply, "办理结果", "reply")
        after = _put(file, replace(order, replied_on=self.on, reply=reply))
        for one in file.beside.open_orders:
            if one.kind is OrderKind.SUPERVISE and one.about == order.no:
                told = replace(one, replied_on=self.on, reply=f"第{order.no}号已经反馈")
                after = _put(after, told)
        return replace(after, closed_loop=looped(after, self.on, "办结反馈", order.to, reply))

    def sentence(self, file: CaseFile) -> str:
        """Who and what."""
        order = _known(file, self.no)
        return f"{order.to}反馈第{order.no}号{order.kind}：{order.reply}"


@record
class VoidOrder:
    """作废: given by mistake; it stays on file with the reason."""

    title: ClassVar[str] = "作废"
    permission: ClassVar[Permission] = Permission.ORDER_GIVE
    transition: ClassVar[Transition] = ANSWER_ORDER

    no: int
    on: date
    reason: str

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Void it and what belongs to it. Raises ``RuleError`` once the case was accepted on the strength of it."""
        order = _open(file, self.no, self.title)
        _demand_after(self.on, order)
        reason = _words(self.reason, "作废的理由", "reason")
        if order.kind.moves and file.intake.accepted_on is not None:
            raise RuleError("本案已经受理，这一件不能作废；办完以后反馈销号。", rule="T-3")
        after = _put(file, replace(order, voided_on=self.on, void_reason=reason))
        return _end_followers(after, order, self.on, f"第{order.no}号作废")

    def sentence(self, file: CaseFile) -> str:
        """Which and why."""
        order = _known(file, self.no)
        return f"第{order.no}号{order.kind}（{order.to}）作废：{order.void_reason}"


@record
class TellUnit:
    """告知结果: a unit that helped hears how the case ended (双向反馈)."""

    title: ClassVar[str] = "告知结果"
    permission: ClassVar[Permission] = Permission.ORDER_ANSWER
    transition: ClassVar[Transition] = NOTE

    no: int
    on: date

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Note the day. Raises ``RuleError`` while there is nothing to tell."""
        order = _known(file, self.no)
        if file.outcome is None:
            raise RuleError("本案还没有结果，不用告知。", rule="双向反馈")
        if order.told_on is not None:
            raise RuleError(f"已于{cn_date(order.told_on)}告知{order.to}。", rule="双向反馈")
        if self.on < file.outcome.concluded_on:
            raise InputError("告知的日期早于得出结果的日期。", field="on")
        after = _put(file, replace(order, told_on=self.on))
        return replace(after, closed_loop=looped(after, self.on, "反馈", around.actor_name, order.to))

    def sentence(self, file: CaseFile) -> str:
        """Whom."""
        return f"向{_known(file, self.no).to}告知办理结果"


def _known(file: CaseFile, no: int) -> Order:
    order = file.beside.order(no)
    if order is None:
        raise InputError(f"本案没有第{no}号转办、交办、协办或者督办。", field="no")
    return order


def _open(file: CaseFile, no: int, deed: str) -> Order:
    order = _known(file, no)
    if not order.is_open:
        raise RuleError(f"第{no}号{order.kind}{order.status}，不能再{deed}。", rule="T-3")
    return order


def _demand_after(on: date, order: Order) -> None:
    first = max(order.given_on, order.received_on or order.given_on)
    if on < first:
        what = "签收" if order.received_on is not None else order.kind
        raise InputError(f"日期早于{what}的日期{cn_date(first)}。", field="on")


def _words(text: str, what: str, field: str) -> str:
    words = canonical(text, what, longest=_LONGEST).strip()
    if not words:
        raise InputError(f"请写明{what}。", field=field)
    return words


def _put(file: CaseFile, order: Order) -> CaseFile:
    orders = tuple(order if one.no == order.no else one for one in file.beside.orders)
    return replace(file, beside=replace(file.beside, orders=orders))


def _end_followers(file: CaseFile, lead: Order, on: date, why: str) -> CaseFile:
    """What hangs on an order that is no more: its 协办 and the 督办 about it."""
    after = file
    for one in file.beside.open_orders:
        if one.about == lead.no:
            after = _put(after, replace(one, voided_on=on, void_reason=f"{why}，随之作废"))
    return after
