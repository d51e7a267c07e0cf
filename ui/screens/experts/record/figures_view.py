"""A mediator's figures for a period, each with its definition and a way down to its cases; nobody is rated."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from mediation_desk.access.permissions import Permission
from mediation_desk.statistics.mediators.model import LeftOut, MediatorFigure
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.periods import ALL
from ui.fields.choice_field import ChoiceField
from ui.screens.base import Context
from ui.screens.experts.record.cases_behind import CasesBehind
from ui.screens.experts.record.figure_line import FigureLine
from ui.screens.statistics.periods import WORDS, period_of
from ui.theme import theme
from ui.widgets.layout import boxed, clear, column, row, scrolling
from ui.widgets.text import small

_EVERYTHING = "历年"
_FORBIDDEN = "您的账号没有查看统计的权限。"
Answer = tuple[tuple[MediatorFigure, ...], tuple[LeftOut, ...]]


class FiguresView(QWidget):
    """For the side pane or a page: the figures, or the cases behind one of them.

    ``opened(code)`` when a figure is pressed. Call `show_mediator`, and `refresh` when cases have changed.
    """

    opened = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._pool_no = ""
        self._lines: dict[str, FigureLine] = {}
        self._open = ""
        self.period: ChoiceField[str] = ChoiceField((*WORDS, _EVERYTHING))
        self.cases = CasesBehind(context)
        self._note = small(wrap=True)
        self._list = column(gap=2)
        self._pages = QStackedWidget()
        self._lay_out()
        self.period.edited.connect(self.refresh)
        self.cases.left.connect(self._on_cases_left)

    def show_mediator(self, pool_no: str) -> None:
        """Show the figures of this mediator."""
        if pool_no != self._pool_no:
            self._pool_no, self._open = pool_no, ""
            self._pages.setCurrentIndex(0)
        self.refresh()

    def refresh(self) -> None:
        """Read again; a list of cases that is open stays open."""
        services, pool_no = self._context.services, self._pool_no
        if not pool_no:
            return
        if not services.actor.can(Permission.STATISTICS_READ):
            self._note.setText(_FORBIDDEN)
            return
        word = self.period.value() or WORDS[0]

        def read() -> Answer:
            statistics = services.statistics
            if word == _EVERYTHING:
                period = ALL
            else:
                first, last = period_of(word, services.cases.local_today)
                period = Period(first=first, last=last)
            return statistics.mediator(services.actor, pool_no, period), statistics.left_out()

        self._context.desk.query(read, self._show, owner=self)

    def open_figure(self, code: str) -> None:
        """Show the cases behind the figure with this code; without such a figure nothing happens."""
        line = self._lines.get(code)
        if line is None:
            return
        self._open = code
        self._pages.setCurrentWidget(self.cases)
        self.cases.show_figure(line.figure)
        self.cases.table.setFocus()
        self.opened.emit(code)

    def figures(self) -> tuple[MediatorFigure, ...]:
        """The figures as shown, from top to bottom."""
        return tuple(line.figure for line in self._lines.values())

    def _lay_out(self) -> None:
        self.period.setObjectName("figures.period")
        self.period.setAccessibleName("统计期间")
        body = boxed(column(self._list, self._note, None, gap=12))
        self._pages.addWidget(
            boxed(column(row(small("期间"), self.period, None), scrolling(body, name="调解员的指标")))
        )
        self._pages.addWidget(self.cases)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self._pages)

    def _show(self, answer: Answer) -> None:
        figures, left_out = answer
        focused = next((code for code, line in self._lines.items() if line.hasFocus()), "")
        clear(self._list)
        self._lines = {}
        for place, (group, members) in enumerate(groupby(figures, key=lambda figure: figure.group)):
            if place:
                self._list.addSpacing(theme().px(8))
            self._list.addWidget(small(group))
            for figure in members:
                self._add(figure)
        self._note.setText("\n".join(f"不列{one.name}：{one.reason}。" for one in left_out))
        if self._open in self._lines and self._pages.currentWidget() is self.cases:
            self.cases.show_figure(self._lines[self._open].figure)
        elif focused in self._lines:
            self._lines[focused].setFocus()

    def _add(self, figure: MediatorFigure) -> None:
        line = FigureLine(figure)
        line.clicked.connect(lambda _checked=False, code=figure.code: self.open_figure(code))
        self._lines[figure.code] = line
        self._list.addWidget(line)
        line.show()  # at once, so that it can take the focus back

    def _on_cases_left(self) -> None:
        self._pages.setCurrentIndex(0)
        if self._open in self._lines:
            self._lines[self._open].setFocus()
        self._open = ""
