"""往来账 and 督促: the money between each debtor and creditor, and the notices that went out."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton

from mediation_desk.agreements.account import Account, Entry, Line, accounts
from mediation_desk.agreements.keeping import Urging
from mediation_desk.agreements.settling import refs
from mediation_desk.cases.kept import promises_of
from mediation_desk.cases.transitions import URGE
from ui.screens.case_page.performance_forms import ServeForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day, money
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import link
from ui.widgets.card import Card
from ui.widgets.layout import clear, column, row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import line, small

_MOST_ROWS = 8


class AccountCard(Card):
    """One table per debtor and creditor, with the running balance."""

    def __init__(self, page: Page) -> None:
        super().__init__("往来账", flush=True)
        self.setObjectName("account.card")
        self._page = page
        self._print = link("看往来账", lambda: page.show_stored("account"))
        self._print.setObjectName("account.paper")
        self.header.addWidget(self._print)
        self._lines = column(gap=8)
        self.add(self._lines)

    def show_case(self, view: CaseView) -> None:
        """The accounts as of today."""
        found = accounts(promises_of(view.file), view.standing) if view.standing else ()
        self.setVisible(bool(found))
        clear(self._lines)
        for number, account in enumerate(found):
            self._lines.addWidget(self._head(view, account))
            if account.lines:
                self._lines.addWidget(self._table(number, account))

    def _head(self, view: CaseView, account: Account) -> PlainLabel:
        name_of = view.file.name_of
        payer, payee = ("、".join(map(name_of, refs(one))) for one in (account.payer, account.payee))
        words = [f"{payer} → {payee}　到期未付 {money(account.balance)} 元"]
        if account.to_come:
            words.append(f"还没有到期 {money(account.to_come)} 元")
        if account.penalty:
            words.append(f"另计违约金、逾期利息 {money(account.penalty)} 元")
        head = line("，".join(words), Tone.SEAL if account.balance else Tone.INK)
        pad = theme().px(16)
        head.setContentsMargins(pad, theme().px(6), pad, 0)
        return head

    def _table(self, number: int, account: Account) -> RecordTable[Line]:
        table: RecordTable[Line] = RecordTable(
            f"往来账{number + 1}", _columns(), empty="还没有一笔。", key=id, sortable=False
        )
        table.setObjectName(f"account.{number}")
        table.show_records(account.lines)
        table.setFixedHeight(table.content_height(min(len(account.lines), _MOST_ROWS)))
        return table


def _columns() -> tuple[Column[Line], ...]:
    def amount(entry: Entry) -> Column[Line]:
        return Column(
            f"{entry}（元）",
            lambda one: money(one.amount) if one.entry is entry else "",
            width=112,
            number=True,
        )

    return (
        Column("日期", lambda one: one.on.isoformat(), width=104),
        Column(
            "条款",
            lambda one: f"第{one.clause}条" + (f"第{one.instalment}期" if one.instalment else ""),
            width=104,
        ),
        *(amount(entry) for entry in Entry),
        Column("余额（元）", lambda one: money(one.balance), width=112, number=True),
        Column("凭据、理由", lambda one: one.note),
    )


class UrgingsCard(Card):
    """Notices sent, the newest first, each with its service and its paper."""

    def __init__(self, page: Page) -> None:
        super().__init__("督促")
        self.setObjectName("urgings.card")
        self._page = page
        self._form: ServeForm | None = None
        self._lines = column(gap=6)
        self.add(self._lines)

    def show_case(self, view: CaseView) -> None:
        """Whom, when, over how much, and whether it arrived."""
        found = view.file.beside.urgings
        self.setVisible(bool(found))
        open_form = self._form
        if open_form is not None:
            self._lines.removeWidget(open_form)
            open_form.setParent(self)
        clear(self._lines)
        may = view.state in URGE.sources
        for place, urging in reversed(tuple(enumerate(found))):
            served = f"{day(urging.served_on)}送达" if urging.served_on else "还没有登记送达"
            how = f"（{urging.how}）" if urging.how else ""
            name = view.file.name_of(urging.of)
            words = f"第{urging.no}次　{day(urging.on)}　{name}　{money(urging.amount)} 元　{served}{how}"
            paper = link("看通知书", partial(self._page.show_stored, "urging", place))
            paper.setObjectName(f"urging.paper.{urging.no}")
            made = row(small(words), None, paper)
            if may and urging.served_on is None:
                serve = link("登记送达", partial(self._open, urging))
                serve.setObjectName(f"serve.{urging.no}")
                made.addWidget(serve)
            self._lines.addLayout(made)
            if open_form is not None and open_form.urging.no == urging.no and urging.served_on is None:
                self._lines.addWidget(open_form)
                open_form.show()

    def primary(self) -> QPushButton | None:
        """The open form."""
        return self._form.primary() if self._form is not None else None

    def _open(self, urging: Urging) -> None:
        self._close()
        self._form = ServeForm(self._page, urging)
        self._form.given_up.connect(self._close)
        self._form.done.connect(self._close)
        self._form.settle(self._page.view)
        self.show_case(self._page.view)
        self._form.focus_first()

    def _close(self) -> None:
        old, self._form = self._form, None
        if old is not None:
            old.hide()
            old.deleteLater()
