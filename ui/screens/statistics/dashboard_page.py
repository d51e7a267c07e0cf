"""看板: the three kinds of mediation side by side, the same figures in the same order, months under them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.shared.track import Track
from mediation_desk.statistics.analysis import Dashboard
from mediation_desk.statistics.charted import months_of_track
from mediation_desk.statistics.checks import violations
from mediation_desk.statistics.headline import headlines
from mediation_desk.statistics.model import Period, StatTable
from mediation_desk.statistics.periods import ALL
from mediation_desk.statistics.ports import EVERYTHING, Filter, Spot
from ui.screens.base import Context
from ui.screens.statistics.periods import called
from ui.screens.statistics.track_column import TrackColumn
from ui.theme import theme
from ui.widgets.buttons import link
from ui.widgets.layout import row
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow

_COLUMN = 300


class DashboardPage(QWidget):
    """``show_period(period, as_of, among)`` reads in the background; what is shown stays until the answer is there.

    ``opened(spot, words)``: somebody wants the cases of a number, a ``Spot`` or a ``charts.model.Together`` of
    several. ``checked()``: somebody wants to see what does not agree in the table. ``unreported()``: somebody wants
    to report the period before. ``shown()`` after each answer.
    """

    opened = Signal(object, str)
    checked = Signal()
    unreported = Signal()
    shown = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._overdue: Spot | None = None
        self.setAccessibleName("看板")
        self.remark = small("正在计数……", wrap=True)
        self.remark.setObjectName("board.remark")
        self.overdue = link("", self._open_overdue, symbol="warn")
        self.overdue.setObjectName("board.overdue")
        self.faults = link("", self.checked.emit, symbol="warn")
        self.faults.setObjectName("board.faults")
        self.report = link("", self.unreported.emit, symbol="warn")
        self.report.setObjectName("board.unreported")
        self.columns = {
            track.value: TrackColumn(context, track.value, place, self.opened.emit, self)
            for place, track in enumerate(Track)
        }
        attention = row(self.remark, self.overdue, self.faults, self.report, gap=4)
        attention.setStretch(0, 1)
        side_by_side = WrappingRow(gap=12, line_gap=12)
        for column in self.columns.values():
            side_by_side.add(column, _COLUMN, 1)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(6))
        stack.addLayout(attention)
        stack.addWidget(side_by_side)
        stack.addStretch(1)
        for one in (self.overdue, self.faults, self.report):
            one.hide()

    def show_period(self, period: Period, as_of: date | None = None, among: Filter = EVERYTHING) -> None:
        """Read and show; an answer to an earlier question that comes late is dropped."""
        services = self._context.services
        actor = services.actor

        def read() -> tuple[Dashboard, bool]:
            found = services.statistics.dashboard(actor, period, as_of, among=among)
            earlier = found.before.period if found.before else None
            return found, earlier is not None and not services.submissions.is_reported(actor, earlier)

        self._context.desk.query(read, lambda answer: self._show(*answer), owner=self, slot="dashboard")

    def pane(self) -> tuple[str, QWidget] | None:
        """The columns need the width; definitions are at each figure."""
        return None

    def _show(self, found: Dashboard, unreported: bool) -> None:
        for track, column in self.columns.items():
            column.show_figures(headlines(found, track))
            column.show_months(months_of_track(found.trend, track))
        self.remark.setText(_remark(found))
        self._attend(found, unreported)
        self.shown.emit()

    def _attend(self, found: Dashboard, unreported: bool) -> None:
        """What needs somebody: open cases over their day, a table that contradicts itself, a period not reported."""
        total = next(row for row in found.now.rows if row.is_total)
        values = dict(zip((column.code for column in found.now.columns), total.values, strict=True))
        late, wrong = int(values.get("open_overdue") or 0), len(violations(found.now))
        self._overdue = Spot.at("open_overdue", found.now.period)
        self.overdue.set_caption(f"在办已超期 {late} 件")
        self.overdue.setVisible(late > 0)
        self.faults.set_caption(f"表内核对有 {wrong} 处不符")
        self.faults.setVisible(wrong > 0)
        earlier = found.before if unreported else None
        due = earlier is not None and earlier.period.last < found.now.as_of and _has_cases(earlier)
        self.report.set_caption(f"上期（{called(earlier.period)}）还没有报送" if earlier is not None else "")
        self.report.setVisible(due)

    def _open_overdue(self) -> None:
        if self._overdue is not None:
            self.opened.emit(self._overdue, self.overdue.text().strip())


def _remark(found: Dashboard) -> str:
    """What is shown, what it is compared with, and in words that there was nothing."""
    now = found.now
    words = f"{_days(now.period)}，截至{now.as_of.isoformat()}。"
    if now.period.first > now.as_of:
        words = f"{_days(now.period)}还没有开始。"
    elif not _has_cases(now):
        words = f"{_days(now.period)}没有登记，也没有办结的案件。"
    if found.before is None:
        return words
    whole = "，本期还没有完，比的是同样长的一段" if now.period.first <= now.as_of < now.period.last else ""
    return f"{words}箭头是与上期（{_days(found.before.period)}）比{whole}。"


def _has_cases(table: StatTable) -> bool:
    total = next(row for row in table.rows if row.is_total)
    return any(table.value(total, code) for code in ("registered", "concluded"))


def _days(period: Period) -> str:
    return "全部年份" if period == ALL else f"{period.first.isoformat()}至{period.last.isoformat()}"
