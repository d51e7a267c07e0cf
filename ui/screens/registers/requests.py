"""个人信息请求: who asked to see, copy, correct or delete what is held about them, and by when they are answered."""

from __future__ import annotations

from mediation_desk.access.permissions import Permission
from mediation_desk.access.roles import missing
from mediation_desk.cases.privacy.personal_rules import personal_rules
from mediation_desk.cases.privacy.requests import MOST_LISTED, PersonRequest
from mediation_desk.shared.changes import Topic
from ui.screens.base import Context, Screen
from ui.screens.registers.request_answer import AnswerForm, Opened, due_words, read_request
from ui.screens.registers.request_form import TOPIC, NewRequestForm, RequestForm
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.tokens import Tone
from ui.widgets.buttons import button, primary
from ui.widgets.card import Card
from ui.widgets.text import small

_LOWEST = 280
_ASKS = {"requests.copy": Permission.PERSON_EXPORT, "requests.correct": Permission.CASE_CORRECT}


class RequestsScreen(Screen):
    """Those that wait first, the most urgent on top; Enter answers the current one."""

    code = "requests"
    caption = "个人信息请求"
    topics = frozenset((TOPIC, Topic.CENTRE))
    scrolled = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table: RecordTable[PersonRequest] = RecordTable(
            "个人信息请求", self._columns(), key=lambda one: one.id, empty="还没有人提出请求。"
        )
        self.table.setObjectName("requests.lines")
        self.table.setMinimumHeight(context.theme.px(_LOWEST))
        self.add_button = primary("记请求", self.start, symbol="add")
        self.answer_button = button("答复", self._on_answer)
        self.form, self.answering = NewRequestForm(context), AnswerForm(context)
        self._count = small()
        self._lay_out()
        self._connect()
        self.primary, self.first = self.add_button, self.table
        self._settle()

    def refresh(self) -> None:
        """Read the register."""
        services = self.context.services
        self.context.desk.query(
            lambda: services.requests.listed(services.actor), self._show, owner=self, slot="requests"
        )

    def open(self, argument: str) -> None:
        """``new`` begins a request, ``#12`` answers the request 12."""
        if argument == "new":
            self.start()
        elif argument.startswith("#") and argument[1:].isdigit():
            self.answer(int(argument[1:]))

    def where(self) -> str:
        """The form that is open."""
        if self.form.isVisibleTo(self):
            return "new"
        return self.about()

    def about(self) -> str:
        """The request that is being answered."""
        opened = self.answering.opened
        return f"#{opened.request.id}" if opened and self.answering.isVisibleTo(self) else ""

    def refusal(self, name: str) -> str:
        """What this account may not do for somebody who asks."""
        asked = _ASKS.get(name)
        return "" if asked is None or self.context.services.actor.can(asked) else missing(asked)

    def start(self) -> None:
        """Open the form of a new request."""
        self._bring(self.form)
        self.form.begin()
        self.first = self.form.first

    def answer(self, number: int) -> None:
        """Open a request in full, which leaves an entry in the audit trail."""
        services = self.context.services
        self.context.desk.query(
            lambda: read_request(services, number), self._on_opened, owner=self, slot="opened"
        )

    def _show(self, requests: tuple[PersonRequest, ...]) -> None:
        today = self.context.services.requests.local_today
        self.table.show_records(requests)
        waiting = [one for one in requests if one.is_open]
        late = sum(one.overdue(today) for one in waiting)
        words = [f"{len(waiting)} 件没有答复", *([f"逾期 {late} 件"] if late else [])]
        if len(requests) == MOST_LISTED:
            words.append(f"只列{MOST_LISTED}件")
        self._count.setText("，".join(words) if requests else "")
        self._count.set_tone(Tone.SEAL if late else Tone.QUIET)
        self._settle()

    def _settle(self) -> None:
        current = self.table.current()
        self.answer_button.setEnabled(current is not None and current.is_open)

    def _on_answer(self) -> None:
        one = self.table.current()
        if one is not None and one.is_open:
            self.answer(one.id)

    def _on_opened(self, opened: Opened) -> None:
        if opened.request.is_open:
            self._bring(self.answering)
            self.answering.begin(opened)
            self.first = self.answering.first

    def _bring(self, form: RequestForm) -> None:
        for one in (self.form, self.answering):
            one.setVisible(one is form)
        self.add_button.hide()
        self.primary = form.submit

    def _put_away(self) -> None:
        self.form.hide()
        self.answering.hide()
        self.add_button.show()
        self.primary, self.first = self.add_button, self.table
        self.table.setFocus()

    def _lay_out(self) -> None:
        self.add_button.setObjectName("requests.add")
        self.answer_button.setObjectName("requests.reply")
        for one in (self.answer_button, self.add_button):
            self.top.addWidget(one)
        rules = personal_rules()
        self.body.addWidget(
            small(
                f"提出之日起{rules.request_days}天内答复（{rules.request_basis}）。登记和答复都不能改，再提的另记一件。",
                wrap=True,
            )
        )
        for form in (self.form, self.answering):
            self.body.addWidget(form)
            form.hide()
        card = Card("请求", flush=True)
        card.header.addWidget(self._count)
        card.add(self.table, 1)
        self.body.addWidget(card, 1)

    def _connect(self) -> None:
        self.table.moved.connect(lambda _one: self._settle())
        self.table.chosen.connect(lambda _one: self._on_answer())
        for form in (self.form, self.answering):
            form.left.connect(self._put_away)

    def _columns(self) -> tuple[Column[PersonRequest], ...]:
        return (
            Column(
                "最迟答复", lambda one: one.due_on.isoformat(), width=108, tone=self._tone, explain=due_words
            ),
            Column("状态", self._standing, width=190, tone=self._tone),
            Column("请求", lambda one: one.kind.value, width=64, tone=self._tone),
            Column("谁", _who, width=120, tone=self._tone),
            Column("内容", lambda one: one.what, tone=self._tone, explain=lambda one: one.what),
            Column("收到", lambda one: one.on.isoformat(), width=108, tone=self._tone, optional=True),
            Column(
                "答复", lambda one: one.answer, width=160, tone=self._tone, explain=_answer, optional=True
            ),
            Column("经办", lambda one: one.clerk, width=80, tone=self._tone, optional=True),
        )

    def _standing(self, one: PersonRequest) -> str:
        return one.standing(self.context.services.requests.local_today)

    def _tone(self, one: PersonRequest) -> Tone:
        if not one.is_open:
            return Tone.QUIET
        return Tone.SEAL if one.overdue(self.context.services.requests.local_today) else Tone.INK


def _who(one: PersonRequest) -> str:
    return f"{one.name}（{one.agent}代）" if one.agent else one.name


def _answer(one: PersonRequest) -> str:
    return f"{one.answer}（{one.answered_by}）" if one.answer else ""
