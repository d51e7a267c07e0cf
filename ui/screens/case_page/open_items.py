"""What is promised and not yet done, each with small forms of its own; acceleration and urging above."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy

from mediation_desk.agreements.promises import Item, Standing
from mediation_desk.cases.transitions import PERFORM, URGE
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.obligation import between, left, status, tone, which
from ui.screens.case_page.performance_forms import (
    AccelerateForm,
    ExpectForm,
    PerformForm,
    UrgeForm,
    WaiveForm,
    watchable,
)
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day, money
from ui.tokens import Tone
from ui.widgets.buttons import DeskButton, button, link
from ui.widgets.card import Card
from ui.widgets.layout import clear, column, row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import paragraph, small


class OpenItemsCard(Card):
    """``perform.<clause>.<instalment>`` opens the form of an item; 0 stands for no instalment."""

    def __init__(self, page: Page) -> None:
        super().__init__("等待履行")
        self.setObjectName("perform.card")
        self._page = page
        self._banner = paragraph("", Tone.SEAL)
        self._banner.setObjectName("perform.acceleration")
        self._costs = small("", wrap=True)
        self._costs.setObjectName("perform.penalty")
        self._accelerate_way = self._way(
            "accelerate.way", "登记加速到期", lambda: self._show(self.accelerate)
        )
        self._urge_way = self._way("urge.way", "督促履行", lambda: self._show(self.urge))
        self._expect_way = self._way("expect.way", "列入履行", lambda: self._show(self.expect))
        self.accelerate, self.urge, self.expect = AccelerateForm(page), UrgeForm(page), ExpectForm(page)
        self.add(self._banner)
        self.add(self._costs)
        for form in (self.accelerate, self.urge, self.expect):
            form.hide()
            form.given_up.connect(form.hide)
            form.done.connect(form.hide)
            self.add(form)
        self._lines = column(gap=6)
        self._form: PerformForm | WaiveForm | None = None
        self.add(self._lines)

    def show_case(self, view: CaseView) -> None:
        """The open items by day; the form that is open stays with its words."""
        items = view.standing.pending if view.standing else ()
        may, may_urge = view.state in PERFORM.sources, view.state in URGE.sources
        self.setVisible(bool(items) or (may and bool(watchable(view))))
        self._show_default(view.standing, may_urge)
        self._expect_way.setVisible(may and bool(watchable(view)))
        for form in (self.accelerate, self.urge, self.expect):
            form.settle(view)
        open_form = self._form
        if open_form is not None:
            self._lines.removeWidget(open_form)
            open_form.setParent(self)
            open_form.hide()
        clear(self._lines)
        self._form = None
        for item in items:
            self._lines.addLayout(self._line(view, item, may))
            if open_form is not None and open_form.item.part == item.part:
                self._lines.addWidget(open_form)
                open_form.show()
                self._form = open_form
        if not items:
            self._lines.addWidget(small("没有还欠着的。日期只写在条款文字里的事，可以列入履行，到时候提醒。"))
        if open_form is not None and self._form is None:
            open_form.deleteLater()

    def start(self, form: str = "perform") -> None:
        """Open the form of the first item, or ``urge``."""
        items = self._page.view.standing.pending if self._page.view.standing else ()
        if form == "urge":
            self._show(self.urge)
        elif items:
            self._open(PerformForm(self._page, items[0]))

    def primary(self) -> QPushButton | None:
        """The open form."""
        inside = self._form.primary() if self._form is not None else None
        return inside or self.accelerate.primary() or self.urge.primary() or self.expect.primary()

    def _show_default(self, standing: Standing | None, may: bool) -> None:
        found = standing.acceleration if standing else None
        charges = standing.charges if standing else ()
        overdue = bool(standing and standing.overdue)
        told = "" if found is None else f"{found.sentence}。"
        if found is not None and not found.recorded:
            told += "条款的规则从文字里读出，请核对；债权人要求的，登记加速到期。"
        self._banner.setText(told)
        self._banner.setVisible(bool(told))
        self._accelerate_way.setVisible(may and found is not None and not found.recorded)
        self._urge_way.setVisible(may and overdue)
        for form, way in ((self.accelerate, self._accelerate_way), (self.urge, self._urge_way)):
            if way.isHidden():
                form.hide()
        self._costs.setVisible(bool(charges and standing))
        if charges and standing:
            rule = charges[0].penalty
            sums = "；".join(one.formula for one in charges)
            head = f"第{rule.clause}条（{rule.text}）违约金、逾期利息，截至今天{money(standing.penalty)}元"
            self._costs.setText(f"{head}：{sums}。")

    def _line(self, view: CaseView, item: Item, may: bool) -> QHBoxLayout:
        who = PlainLabel(between(view, item))
        who.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        when = small(f"{day(item.falls_due)} · {status(item)}", tone(item))
        when.setAccessibleDescription(item.why)
        place, sum_ = PlainLabel(which(item), role="quiet"), PlainLabel(left(item))
        for whole in (place, sum_):  # a sum is never shown in part; the names give way
            whole.setMinimumWidth(whole.sizeHint().width())
        line = row(column(row(place, who, sum_, gap=12), when, gap=0), gap=12)
        line.setStretch(0, 1)
        if may:
            name = f"{item.clause}.{item.instalment or 0}"
            line.addWidget(
                self._deed(link("免除", lambda: self._open(WaiveForm(self._page, item))), "waive", name, item)
            )
            deed = button("登记履行", lambda: self._open(PerformForm(self._page, item)))
            line.addWidget(self._deed(deed, "perform", name, item))
        return line

    def _deed(self, made: DeskButton, code: str, name: str, item: Item) -> DeskButton:
        made.setObjectName(f"{code}.{name}")
        word = "登记履行" if code == "perform" else "免除"
        made.setAccessibleName(f"{word}{which(item)}")
        return made

    def _way(self, name: str, word: str, on_click: Callable[[], object]) -> DeskButton:
        made = button(word, on_click)
        made.setObjectName(name)
        self.header.addWidget(made)
        return made

    def _show(self, form: StepForm) -> None:
        form.show()
        form.focus_first()

    def _open(self, form: PerformForm | WaiveForm) -> None:
        view = self._page.view
        old, self._form = self._form, form
        form.given_up.connect(self._close)
        form.done.connect(self._close)
        form.settle(view)
        if old is not None:
            old.hide()
            old.deleteLater()
        self.show_case(view)
        form.focus_first()

    def _close(self) -> None:
        old, self._form = self._form, None
        if old is not None:
            old.hide()
            old.deleteLater()
            self.show_case(self._page.view)
