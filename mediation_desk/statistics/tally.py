"""What was counted for one line of a table, before it is put into columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from decimal import ROUND_HALF_UP, Decimal

from mediation_desk.shared.record import record
from mediation_desk.statistics.model import Column, Value

AGREED_YUAN, AGREED_WAN, SUCCESS_RATE = "agreed_yuan", "agreed_wan", "success_rate"

_HUNDREDTH = Decimal("0.01")
_WAN = 10_000


@record
class Tally:
    """Counts by column code, and the money agreed on in yuan."""

    counts: Mapping[str, int] = field(default_factory=dict)
    agreed_yuan: Decimal = Decimal("0.00")

    def values(self, columns: Iterable[Column]) -> tuple[Value, ...]:
        """The values of a line with these columns; what was not counted is 0."""
        computed: dict[str, Value] = {
            AGREED_YUAN: self.agreed_yuan,
            AGREED_WAN: to_wan(self.agreed_yuan),
            SUCCESS_RATE: rate(self.counts.get("success", 0), self.counts.get("concluded", 0)),
        }
        return tuple(computed.get(column.code, self.counts.get(column.code, 0)) for column in columns)


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them together; yuan are added before anything is converted (V-10)."""
    counts: Counter[str] = Counter()
    yuan = Decimal("0.00")
    for tally in tallies:
        counts.update(tally.counts)
        yuan += tally.agreed_yuan
    return Tally(counts=counts, agreed_yuan=yuan)


def to_wan(yuan: Decimal) -> Decimal:
    """万元 with two decimals, half up; only for the sheet (V-10)."""
    return (yuan / _WAN).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)


def rate(part: int, whole: int) -> Decimal | None:
    """``part`` in per cent of ``whole`` with two decimals, half up; None of nothing (V-3)."""
    if whole == 0:
        return None
    return (Decimal(100 * part) / whole).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)
