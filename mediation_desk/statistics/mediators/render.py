"""The figures of a mediator as plain data for JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mediation_desk.statistics.mediators.model import LeftOut, MediatorFigure
from mediation_desk.statistics.model import Period


def to_plain(
    pool_no: str, period: Period, as_of: date, figures: Iterable[MediatorFigure], left_out: Iterable[LeftOut]
) -> dict[str, object]:
    """``{"pool_no", "from", "to", "as_of", "figures", "left_out"}``; a rate is text with two decimals, or null."""
    return {
        "pool_no": pool_no,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "as_of": as_of.isoformat(),
        "figures": [_plain(figure) for figure in figures],
        "left_out": [{"name": one.name, "reason": one.reason} for one in left_out],
    }


def _plain(figure: MediatorFigure) -> dict[str, object]:
    return {
        "code": figure.code,
        "name": figure.name,
        "text": figure.text,
        "value": None if figure.value is None else str(figure.value),
        "unit": figure.unit,
        "part": figure.part,
        "whole": figure.whole,
        "few": figure.few,
        "numerator": list(figure.numerator),
        "denominator": list(figure.denominator),
        "definition": figure.definition,
    }
