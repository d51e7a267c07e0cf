"""Orders for open cases of the sample centre: waiting, at work, late and hurried, sent back twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from mediation_desk.cases.beside import Beside, Order, OrderKind, Sponsor
from mediation_desk.cases.lifecycle import State, state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import Category

_BY = "窗口"


def with_orders(file: CaseFile, today: date) -> CaseFile:
    """``file`` with the orders of its kind and state; most cases have none."""
    make = _SENT.get((file.dispute.category, state_of(file)))
    return file if make is None else replace(file, beside=make(file, today))


def _late_and_hurried(file: CaseFile, today: date) -> Beside:
    given = file.intake.received_on
    due = max(given, today - timedelta(days=2))
    lead = Order(
        no=1,
        kind=OrderKind.ASSIST,
        to="清平区自然资源和规划局",
        person="闻人杰",
        given_on=given,
        given_by=_BY,
        due_on=due,
        task="请提供该处宅基地的登记资料，并派人到现场指界。",
        received_on=given,
        received_by="闻人杰",
    )
    hurry = Order(
        no=2,
        kind=OrderKind.SUPERVISE,
        to=lead.to,
        person=lead.person,
        given_on=today,
        given_by=_BY,
        due_on=today + timedelta(days=3),
        task=f"第1号协办已于{due.year}年{due.month}月{due.day}日到期",
        about=1,
    )
    sponsor = Sponsor(name="卓维安", post="中心主任", since=given, reason="两户积怨多年，多次到镇里反映")
    return Beside(orders=(lead, hurry), sponsor=sponsor)


def _at_work(file: CaseFile, today: date) -> Beside:
    given = file.intake.received_on
    return Beside(
        orders=(
            Order(
                no=1,
                kind=OrderKind.ASSIST,
                to="清平区住房和城乡建设局",
                person="祁悦",
                given_on=given,
                given_by=_BY,
                due_on=today + timedelta(days=2),
                task="请核对物业服务合同备案和维修资金使用情况。",
                received_on=given,
                received_by="祁悦",
            ),
        )
    )


def _waiting(file: CaseFile, today: date) -> Beside:
    return Beside(
        orders=(
            Order(
                no=1,
                kind=OrderKind.ASSIST,
                to="锦园社区居民委员会",
                person="应秋实",
                given_on=file.intake.received_on,
                given_by=_BY,
                due_on=today + timedelta(days=5),
                task="请入户了解情况，劝双方先不要争吵。",
            ),
        )
    )


def _sent_back_twice(file: CaseFile, today: date) -> Beside:
    given = file.intake.received_on
    refused = (
        ("清平区住房和城乡建设局", "祁悦", "工程已经竣工备案，拖欠工资不属本局职责。"),
        ("清平区人力资源和社会保障局", "宿文斌", "当事人之间是承揽关系，不是劳动关系。"),
    )
    orders = tuple(
        Order(
            no=no,
            kind=OrderKind.HAND_OVER,
            to=unit,
            person=person,
            given_on=given,
            given_by=_BY,
            due_on=given + timedelta(days=5),
            task="反映拖欠工程劳务费，请按职责处理。",
            refused_on=today,
            refusal=why,
            raised_on=today if no == len(refused) else None,
        )
        for no, (unit, person, why) in enumerate(refused, start=1)
    )
    return Beside(orders=orders)


_SENT = {
    (Category.HOMESTEAD, State.PREPARING): _late_and_hurried,
    (Category.PROPERTY, State.MEDIATING): _at_work,
    (Category.NEIGHBOUR, State.SELECTING): _waiting,
    (Category.WAGES, State.REGISTERED): _sent_back_twice,
}
