"""Numbers as a report says them: with their unit, and how they stand to those of another period."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from mediation_desk.shared.record import record
from mediation_desk.statistics.figures import Counted, Derived, book, rate
from mediation_desk.statistics.model import StatRow, StatTable, Value
from mediation_desk.statistics.reporting.material import Found, at, cell, line_of

NOTHING = "—"
_HUNDREDTH = Decimal("0.01")
_UNCOUNTED = frozenset(("%", "天", "元", "万元"))
"""Units of what is no count: few of them are not few cases."""


@record
class Style:
    """``few``: fewer cases than this make no percentage. ``withheld``: what stands for a number nobody is told."""

    few: int
    withheld: str


def figure(value: Value, unit: str) -> str:
    """``1,234.50``, ``31``, ``12.3``; an empty rate is a dash."""
    if value is None:
        return NOTHING
    if isinstance(value, Decimal):
        return f"{value:,}" if unit == "天" else f"{value.quantize(_HUNDREDTH, ROUND_HALF_UP):,}"
    return str(value)


def amount(found: Found, style: Style) -> str:
    """The number with its unit."""
    if found.withheld:
        return f"{style.withheld}{found.column.unit}"
    if found.value is None:
        return "无"
    return f"{figure(found.value, found.column.unit)}{found.column.unit}"


def change(now: Found, then: Found, than: str, style: Style) -> str:
    """``比上月增加3件，上升25.00%``; empty where there is nothing to compare. Never a negative number."""
    if now.withheld or then.withheld or now.value is None or then.value is None:
        return ""
    unit, before = now.column.unit, Decimal(then.value)
    more = Decimal(now.value) - before
    if not more:
        return f"与{than}持平"
    much = figure(abs(more) if isinstance(now.value, Decimal) else int(abs(more)), unit)
    if unit == "%":
        return f"比{than}{'提高' if more > 0 else '降低'}{much}个百分点"
    said = f"比{than}{'增加' if more > 0 else '减少'}{much}{unit}"
    if not before:
        return f"{than}没有"
    if unit not in _UNCOUNTED and before < style.few:
        return said
    if not now.value or unit == "天":
        return said
    percent = rate(abs(more), before)
    return f"{said}，{'上升' if more > 0 else '下降'}{figure(percent, '%')}%"


def whole_of(table: StatTable, code: str, row: StatRow | None) -> tuple[Found, Found] | None:
    """Part and whole of a rate or an average, where the table shows them."""
    one = book().derived.get(code)
    codes = {column.code for column in table.columns}
    if row is None or one is None or not one.whole or not {one.part, one.whole} <= codes:
        return None
    return at(table, row, one.part), at(table, row, one.whole)


def comparable(table: StatTable, code: str, line: str, style: Style) -> bool:
    """Whether a rate stands on enough cases to be compared; what is no rate always does."""
    both = whole_of(table, code, line_of(table, line))
    if both is None:
        return True
    whole = both[1]
    unit = cell(table, code, line).column.unit
    return not whole.withheld and (whole.value or 0) >= (style.few if unit == "%" else 1)


def rate_words(table: StatTable, code: str, line: str, style: Style) -> str:
    """``成功率为88.24%``; of few cases that they are few, of none that there are none."""
    found = cell(table, code, line)
    name, unit = found.column.name, found.column.unit
    both = whole_of(table, code, line_of(table, line))
    if both is not None and both[1].value == 0 and not both[1].withheld:
        return f"没有{_said(both[1])}的，不计{name}"
    if found.withheld or found.value is None or any(one.withheld for one in both or ()):
        return f"件数少，不公布{name}"
    if both is not None and unit == "%" and not comparable(table, code, line, style):
        whole = both[1]
        return f"{_said(whole)}不足{style.few}{whole.column.unit}，不计{name}"
    return f"{name}为{figure(found.value, unit)}{unit}"


def _said(found: Found) -> str:
    """A figure by its own name: on a sheet it may be called shorter than a sentence can bear."""
    one: Counted | Derived | None = book().counted.get(found.column.code)
    return one.name if one else found.column.name
