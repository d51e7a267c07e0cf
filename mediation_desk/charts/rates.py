"""Rates as values: with the counts behind them, and the range chance leaves them where there are few."""

from __future__ import annotations

import math
from collections.abc import Hashable

from mediation_desk.charts.model import SMALL, Value

_Z = 1.959964  # 97.5 % point of the normal distribution: a range that is right nineteen times out of twenty
RANGE_NOTE = "细线是95%的可能范围（威尔逊区间）：件数越少，线越长。"


def rate(part: int, whole: int, target: Hashable = None, *, ranged: bool = True) -> Value:
    """``part`` of ``whole`` in per cent; None of none; written as a fraction where ``whole`` is small."""
    if whole <= 0:
        return Value(amount=None, target=target, part=part, whole=whole)
    low, high = wilson(part, whole) if ranged else (None, None)
    words = f"{part}/{whole}" if whole < SMALL else ""
    return Value(
        amount=100 * part / whole, target=target, words=words, low=low, high=high, part=part, whole=whole
    )


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % score interval of Wilson (1927) in per cent; right for small counts and for 0 and 100 %."""
    share = part / whole
    middle = (share + _Z**2 / (2 * whole)) / (1 + _Z**2 / whole)
    half = _Z / (1 + _Z**2 / whole) * math.sqrt(share * (1 - share) / whole + _Z**2 / (4 * whole**2))
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)
