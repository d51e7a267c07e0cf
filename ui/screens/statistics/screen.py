"""统计: one head, pages as tabs beneath it, and the cases behind any figure of any page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QTabBar, QWidget

from mediation_desk.access.permissions import Permission
from mediation_desk.shared.changes import Topic
from mediation_desk.statistics.model import StatTable
from ui.screens.base import Context, Screen
from ui.screens.statistics.drill import DrillDown
from ui.screens.statistics.head import StatHead, read_ground
from ui.screens.statistics.keeping import Keeping
from ui.screens.statistics.page import PageSpec, Sought, StatPage
from ui.screens.statistics.pages import PAGES
from ui.screens.statistics.report_dialog import open_report_dialog
from ui.widgets.buttons import button
from ui.widgets.front_stack import FrontStack
from ui.widgets.plain import plain_caption

_LINKS = (
    ("subsidy", "以案定补", "", Permission.STATISTICS_READ),
    ("work", "工作记录", "new", Permission.WORK_KEEP),
)
"""Screens that belong to the statistics: where they lead, their words, and the right to them."""
_NEXT_KEYS, _BACK_KEYS = ("Ctrl+Tab", "Ctrl+PgDown"), ("Ctrl+Shift+Tab", "Ctrl+PgUp")


class StatisticsScreen(Screen):
    """Opened with ``page`` or ``page#argument``. Pages are built when first shown; Escape leaves a list of cases."""

    code = "statistics"
    caption = "统计"
    topics = frozenset((Topic.CASES, Topic.STATISTICS))
    scrolled = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        actor = context.services.actor
        self._specs: tuple[PageSpec, ...] = tuple(
            one for one in PAGES if one.needs is None or actor.can(one.needs)
        )
        self._pages: dict[str, StatPage] = {}
        self._fresh: set[str] = set()
        self.head = StatHead(self._today, self)
        self.tabs = QTabBar(self)
        self.keeping = Keeping(context, self)
        self.drill = DrillDown(context, self)
        self._stack = FrontStack(self)
        self.links: tuple[QWidget, ...] = tuple(
            button(words, partial(context.open_screen, code, argument))
            for code, words, argument, needed in _LINKS
            if actor.can(needed)
        )
        self._lay_out()
        self._connect()
        self.first = self.head.period.choice

    # What the window asks

    def refresh(self) -> None:
        """Work out what the rules demand first, then let the page in front read."""
        services = self.context.services
        self.context.desk.query(
            lambda: read_ground(services), self.head.show_ground, owner=self, slot="ground"
        )
        self.keeping.renew(self._read_anew)

    def open(self, argument: str) -> None:
        """Show a page: ``tables`` or ``tables#cases``."""
        code, _, rest = argument.partition("#")
        codes = [one.code for one in self._specs]
        if code in codes:
            self._leave_drill()
            self.tabs.setCurrentIndex(codes.index(code))
            if rest:
                self.page().open(rest)

    def where(self) -> str:
        """The page in front."""
        return self._specs[self.tabs.currentIndex()].code

    def pane(self) -> tuple[str, QWidget] | None:
        """What the page in front offers."""
        return self.page().pane()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is added up for a screen nobody looks at; it goes on when the screen is back."""
        self.keeping.pause()
        super().hideEvent(event)

    # Pages

    def page(self) -> StatPage:
        """The page in front, built on first use."""
        spec = self._specs[max(self.tabs.currentIndex(), 0)]
        if spec.code not in self._pages:
            made = spec.build(self.context, self.head.asked, self._stack)
            made.setAccessibleName(spec.caption)
            made.drilled.connect(self.show_cases)
            made.reread.connect(self._follow)
            self._pages[spec.code] = made
            self._stack.addWidget(made)
            for tool in made.tools:
                self.top.addWidget(tool)
        return self._pages[spec.code]

    def show_cases(self, behind: Sought) -> None:
        """List the cases behind a figure."""
        self._stack.setCurrentWidget(self.drill)
        self._show_tools()
        self.drill.show_behind(behind)
        self._bring_into_sight(self.drill)

    def _show_page(self) -> None:
        page = self.page()
        self.head.heed(period=page.periodic, filters=page.filtered)
        self._stack.setCurrentWidget(page)
        self._show_tools()
        code = self._specs[self.tabs.currentIndex()].code
        if code not in self._fresh and (self.head.asked() is not None or not page.periodic):
            self._fresh.add(code)
            page.refresh()
        self.context.settle_pane()

    def _read_anew(self) -> None:
        """Something else is asked or known: every page reads again when it is next in front."""
        self._fresh.clear()
        if self._stack.currentWidget() is self.drill and not self.drill.stands_by(self.head.asked()):
            self._leave_drill()
        elif self._stack.currentWidget() is self.drill:
            self.drill.read_again()
        page = self.page()
        if self.head.asked() is not None or not page.periodic:
            self._fresh.add(self._specs[self.tabs.currentIndex()].code)
            page.refresh()
        if self._stack.currentWidget() is not self.drill:
            self._stack.setCurrentWidget(page)
            self._show_tools()
        self.keeping.settle()

    def _bring_into_sight(self, widget: QWidget) -> None:
        """Large text leaves the head and the table no room beside each other."""
        area = self._stack.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(widget, 0, 0)

    def _follow(self, table: StatTable) -> None:
        """A case changed while its list is in front: figure and list are read again together."""
        if self._stack.currentWidget() is self.drill and not self.drill.follow(table):
            self._leave_drill()

    def _show_tools(self) -> None:
        """Those of the page in front; none over a list of cases."""
        for page in self._pages.values():
            for tool in page.tools:
                tool.setVisible(page is self._stack.currentWidget())

    def _leave_drill(self) -> None:
        if self._stack.currentWidget() is self.drill:
            page = self.page()
            self._stack.setCurrentWidget(page)
            self._show_tools()
            if page.first is not None:
                page.first.setFocus()
                self._bring_into_sight(page.first)

    def _turn(self, step: int) -> None:
        count = self.tabs.count()
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % count)

    # Building

    def _lay_out(self) -> None:
        for spec in self._specs:
            self.tabs.addTab(plain_caption(spec.caption))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setObjectName("stats.tabs")
        self.tabs.setAccessibleName("统计的各页")
        self.tabs.setVisible(len(self._specs) > 1)
        for one, (code, *_rest) in zip(
            self.links, (each for each in _LINKS if self.context.services.actor.can(each[-1])), strict=True
        ):
            one.setObjectName(f"stats.{code}")
            self.top.addWidget(one)
        self.report = button("写报告", lambda: open_report_dialog(self.context, self))
        self.report.setObjectName("stats.report")
        self.top.addWidget(self.report)
        self._stack.addWidget(self.drill)
        for widget in (self.head, self.tabs, self.keeping):
            self.body.addWidget(widget)
        self.body.addWidget(self._stack, 1)
        self.body.setSpacing(self.context.theme.px(6))

    def _connect(self) -> None:
        self.head.changed.connect(self._read_anew)
        self.tabs.currentChanged.connect(lambda _place: self._show_page())
        self.drill.left.connect(self._leave_drill)
        for keys, step in ((_NEXT_KEYS, 1), (_BACK_KEYS, -1)):
            for key in keys:
                shortcut = QShortcut(
                    QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
                )
                shortcut.activated.connect(cast(Callable[[], object], partial(self._turn, step)))

    def _today(self) -> date:
        return self.context.services.cases.local_today
