"""What the analysis page shows besides the dashboard: deadlines kept, satisfaction and the work of mediators.

Figures of ``figures.toml`` for each value of one dimension, from the same sums as the official tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mediation_desk.shared.record import record
from mediation_desk.statistics.dimensions import label_of
from mediation_desk.statistics.figures import Derived, Value, book
from mediation_desk.statistics.model import Period, month_period
from mediation_desk.statistics.ports import FigureReader, Question, Spot, Sums

DEADLINES = ("overdue", "bounded")
CONTENT = ("contents", "evaluations")
WORK = ("concluded", "success", "overdue", "bounded", "days_sum")
GROUPS = ("groups", "concluded")


@record
class Part:
    """One value of the dimension, the word for it, and what each counted figure comes to there."""

    value: str | int | None
    label: str
    sums: Sums

    def of(self, code: str) -> Value:
        """The figure ``code``, counted or worked out from counted ones."""
        return book().value(code, self.sums)

    def count(self, code: str) -> int:
        """A counted figure as a whole number."""
        return int(self.sums.get(code, 0))


@record
class Breakdown:
    """``parts`` by ``dimension`` for ``period``: those with most first, months in their order."""

    dimension: str
    period: Period
    codes: tuple[str, ...]
    parts: tuple[Part, ...]

    def spot(self, part: Part, code: str) -> Spot:
        """Where the cases behind a number lie; of a rate those of its part, as everywhere."""
        one = book().find(code)
        figure, whole = (one.part or one.wan_of, one.whole) if isinstance(one, Derived) else (code, "")
        if self.dimension == "month":
            return Spot(figure=figure, period=within(self.period, int(part.value or 0)), whole=whole)
        return replace(Spot.at(figure, self.period, **{self.dimension: part.value}), whole=whole)


@record
class Analysis:
    """``deadlines`` by ``category``, ``body`` and ``month``; ``content`` by body; the work of who presided."""

    period: Period
    deadlines: Mapping[str, Breakdown]
    content: Breakdown
    groups: Breakdown
    work: Breakdown


def analysis(reader: FigureReader, asked: Question, names: Mapping[str, str]) -> Analysis:
    """Everything at once. ``names``: of mediators by their number in the pool."""
    by_body = break_down(reader, asked, (*DEADLINES, *CONTENT, "concluded"), "body")
    by_kind = break_down(reader, asked, (*DEADLINES, *GROUPS), "category")
    return Analysis(
        period=asked.period,
        deadlines={
            "category": by_kind,
            "body": by_body,
            "month": break_down(reader, asked, DEADLINES, "month"),
        },
        content=by_body,
        groups=by_kind,
        work=break_down(reader, asked, WORK, "presiding", names),
    )


def break_down(
    reader: FigureReader,
    asked: Question,
    codes: tuple[str, ...],
    dimension: str,
    names: Mapping[str, str] | None = None,
) -> Breakdown:
    """The figures ``codes`` for each value of ``dimension`` that has cases; the one with most cases first."""
    found = reader.sums(book().base(codes), asked, (dimension,))

    def part(value: str | int | None, sums: Sums) -> Part:
        word = (names or {}).get(str(value), label_of(dimension, value))
        return Part(value=value, label=word, sums=sums)

    parts = [part(value, sums) for (value,), sums in found.items()]
    if dimension == "month":
        parts.sort(key=lambda one: int(one.value or 0))
    else:
        parts.sort(key=lambda one: (-one.count(codes[-1]), one.label))
    return Breakdown(dimension=dimension, period=asked.period, codes=codes, parts=tuple(parts))


def within(period: Period, month: int) -> Period:
    """The days of ``month`` that lie in ``period``: a quarter may begin in its middle."""
    whole = month_period(month)
    return replace(whole, first=max(whole.first, period.first), last=min(whole.last, period.last))
