"""What is promised and not yet done, each with a small form of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy

from mediation_desk.agreements.model import Performance
from mediation_desk.agreements.performance import due_day
from mediation_desk.cases.steps.performing import Perform
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.transitions import PERFORM
from mediation_desk.shared.errors import InputError
from ui.fields.date_field import DateField
from ui.fields.money_field import MoneyField
from ui.fields.text_field import TextField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.obligation import between, which
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day, money
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.layout import clear, column, row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small
from ui.widgets.why_line import distance


class OpenItemsCard(Card):
    """``perform.<clause>.<instalment>`` opens the form of an item; 0 stands for no instalment."""

    def __init__(self, page: Page) -> None:
        super().__init__("等待履行")
        self.setObjectName("perform.card")
        self._page = page
        self._lines = column(gap=6)
        self._form: PerformForm | None = None
        self.add(self._lines)

    def show_case(self, view: CaseView) -> None:
        """The open items by day; the form that is open stays with its words."""
        rows = sorted((row for row in view.file.performance if row.done_on is None), key=due_day)
        may = view.state in PERFORM.sources
        self.setVisible(bool(rows))
        open_form = self._form
        if open_form is not None:
            self._lines.removeWidget(open_form)
            open_form.setParent(self)
            open_form.hide()
        clear(self._lines)
        self._form = None
        for item in rows:
            self._lines.addLayout(self._line(view, item, may))
            if open_form is not None and open_form.item == item:
                self._lines.addWidget(open_form)
                open_form.show()
                self._form = open_form
        if open_form is not None and self._form is None:
            open_form.deleteLater()

    def start(self) -> None:
        """Open the form of the first item."""
        rows = sorted((row for row in self._page.view.file.performance if row.done_on is None), key=due_day)
        if rows:
            self._open(rows[0])

    def primary(self) -> QPushButton | None:
        """The open form."""
        return self._form.primary() if self._form is not None else None

    def _line(self, view: CaseView, item: Performance, may: bool) -> QHBoxLayout:
        words, tone = distance(due_day(item), view.today)
        who = PlainLabel(between(view, item))
        who.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        amount = f"{money(item.amount)} 元" if item.amount is not None else ""
        when = PlainLabel(f"{day(due_day(item))} · {words}", tone=tone)
        place, sum_ = PlainLabel(which(item), role="quiet"), PlainLabel(amount)
        for whole in (place, sum_, when):  # a day or a sum is never shown in part; the names give way
            whole.setMinimumWidth(whole.sizeHint().width())
        line = row(place, who, sum_, when, gap=12)
        if may:
            deed = button("登记履行", lambda: self._open(item))
            deed.setObjectName(f"perform.{item.clause}.{item.instalment or 0}")
            deed.setAccessibleName(f"登记履行{which(item)}")
            line.addWidget(deed)
        return line

    def _open(self, item: Performance) -> None:
        view = self._page.view
        old = self._form
        self._form = PerformForm(self._page, item)
        self._form.given_up.connect(self._close)
        self._form.done.connect(self._close)
        self._form.settle(view)
        if old is not None:
            old.hide()
            old.deleteLater()
        self.show_case(view)
        self._form.focus_first()

    def _close(self) -> None:
        old, self._form = self._form, None
        if old is not None:
            old.hide()
            old.deleteLater()
            self.show_case(self._page.view)


class PerformForm(StepForm):
    """When, how much, on what evidence; a smaller sum leaves the rest open."""

    def __init__(self, page: Page, item: Performance) -> None:
        self.code = f"perform.{item.clause}.{item.instalment or 0}"
        super().__init__(page, f"登记履行　{which(item)}", "登记")
        self.item = item
        self._on = self.field("哪天做到", "on", DateField(), required=True)
        self._amount = self.field("实际金额（元）", "amount", MoneyField(), required=item.amount is not None)
        self._evidence = self.field("凭据", "evidence", TextField("例如 转账回单"))
        self.line(self._on, self._amount, self._evidence)
        if item.amount is not None:
            self.add(small("只付了一部分就填实际付的数，余下的仍留在等待履行里。", wrap=True))
        self.finish()
        self._amount.setVisible(item.amount is not None)

    def prefill(self, view: CaseView) -> None:
        """Today, the whole sum."""
        self._on.editor.set_value(max(view.today, view.file.effective_on or view.today))
        self._amount.editor.set_value(self.item.amount)
        self._evidence.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `Perform`."""
        on = self._on.editor.value()
        if on is None:
            raise InputError("请填写日期。", field="on")
        return (
            Perform(
                clause=self.item.clause,
                instalment=self.item.instalment,
                on=on,
                amount=self._amount.editor.value() if self.item.amount is not None else None,
                evidence=self._evidence.editor.value() or None,
            ),
        )
