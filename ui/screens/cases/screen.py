"""案件: every case, searched and narrowed, each line leads to its page."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer

from mediation_desk.cases.lifecycle import OPEN, UNSUCCESSFUL, State
from mediation_desk.cases.model import Track
from mediation_desk.cases.summary import CaseQuery, CaseSummary
from mediation_desk.shared.changes import Topic
from mediation_desk.shared.money import figures
from ui.fields.choice_field import ChoiceField
from ui.fields.text_field import TextField
from ui.screens.base import Context, Screen
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button, primary
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.text import small
from ui.widgets.why_line import distance, short_day

_PAGE = 200
_SETTLE_MS = 150
_STATES: dict[str, tuple[State, ...]] = {
    "在办": tuple(state for state in State if state in OPEN),
    "履行中": (State.EFFECTIVE, State.PERFORMING),
    "履行完毕": (State.PERFORMED,),
    "未达成": tuple(state for state in State if state in UNSUCCESSFUL),
    "归档": (State.ARCHIVED,),
}


class CasesScreen(Screen):
    """Search by number, name or title; narrow by state and track; Enter opens."""

    code = "cases"
    caption = "案件"
    topics = frozenset((Topic.CASES,))

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.search = TextField("按编号、姓名、标题查找", longest=100)
        self.search.setAccessibleName("查找案件")
        self.states: ChoiceField[str] = ChoiceField(_STATES, empty="全部状态")
        self.states.setAccessibleName("状态")
        self.tracks: ChoiceField[Track] = ChoiceField(Track, empty="全部类型")
        self.tracks.setAccessibleName("调解类型")
        self._register = primary("登记新的纠纷", lambda: context.open_screen("intake"), symbol="intake")
        self.primary = self._register
        self.table: RecordTable[CaseSummary] = RecordTable(
            "案件", _columns(self._today()), key=lambda case: case.case_key, empty="登记的案件会出现在这里。"
        )
        self._count = small()
        self._more = button("再取一些", self._on_more)
        self._limit = _PAGE
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._lay_out()
        self._connect()
        self.first = self.search

    def refresh(self) -> None:
        """Read the list that is asked for; one case more than shown tells whether there are others."""
        services, query = self.context.services, self._query()
        self.context.desk.query(
            lambda: services.cases.summaries(services.actor, query), self._show, owner=self
        )

    def open(self, argument: str) -> None:
        """Search for these words."""
        self.search.set_value(argument)
        self._on_settled()

    def _query(self) -> CaseQuery:
        states = _STATES.get(self.states.value() or "", ())
        return CaseQuery(
            search=self.search.value(), states=states, track=self.tracks.value(), limit=self._limit + 1
        )

    def _show(self, cases: tuple[CaseSummary, ...]) -> None:
        shown = cases[: self._limit]
        narrowed = bool(self.search.value() or self.states.value() or self.tracks.value())
        self.table.set_empty(
            "没有符合的案件。少写几个字，或放宽状态。" if narrowed else "登记的案件会出现在这里。"
        )
        self.table.show_records(shown)
        self._more.setVisible(len(cases) > len(shown))
        self._count.setText(
            f"只列出最近的 {len(shown)} 件，后面还有" if len(cases) > len(shown) else f"共 {len(shown)} 件"
        )

    def _lay_out(self) -> None:
        px = theme().px
        self.search.setMinimumWidth(px(180))
        self.search.setMaximumWidth(px(320))
        for widget in (self.search, self.states, self.tracks):
            self.top.addWidget(widget)
        self.top.addWidget(self._register)
        card = Card(flush=True)
        card.add(self.table, 1)
        self.body.addWidget(card, 1)
        self.body.addLayout(row(self._count, None, self._more))

    def _connect(self) -> None:
        self.search.edited.connect(self._settle.start)
        self.search.returnPressed.connect(self.table.setFocus)
        self._settle.timeout.connect(self._on_settled)
        self.states.edited.connect(self._on_settled)
        self.tracks.edited.connect(self._on_settled)
        self.table.chosen.connect(lambda case: self.context.open_case(case.case_key))

    def _on_settled(self) -> None:
        self._limit = _PAGE
        self.refresh()

    def _on_more(self) -> None:
        self._limit += _PAGE
        self.refresh()

    def _today(self) -> date:
        return self.context.services.cases.local_today


def _columns(today: date) -> tuple[Column[CaseSummary], ...]:
    return (
        Column("编号", lambda case: case.number or "未受理", width=216, tone=_number_tone),
        Column("纠纷", lambda case: case.title),
        Column("当事人", lambda case: case.party_names, optional=True),
        Column("类型", lambda case: case.track.value, width=90, optional=True),
        Column("状态", lambda case: case.state.value, width=100, tone=lambda case: state_tone(case.state)),
        Column("调解员", lambda case: case.presiding_name or "—", width=84, optional=True),
        Column(
            "期限",
            lambda case: _due(case, today),
            width=128,
            tone=lambda case: _due_tone(case, today),
            sort=lambda case: case.due_on or date.max,
            optional=True,
            explain=lambda case: (
                f"{case.due_on.isoformat()}，{distance(case.due_on, today)[0]}" if case.due_on else ""
            ),
        ),
        Column(
            "协议金额",
            lambda case: figures(case.agreed_yuan) if case.agreed_yuan else "—",
            width=116,
            number=True,
            sort=lambda case: case.agreed_yuan,
            optional=True,
        ),
    )


def state_tone(state: State) -> Tone:
    """The colour that goes with a state's word."""
    if state in (State.EFFECTIVE, State.PERFORMING, State.PERFORMED):
        return Tone.DONE
    if state in UNSUCCESSFUL or state is State.ARCHIVED:
        return Tone.QUIET
    return Tone.SOON if state is State.AGREED_UNSIGNED else Tone.ACCENT


def _number_tone(case: CaseSummary) -> Tone:
    return Tone.INK if case.number else Tone.QUIET


def _due(case: CaseSummary, today: date) -> str:
    return short_day(case.due_on, today) if case.due_on and case.state in OPEN else "—"


def _due_tone(case: CaseSummary, today: date) -> Tone:
    return distance(case.due_on, today)[1] if case.due_on and case.state in OPEN else Tone.QUIET
