"""Columns of the table of who presided: counts, and rates as fractions where there are few cases."""

from __future__ import annotations

from mediation_desk.charts.model import SMALL
from mediation_desk.statistics.breakdown import Part
from mediation_desk.statistics.figures import Derived, book
from ui.tables.record_model import Column

_NUMBER = 116


def mediator_columns() -> tuple[Column[Part], ...]:
    """Number of the pool, name, concluded, success rate, days, overdue rate (§5.6)."""
    return (
        Column("编号", lambda part: str(part.value), width=72),
        Column("姓名", lambda part: part.label),
        *(_figure(code) for code in ("concluded", "success_rate", "average_days", "overdue_rate")),
    )


def _figure(code: str) -> Column[Part]:
    one = book().find(code)
    title = "主持办结" if code == "concluded" else one.name
    return Column(
        title,
        lambda part: _words(part, code),
        width=_NUMBER,
        number=True,
        explain=lambda _part: f"{title}：{one.definition}。",
    )


def _words(part: Part, code: str) -> str:
    one, value = book().find(code), part.of(code)
    if value is None:
        return "—"
    if isinstance(one, Derived) and one.unit == "%":
        whole = part.count(one.whole)
        return f"{part.count(one.part)}/{whole}" if whole < SMALL else f"{value:.1f}%"
    return f"{value:,}"
