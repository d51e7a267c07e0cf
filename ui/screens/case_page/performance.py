"""履行: what is promised and not yet done, what was done, the court's confirmation, and the visits."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from mediation_desk.agreements.promises import Item
from mediation_desk.cases.lifecycle import AGREED, State
from mediation_desk.statistics.figures import rate
from ui.screens.case_page.account_card import AccountCard, UrgingsCard
from ui.screens.case_page.confirmation import ConfirmationCard
from ui.screens.case_page.obligation import between, status, tone, which
from ui.screens.case_page.open_items import OpenItemsCard
from ui.screens.case_page.tab import Page, Tab
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.visits import VisitsCard
from ui.screens.case_page.words import money
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState

_MOST_ROWS = 8


class PerformanceTab(Tab):
    """Open items first, late ones in seal red."""

    code = "performance"
    papers = ("urging", "agreement", "oral", "notice")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._empty = EmptyState("协议生效以后，每一笔钱、每一件事做到哪里记在这里。", symbol="money")
        self.open_items = OpenItemsCard(page)
        self._done = Card("已经履行", flush=True)
        self._table: RecordTable[Item] = RecordTable(
            "已经履行", self._columns(), empty="还没有履行。", key=lambda item: item.part
        )
        self._table.setObjectName("performance.done")
        self._done.add(self._table)
        self.confirmation = ConfirmationCard(page)
        self.visits = VisitsCard(page)
        self.urgings, self.account = UrgingsCard(page), AccountCard(page)
        shown = (self.open_items, self.urgings, self._done, self.account, self.confirmation, self.visits)
        for widget in (self._empty, *shown):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def show_case(self, view: CaseView) -> None:
        """Everything after the agreement."""
        file = view.file
        after = file.effective_on is not None or file.outcome is not None
        after = after and view.state is not State.AGREED_UNSIGNED
        done = view.standing.settled if view.standing else ()
        self._empty.setVisible(not after)
        for card in (self.open_items, self.urgings, self.account):
            card.show_case(view)
        self._done.setVisible(bool(done))
        self._table.show_records(done)
        self._done.remark.setText(_kept(view))
        self._table.setFixedHeight(self._table.content_height(min(max(len(done), 1), _MOST_ROWS)))
        self.confirmation.setVisible(file.effective_on is not None)
        self.confirmation.show_case(view)
        self.visits.setVisible(after or view.state in AGREED)
        self.visits.show_case(view)

    def start(self, form: str) -> None:
        """``perform``, ``urge``, ``visit``, ``apply`` or ``ruling``."""
        if form in ("perform", "urge"):
            self.open_items.start(form)
        elif form == "visit":
            self.visits.start()
        elif form in ("apply", "ruling"):
            self.confirmation.start(form)

    def primary(self) -> QPushButton | None:
        """The form that is open."""
        forms = (self.open_items, self.urgings, self.confirmation, self.visits)
        return next((found for form in forms if (found := form.primary()) is not None), None)

    def _columns(self) -> tuple[Column[Item], ...]:
        return (
            Column("条款", which, width=116),
            Column("谁 → 谁", lambda item: between(self.page.view, item)),
            Column(
                "已付（元）", lambda item: money(item.paid) if item.amount else "", width=108, number=True
            ),
            Column(
                "免除（元）",
                lambda item: money(item.waived) if item.waived else "",
                width=108,
                number=True,
                optional=True,
            ),
            Column("应在", lambda item: item.falls_due.isoformat(), width=112),
            Column("做到", lambda item: item.done_on.isoformat() if item.done_on else "", width=112),
            Column("", status, width=128, tone=tone, explain=lambda item: item.evidence),
        )


def _kept(view: CaseView) -> str:
    """``到期 147,500.00 元，已付 92,500.00 元（62.71%）``: of what has fallen due only."""
    found = view.standing
    if found is None or not found.due:
        return ""
    share = rate(int(found.paid * 100), int(found.due * 100))
    forgiven = f"，免除 {money(found.waived)} 元" if found.waived else ""
    return f"到期 {money(found.due)} 元，已付 {money(found.paid)} 元（{share}%）{forgiven}"
