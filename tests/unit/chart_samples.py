"""Charts of every kind with made-up figures, for the tests of drawing and of the view."""

from __future__ import annotations

from mediation_desk.charts.model import (
    Bars,
    Chart,
    Dots,
    Flow,
    Group,
    Heat,
    Lines,
    Link,
    Matrix,
    Node,
    Panel,
    Series,
    Stage,
    Value,
)
from mediation_desk.charts.rates import rate

PERIOD = "2026年1月1日至9月30日"
NOTE = "办结：期间内结束的已受理案件，不论成不成。"
TRACKS = ("人民调解", "行政调解", "司法调解")
MONTHS = ("1月", "2月", "3月", "4月", "5月", "6月")


def bars(*amounts: int | None, horizontal: bool | None = None) -> Bars:
    """One bar for each month."""
    return Bars(
        title="每月办结案件",
        period=PERIOD,
        notes=(NOTE,),
        horizontal=horizontal,
        groups=tuple(
            Group(name=f"{month}月", values=(Value(amount=amount, target=("concluded", month)),))
            for month, amount in enumerate(amounts, start=1)
        ),
    )


def side_by_side() -> Bars:
    """Three tracks beside one another."""
    figures = {"受理": (120, 43, 9), "办结": (98, 40, 7)}
    return Bars(
        title="三种调解",
        period=PERIOD,
        series=TRACKS,
        groups=tuple(
            Group(name=name, values=tuple(Value(amount=n, target=(name, n)) for n in counts))
            for name, counts in figures.items()
        ),
    )


def lines() -> Lines:
    """Two panels of three tracks; nothing is known of one month."""
    counts = {
        "人民调解": (30, 41, 38, 52, 44, 47),
        "行政调解": (12, 9, 15, 11, 18, 14),
        "司法调解": (2, 3, 1, 0, 4, 2),
    }
    rates = {"人民调解": (28, 40, 36), "行政调解": (9, 9, 11), "司法调解": (0, 3, 1)}
    return Lines(
        title="按月走势",
        period=PERIOD,
        steps=MONTHS,
        panels=(
            Panel(
                name="受理",
                series=tuple(
                    Series(
                        name=track,
                        values=tuple(Value(amount=n, target=(track, i)) for i, n in enumerate(line)),
                    )
                    for track, line in counts.items()
                ),
            ),
            Panel(
                name="成功率",
                unit="%",
                highest=100,
                series=tuple(
                    Series(
                        name=track,
                        values=(
                            *(
                                rate(part, counts[track][i], (track, "rate", i))
                                for i, part in enumerate(line)
                            ),
                            rate(0, 0, (track, "rate", 3)),
                            *(rate(1, 2, (track, "rate", i)) for i in (4, 5)),
                        ),
                    )
                    for track, line in rates.items()
                ),
            ),
        ),
    )


def heat(columns: int = 4) -> Heat:
    """Kinds by bodies; one cell is unknown."""
    kinds = ("婚姻家庭纠纷", "邻里纠纷", "医疗纠纷")
    bodies = tuple(f"第{number}调解委员会" for number in range(1, columns + 1))
    return Heat(
        title="种类与组织",
        period=PERIOD,
        rows=kinds,
        columns=bodies,
        cells=tuple(
            tuple(
                Value(amount=None if (row, column) == (1, 1) else row * 40 + column * 7, target=(row, column))
                for column in range(columns)
            )
            for row in range(len(kinds))
        ),
    )


def flow() -> Flow:
    """Two sources, two tracks, two results."""
    return Flow(
        title="从来源到结果",
        period=PERIOD,
        stages=(
            Stage(
                name="来源", nodes=(Node(code="own", name="主动调解"), Node(code="court", name="法院委派"))
            ),
            Stage(
                name="种类",
                nodes=tuple(
                    Node(code=code, name=name, target=code, style=style)
                    for style, (code, name) in enumerate((("p", "人民调解"), ("a", "行政调解")))
                ),
            ),
            Stage(name="结果", nodes=(Node(code="yes", name="达成"), Node(code="no", name="未达成"))),
        ),
        links=(
            Link(start="own", end="p", amount=60, target="own-p"),
            Link(start="own", end="a", amount=15, target="own-a"),
            Link(start="court", end="p", amount=25, target="court-p"),
            Link(start="p", end="yes", amount=70, target="p-yes"),
            Link(start="p", end="no", amount=15, target="p-no"),
            Link(start="a", end="yes", amount=14, target="a-yes"),
            Link(start="a", end="no", amount=1, target="a-no"),
        ),
    )


def matrix() -> Matrix:
    """Four by four."""
    levels = ((4, 4, 3, 2), (4, 3, 3, 2), (3, 3, 2, 1), (2, 2, 1, 1))
    return Matrix(
        title="风险预警",
        period="截至2026年9月30日",
        rows=("很低", "较低", "较高", "很高"),
        columns=("轻微", "一般", "较大", "重大"),
        levels=levels,
        cells=tuple(tuple(Value(amount=row * 4 + c, target=(row, c)) for c in range(4)) for row in range(4)),
    )


def dots() -> Dots:
    """Success rates with their ranges."""
    counts = {"安和调委会": (180, 200), "北桥镇": (3, 5), "南关村": (0, 0)}
    return Dots(
        title="调解成功率",
        period=PERIOD,
        unit="%",
        highest=100,
        limits=(("全中心 88%", 88.0),),
        groups=tuple(
            Group(name=name, values=(rate(part, whole, name),)) for name, (part, whole) in counts.items()
        ),
    )


def every_kind() -> dict[str, Chart]:
    """One of each."""
    return {
        "standing": bars(12, 30, 0, None, 44, 7),
        "lying": bars(12, 30, 0, None, 44, 7, horizontal=True),
        "grouped": side_by_side(),
        "lines": lines(),
        "heat": heat(),
        "flow": flow(),
        "matrix": matrix(),
        "dots": dots(),
    }


def without_figures() -> dict[str, Chart]:
    """The same kinds in a period without any."""
    return {
        "bars": bars(),
        "bars of nothing known": bars(None, None),
        "lines": Lines(title="走势", steps=(), panels=()),
        "heat": Heat(title="热图", rows=(), columns=(), cells=()),
        "flow": Flow(title="流向", stages=(), links=()),
        "matrix": Matrix(title="风险", rows=(), columns=(), levels=(), cells=()),
        "dots": Dots(title="点图", groups=()),
    }
