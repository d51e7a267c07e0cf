"""Sending a case on, calling others in, hurrying them, and naming who answers for a hard case (T-3, §4.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.beside import Beside, Order, OrderKind, Sponsor
from mediation_desk.cases.checks.period import last_due_on
from mediation_desk.cases.lifecycle import OPEN, state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.routing.reading import unit_tree
from mediation_desk.cases.routing.terms import is_late, term_of
from mediation_desk.cases.routing.units import Unit
from mediation_desk.cases.steps.step import Around, looped
from mediation_desk.cases.transitions import CALL_IN, NOTE, ROUTE, Transition
from mediation_desk.cases.vocabulary import Difficulty
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical

_LONGEST_TASK = 2_000


@record
class Route:
    """转办, 交办 or 协办: which unit leads, who helps, until when, and what is to be done.

    Without ``due_on`` the centre's term for such orders counts; without ``person`` the unit's contact is asked.
    ``decided_by`` is the duty manager where two units have sent the case back. Every helping unit gets a 协办
    of its own, so that it stands on its list and is answered by it.
    """

    title: ClassVar[str] = "分流"
    permission: ClassVar[Permission] = Permission.ORDER_GIVE

    on: date
    kind: OrderKind
    to: str
    task: str
    person: str = ""
    due_on: date | None = None
    helpers: tuple[str, ...] = ()
    decided_by: str = ""

    @property
    def transition(self) -> Transition:
        """The case itself moves before acceptance only; others may be called in as long as it is not archived."""
        return ROUTE if self.kind.moves else CALL_IN

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Put the order on file. Raises ``RuleError`` naming what stands against it."""
        if self.kind is OrderKind.SUPERVISE:
            raise InputError("督办请用“督办”办理，并写明督办哪一件。", field="kind")
        tree = unit_tree()
        lead = tree.demand(self.to)
        helping = tuple(tree.demand(name) for name in self.helpers)
        _demand_accepts(lead, self.kind)
        for unit in helping:
            _demand_accepts(unit, OrderKind.ASSIST)
        if helping and self.kind is OrderKind.ASSIST:
            raise InputError("协办没有牵头单位，几个单位协办的，逐个办理。", field="helpers")
        _demand_distinct(lead, helping)
        if self.kind.moves:
            self._demand_movable(file, lead)
        elif any(order.to == lead.name and order.kind is self.kind for order in file.beside.open_orders):
            raise RuleError(f"{lead.name}已有一件协办没有销号，请先等其反馈或者作废。", rule="T-3")
        order = Order(
            no=next_no(file),
            kind=self.kind,
            to=lead.name,
            helpers=tuple(unit.name for unit in helping),
            person=self.person.strip() or lead.contact,
            given_on=self.on,
            given_by=around.actor_name,
            due_on=_due(file, self.kind, self.on, self.due_on),
            task=_task(self.task, self.kind),
            decided_by=self.decided_by.strip() or None,
        )
        before = _settled(file, self.on) if self.kind.moves else file.beside
        after = replace(file, beside=replace(before, orders=(*before.orders, order)))
        for unit in helping:
            after = _called_in(after, unit, order)
        note = f"{self.kind}{lead.name}"
        return replace(after, closed_loop=looped(after, self.on, "分流", around.actor_name, note))

    def sentence(self, file: CaseFile) -> str:
        """To whom and until when."""
        made = [
            order for order in file.beside.orders if order.kind is self.kind and order.given_on == self.on
        ]
        order = made[-1]
        help_ = f"，{'、'.join(order.helpers)}协办" if order.helpers else ""
        due = f"，{cn_date(order.due_on)}前反馈" if order.due_on else ""
        return f"{self.kind}{order.to}{help_}{due}"

    def _demand_movable(self, file: CaseFile, lead: Unit) -> None:
        going = file.beside.moving_order
        if going is not None:
            raise RuleError(f"本案已{going.kind}{going.to}，退回或者作废之后才能再{self.kind}。", rule="T-3")
        if file.beside.undecided_order is not None:
            if self.kind is not OrderKind.ASSIGN:
                raise RuleError("本案已两次被退回，只能由值班长决定交办，不能再转办。", rule="T-3")
            if not self.decided_by.strip():
                raise InputError("本案已两次被退回，交办须写明作出决定的值班长。", field="decided_by")
        if self.kind is OrderKind.ASSIGN and lead.mediates and lead.body_for(file.track) is None:
            tracks = "、".join(dict.fromkeys(track.value for track, _ in lead.bodies))
            raise RuleError(
                f"{lead.name}在本中心主持的是{tracks}，本案登记为{file.track}；请先转换调解种类，再交办。",
                rule="T-3",
            )


