"""From amounts to points: axes begin at zero and end at a round number."""

from __future__ import annotations

import math
from collections.abc import Iterable

from mediation_desk.charts.model import Value

_STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


def highest(values: Iterable[Value], fixed: float | None = None) -> float:
    """The largest amount or end of a range; 1 where all are 0, so that nothing is divided by it."""
    if fixed is not None:
        return max(fixed, 1e-9)
    ends = [0.0]
    for value in values:
        if value.amount is not None:
            ends.append(float(value.amount))
            ends.append(value.high or 0.0)
    return max(ends) or 1.0


def rounded_up(amount: float, parts: int, *, whole: bool) -> float:
    """A round number from ``amount`` on that is divided well by ``parts``; ``whole``: into whole numbers."""
    step = max(amount / parts, 1.0 if whole else 1e-9)
    power = 10.0 ** math.floor(math.log10(step))
    for factor in _STEPS:
        found = factor * power
        if step <= found * (1 + 1e-9) and not (whole and found % 1):
            return parts * found
    return parts * 10 * power


def counted(values: Iterable[Value]) -> bool:
    """Whether all amounts are whole numbers, so that the axis shows no halves of a case."""
    return all(value.amount is None or float(value.amount).is_integer() for value in values)


def known(values: Iterable[Value]) -> bool:
    """Whether there is anything to draw."""
    return any(value.amount is not None for value in values)
