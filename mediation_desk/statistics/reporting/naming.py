"""What a period and those it is compared with are called."""

from __future__ import annotations

from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.record import record
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.periods import fiscal_year_of, month_of, part_holding

_QUARTER, _HALF = 3, 6
_QUARTERS = "一二三四"


@record
class Names:
    """``kind``: month, quarter, half or year, empty for any other stretch; the others are words of the report."""

    kind: str
    period: str
    before: str
    year: str = "上年同期"


def names_of(period: Period) -> Names:
    """The names; quarters and halves are those of the statistical year (LR-20)."""
    day, year = period.first, fiscal_year_of(period.first)
    number = year.last.year
    if period == month_of(day):
        return Names(kind="month", period=f"{day.year}年{day.month}月", before="上月")
    months = (day.year - year.first.year) * 12 + day.month - year.first.month
    if period == part_holding(day, _QUARTER):
        return Names(
            kind="quarter", period=f"{number}年第{_QUARTERS[months // _QUARTER]}季度", before="上季度"
        )
    if period == part_holding(day, _HALF):
        return Names(
            kind="half", period=f"{number}年{'下' if months >= _HALF else '上'}半年", before="上一个半年"
        )
    if period == year:
        return Names(kind="year", period=f"{number}年", before="上年", year="上年")
    return Names(kind="", period=f"{cn_date(period.first)}至{cn_date(period.last)}", before="上期")
