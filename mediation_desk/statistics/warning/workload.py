"""Workload of presiding mediators beside the median of all; figures of few cases are neither rated nor compared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from mediation_desk.statistics.figures import rate
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.ports import Sums
from mediation_desk.statistics.warning.model import Workload, Workloads

FIGURES = ("concluded", "success", "open", "open_overdue", "overdue", "days_sum")
"""What is added up for each; every one opens its cases at the place ``{"presiding": (pool_no,)}``."""

_TENTH = Decimal("0.1")
_FAR = Decimal("1.5")


def workloads(
    sums: Mapping[str, Sums], names: Mapping[str, str], period: Period, as_of: date, few: int
) -> Workloads:
    """The lines by pool number; ``sums`` are the figures of `FIGURES` for each mediator."""
    number = {pool_no: {code: int(found.get(code, 0)) for code in FIGURES} for pool_no, found in sums.items()}
    enough = [found for found in number.values() if found["concluded"] >= few]
    middle_open = _median([Decimal(found["open"]) for found in number.values()])
    middle_days = _median([_average(found) for found in enough])
    lines = [
        Workload(
            pool_no=pool_no,
            name=names.get(pool_no, pool_no),
            few=found["concluded"] < few,
            success_rate=rate(found["success"], found["concluded"]) if found["concluded"] >= few else None,
            average_days=_average(found).quantize(_TENTH, rounding=ROUND_HALF_UP)
            if found["concluded"] >= few
            else None,
            against=_against(found, few, middle_open, middle_days),
            **{code: found[code] for code in FIGURES if code != "days_sum"},
        )
        for pool_no, found in number.items()
    ]
    return Workloads(
        period=period,
        as_of=as_of,
        lines=tuple(sorted(lines, key=lambda one: one.pool_no)),
        median_open=middle_open,
        median_concluded=_median([Decimal(found["concluded"]) for found in number.values()]),
        median_days=middle_days,
        few=few,
    )


def _average(found: Mapping[str, int]) -> Decimal:
    return Decimal(found["days_sum"]) / found["concluded"]


def _median(values: list[Decimal]) -> Decimal | None:
    return median(values).quantize(_TENTH, rounding=ROUND_HALF_UP) if values else None


def _against(found: Mapping[str, int], few: int, opened: Decimal | None, days: Decimal | None) -> str:
    """Where the mediator stands to the medians: what is worth a talk, never a rank."""
    words = []
    if opened is not None and found["open"] > max(opened, Decimal(1)) * _FAR:
        words.append(f"在办多于中位数（{opened.normalize():f} 件）一半以上")
    if days and found["concluded"] >= few and _average(found) > days * _FAR:
        words.append(f"平均办理天数长于中位数（{days.normalize():f} 天）一半以上")
    return "；".join(words)
