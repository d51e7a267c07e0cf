"""Cases to send on, and the steps of routing as the counter takes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.beside import Order, OrderKind
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.registering import Register
from mediation_desk.cases.routing.service import RoutingService
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.orders import Receive, RefuseOrder
from mediation_desk.cases.steps.routing import Route
from mediation_desk.cases.steps.step import Step
from tests.persistence.test_case_steps import REGISTER

DAY = date(2026, 3, 10)  # a Tuesday
HOUSING, LABOUR, STREET, WOMEN = (
    "清平区住房和城乡建设局",
    "清平区人力资源和社会保障局",
    "长安街道办事处",
    "清平区妇女联合会",
)


class Counter:
    """A desk whose day can be moved on."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.day = DAY
        self.known: list[str] = []
        self.cases = CaseService(storage, self.now)
        self.routing = RoutingService(storage, self.now)

    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 2, tzinfo=UTC)

    def register(self, **changes: Any) -> CaseFile:
        command: Register = replace(REGISTER, received_on=DAY, occurred_on=date(2026, 3, 1), **changes)
        file = self.cases.register(COUNTER, command, despite=self.known)
        self.known.append(file.case_key)
        return file

    def take(self, file: CaseFile, *steps: Step) -> CaseFile:
        for step in steps:
            file = self.cases.perform(COUNTER, file.case_key, step, version=file.version)
        return file

    def later(self, days: int) -> date:
        self.day = self.day + timedelta(days=days)
        return self.day


def route(kind: OrderKind = OrderKind.ASSIGN, to: str = HOUSING, **more: Any) -> Route:
    return Route(**{"on": DAY, "kind": kind, "to": to, "task": "请按职责处理。", **more})


def last(file: CaseFile) -> Order:
    return file.beside.orders[-1]


def sent_back(counter: Counter, file: CaseFile, units: tuple[str, ...]) -> CaseFile:
    """Handed over to each unit in turn, and sent back by each."""
    for unit in units:
        file = counter.take(file, route(OrderKind.HAND_OVER, unit))
        file = counter.take(file, RefuseOrder(no=last(file).no, on=DAY, reason="不属本单位管辖。"))
    return file


def taken(counter: Counter, file: CaseFile, step: Route) -> CaseFile:
    """Sent on and received."""
    file = counter.take(file, step)
    newest = [order for order in file.beside.open_orders if order.kind is step.kind][-1]
    return counter.take(file, Receive(no=newest.no, on=DAY, by="经办人"))
