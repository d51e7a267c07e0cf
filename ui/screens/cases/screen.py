"""案件: every case, searched and narrowed, each line leads to its page."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer

from mediation_desk.cases.summary import CaseQuery, CaseSummary
from mediation_desk.shared.changes import Topic
from mediation_desk.shared.track import Track
from ui.fields.choice_field import ChoiceField
from ui.fields.text_field import TextField
from ui.screens.base import Context, Screen
from ui.screens.cases.columns import GROUPS
from ui.screens.cases.table import CaseTable
from ui.theme import theme
from ui.widgets.buttons import link, primary
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.text import small

_PAGE = 200
_SETTLE_MS = 150
_NOTHING_YET = "登记的案件会出现在这里。按 Ctrl+N 登记第一件。"
_NOTHING_FITS = "没有符合的案件。少写几个字，或放宽状态。"


class CasesScreen(Screen):
    """Search by number, name or title; narrow by state and track; Enter opens. Pages come while scrolling."""

    code = "cases"
    caption = "案件"
    topics = frozenset((Topic.CASES,))

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._cases: tuple[CaseSummary, ...] = ()
        self._complete, self._coming = True, False
        self.search = TextField("编号、姓名或纠纷里的词", longest=100)
        self.states: ChoiceField[str] = ChoiceField(GROUPS, empty="全部状态")
        self.tracks: ChoiceField[Track] = ChoiceField(Track, empty="三种调解")
        self.table = CaseTable(self._today, _NOTHING_YET)
        self.primary = primary("登记新的纠纷", lambda: context.open_screen("intake"), symbol="intake")
        self._ledger = link("导入台账", lambda: context.open_screen("ledger"))
        self._all = link("看全部", self.show_all)
        self._count = small()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._name()
        self._lay_out()
        self._connect()
        self.first = self.search

    def refresh(self) -> None:
        """Read the list that is asked for; as long as it was, when something changed meanwhile."""
        services, query = self.context.services, self._query(limit=max(_PAGE, len(self._cases)))
        self._coming = False
        self.context.desk.query(
            lambda: services.cases.summaries(services.actor, query),
            lambda cases: self._show(cases, asked=query.limit),
            owner=self,
        )

    def open(self, argument: str) -> None:
        """Search for these words."""
        self.search.set_value(argument)
        self._ask_anew()

    def show_all(self) -> None:
        """Take every narrowing away."""
        self.search.set_value("")
        self.states.set_value(None)
        self.tracks.set_value(None)
        self._ask_anew()

    def shown(self) -> tuple[CaseSummary, ...]:
        """The cases read so far, newest first."""
        return self._cases

    def _query(self, *, limit: int, offset: int = 0) -> CaseQuery:
        return CaseQuery(
            search=self.search.value(),
            states=GROUPS.get(self.states.value() or "", ()),
            track=self.tracks.value(),
            limit=limit,
            offset=offset,
        )

    def _show(self, cases: tuple[CaseSummary, ...], *, asked: int) -> None:
        self._cases, self._complete = cases, len(cases) < asked
        self.table.set_empty(_NOTHING_FITS if self._is_narrowed() else _NOTHING_YET)
        self.table.show_records(cases)
        self._tell()

    def _on_more_wanted(self) -> None:
        if self._complete or self._coming:
            return
        self._coming = True
        services, query = self.context.services, self._query(limit=_PAGE, offset=len(self._cases))
        self.context.desk.query(
            lambda: services.cases.summaries(services.actor, query), self._append, owner=self
        )

    def _append(self, page: tuple[CaseSummary, ...]) -> None:
        known = {case.case_key for case in self._cases}
        self._complete, self._coming = len(page) < _PAGE, False
        # A case registered meanwhile moves the pages by one: the same line may come again.
        self._cases = (*self._cases, *(case for case in page if case.case_key not in known))
        self.table.add_cases(self._cases)
        self._tell()

    def _tell(self) -> None:
        count = len(self._cases)
        ordered = self.table.horizontalHeader().sortIndicatorSection() >= 0
        more = "，往下滚动继续读" + ("；排序只在已读的里面" if ordered else "")
        self._count.setText(f"共 {count} 件" if self._complete else f"已读 {count} 件{more}")
        self._all.setVisible(self._is_narrowed())

    def _is_narrowed(self) -> bool:
        return bool(self.search.value() or self.states.value() or self.tracks.value())

    def _name(self) -> None:
        for code, widget, words in (
            ("search", self.search, "查找案件"),
            ("states", self.states, "按状态筛选"),
            ("tracks", self.tracks, "按调解种类筛选"),
            ("table", self.table, "案件"),
            ("register", self.primary, "登记新的纠纷"),
            ("all", self._all, "看全部案件"),
            ("ledger", self._ledger, "导入台账"),
        ):
            if widget is not None:
                widget.setObjectName(f"cases.{code}")
                widget.setAccessibleName(words)

    def _lay_out(self) -> None:
        px = theme().px
        self.search.setMinimumWidth(px(160))
        self.search.setMaximumWidth(px(320))
        for widget in (self.search, self.states, self.tracks, self.primary):
            if widget is not None:
                self.top.addWidget(widget)
        self.top.setStretchFactor(self.search, 2)
        card = Card(flush=True)
        card.add(self.table, 1)
        self.body.addWidget(card, 1)
        self.body.addLayout(row(self._count, self._all, None, self._ledger))

    def _connect(self) -> None:
        self.search.edited.connect(self._settle.start)
        self.search.returnPressed.connect(self._on_search_entered)
        self._settle.timeout.connect(self._ask_anew)
        self.states.edited.connect(self._ask_anew)
        self.tracks.edited.connect(self._ask_anew)
        self.table.chosen.connect(lambda case: self.context.open_case(case.case_key))
        self.table.more_wanted.connect(self._on_more_wanted)
        self.table.horizontalHeader().sortIndicatorChanged.connect(lambda *_: self._tell())

    def _ask_anew(self) -> None:
        self._settle.stop()
        self._cases = ()
        self.refresh()

    def _on_search_entered(self) -> None:
        if self._settle.isActive():
            self._ask_anew()
        self.table.setFocus()

    def _today(self) -> date:
        return self.context.services.cases.local_today
