"""Orders of invented cases: handed over for good, assigned to the body, sent back, voided, others called in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mediation_desk.cases.beside import Beside, Closing, Order, OrderKind
from mediation_desk.cases.vocabulary import DayUnit
from mediation_desk.practice import days
from mediation_desk.practice.dice import Dice
from mediation_desk.practice.plan import Plan

BY = "窗口"
DEPARTMENTS = (
    ("清平区人力资源和社会保障局", "宿文斌"),
    ("清平区自然资源和规划局", "闻人杰"),
    ("临江市生态环境局清平分局", "屠志远"),
    ("清平区信访局", "尤春华"),
    ("清平区司法局", "项明"),
)
ASSIGNED = {
    "长安人调": ("长安街道办事处", "甄世平"),
    "榆社人调": ("榆林社区居民委员会", "黎小满"),
    "柳湾人调": ("柳湾镇人民政府", "祝桂芳"),
    "石桥人调": ("石桥村村民委员会", "尚万福"),
    "清住建": ("清平区住房和城乡建设局", "祁悦"),
    "清市监": ("清平区市场监督管理局", "苗青"),
    "临重人调": ("临江重型机械厂", "巩志强"),
}
"""The unit that mediates here under this short name, and whom to ask there."""

_TERM = 5
_ASSIGNED, _SENT_BACK, _VOIDED, _CALLED_IN, _NOBODYS = 0.12, 0.02, 0.03, 0.06, 0.1


def orders(plan: Plan, dice: Dice, sender: str | None) -> Beside | None:
    """What lies beside the file because of the orders given; None for most cases."""
    if plan.handed_over:
        return _handed_over(plan, dice, sender)
    luck = dice.roll()
    if luck >= _CALLED_IN or not plan.is_accepted:
        return None
    if luck < _SENT_BACK:
        to = dice.pick(DEPARTMENTS)
        return Beside(orders=(_order(plan, OrderKind.HAND_OVER, to, refused_on=plan.accepted),))
    if luck < _VOIDED:
        return _voided(plan, dice)
    to = dice.pick(DEPARTMENTS)
    return Beside(orders=(_order(plan, OrderKind.ASSIST, to, on=plan.accepted, replied_on=_end(plan)),))


def assigned(plan: Plan, dice: Dice) -> Beside | None:
    """The order by which the body got the case, in one of eight cases of bodies outside the centre's house."""
    unit = ASSIGNED.get(plan.body.short)
    if unit is None or not plan.is_accepted or not dice.chance(_ASSIGNED):
        return None
    return Beside(orders=(_order(plan, OrderKind.ASSIGN, unit, replied_on=_end(plan)),))


def _voided(plan: Plan, dice: Dice) -> Beside:
    """Given to the wrong unit, and to the right one on the day it was accepted, where there is one."""
    wrong = _order(plan, OrderKind.ASSIGN, dice.pick(DEPARTMENTS), voided_on=plan.accepted)
    unit = ASSIGNED.get(plan.body.short)
    if unit is None:
        return Beside(orders=(wrong,))
    right = _order(plan, OrderKind.ASSIGN, unit, no=2, on=plan.accepted, replied_on=_end(plan))
    return Beside(orders=(wrong, right))


def _handed_over(plan: Plan, dice: Dice, sender: str | None) -> Beside | None:
    """Another office deals with it; once that has replied the case is closed here without a mediation."""
    given = days.office_day(plan.received)
    if not plan.past(given):
        return None
    replied = days.office_day(days.later(given, dice.between(3, 25)))
    done = plan.past(replied)
    if dice.chance(_NOBODYS):
        return _nobodys(plan, given, replied)
    to = dice.pick(DEPARTMENTS)
    order = _order(plan, OrderKind.HAND_OVER, to, on=given, replied_on=replied if done else None)
    if not done or sender is not None:  # who sent the case is still to be told
        return Beside(orders=(order,))
    return Beside(orders=(order,), closing=Closing(on=replied, by=BY, evaluation="已转主管部门办结。"))


def _nobodys(plan: Plan, given: date, back: date) -> Beside | None:
    """Sent back by two offices; the duty manager has not decided yet."""
    if not plan.past(back):
        return None
    first, second = DEPARTMENTS[:2]
    return Beside(
        orders=(
            _order(plan, OrderKind.HAND_OVER, first, on=given, refused_on=back),
            replace(
                _order(plan, OrderKind.HAND_OVER, second, no=2, on=back, refused_on=back), raised_on=back
            ),
        )
    )


def _end(plan: Plan) -> date | None:
    return plan.ended if plan.is_ended else None


def _order(
    plan: Plan,
    kind: OrderKind,
    to: tuple[str, str],
    *,
    no: int = 1,
    on: date | None = None,
    replied_on: date | None = None,
    refused_on: date | None = None,
    voided_on: date | None = None,
) -> Order:
    given, (unit, person) = on or plan.received, to
    returned = refused_on is not None or voided_on is not None
    return Order(
        no=no,
        kind=kind,
        to=unit,
        person=person,
        given_on=given,
        given_by=BY,
        due_on=days.end_of(given, _TERM, DayUnit.WORKING_DAYS),
        task="请按职责办理，并反馈结果。",
        received_on=None if returned else given,
        received_by="" if returned else person,
        refused_on=refused_on,
        refusal="不属本单位职责。" if refused_on else "",
        replied_on=replied_on,
        reply="已按职责办理。" if replied_on else "",
        voided_on=voided_on,
        void_reason="单位选错。" if voided_on else "",
    )
