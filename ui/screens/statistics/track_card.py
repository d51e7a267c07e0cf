"""One of the three columns at the top: what a track comes to in the period."""

from __future__ import annotations

from ui.screens.statistics.indicators import TrackSum
from ui.tokens import Tone
from ui.widgets.card import Card
from ui.widgets.layout import column, row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small

_FIGURES = ("办结", "成功", "人数", "协议金额")
_UNITS = {"办结": "件", "人数": "人", "协议金额": "万元"}


class TrackCard(Card):
    """Four figures in the same order in each card."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.body.setContentsMargins(*(self.body.contentsMargins().left(), 4, 8, 10))
        self._figures = {name: PlainLabel("—", role="strong") for name in _FIGURES}
        self._rate = small()
        self.header.addWidget(self._rate)
        cells = []
        for name in _FIGURES:
            unit = _UNITS.get(name, "件")
            cells.append(
                column(self._figures[name], small(f"{name}（{unit}）" if unit == "万元" else name), gap=0)
            )
        self.add(row(*cells, gap=6))

    def show_sum(self, one: TrackSum) -> None:
        """Show what the track comes to."""
        for name, number in (
            ("办结", str(one.concluded)),
            ("成功", str(one.success)),
            ("人数", f"{one.persons:,}"),
            ("协议金额", one.agreed_wan),
        ):
            self._figures[name].setText(number)
            self._figures[name].set_tone(Tone.INK if one.concluded else Tone.QUIET)
        self._rate.setText(f"成功率 {one.rate}" if one.concluded else "没有办结的")
        words = "，".join(f"{name}{self._figures[name].text()}" for name in _FIGURES)
        self.setAccessibleName(f"{one.label}：{words}，{self._rate.text()}")
