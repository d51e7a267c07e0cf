"""What the lists of the day show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from mediation_desk.cases.summary import CaseSummary, OpenItem, PlannedSession
from mediation_desk.shared.money import figures
from ui.tables.record_model import Column
from ui.tokens import Tone
from ui.widgets.why_line import distance, short_day

R = TypeVar("R")
Today = Callable[[], date]


def session_columns(today: Today) -> tuple[Column[PlannedSession], ...]:
    """Sessions of the days ahead."""
    return (
        Column(
            "时间",
            lambda one: f"{_near(one.date, today())} {one.start:%H:%M}",
            width=150,
            tone=lambda one: Tone.ACCENT if one.date == today() else Tone.INK,
            sort=lambda one: (one.date, one.start),
        ),
        Column("纠纷", lambda one: one.title),
        Column("第几次", lambda one: f"第 {one.no} 次", width=76, optional=True),
        Column("地点", lambda one: one.place, width=120, optional=True),
    )


def deadline_columns(today: Today) -> tuple[Column[CaseSummary], ...]:
    """Cases by the end of their period."""
    return (
        _due(lambda case: case.due_on, today),
        Column("纠纷", lambda case: case.title),
        Column("状态", lambda case: case.state.value, width=104, optional=True),
    )


def waiting_columns() -> tuple[Column[CaseSummary], ...]:
    """Cases that wait for a decision or for signatures."""
    return (
        Column("状态", lambda case: case.state.value, width=112),
        Column("纠纷", lambda case: case.title),
        Column("当事人", lambda case: case.party_names, width=170, optional=True),
    )


def item_columns(today: Today) -> tuple[Column[OpenItem], ...]:
    """Payments and acts not yet done."""
    return (
        _due(lambda item: item.due_on, today),
        Column("纠纷", lambda item: item.title),
        Column("哪一条", _clause, width=104, optional=True),
        Column(
            "金额（元）",
            lambda item: figures(item.amount) if item.amount is not None else "—",
            width=112,
            number=True,
            sort=lambda item: item.amount or 0,
            optional=True,
        ),
    )


def _clause(item: OpenItem) -> str:
    return f"第 {item.clause} 条" + (f" 第 {item.instalment} 期" if item.instalment else "")


def _near(day: date, today: date) -> str:
    return {0: "今天", 1: "明天"}.get((day - today).days) or short_day(day, today)


def _due(due: Callable[[R], date | None], today: Today) -> Column[R]:
    def words(record: R) -> str:
        day = due(record)
        return f"{short_day(day, today())}　{distance(day, today())[0]}" if day else "—"

    def tone(record: R) -> Tone:
        day = due(record)
        return distance(day, today())[1] if day else Tone.QUIET

    return Column("到期", words, width=200, tone=tone, sort=lambda record: due(record) or date.max)
