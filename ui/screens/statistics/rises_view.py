"""突增: what rose, the test in words, and the months before; every bar leads to its cases."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.charts.model import Bars, Group, Value
from mediation_desk.statistics.figures import book
from mediation_desk.statistics.model import month_number, month_period
from mediation_desk.statistics.ports import Spot
from mediation_desk.statistics.warning.model import Rise, Rises
from mediation_desk.statistics.warning.rise import percent
from ui.charts.view import ChartView
from ui.screens.base import Context
from ui.screens.statistics.chart_words import called_part
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.widgets.buttons import link
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.text import paragraph, small

_ROWS = 4
_HEIGHT = 200


class RisesView(QWidget):
    """The marked rise is explained beneath. ``opened(spot, words)``: somebody wants the cases of it or of a month."""

    opened = Signal(object, str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.table: RecordTable[Rise] = RecordTable(
            "突增", _columns(), key=lambda one: (one.among, one.label), empty="没有发现突增。"
        )
        self.table.setObjectName("warning.rises")
        self.table.setFixedHeight(self.table.content_height(_ROWS))
        self._words, self._note = paragraph(), small(wrap=True)
        self.chart = ChartView(context.desk, context.services.settings.papers, self, height=_HEIGHT)
        self.chart.setObjectName("warning.history")
        self.cases = link("", self._open_cases, symbol="cases")
        self.cases.setObjectName("warning.rise_cases")
        above, self._card = Card(flush=True), Card("检验说明")
        above.add(self.table)
        self._card.add(self._words)
        self._card.add(row(self.cases, None))
        self._card.add(self.chart)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, theme().px(12), 0, 0)
        stack.setSpacing(theme().px(12))
        for widget in (self._note, above, self._card):
            stack.addWidget(widget)
        stack.addStretch(1)
        self._card.hide()
        self.table.moved.connect(self._on_moved)
        self.table.chosen.connect(lambda _one: self._open_cases())
        self.chart.opened.connect(lambda target: self.opened.emit(target, called_part(self.chart, target)))

    def show_rises(self, found: Rises) -> None:
        """Show another reading."""
        first = found.period.first
        told = found.note or (
            f"{first.year}年{first.month}月，同时检验 {found.tests} 组，"
            f"修正后偶然的概率不超过 {found.alpha:.0%} 的列在这里。"
        )
        self._note.setText(told)
        self.table.set_empty(found.note or "没有发现突增。")
        self.table.show_records(found.rises)
        if self.table.current() is None and found.rises:
            self.table.selectRow(0)
        if not found.rises:
            self._on_moved(None)

    def _on_moved(self, one: object) -> None:
        self._card.setVisible(isinstance(one, Rise))
        if isinstance(one, Rise):
            self._words.setText(one.words)
            self.cases.set_caption(f"看这 {one.count} 件案件")
            self.chart.show_chart(history(one))

    def _open_cases(self) -> None:
        one = self.table.current()
        if one is not None:
            first = one.period.first
            words = f"{one.among}：{one.label}　{first.year}年{first.month}月　{one.count} 件"
            self.opened.emit(_spot(one), words)


def history(one: Rise) -> Bars:
    """The months compared with and the month itself, each with the way to its cases."""
    counts = (*one.history, (month_number(one.period.first), one.count))
    months = {month: replace(_spot(one), period=month_period(month)) for month, _ in counts}
    months[month_number(one.period.first)] = _spot(one)
    return Bars(
        title=f"{one.label}各月{book().find(one.figure).name}",
        notes=(f"{book().find(one.figure).definition}。",),
        horizontal=False,
        groups=tuple(
            Group(
                name=f"{month // 100 % 100}/{month % 100}",
                values=(Value(amount=count, target=months[month]),),
            )
            for month, count in counts
        ),
    )


def _spot(one: Rise) -> Spot:
    return Spot(figure=one.figure, period=one.period, place=tuple(one.place.items()))


def _columns() -> tuple[Column[Rise], ...]:
    return (
        Column("看什么", lambda one: one.among, width=130),
        Column("哪一组", lambda one: one.label),
        Column("件数", lambda one: str(one.count), width=64, number=True, sort=lambda one: one.count),
        Column(
            "平均每月",
            lambda one: f"{one.mean:.1f}",
            width=84,
            number=True,
            sort=lambda one: one.mean,
            optional=True,
        ),
        Column(
            "偶然的概率", lambda one: percent(one.chance), width=110, number=True, sort=lambda one: one.chance
        ),
        Column(
            "修正以后",
            lambda one: percent(one.corrected),
            width=110,
            number=True,
            sort=lambda one: one.corrected,
        ),
    )
