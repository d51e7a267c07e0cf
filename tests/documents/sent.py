"""Cases that were sent on, for the slips and the letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from mediation_desk.cases.beside import Beside, Order, OrderKind
from mediation_desk.cases.model import CaseFile, Feedback
from mediation_desk.cases.vocabulary import SourceStat
from tests.documents.dispute import case

UNITS = {
    OrderKind.HAND_OVER: "云川市人力资源和社会保障局",
    OrderKind.ASSIGN: "测试街道办事处",
    OrderKind.ASSIST: "云川市妇女联合会",
    OrderKind.SUPERVISE: "测试街道办事处",
}


def order(kind: OrderKind, no: int = 1, **more: Any) -> Order:
    values: dict[str, Any] = {
        "no": no,
        "kind": kind,
        "to": UNITS[kind],
        "person": "甄世平",
        "given_on": date(2026, 3, 12),
        "given_by": "窗口",
        "due_on": date(2026, 3, 27),
        "task": "请到现场查看渗水部位，组织双方协商。",
    }
    return Order(**values | more)


def sent(*orders: Order, **changes: Any) -> CaseFile:
    """The dispute with these orders."""
    file = case(**changes)
    return replace(file, beside=Beside(orders=orders))


def each_kind() -> CaseFile:
    """One order of every kind, one of them answered."""
    return sent(
        order(OrderKind.HAND_OVER),
        order(
            OrderKind.ASSIGN,
            2,
            helpers=("云川市妇女联合会",),
            received_on=date(2026, 3, 13),
            received_by="甄世平",
            replied_on=date(2026, 3, 24),
            reply="已组织双方现场查看并达成一致。",
        ),
        order(OrderKind.ASSIST, 3, about=2),
        order(OrderKind.SUPERVISE, 4, about=2, task="第2号交办已于2026年3月27日到期"),
    )


def referred(*, told: bool = False) -> CaseFile:
    """Delegated by a court and settled."""
    base = case()
    intake = replace(
        base.intake,
        channel="法院委派",
        source_stat=SourceStat.REFERRED,
        source_org="云川市测试区人民法院",
        referral_no="（2026）测诉前调21号",
    )
    feedback = Feedback(to="云川市测试区人民法院", on=date(2026, 3, 26), content="已调解成功，请予结案。")
    return replace(base, intake=intake, feedback_to_source=feedback if told else None)
