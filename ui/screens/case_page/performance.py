"""履行: what is promised and not yet done, what was done, the court's confirmation, and the visits."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from mediation_desk.agreements.model import Performance
from mediation_desk.agreements.performance import due_day
from mediation_desk.cases.lifecycle import AGREED, State
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
    papers = ("agreement", "oral", "notice")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._empty = EmptyState("协议生效以后，每一笔钱、每一件事做到哪里记在这里。", symbol="money")
        self.open_items = OpenItemsCard(page)
        self._done = Card("已经履行", flush=True)
        self._table: RecordTable[Performance] = RecordTable(
            "已经履行", self._columns(), empty="还没有履行。", key=id
        )
        self._table.setObjectName("performance.done")
        self._done.add(self._table)
        self.confirmation = ConfirmationCard(page)
        self.visits = VisitsCard(page)
        for widget in (self._empty, self.open_items, self._done, self.confirmation, self.visits):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def show_case(self, view: CaseView) -> None:
        """Everything after the agreement."""
        file = view.file
        after = file.effective_on is not None or file.outcome is not None
        after = after and view.state is not State.AGREED_UNSIGNED
        done = tuple(row for row in file.performance if row.done_on is not None)
        self._empty.setVisible(not after)
        self.open_items.show_case(view)
        self._done.setVisible(bool(done))
        self._table.show_records(done)
        self._table.setFixedHeight(self._table.content_height(min(max(len(done), 1), _MOST_ROWS)))
        self.confirmation.setVisible(file.effective_on is not None)
        self.confirmation.show_case(view)
        self.visits.setVisible(after or view.state in AGREED)
        self.visits.show_case(view)

    def start(self, form: str) -> None:
        """``perform``, ``visit``, ``apply`` or ``ruling``."""
        if form == "perform":
            self.open_items.start()
        elif form == "visit":
            self.visits.start()
        elif form in ("apply", "ruling"):
            self.confirmation.start(form)

    def primary(self) -> QPushButton | None:
        """The form that is open."""
        return self.open_items.primary() or self.confirmation.primary() or self.visits.primary()

    def _columns(self) -> tuple[Column[Performance], ...]:
        return (
            Column("条款", which, width=104),
            Column("谁 → 谁", lambda row: between(self.page.view, row)),
            Column("金额（元）", lambda row: money(row.amount), width=116, number=True),
            Column("应在", lambda row: due_day(row).isoformat(), width=104),
            Column("做到", lambda row: row.done_on.isoformat() if row.done_on else "", width=104),
            Column(
                "",
                lambda row: status(self.page.view, row),
                width=110,
                tone=lambda row: tone(self.page.view, row),
            ),
        )