@record
class Supervise:
    """督办: hurry a unit that is late with an order, or the body whose period has run out (§4.3).

    ``about`` is the number of the order; None hurries the mediation itself. What is not late yet may be hurried
    for a ``reason`` (专项督办). A second one is given when the first was not answered in time: from then on the
    case stands on the leader's list.
    """

    title: ClassVar[str] = "督办"
    permission: ClassVar[Permission] = Permission.ORDER_GIVE
    transition: ClassVar[Transition] = CALL_IN

    on: date
    about: int | None = None
    person: str = ""
    due_on: date | None = None
    reason: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Put the 督办单 on file. Raises ``RuleError`` when nothing is late and no reason is given."""
        to, person, late = self._target(file)
        running = [
            order
            for order in file.beside.open_orders
            if order.kind is OrderKind.SUPERVISE and order.about == self.about
        ]
        for order in running:
            if not is_late(order.due_on, self.on):
                raise RuleError(
                    f"已经督办过（第{order.no}号，{cn_date(order.given_on)}），等其反馈；逾期之后可以再次督办。",
                    rule="督办",
                )
        order = Order(
            no=next_no(file),
            kind=OrderKind.SUPERVISE,
            to=to,
            person=self.person.strip() or person,
            given_on=self.on,
            given_by=around.actor_name,
            due_on=_due(file, OrderKind.SUPERVISE, self.on, self.due_on),
            task="；".join(words for words in (late, self.reason.strip()) if words),
            about=self.about,
        )
        return replace(
            file,
            beside=replace(file.beside, orders=(*file.beside.orders, order)),
            closed_loop=looped(file, self.on, "跟踪督办", around.actor_name, f"督办{to}"),
        )

    def sentence(self, file: CaseFile) -> str:
        """Whom and why."""
        order = file.beside.orders[-1]
        due = f"，{cn_date(order.due_on)}前反馈" if order.due_on else ""
        return f"督办{order.to}：{order.task}{due}"

    def _target(self, file: CaseFile) -> tuple[str, str, str]:
        """Unit, person and what is late, in words; "" when only the reason speaks."""
        if self.about is None:
            return file.organisation.name, _presiding(file), self._late_here(file)
        order = file.beside.order(self.about)
        if order is None or not order.is_open:
            raise InputError(f"第{self.about}号不在办理之中，不用督办。", field="about")
        if order.kind is OrderKind.SUPERVISE:
            raise InputError(f"第{self.about}号本身是督办，请督办原来的那一件。", field="about")
        if order.due_on is not None and is_late(order.due_on, self.on):
            return order.to, order.person, f"第{order.no}号{order.kind}已于{cn_date(order.due_on)}到期"
        self._demand_reason(f"第{order.no}号{order.kind}还没有逾期")
        return order.to, order.person, ""

    def _late_here(self, file: CaseFile) -> str:
        due = last_due_on(file)
        if state_of(file) in OPEN and due is not None and is_late(due, self.on):
            return f"调解期限已于{cn_date(due)}届满"
        self._demand_reason("本案没有逾期")
        return ""

    def _demand_reason(self, because: str) -> None:
        if not self.reason.strip():
            raise InputError(f"{because}，专项督办须写明理由。", field="reason")


@record
class AppointSponsor:
    """包案: a leading official answers for a hard case; another case asks for a reason (§4.3)."""

    title: ClassVar[str] = "包案"
    permission: ClassVar[Permission] = Permission.ORDER_GIVE
    transition: ClassVar[Transition] = NOTE

    on: date
    name: str
    post: str = ""
    reason: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Put the official on file, in place of an earlier one."""
        name = canonical(self.name, "包案领导", multiline=False, longest=40).strip()
        if not name:
            raise InputError("请写明包案的领导。", field="name")
        if state_of(file) not in OPEN:
            raise RuleError("包案只用于还没有办结的案件。", rule="包案")
        if file.dispute.difficulty is not Difficulty.DIFFICULT and not self.reason.strip():
            raise InputError("本案登记为普通案件，包案须写明理由。", field="reason")
        sponsor = Sponsor(name=name, post=self.post.strip(), since=self.on, reason=self.reason.strip())
        return replace(
            file,
            beside=replace(file.beside, sponsor=sponsor),
            closed_loop=looped(file, self.on, "包案", around.actor_name, f"{sponsor.post}{name}"),
        )

    def sentence(self, file: CaseFile) -> str:
        """Who, as what."""
        sponsor = file.beside.sponsor
        return f"由{sponsor.post}{sponsor.name}包案" if sponsor else "包案"


def next_no(file: CaseFile) -> int:
    """The number of the next order of a case."""
    return max((order.no for order in file.beside.orders), default=0) + 1


def _demand_accepts(unit: Unit, kind: OrderKind) -> None:
    if kind not in unit.accepts:
        kinds = "、".join(unit.accepts)
        raise RuleError(f"按单位名册，{unit.name}不接收{kind}，只接收{kinds}。", rule="T-3")


def _demand_distinct(lead: Unit, helping: tuple[Unit, ...]) -> None:
    codes = [lead.code, *(unit.code for unit in helping)]
    if len(set(codes)) < len(codes):
        raise InputError("牵头单位和协办单位不能重复。", field="helpers")


def _task(words: str, kind: OrderKind) -> str:
    task = canonical(words, f"{kind}的事项", longest=_LONGEST_TASK).strip()
    if not task:
        what = "理由" if kind is OrderKind.HAND_OVER else "事项和要求"
        raise InputError(f"请写明{kind}的{what}。", field="task")
    return task


def _due(file: CaseFile, kind: OrderKind, on: date, wished: date | None) -> date | None:
    if wished is not None and wished < on:
        raise InputError(f"办理期限不能早于{kind}的日期{cn_date(on)}。", field="due_on")
    term = term_of(kind, file.dispute.difficulty)
    return wished or (term.end(on) if term is not None else None)


def _settled(file: CaseFile, on: date) -> Beside:
    """A decision of the duty manager settles the second refusal."""
    orders = tuple(
        replace(order, settled_on=on) if order.raised_on is not None and order.settled_on is None else order
        for order in file.beside.orders
    )
    return replace(file.beside, orders=orders)


def _called_in(file: CaseFile, unit: Unit, lead: Order) -> CaseFile:
    order = replace(
        lead,
        no=next_no(file),
        kind=OrderKind.ASSIST,
        to=unit.name,
        helpers=(),
        person=unit.contact,
        about=lead.no,
        decided_by=None,
        task=f"协助{lead.to}办理：{lead.task}",
    )
    return replace(file, beside=replace(file.beside, orders=(*file.beside.orders, order)))


def _presiding(file: CaseFile) -> str:
    return file.presiding.name if file.presiding else ""
