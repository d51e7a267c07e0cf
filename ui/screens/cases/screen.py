"""案件: every case, searched and narrowed, each line leads to its page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent

from mediation_desk.cases.finding.views import View, write_query
from mediation_desk.cases.summary import CaseQuery, CaseSummary, Place
from mediation_desk.shared.changes import Topic
from ui.screens.base import Context, Screen
from ui.screens.cases.filters import CaseFilters
from ui.screens.cases.reading import Counts, Lines, read_counts, read_lines
from ui.screens.cases.saved_views import SavedViews
from ui.screens.cases.table import CaseTable
from ui.screens.cases.view_bar import ViewBar
from ui.screens.cases.words import counted_in_words, sentence
from ui.theme import theme
from ui.widgets.buttons import link, primary
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.text import line

VIEW = "#"
"""An argument of ``open`` that begins so names a view: ``#已超期``."""

_PAGE = 200
_LOW = 420
_SETTLE_MS = 150
_HEARD_MS, _MINUTE_MS = 1_500, 60_000
_NOTHING_YET = "登记的案件会出现在这里。按 Ctrl+N 登记第一件。"
_NOTHING_FITS = "没有符合的案件。少写几个字，或放宽条件。"
_NEAR = "没有写成这样的，列出姓名写法或读音相近的："


