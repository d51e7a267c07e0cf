"""协议: clauses as a table, the totals, and who has still to sign."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from mediation_desk.agreements.model import AgreementForm, Clause
from mediation_desk.agreements.offered import ghosts
from mediation_desk.cases.lifecycle import State
from ui.screens.case_page.clause_table import clause_table
from ui.screens.case_page.clauses import mark_words, numeral, total_words
from ui.screens.case_page.composing import ComposeForm
from ui.screens.case_page.facts_card import FactsCard
from ui.screens.case_page.signing import SigningCard
from ui.screens.case_page.tab import Page, Tab
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day, money, names
from ui.tables.record_table import RecordTable
from ui.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import clear, column, row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import paragraph, small

_MOST_ROWS = 12


class AgreementTab(Tab):
    """Composing while nothing is signed; afterwards reading, with the signatures beneath."""

    code = "agreement"
    papers = ("agreement", "oral")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._empty = EmptyState(
            "调解达成一致以后，在这里逐条写协议，写到哪里右边的纸就印到哪里。", symbol="paper"
        )
        self.compose = ComposeForm(page)
        self._card = Card("协议条款", flush=True)
        self._table: RecordTable[Clause] = clause_table(self._name_of, self._mark_of)
        self._table.setObjectName("agreement.table")
        self._total = PlainLabel(tone=Tone.DONE)
        self._words = paragraph("", Tone.QUIET)
        self._words.setContentsMargins(12, 6, 12, 10)
        self._change = button("改条款", lambda: self.start("compose"), symbol="edit")
        self._change.setObjectName("agreement.change")
        self._ghosts = paragraph("", Tone.SEAL)
        self._ghosts.setObjectName("agreement.ghosts")
        self._ghosts.setContentsMargins(12, 6, 12, 0)
        self._card.add(self._ghosts)
        self._card.add(self._table)
        self._card.add(self._words)
        self._card.header.addWidget(self._total)
        self._card.header.addWidget(self._change)
        self.signing = SigningCard(page)
        self.facts = FactsCard(page)
        self._more = column(gap=12)
        for widget in (self._empty, self.compose, self._card, self.signing, self.facts):
            self.body.addWidget(widget)
        self.body.addLayout(self._more)
        self.body.addStretch(1)
        self._wants_change = False
        self._case = ""
        self.compose.done.connect(self._on_composed)
        self.signing.print_wanted.connect(lambda: self.page.go("papers", "agreement"))
        self._table.moved.connect(self._show_words)

    def show_case(self, view: CaseView) -> None:
        """What fits the state."""
        file = view.file
        agreement = file.agreement
        if file.case_key != self._case:
            self._case, self._wants_change = file.case_key, False
        composing = view.may_compose and (agreement is None or self._wants_change)
        self._empty.setVisible(agreement is None and not view.may_compose)
        if view.file.ending is not None:
            self._empty.set_sentence(f"本案{view.file.ending.kind}，没有协议。")
        if view.may_compose:
            self.compose.settle(view)
        self.compose.setVisible(composing)
        self._card.setVisible(agreement is not None and not composing)
        self._change.setVisible(view.may_compose and agreement is not None)
        written = agreement is not None and agreement.form is AgreementForm.WRITTEN
        self.signing.setVisible(written and not composing)
        if agreement is not None:
            gone = ghosts(file.beside.terms, view.offers)
            self._ghosts.setText("；".join(one.says for one in gone) + "。" if gone else "")
            self._ghosts.setVisible(bool(gone))
            self._table.show_records(agreement.clauses)
            self._table.setFixedHeight(self._table.content_height(min(len(agreement.clauses), _MOST_ROWS)))
            self._total.setText(total_words(agreement.clauses))
            self._show_words(self._table.current())
            self.signing.show_case(view)
        self.facts.setVisible(bool(file.mediators) or bool(file.undisputed_facts))
        self.facts.show_case(view)
        self._show_more(view)

    def start(self, form: str) -> None:
        """``compose``, ``sign`` or ``facts``."""
        view = self.page.view
        if form == "compose" and view.may_compose:
            self._wants_change = True
            self.show_case(view)
            self.compose.focus_first()
        if form == "facts":
            self.facts.start()
        if form == "sign" and view.state is State.AGREED_UNSIGNED:
            self._wants_change = False
            self.show_case(view)
            self.signing.focus_first()

    def primary(self) -> QPushButton | None:
        """The clause, the agreement, or the signatures."""
        signing = self.signing.primary() if self.signing.isVisible() else None
        return self.compose.primary() or self.facts.primary() or signing

    def show_paper(self) -> None:
        """The draft while one is being written."""
        if self.compose.isVisibleTo(self) and self.compose.is_dirty():
            self.compose.show_draft_paper()
        else:
            super().show_paper()

    def _name_of(self, ref: str) -> str:
        return self.page.view.file.name_of(ref)

    def _mark_of(self, clause: Clause) -> str:
        view = self.page.view
        terms = view.file.beside.terms
        return mark_words(terms, ghosts(terms, view.offers))(clause)

    def _show_words(self, clause: Clause | None) -> None:
        self._words.setText(f"第{numeral(clause.no)}条：{clause.text}" if clause else "选一条看全文。")

    def _show_more(self, view: CaseView) -> None:
        clear(self._more)
        file = view.file
        agreement = file.agreement
        if agreement is None:
            return
        if (oral := agreement.oral_record) is not None:
            card = Card("口头协议")
            confirmed = names(oral.confirmed_by, file.name_of)
            card.add(
                paragraph(
                    f"{day(oral.registered_on)} 由{file.name_of(oral.recorded_by)}登记，{confirmed}当面确认。"
                )
            )
            self._more.addWidget(card)
        if file.unresolved:
            card = Card("没有谈拢的请求")
            claims = {claim.ref: claim for claim in file.claims}
            for entry in file.unresolved:
                item = claims[entry.claim].item if entry.claim in claims else entry.claim
                told = "；".join(entry.told_remedies)
                card.add(row(PlainLabel(item), PlainLabel(f"{money(entry.amount)} 元"), None))
                card.add(small(f"{day(entry.told_on)} 已告知：{told}", wrap=True))
            self._more.addWidget(card)
        if file.beside.looked:
            card = Card("核对过的")
            for one in file.beside.looked:
                card.add(small(f"{day(one.on)} {one.by}核对：{one.says}", wrap=True))
            self._more.addWidget(card)
        for refused in file.not_signed:
            card = Card("没有签署的人")
            card.add(paragraph(f"{file.name_of(refused.ref)}　{day(refused.on)}　{refused.reason}"))
            self._more.addWidget(card)

    def _on_composed(self) -> None:
        self._wants_change = False
