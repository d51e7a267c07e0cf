"""The cases behind a figure as a list shows them, and how they are read."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from mediation_desk.access.permissions import Permission
from mediation_desk.shared.record import record
from mediation_desk.statistics.mediators.model import CaseLine
from mediation_desk.statistics.model import Value
from mediation_desk.statistics.ports import Share
from mediation_desk.statistics.service import Cell
from ui.screens.statistics.page import Behind
from ui.services import Services
from ui.tables.record_model import Column
from ui.tokens import Tone

PAGE = 200
"""How many cases are read at once."""


@record
class BehindLine:
    """A case and what it adds; without the right to read cases only what it adds."""

    place: int
    share: Share
    unit: str
    case: CaseLine | None = None


@record
class Page:
    """Some of the cases, in the order of their keys."""

    cell: Cell | None
    lines: tuple[BehindLine, ...]
    more: bool


def read_page(services: Services, behind: Behind, of_whole: bool, after: str, place: int) -> Page:
    """The cases behind the key ``after``, numbered on from ``place``."""
    statistics, actor = services.statistics, services.actor
    if behind.violation is not None:
        keys = statistics.causes(actor, behind.table, behind.violation, among=behind.among)
        shares: Iterable[Share] = (Share(case_key=key, adds=1) for key in keys)
        return Page(cell=None, lines=_lines(services, shares, "件", place), more=False)
    cell = statistics.cell(
        actor,
        behind.table,
        behind.row,
        behind.column,
        among=behind.among,
        of_whole=of_whole,
        after=after,
        limit=PAGE,
    )
    return Page(cell=cell, lines=_lines(services, cell.shares, cell.figure.unit, place), more=cell.more)


def _lines(services: Services, shares: Iterable[Share], unit: str, place: int) -> tuple[BehindLine, ...]:
    listed = tuple(shares)
    known: dict[str, CaseLine] = {}
    if services.actor.can(Permission.CASE_READ):
        keys = [one.case_key for one in listed]
        known = {one.case_key: one for one in services.statistics.cases_behind(services.actor, keys)}
    return tuple(
        BehindLine(place=at, share=one, unit=unit, case=known.get(one.case_key))
        for at, one in enumerate(listed, start=place + 1)
    )


def in_table(behind: Behind, cell: Cell) -> Value:
    """The figure whose cases are listed, where the table shows it as such."""
    if all(one.code != cell.figure.code for one in behind.table.columns):
        return None
    return behind.table.value(behind.table.row(behind.row), cell.figure.code)


def columns() -> tuple[Column[BehindLine], ...]:
    """What the list shows of each case."""
    return (
        Column("序号", lambda one: str(one.place), width=64, number=True, tone=lambda _one: Tone.QUIET),
        Column("编号", lambda one: (one.case.number or "—") if one.case else "—", width=218, optional=True),
        Column("纠纷", lambda one: one.case.title if one.case else "（不能查看）"),
        Column("纠纷类型", lambda one: one.case.category.value if one.case else "", width=150, optional=True),
        Column("结果", _result, width=92),
        Column("日期", lambda one: one.share.day.isoformat() if one.share.day else "—", width=112),
        Column("计入", lambda one: f"{number(one.share.adds, one.unit)} {one.unit}", width=128, number=True),
    )


def _result(one: BehindLine) -> str:
    if one.case is None:
        return ""
    return one.case.result.value if one.case.result else one.case.state.value


def number(value: Value, unit: str) -> str:
    """A sum as people read it."""
    if value is None:
        return "—"
    return f"{Decimal(value):,.2f}" if unit == "元" else f"{value:,}"
