"""证据: the register F-09 as a table, and the records of investigation."""

from __future__ import annotations

from mediation_desk.cases.model import Evidence
from ui.screens.case_page.tab import Page, Tab
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day, names
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.tokens import Tone
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.layout import clear, column, row
from ui.widgets.text import paragraph

_MOST_ROWS = 10


class EvidenceTab(Tab):
    """What was handed in, by whom, to prove what."""

    code = "evidence"
    papers = ("application", "acceptance")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._card = Card("证据清单", flush=True)
        self._table: RecordTable[Evidence] = RecordTable(
            "证据清单",
            self._columns(),
            key=lambda item: item.ref,
            empty="还没有证据。登记时填写的证据会列在这里。",
        )
        self._table.setObjectName("evidence.table")
        self._card.add(self._table)
        self._talks = column(gap=12)
        self.body.addWidget(self._card)
        self.body.addLayout(self._talks)
        self.body.addStretch(1)

    def show_case(self, view: CaseView) -> None:
        """List everything."""
        items = view.file.evidence
        self._table.show_records(items)
        self._table.setFixedHeight(self._table.content_height(min(max(len(items), 4), _MOST_ROWS)))
        pages = sum(item.pages * item.copies for item in items)
        self._card.remark.setText(f"{len(items)} 件，共 {pages} 页" if items else "")
        clear(self._talks)
        for talk in view.file.investigations:
            card = Card("调查记录", remark=f"{day(talk.on)}　{talk.place}")
            people = f"调查人 {names(talk.by, view.card_name)}　被调查人 {names(talk.of, view.file.name_of)}"
            signed = Chip("已签字", Tone.DONE) if talk.signed else Chip("未签字", Tone.SOON)
            card.add(row(paragraph(people, Tone.QUIET), signed))
            card.add(paragraph(talk.content))
            self._talks.addWidget(card)

    def _columns(self) -> tuple[Column[Evidence], ...]:
        return (
            Column("名称", lambda item: item.name),
            Column("种类", lambda item: item.kind.value, width=92),
            Column("提供人", lambda item: self.page.view.card_name(item.provided_by), width=130),
            Column("份×页", lambda item: f"{item.copies}×{item.pages}", width=70, number=True),
            Column("", lambda item: "原件" if item.original else "复印件", width=68),
            Column("收到", lambda item: item.received_on.isoformat(), width=104),
            Column("证明什么", lambda item: item.proves),
        )
