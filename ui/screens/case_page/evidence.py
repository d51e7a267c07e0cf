"""证据: the register F-09 as a table, and the records of investigation."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from mediation_desk.cases.attachment import Attachment
from mediation_desk.cases.model import Evidence
from mediation_desk.cases.steps.evidence import AddEvidence
from ui.screens.case_page.evidence_form import EvidenceForm, file_size
from ui.screens.case_page.investigating import InvestigationsCard
from ui.screens.case_page.scans.card import ScansCard
from ui.screens.case_page.tab import Page, Tab
from ui.screens.case_page.view import CaseView
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.widgets.buttons import link
from ui.widgets.card import Card
from ui.widgets.message_bar import Kind

_MOST_ROWS = 10


class EvidenceTab(Tab):
    """What was handed in, by whom, to prove what."""

    code = "evidence"
    papers = ("evidence", "investigation", "application")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._card = Card("证据清单", flush=True)
        self._table: RecordTable[Evidence] = RecordTable(
            "证据清单",
            self._columns(),
            key=lambda item: item.ref,
            empty="还没有证据。按右上角的“添加证据”，证据会列在这里。",
        )
        self._table.setObjectName("evidence.table")
        self._table.chosen.connect(self._tell_file)
        self._card.add(self._table)
        self._add = link("添加证据", lambda: self.start("add"), symbol="add")
        self._add.setObjectName("evidence.add")
        self._card.header.addWidget(self._add)
        self.form = EvidenceForm(page)
        self.form.hide()
        self.form.given_up.connect(self.form.hide)
        self.form.done.connect(self.form.hide)
        self.scans = ScansCard(page)
        self.investigations = InvestigationsCard(page)
        self.body.addWidget(self._card)
        self.body.addWidget(self.form)
        self.body.addWidget(self.scans)
        self.body.addWidget(self.investigations)
        self.body.addStretch(1)

    def show_case(self, view: CaseView) -> None:
        """List everything."""
        items = view.file.evidence
        self.form.settle(view)
        self.scans.show_case(view)
        self._add.setVisible(view.state in AddEvidence.transition.sources)
        self._table.show_records(items)
        self._table.setFixedHeight(self._table.content_height(min(max(len(items), 4), _MOST_ROWS)))
        pages = sum(item.pages * item.copies for item in items)
        self._card.remark.setText(f"{len(items)} 件，共 {pages} 页" if items else "")
        self.investigations.show_case(view)

    def start(self, form: str) -> None:
        """``add`` or ``investigate``."""
        if self.page.view.state not in AddEvidence.transition.sources:
            return
        if form == "add":
            self.form.show()
            self.form.focus_first()
        elif form == "investigate":
            self.investigations.start()

    def primary(self) -> QPushButton | None:
        """The form while somebody works in it."""
        return self.form.primary() or self.investigations.primary() or self.scans.primary()

    def _tell_file(self, item: Evidence) -> None:
        """What is behind this piece, and whether it still is what was put in."""
        attachment = self.page.view.file.beside.attachment(item.ref)
        if attachment is None:
            return
        context = self.page.context
        context.desk.render(  # beside the queue: a long film takes a while to read
            lambda: context.services.attachments.is_whole(attachment.sha256),
            lambda whole: context.say(*_about(attachment, whole)),
            owner=self,
            slot="file",
        )

    def _file_of(self, item: Evidence) -> str:
        beside = self.page.view.file.beside
        attachment, scans = beside.attachment(item.ref), beside.scans_of(item.ref)
        if attachment is not None:
            return attachment.name
        return f"扫描件 {sum(one.pages for one in scans)} 页" if scans else ""

    def _original_of(self, item: Evidence) -> str:
        if not item.original:
            return "复印件"
        return "原件已退还" if self.page.view.file.beside.returned(item.ref) else "原件"

    def _columns(self) -> tuple[Column[Evidence], ...]:
        return (
            Column("名称", lambda item: item.name),
            Column("种类", lambda item: item.kind.value, width=92),
            Column("提供人", lambda item: self.page.view.card_name(item.provided_by), width=130),
            Column("份×页", lambda item: f"{item.copies}×{item.pages}", width=70, number=True),
            Column("", self._original_of, width=84),
            Column("收到", lambda item: item.received_on.isoformat(), width=104, optional=True),
            Column("文件", self._file_of, width=120, optional=True),
            Column("证明什么", lambda item: item.proves),
        )


def _about(attachment: Attachment, whole: bool) -> tuple[str, Kind]:
    taken = attachment.taken_at.astimezone()
    said = f"{attachment.name}，{file_size(attachment.size)}，{taken:%Y-%m-%d %H:%M}，{attachment.by}"
    state = "文件完好" if whole else "文件不在这台电脑上，或者已经变了"
    return f"{said}；校验码 {attachment.sha256[:16]}……，{state}。", Kind.INFO if whole else Kind.WARN
