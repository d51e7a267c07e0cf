"""Sudden rises: the count of a kind, a place or a body in one month against its own history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import sqrt
from statistics import fmean, variance
from typing import NamedTuple

from mediation_desk.shared.record import record
from mediation_desk.statistics.model import first_of_month, month_number, month_period
from mediation_desk.statistics.warning.chance import (
    chance_of,
    common_dispersion,
    corrected,
    dispersion,
)
from mediation_desk.statistics.warning.model import Rise, Rises
from mediation_desk.statistics.warning.rules import Among, RiseRules

FIGURE = "registered"
"""The figure looked at: what came in. It is there on the day it happens, an end comes weeks later."""

Group = tuple[str | int, ...]
Counts = Mapping[Group, Mapping[int, int]]
"""Cases by group and month."""

_YEAR, _DECEMBER = 100, 12
_SMALLEST = 0.0001


Label = Callable[[str, str | int | None], str]
"""The word for a value of a dimension."""


class Candidate(NamedTuple):
    """A group with enough cases, how much it varies, and the probability of its count."""

    among: Among
    key: Group
    by_month: Mapping[int, int]
    varies: float
    chance: float


@record
class Months:
    """The month looked at, the months just before it and the same month of earlier years, as far as history reaches."""

    month: int
    exposure: float
    before: tuple[int, ...]
    same: tuple[int, ...]

    @property
    def every(self) -> tuple[int, ...]:
        """All of them, oldest first."""
        return tuple(sorted({self.month, *self.before, *self.same}))


def months_for(month: int, begins: int | None, on: date, rules: RiseRules) -> Months:
    """The months to compare ``month`` with; ``begins`` is the month of the first case there is.

    A month still running is compared with the part of it that has gone by on ``on``. The month the desk began in
    is left out: it may be a part of one.
    """
    whole = month_period(month)
    days = (whole.last - whole.first).days + 1
    gone = (min(on, whole.last) - whole.first).days + 1
    before = [earlier(month, back) for back in range(rules.months, 0, -1)]
    same = [month - _YEAR * back for back in range(rules.years, 0, -1)]
    known = begins if begins is not None else month
    return Months(
        month=month,
        exposure=min(max(gone, 1) / days, 1.0),
        before=tuple(one for one in before if one > known),
        same=tuple(one for one in same if one > known),
    )


def earlier(month: int, back: int) -> int:
    """The month ``back`` months before, e.g. 202512 for (202603, 3)."""
    year, place = divmod((month // _YEAR) * _DECEMBER + month % _YEAR - 1 - back, _DECEMBER)
    return year * _YEAR + place + 1


def rises(
    families: Iterable[tuple[Among, Counts]],
    months: Months,
    rules: RiseRules,
    label: Label,
) -> Rises:
    """The rises of one month over all families of groups, corrected for all of them together.

    A group counts as tested where it has a case in the month or in its history, whether or not its count is large
    enough to be told: leaving the small ones out would make the correction too weak.
    """
    whole = month_period(months.month)
    if len(months.before) < rules.least_months:
        words = f"历史只有 {len(months.before)} 个整月，不到 {rules.least_months} 个月，还不能比较。"
        return Rises(period=whole, rises=(), tests=0, alpha=rules.alpha, note=words)
    tests = 0
    candidates: list[Candidate] = []
    for among, counts in families:
        usual = common_dispersion(_series(by_month, months.before) for by_month in counts.values())
        for key, by_month in counts.items():
            if any(value == "" for value in key):
                continue  # place not known: no place to be warned of
            tests += 1
            count = by_month.get(months.month, 0)
            if count >= rules.least:
                varies = max(usual, dispersion(_series(by_month, months.before)))
                chance = _chance(count, by_month, months, rules, varies)
                candidates.append(Candidate(among, key, by_month, varies, chance))
    fair = corrected([one.chance for one in candidates], tests)
    found = [
        _rise(candidate, months, better, tests, label)
        for candidate, better in zip(candidates, fair, strict=True)
        if better <= rules.alpha
    ]
    kept = [one for one in found if one.count >= float(rules.times) * one.expected]
    kept.sort(key=lambda one: (one.corrected, one.chance, one.label))
    return Rises(period=whole, rises=tuple(kept), tests=tests, alpha=rules.alpha)


def _series(by_month: Mapping[int, int], months: Sequence[int]) -> tuple[int, ...]:
    return tuple(by_month.get(month, 0) for month in months)


def _chance(
    count: int, by_month: Mapping[int, int], months: Months, rules: RiseRules, varies: float
) -> float:
    """The larger of both: against the months before, and against the same month of earlier years.

    Two or three years do not tell how much a count varies; the months before do.
    """
    chance = chance_of(count, _series(by_month, months.before), months.exposure, varies)
    if len(months.same) >= rules.least_years:
        return max(chance, chance_of(count, _series(by_month, months.same), months.exposure, varies))
    return chance


def _rise(candidate: Candidate, months: Months, better: float, tests: int, label: Label) -> Rise:
    among, key, by_month, varies, chance = candidate
    before = _series(by_month, months.before)
    same = _series(by_month, months.same)
    mean = fmean(before)
    count = by_month[months.month]
    made = Rise(
        among=among.name,
        label="　".join(label(name, value) for name, value in zip(among.by, key, strict=True)) or among.name,
        figure=FIGURE,
        period=month_period(months.month),
        place={name: (value,) for name, value in zip(among.by, key, strict=True)},
        count=count,
        exposure=months.exposure,
        expected=max(mean, fmean(same) if same else 0.0) * months.exposure,
        mean=mean,
        deviation=sqrt(variance(before)),
        spread=varies,
        history=tuple(zip(months.before, before, strict=True)),
        same_month=tuple(zip(months.same, same, strict=True)),
        chance=chance,
        corrected=better,
        tests=tests,
        words="",
    )
    return _told(made)


def _told(one: Rise) -> Rise:
    """With its explanation in words."""
    first = first_of_month(month_number(one.period.first))
    when = f"{first.year}年{first.month}月"
    if one.exposure < 1:
        days = round(one.exposure * ((one.period.last - one.period.first).days + 1))
        when += f"（前 {days} 天）"
    words = [
        f"{when}{one.label} {one.count} 件",
        f"过去 {len(one.history)} 个月平均每月 {one.mean:.1f} 件（标准差 {one.deviation:.1f}）",
    ]
    if one.same_month:
        years = "、".join(f"{month // _YEAR}年 {count} 件" for month, count in one.same_month)
        words.append(f"往年同月 {years}")
    if one.exposure < 1:
        words.append(f"折算到这几天应约 {one.expected:.1f} 件")
    words.append(f"偶然达到这么多的概率 {percent(one.chance)}")
    words.append(f"按同时检验 {one.tests} 组修正后 {percent(one.corrected)}")
    return replace(one, words="，".join(words) + "。")


def percent(chance: float) -> str:
    """A probability as people read it; what is smaller than one in ten thousand is said to be."""
    if chance < _SMALLEST:
        return "不到 0.01%"
    return f"{100 * chance:.2f}%"
