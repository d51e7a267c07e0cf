"""What the head of the statistics asks: the same for every page beneath it."""

from __future__ import annotations

from datetime import date

from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.record import record
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.periods import fiscal_year_of
from mediation_desk.statistics.ports import EVERYTHING, Filter


@record
class Asked:
    """A period, the day performance and confirmation are judged on, and which cases.

    ``among`` has the bodies of ``unit`` (a code of the register, "" for all) in it already.
    """

    period: Period
    as_of: date
    unit: str = ""
    among: Filter = EVERYTHING


def remarks(asked: Asked, today: date) -> tuple[str, ...]:
    """What a reader must know of this period, in sentences."""
    period, found = asked.period, []
    if period.first > today:
        found.append("这段期间还没有开始。")
    elif period.last >= today:
        found.append("期间还没有结束，数字还会变。")
    if asked.as_of > today:
        found.append(f"截至日{cn_date(asked.as_of)}还没有到，履行和司法确认以后还会增加。")
    elif asked.as_of < min(period.last, today):
        found.append(f"履行和司法确认只算到{cn_date(asked.as_of)}。")
    first, last = fiscal_year_of(period.first).last.year, fiscal_year_of(period.last).last.year
    if first != last:
        found.append(
            f"期间跨了{first}、{last}两个统计年度。"
            if last - first == 1
            else f"期间跨了{first}至{last}各统计年度。"
        )
    return tuple(found)