class CasesScreen(Screen):
    """Search by any word; narrow; choose a view; Enter opens. Lines come and go while scrolling."""

    code = "cases"
    caption = "案件"
    topics = frozenset((Topic.CASES,))

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._query = CaseQuery()
        self._above: Place | None = None  # the line just above the first one kept
        self._complete, self._coming = True, False
        self._count: int | None = None
        self.filters = CaseFilters(self._today)
        self.search = self.filters.search
        self.table = CaseTable(self._today, _NOTHING_YET)
        self.views = ViewBar()
        self.saved = SavedViews(context, self._read_counts)
        self.primary = primary("登记新的纠纷", lambda: context.open_screen("intake"), symbol="intake")
        self._ledger = link("导入台账", lambda: context.open_screen("ledger"))
        self._bin = link("回收站", lambda: context.open_screen("bin"))
        self._all = link("看全部", self.show_all)
        self._sentence = line()
        self._unfold = link("视图", lambda: self.views.setVisible(self.views.isHidden()))
        self._is_low = False
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._heard = QTimer(self, singleShot=True, interval=_HEARD_MS)
        self._heard.timeout.connect(self.refresh)
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self.refresh)
        self._name()
        self._lay_out()
        self._connect()
        self.first = self.search

    def refresh(self) -> None:
        """Read the lines kept again, from where they begin, and the counts after them."""
        limit = max(_PAGE, len(self.shown()))
        self._read(replace(self._query, limit=limit, after=self._above), self._show)
        self._read_counts()

    def hear(self, kind: str, case_key: str) -> None:
        """News of a server: read again in a moment, together with what follows."""
        super().hear(kind, case_key)
        if self.isVisible():
            self._heard.start()

    def showEvent(self, event: QShowEvent) -> None:
        """In front: who works on which case changes by the minute."""
        super().showEvent(event)
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """No longer in front."""
        super().hideEvent(event)
        self._minute.stop()

    def open(self, argument: str) -> None:
        """Search everything for these words, or show the view named after ``VIEW``."""
        if argument.startswith(VIEW):
            services, name = self.context.services, argument.removeprefix(VIEW)
            self.context.desk.query(
                lambda: services.views.views(services.actor),
                lambda views: self._show_view(views, name),
                owner=self,
                slot="views",
            )
        else:
            self.show_list(CaseQuery(search=argument))

    def _show_view(self, views: tuple[View, ...], name: str) -> None:
        for view in views:
            if view.name == name:
                self.show_list(view.query)

    def show_all(self) -> None:
        """Take every narrowing away."""
        self.show_list(CaseQuery())

    def show_list(self, query: CaseQuery) -> None:
        """Show another list from its beginning."""
        self.filters.show_query(query)
        self._ask_anew()

    def shown(self) -> tuple[CaseSummary, ...]:
        """The lines kept, in their order."""
        return self.table.records.records()

    def told(self) -> str:
        """What is shown, in words."""
        return self._sentence.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window keeps its room for cases: the views wait behind a button."""
        super().resizeEvent(event)
        is_low = event.size().height() < theme().px(_LOW)
        if is_low != self._is_low:
            self._is_low = is_low
            self.views.setVisible(not is_low)
            self._unfold.setVisible(is_low)

    def _read(self, query: CaseQuery, show: object, slot: str = "") -> None:
        services = self.context.services
        self._coming = True
        self.context.desk.query(lambda: read_lines(services, query), show, owner=self, slot=slot)  # type: ignore[arg-type]  # shows Lines

    def _read_counts(self) -> None:
        """Beside the queue: nobody waits for a count."""
        services, query = self.context.services, self._query
        self.context.desk.render(
            lambda: read_counts(services, query), self._show_counts, owner=self, slot="counts"
        )

    def _show(self, lines: Lines) -> None:
        self._coming = False
        self._complete = lines.complete
        self._query = replace(self._query, near=lines.query.near)
        self.table.set_empty(_NOTHING_FITS if sentence(self._query) else _NOTHING_YET)
        self.table.set_sortable(self._complete and self._above is None)
        self.table.show_records(lines.cases)
        self._tell()

    def _on_below_wanted(self) -> None:
        shown = self.shown()
        if not self._complete and not self._coming and shown:
            self._read(replace(self._query, limit=_PAGE, after=shown[-1].place), self._extend)

    def _extend(self, lines: Lines) -> None:
        self._coming, self._complete = False, lines.complete
        before = self.shown()
        fell = self.table.extend(lines.cases)
        if fell:
            self._above = before[fell - 1].place
        self.table.set_sortable(self._complete and self._above is None)
        self._tell()

    def _on_above_wanted(self) -> None:
        shown = self.shown()
        if self._above is not None and not self._coming and shown:
            # One line more than is shown: it will be the one above.
            self._read(replace(self._query, limit=_PAGE + 1, before=shown[0].place), self._precede)

    def _precede(self, lines: Lines) -> None:
        self._coming = False
        self._above = None if lines.complete else lines.cases[0].place
        fell = self.table.precede(lines.cases if lines.complete else lines.cases[1:])
        self._complete = self._complete and not fell
        self._tell()

    def _show_counts(self, counts: Counts) -> None:
        self.views.show_views(counts.views)
        self.views.show_counts(counts.of_views)
        self.filters.offer(counts.bodies)
        self._count = counts.of_list
        self._tell()

    def _tell(self) -> None:
        told, whole = sentence(self._query), self._complete and self._above is None
        count = len(self.shown()) if whole else self._count
        number = "" if count is None else counted_in_words(count)
        near = _NEAR if self._query.near else ""
        words = near + "：".join(part for part in (told, number) if part)
        if words == self.told():
            return  # scrolling changes nothing here, and laying the screen out anew takes its time
        self._sentence.setText(words)
        self._all.setVisible(bool(told))
        view = self._view()
        self.views.mark(view.name if view else "")
        self.saved.show_for(view, replace(self._query, near=False), narrowed=bool(told))

    def _view(self) -> View | None:
        kept = write_query(self._query)
        return next((view for view in self.views.views() if write_query(view.query) == kept), None)

    def _on_view_chosen(self, view: View) -> None:
        """Pressing the view in force leaves it."""
        current = self._view()
        self.show_list(CaseQuery() if current == view else view.query)

    def _name(self) -> None:
        for code, widget, words in (
            ("table", self.table, "案件"),
            ("register", self.primary, "登记新的纠纷"),
            ("all", self._all, "看全部案件"),
            ("ledger", self._ledger, "导入台账"),
            ("bin", self._bin, "回收站"),
            ("sentence", self._sentence, ""),
            ("views", self._unfold, "现成的和存好的视图"),
        ):
            if widget is not None:
                widget.setObjectName(f"cases.{code}")
                if words:
                    widget.setAccessibleName(words)

    def _lay_out(self) -> None:
        self._unfold.hide()
        self.top.addWidget(self._unfold)
        if self.primary is not None:
            self.top.addWidget(self.primary)
        card = Card(flush=True)
        card.add(self.table, 1)
        self.body.addWidget(self.views)
        self.body.addWidget(self.filters)
        self.body.addWidget(card, 1)
        self.body.addLayout(row(self._sentence, self._all, self.saved, None, self._bin, self._ledger))

    def _connect(self) -> None:
        self.filters.typed.connect(self._settle.start)
        self.filters.edited.connect(self._ask_anew)
        self.search.returnPressed.connect(self._on_search_entered)
        self._settle.timeout.connect(self._ask_anew)
        self.views.chosen.connect(self._on_view_chosen)
        self.table.chosen.connect(lambda case: self.context.open_case(case.case_key))
        self.table.below_wanted.connect(self._on_below_wanted)
        self.table.above_wanted.connect(self._on_above_wanted)

    def _ask_anew(self) -> None:
        self._settle.stop()
        self._query, self._above, self._count = self.filters.query(), None, None
        self._read(replace(self._query, limit=_PAGE), self._show_from_the_top)
        self._read_counts()

    def _show_from_the_top(self, lines: Lines) -> None:
        self._show(lines)
        self.table.scrollToTop()

    def _on_search_entered(self) -> None:
        if self._settle.isActive():
            self._ask_anew()
        self.table.setFocus()

    def _today(self) -> date:
        return self.context.services.cases.local_today
