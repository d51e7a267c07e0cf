"""What a part of a chart is called when its cases are listed."""

from __future__ import annotations

from mediation_desk.charts.model import Together
from mediation_desk.statistics.dimensions import label_of
from mediation_desk.statistics.figures import book
from mediation_desk.statistics.ports import Spot
from ui.charts.view import ChartView
from ui.screens.statistics.periods import called


def called_part(view: ChartView, target: object) -> str:
    """``逐月走势　办结　人民调解　2026年3月``."""
    chart = view.chart()
    parts = target.targets if isinstance(target, Together) else (target,)
    spots = [one for one in parts if isinstance(one, Spot)]
    words = [chart.title] if chart is not None else []
    if spots:
        words.append(book().find(spots[0].figure).name)
    if len(spots) == 1:
        words += [
            "、".join(label_of(dimension, value) for value in values) for dimension, values in spots[0].place
        ]
        words.append(called(spots[0].period))
    elif spots:
        words.append(f"合起来的 {len(spots)} 处")
    return "　".join(words)
