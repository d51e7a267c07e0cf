"""What must hold before a period is reported: its checks, and what was reported of it before."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.shared.dates import cn_date, cn_period
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.statistics.checks import violations
from mediation_desk.statistics.model import Period, StatTable
from mediation_desk.statistics.submitting.model import Submission


def broken_checks(table: StatTable) -> list[str]:
    """Violations of a table as sentences with rule and line."""
    return [f"{one.rule}（{table.no}，{one.row}）：{one.message}" for one in violations(table)]


def foregoing(
    listed: Sequence[Submission], period: Period, unit: str, supersedes: int | None, reason: str
) -> Submission | None:
    """The report of the same period that counted so far; a new one must say that it replaces it, and why."""
    same = [one for one in listed if (one.period, one.unit) == (period, unit)]
    if not same:
        if supersedes is not None:
            raise InputError("这一期间还没有报送，不能更正报送。", field="supersedes")
        return None
    if supersedes != same[0].id:
        refuse_twice(same, period, unit)
    if not reason.strip():
        raise InputError("更正报送、补报须写明理由。", field="reason")
    return same[0]


def refuse_twice(listed: Sequence[Submission], period: Period, unit: str) -> None:
    """Raises ``RuleError`` naming who reported the period and when, if somebody has."""
    for one in listed:
        if (one.period, one.unit) == (period, unit):
            moment = one.at.astimezone()
            raise RuleError(
                f"{cn_period(period.first, period.last)}已由{one.display_name}于"
                f"{cn_date(moment.date())}{moment:%H:%M}报送（第{one.no}次）。"
                "要更正报送或者补报的，写明代替哪一次和理由，原来的保留。",
                rule="V-11",
            )
