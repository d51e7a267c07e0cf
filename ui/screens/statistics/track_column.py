"""One of the three columns of the dashboard: the figures of a track, and its months under them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from mediation_desk.charts.model import Lines
from mediation_desk.statistics.figures import book
from mediation_desk.statistics.headline import SHOWN, Headline
from mediation_desk.statistics.periods import ALL
from mediation_desk.statistics.ports import Spot
from ui.charts.view import ChartView
from ui.screens.base import Context
from ui.screens.statistics.chart_words import called_part
from ui.screens.statistics.headline_line import HeadlineLine
from ui.theme import theme
from ui.widgets.card import Card

_NOWHERE = Spot(figure="", period=ALL)


class TrackColumn(Card):
    """``opened(spot, words)`` when a figure or a point is pressed."""

    def __init__(
        self,
        context: Context,
        track: str,
        place: int,
        opened: Callable[[object, str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(track, parent=parent)
        self._track, self._place, self._opened = track, place, opened
        self.setObjectName(f"board.{place}")
        px = theme().px
        self.header.setContentsMargins(px(16), px(8), px(16), 0)
        self.body.setContentsMargins(px(8), px(4), px(8), px(6))
        self.body.setSpacing(0)
        self.lines: dict[str, HeadlineLine] = {}
        self.chart = ChartView(context.desk, context.services.settings.papers, self)
        self.chart.setObjectName(f"board.{place}.months")
        self.chart.opened.connect(lambda target: opened(target, called_part(self.chart, target)))
        for one in SHOWN:
            self._line(
                Headline(
                    code=one.code,
                    name=one.name or book().find(one.code).name,
                    text="…",
                    definition="",
                    spot=_NOWHERE,
                    empty=True,
                )
            ).setEnabled(False)
        self.body.addWidget(self.chart)
        self.body.addStretch(1)

    def show_figures(self, found: tuple[Headline, ...]) -> None:
        """The figures of another period, in the lines that are there."""
        for one in found:
            line = self.lines[one.code] if one.code in self.lines else self._line(one)
            line.show_headline(one)
            line.setEnabled(True)
        known = {one.code for one in found}
        for code, line in self.lines.items():
            line.setVisible(code in known)

    def show_months(self, chart: Lines) -> None:
        """Months under the figures."""
        self.chart.show_chart(chart)

    def _line(self, one: Headline) -> HeadlineLine:
        line = HeadlineLine(one, self)
        line.setObjectName(f"board.{self._place}.{one.code}")
        line.clicked.connect(
            lambda: self._opened(line.shown.spot, f"{self._track}　{line.shown.name}　{line.shown.text}")
        )
        self.lines[one.code] = line
        self.body.insertWidget(len(self.lines) - 1, line)
        return line
