"""The analysis as charts: what was counted, put where it is drawn. Every value opens the cases it was counted from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mediation_desk.charts.model import (
    SMALL_NOTE,
    Bars,
    Dots,
    Flow,
    Group,
    Heat,
    Lines,
    Link,
    Node,
    Panel,
    Series,
    Stage,
)
from mediation_desk.charts.model import Value as Drawn
from mediation_desk.charts.rates import RANGE_NOTE, rate
from mediation_desk.shared.dates import cn_period
from mediation_desk.shared.track import Track
from mediation_desk.statistics.analysis import RUNNING, TREND, Dashboard, Stream, Trend
from mediation_desk.statistics.breakdown import Analysis, Breakdown, Part
from mediation_desk.statistics.figures import Derived, book
from mediation_desk.statistics.model import Period, first_of_month, month_period
from mediation_desk.statistics.periods import ALL
from mediation_desk.statistics.ports import Spot

_WORDS = {"category": "纠纷类型", "body": "调解组织", "month": "月份"}


def months_of_track(trend: Trend, track: str) -> Lines:
    """The small multiple under the column of a track: registered and concluded by month."""
    codes = ("registered", "concluded")
    lines = tuple(_line(trend, code, track, book().find(code).name) for code in codes)
    return Lines(
        title=f"{track}逐月",
        period=_months(trend),
        notes=_notes(codes),
        steps=_steps(trend),
        panels=(Panel(name="", series=lines),),
    )


def by_month(trend: Trend) -> Lines:
    """A panel for each figure, in it a line for each track."""
    panels = tuple(
        Panel(
            name=book().find(code).name,
            series=tuple(_line(trend, code, track.value, track.value) for track in Track),
        )
        for code in TREND
    )
    return Lines(
        title="逐月走势", period=_months(trend), notes=_notes(TREND), steps=_steps(trend), panels=panels
    )


def kinds_and_bodies(dashboard: Dashboard) -> Heat:
    """Kinds of dispute down, bodies across."""
    grid = dashboard.kinds
    return Heat(
        title=f"各组织各类纠纷{book().find(grid.code).name}",
        period=period_words(dashboard.now.period),
        notes=_notes((grid.code,)),
        rows=grid.rows,
        columns=grid.columns,
        cells=tuple(tuple(Drawn(amount=one.value, target=one.spot) for one in line) for line in grid.numbers),
        row_word="纠纷类型",
        column_word="调解组织",
    )


def way_of_cases(dashboard: Dashboard) -> Flow:
    """From the source over the track to the result; what is still open ends as 未结."""
    period, streams = dashboard.now.period, dashboard.streams
    stages = (
        Stage(name="来源", nodes=_nodes((one.source for one in streams), period, "source")),
        Stage(name="调解种类", nodes=_nodes((one.track for one in streams), period, "track")),
        Stage(name="结果", nodes=_nodes((one.result for one in streams), period, "result")),
    )
    return Flow(
        title="案件从哪里来，到哪里去",
        period=period_words(period),
        notes=(*_notes(("registered",)), "结果是到现在为止的，不论何时结案。"),
        stages=stages,
        links=(*_links(streams, period, "source", "track"), *_links(streams, period, "track", "result")),
    )


def deadlines(found: Analysis, dimension: str) -> Dots:
    """The share of concluded cases that were late, by kind, body or month."""
    return _rates(found.deadlines[dimension], "overdue_rate", f"各{_WORDS[dimension]}超期率")


def content(found: Analysis) -> Dots:
    """Satisfied and fairly satisfied, of all valid evaluations, by body."""
    return _rates(found.content, "satisfaction", "各调解组织满意度", highest=100)


def groups(found: Analysis) -> Bars:
    """Disputes of ten people and more, by kind."""
    parts = [one for one in found.groups.parts if one.count("groups")]
    return Bars(
        title="群体纠纷",
        period=period_words(found.period),
        notes=_notes(("groups",)),
        empty="这段期间没有十人以上的纠纷。",
        ranked=True,
        horizontal=True,
        groups=_bars(found.groups, parts, "groups"),
    )


def workload(found: Analysis) -> Bars:
    """Concluded cases by who presided. Cases nobody presided over yet do not stand here."""
    return Bars(
        title="主持调解员办结案件",
        period=period_words(found.period),
        notes=(*_notes(("concluded",)), "只算主持的，不算协助的；多少与案件难易、在岗时间有关，不是评价。"),
        ranked=True,
        horizontal=True,
        groups=_bars(found.work, presiding(found), "concluded"),
    )


def presiding(found: Analysis) -> tuple[Part, ...]:
    """Mediators who concluded something, those with most cases first."""
    parts = (one for one in found.work.parts if one.value and one.count("concluded"))
    return tuple(sorted(parts, key=lambda one: (-one.count("concluded"), one.label)))


def period_words(period: Period) -> str:
    """A period on a chart."""
    return "全部年份" if period == ALL else cn_period(period.first, period.last)


def _rates(found: Breakdown, code: str, title: str, highest: float | None = None) -> Dots:
    one = book().find(code)
    assert isinstance(one, Derived)  # noqa: S101  # a rate always is
    parts = [part for part in found.parts if part.count(one.whole)]
    whole, all_of = sum(part.count(one.whole) for part in parts), sum(part.count(one.part) for part in parts)
    return Dots(
        title=title,
        period=period_words(found.period),
        unit="%",
        notes=(*_notes((code,)), SMALL_NOTE, RANGE_NOTE),
        limits=(("合计", 100 * all_of / whole),) if whole else (),
        highest=highest,
        groups=tuple(
            Group(
                name=_month(int(part.value or 0)) if found.dimension == "month" else part.label,
                values=(rate(part.count(one.part), part.count(one.whole), found.spot(part, code)),),
            )
            for part in parts
        ),
    )


def _bars(found: Breakdown, parts: Iterable[Part], code: str) -> tuple[Group, ...]:
    return tuple(
        Group(name=part.label, values=(Drawn(amount=part.count(code), target=found.spot(part, code)),))
        for part in parts
    )


def _line(trend: Trend, code: str, track: str, name: str) -> Series:
    (found,) = (one for one in trend.series if one.code == code and one.track == track)
    return Series(name=name, values=tuple(Drawn(amount=one.value, target=one.spot) for one in found.numbers))


def _nodes(names: Iterable[str], period: Period, dimension: str) -> tuple[Node, ...]:
    styles = {track.value: place for place, track in enumerate(Track)}
    return tuple(
        Node(
            code=_code(dimension, name),
            name=name,
            target=Spot.at("registered", period, **{dimension: _value(name)}),
            style=styles.get(name) if dimension == "track" else None,
        )
        for name in dict.fromkeys(names)
    )


def _links(streams: Iterable[Stream], period: Period, first: str, second: str) -> tuple[Link, ...]:
    sums: dict[tuple[str, str], int] = {}
    for one in streams:
        ends = (getattr(one, first), getattr(one, second))
        sums[ends] = sums.get(ends, 0) + int(one.number.value or 0)
    return tuple(
        Link(
            start=_code(first, start),
            end=_code(second, end),
            amount=amount,
            target=Spot.at("registered", period, **_place({first: start, second: end})),
        )
        for (start, end), amount in sums.items()
    )


def _place(words: Mapping[str, str]) -> dict[str, str | None]:
    return {name: _value(word) for name, word in words.items()}


def _value(word: str) -> str | None:
    return None if word == RUNNING else word


def _code(dimension: str, name: str) -> str:
    return f"{dimension}:{name}"


def _notes(codes: Iterable[str]) -> tuple[str, ...]:
    found = (book().find(code) for code in codes)
    return tuple(f"{one.name}：{one.definition}。" for one in found)


def _months(trend: Trend) -> str:
    return cn_period(first_of_month(trend.months[0]), month_period(trend.months[-1]).last)


def _steps(trend: Trend) -> tuple[str, ...]:
    return tuple(
        _month(month) if not place or month % 100 == 1 else f"{month % 100}月"
        for place, month in enumerate(trend.months)
    )


def _month(month: int) -> str:
    return f"{month // 100}年{month % 100}月"
