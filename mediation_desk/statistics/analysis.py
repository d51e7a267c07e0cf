"""What people look at: three kinds of mediation side by side, by month, by kind and body, from source to result.

Everything here is asked of the same sums as the official tables, and every number knows its :class:`Spot`, so that
its cases open from any screen or chart.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mediation_desk.cases.vocabulary import Category, Result
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track
from mediation_desk.statistics.facts import SOURCES
from mediation_desk.statistics.figures import Value, book
from mediation_desk.statistics.model import (
    Period,
    StatTable,
    first_of_month,
    month_number,
    month_period,
)
from mediation_desk.statistics.ports import FigureReader, Question, Spot

TREND = ("registered", "concluded", "success")
"""What is shown by month."""

MONTHS = 13
"""A trend shows this many months at least: a year, and the same month of the year before."""

LONGEST = 120
"""And this many at most: ten years."""

RUNNING = "未结"


@record
class Number:
    """A figure at one spot: what it comes to, and what it was in the period before."""

    spot: Spot
    value: Value
    before: Value = None


@record
class Series:
    """One figure of one track, month by month."""

    code: str
    track: str
    numbers: tuple[Number, ...]


@record
class Trend:
    """Months such as 202603, oldest first, and the series over them."""

    months: tuple[int, ...]
    series: tuple[Series, ...]


@record
class Grid:
    """A figure by two dimensions; a row of numbers for each of ``rows``."""

    code: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    numbers: tuple[tuple[Number, ...], ...]


@record
class Stream:
    """Cases that came from ``source``, went on ``track`` and ended as ``result``, 未结 while they have not."""

    source: str
    track: str
    result: str
    number: Number


@record
class Dashboard:
    """The first thing somebody sees; ``before`` is the table of the period before, None where there is none."""

    now: StatTable
    before: StatTable | None
    trend: Trend
    kinds: Grid
    streams: tuple[Stream, ...]


def trend(reader: FigureReader, asked: Question) -> Trend:
    """The months of the period and of the year before its last one, up to the month of ``as_of``."""
    last = month_number(min(asked.period.last, asked.as_of))
    first = max(month_number(asked.period.first), _months_back(last, LONGEST - 1))
    first = min(first, _months_back(last, MONTHS - 1))
    months = _months(first, last)
    whole = Period(first=first_of_month(first), last=month_period(last).last)
    figures = book().base(TREND)
    found = reader.sums(figures, replace(asked, period=whole), ("month", "track"))
    return Trend(
        months=months,
        series=tuple(
            Series(
                code=code,
                track=track.value,
                numbers=tuple(
                    Number(
                        spot=Spot.at(code, month_period(month), track=track.value),
                        value=found.get((month, track.value), {}).get(code, 0),
                    )
                    for month in months
                ),
            )
            for code in TREND
            for track in Track
        ),
    )


def kinds_by_body(reader: FigureReader, asked: Question, code: str = "concluded") -> Grid:
    """Kinds of dispute down, bodies across, those with most cases first; empty kinds and bodies are left out."""
    found = reader.sums(book().base((code,)), asked, ("category", "body"))
    sums: dict[str, int] = {}
    for (_, body), counts in found.items():
        sums[str(body)] = sums.get(str(body), 0) + int(counts.get(code, 0))
    bodies = tuple(sorted((body for body in sums if sums[body]), key=lambda body: (-sums[body], body)))
    kinds = tuple(kind.value for kind in Category if any(found.get((kind.value, body)) for body in bodies))

    def number(kind: str, body: str) -> Number:
        spot = Spot.at(code, asked.period, category=kind, body=body)
        return Number(spot=spot, value=found.get((kind, body), {}).get(code, 0))

    return Grid(
        code=code,
        rows=kinds,
        columns=bodies,
        numbers=tuple(tuple(number(kind, body) for body in bodies) for kind in kinds),
    )


def streams(reader: FigureReader, asked: Question) -> tuple[Stream, ...]:
    """Cases registered in the period, from their source over their track to their result, the widest first."""
    found = reader.sums(book().base(("registered",)), asked, ("source", "track", "result"))
    order = [result.value for result in Result]
    made = [
        Stream(
            source=str(source),
            track=str(track),
            result=str(result or RUNNING),
            number=Number(
                spot=Spot.at("registered", asked.period, source=source, track=track, result=result),
                value=sums["registered"],
            ),
        )
        for (source, track, result), sums in found.items()
        if sums.get("registered")
    ]
    results = [*order, RUNNING]
    tracks = [track.value for track in Track]
    return tuple(
        sorted(
            made,
            key=lambda one: (
                SOURCES.index(one.source) if one.source in SOURCES else len(SOURCES),
                tracks.index(one.track),
                results.index(one.result),
            ),
        )
    )


def _months_back(month: int, number: int) -> int:
    year, place = divmod(month // 100 * 12 + month % 100 - 1 - number, 12)
    return year * 100 + place + 1


def _months(first: int, last: int) -> tuple[int, ...]:
    found = [first]
    while found[-1] < last:
        found.append(month_number(first_of_month(found[-1]) + timedelta(31)))
    return tuple(found)
