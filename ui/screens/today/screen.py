"""工作台: what this day asks for - sessions, deadlines, signatures, payments."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QTableView, QWidget

from mediation_desk.cases.summary import CaseSummary, OpenItem, PlannedSession, Today
from mediation_desk.shared.changes import Changes, Topic
from ui.fields.date_field import show_day
from ui.screens.base import Context, Screen
from ui.screens.today.columns import deadline_columns, item_columns, session_columns, waiting_columns
from ui.screens.today.welcome import Welcome
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import primary
from ui.widgets.card import Card
from ui.widgets.figure import Figure
from ui.widgets.layout import boxed, column, row
from ui.widgets.text import small

_SOON_DAYS = 7
_TWO_ABREAST, _CARD_HEIGHT = 800, 200
_EVERYTHING = Changes.of(*Topic)


class TodayScreen(Screen):
    """Five figures, four short lists; every line leads to its case."""

    code = "today"
    caption = "工作台"
    topics = frozenset((Topic.CASES, Topic.SESSIONS, Topic.CENTRE))
    scrolled = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._on = context.services.cases.local_today
        self._date = small(show_day(self._on))
        self.top.insertWidget(1, self._date)
        self.primary = primary("登记新的纠纷", lambda: context.open_screen("intake"), symbol="intake")
        self.top.addWidget(self.primary)
        self._build_figures()
        self._build_lists()
        self._welcome = Welcome(context, self._on_sample_wanted)
        self._pages = QStackedWidget()
        for page in (boxed(column(self._figures, self._lists, gap=12)), self._welcome):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages, 1)
        self.first = self.sessions

    def refresh(self) -> None:
        """Read the day, and whether there is anything at all."""
        services = self.context.services
        self.context.desk.query(
            lambda: (services.cases.today(services.actor), services.is_empty()), self._show, owner=self
        )

    def _show(self, answer: tuple[Today, bool]) -> None:
        today, empty = answer
        self._on = today.on
        self._date.setText(show_day(today.on))
        self._pages.setCurrentIndex(1 if empty else 0)
        self.sessions.show_records(today.sessions)
        self.deadlines.show_records(today.deadlines)
        self.waiting.show_records((*today.to_accept, *today.to_sign))
        self.items.show_records(today.due_items)
        self._show_figures(today)

    def _show_figures(self, today: Today) -> None:
        here = [one for one in today.sessions if one.date == today.on]
        first = f"第一场 {min(one.start for one in here):%H:%M}" if here else "今天没有安排"
        soon = [
            case for case in today.deadlines if case.due_on and (case.due_on - today.on).days <= _SOON_DAYS
        ]
        late = sum(1 for case in soon if case.due_on and case.due_on < today.on)
        overdue = [item for item in today.due_items if item.due_on < today.on]
        self._of_sessions.show_number(str(len(here)), note=first)
        self._of_deadlines.show_number(
            str(len(soon)), note=f"其中已过期限 {late} 件" if late else "没有过期的", tone=_alarm(late)
        )
        self._of_waiting.show_number(
            str(len(today.to_accept) + len(today.to_sign)),
            note=f"受理 {len(today.to_accept)} · 签名 {len(today.to_sign)}",
        )
        self._of_items.show_number(
            str(len(overdue)), note="催一催，记一笔" if overdue else "没有逾期的", tone=_alarm(len(overdue))
        )
        self._of_open.show_number(f"{today.open_cases:,}", note="尚未结案")
        self.context.frame.show_count(self.code, len(here))

    def _build_figures(self) -> None:
        self._of_sessions = Figure("今天的调解", unit="场")
        self._of_deadlines = Figure("七天内到期", unit="件")
        self._of_waiting = Figure("等受理、等签名", unit="件")
        self._of_items = Figure("逾期未履行", unit="笔")
        self._of_open = Figure("在办案件", unit="件")
        self._of_open.clicked.connect(lambda: self.context.open_screen("cases"))
        self._figures = boxed(
            row(
                self._of_sessions,
                self._of_deadlines,
                self._of_waiting,
                self._of_items,
                self._of_open,
                gap=12,
            )
        )

    def _build_lists(self) -> None:
        self.sessions: RecordTable[PlannedSession] = RecordTable(
            "近日的调解", session_columns(self._day), key=_session_key, empty="安排好的调解会出现在这里。"
        )
        self.deadlines: RecordTable[CaseSummary] = RecordTable(
            "调解期限",
            deadline_columns(self._day),
            key=_case_key,
            empty="受理之后，每件案子的期限会出现在这里。",
        )
        self.waiting: RecordTable[CaseSummary] = RecordTable(
            "等受理、等签名", waiting_columns(), key=_case_key, empty="没有等着受理或签名的案件。"
        )
        self.items: RecordTable[OpenItem] = RecordTable(
            "待履行", item_columns(self._day), key=_item_key, empty="协议生效后，每一笔未履行的会出现在这里。"
        )
        self._grid = QGridLayout()
        self._grid.setSpacing(theme().px(12))
        pairs: tuple[tuple[Figure, QTableView], ...] = (
            (self._of_sessions, self.sessions),
            (self._of_deadlines, self.deadlines),
            (self._of_waiting, self.waiting),
            (self._of_items, self.items),
        )
        self._cards = [_in_card(table) for _figure, table in pairs]
        for figure, table in pairs:
            figure.clicked.connect(table.setFocus)
        for signal in (self.sessions.chosen, self.deadlines.chosen, self.waiting.chosen, self.items.chosen):
            signal.connect(lambda record: self.context.open_case(record.case_key))
        self._lists = boxed(self._grid)
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows put the lists beneath each other."""
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        abreast = 2 if self.width() >= theme().px(_TWO_ABREAST) else 1
        for place, card in enumerate(self._cards):
            card.setMinimumHeight(theme().px(_CARD_HEIGHT))
            self._grid.addWidget(card, place // abreast, place % abreast)

    def _day(self) -> date:
        return self._on

    def _on_sample_wanted(self) -> None:
        self.context.desk.command(
            self.context.services.fill_sample, self._on_sample_filled, touches=_EVERYTHING, owner=self
        )

    def _on_sample_filled(self, _nothing: None) -> None:
        self.context.say("示例中心已经装好，里面的人和事都是编的。")


def _in_card(table: QWidget) -> Card:
    card = Card(table.accessibleName(), flush=True)
    card.add(table, 1)
    return card


def _alarm(count: int) -> Tone:
    return Tone.SEAL if count else Tone.INK


def _session_key(one: PlannedSession) -> object:
    return one.case_key, one.no


def _case_key(case: CaseSummary) -> object:
    return case.case_key


def _item_key(item: OpenItem) -> object:
    return item.case_key, item.clause, item.instalment
