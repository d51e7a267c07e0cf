"""审计: who did what, newest first; whether the log is whole; lists and the closing sheet on paper."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mediation_desk.audit.reading import MOST, EntryQuery, Line
from mediation_desk.audit.trail import Result
from mediation_desk.audit.wording import detail_value, detail_word
from ui.screens.audit.chain_card import ChainCard
from ui.screens.audit.filters import Filters
from ui.screens.base import Context, Screen
from ui.screens.loose_papers import LoosePaper, LoosePapers
from ui.services import Services
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button, primary
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.plain import PlainLabel

_LOWEST, _KEPT, _LONGEST = 300, 5_000, 40
_SAID = ("fields", "title", "form", "count")  # told in the sentence already


@dataclass(frozen=True, slots=True)
class Page:
    """One reading: the lines and the accounts to choose among."""

    lines: tuple[Line, ...]
    accounts: tuple[str, ...]


class AuditPapersPane(LoosePapers):
    """Lists and closing sheets on paper."""

    code = "audit"


class AuditScreen(Screen):
    """The reviewer sees account, act and case, reasons and search words; what a case says stays with the case."""

    code = "audit"
    caption = "审计"
    scrolled = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.filters = Filters()
        self.chain = ChainCard(context)
        self.table: RecordTable[Line] = RecordTable(
            "审计记录", COLUMNS, key=lambda one: one.seq, empty="没有这样的记录。", sortable=False
        )
        self.detail = PlainLabel("", wrap=True)
        self.more = button("再看一些", self._on_more)
        self.list = button("打印清单", self.print_preview, symbol="print")
        self.closing = primary("日结单", self._on_closing, symbol="paper")
        self.papers = AuditPapersPane(context, self)
        for name, widget in (("table", self.table), ("detail", self.detail), ("more", self.more)):
            widget.setObjectName(f"audit.{name}")
        self.list.setObjectName("audit.print")
        self.closing.setObjectName("audit.closing")
        self.primary, self.first = self.closing, self.table
        self.top.addWidget(self.list)
        self.top.addWidget(self.closing)
        card = Card(flush=True)
        self.table.setMinimumHeight(theme().px(_LOWEST))
        card.add(self.table, 1)
        about = Card("这一条")
        about.add(self.detail)
        about.add(row(self.more, None))
        for part, stretch in ((self.chain, 0), (self.filters, 0), (card, 1), (about, 0)):
            self.body.addWidget(part, stretch)
        self.filters.changed.connect(self._read)
        self.table.moved.connect(self._show_detail)
        self.table.chosen.connect(self._on_chosen)

    def refresh(self) -> None:
        """Read the newest page and look at the chain."""
        self.chain.read()
        self._read()

    def open(self, argument: str) -> None:
        """The entries of one case."""
        self.filters.case.set_value(argument)

    def print_preview(self) -> None:
        """Ctrl+P: the list as a paper."""
        services, query, about = self.context.services, self.filters.query(), self.filters.about()
        papers, actor = services.audit_papers, services.actor
        self.papers.show_paper(
            LoosePaper(
                "审计记录",
                lambda: papers.preview_entries(actor, query, about),
                lambda formats, folder: papers.entries(actor, query, about, formats, folder),
                lambda: papers.note_entries(actor),
            )
        )

    # Reading

    def _read(self) -> None:
        services, query = self.context.services, self.filters.query()
        self.context.desk.query(lambda: _page(services, query), self._show, owner=self, slot="entries")

    def _show(self, page: Page) -> None:
        self.filters.account.set_values(page.accounts)
        self.table.show_records(page.lines)
        self.more.setVisible(len(page.lines) == MOST)
        self._show_detail(self.table.current())

    def _on_more(self) -> None:
        lines = self.table.records.records()
        if not lines:
            return
        services, query = self.context.services, replace(self.filters.query(), before=lines[-1].seq)

        def show(page: Page) -> None:
            self.table.show_records((*lines, *page.lines)[:_KEPT])
            self.more.setVisible(len(page.lines) == MOST and len(lines) < _KEPT)

        self.context.desk.query(lambda: _page(services, query), show, owner=self, slot="entries")

    # Doing

    def _show_detail(self, line: Line | None) -> None:
        self.detail.setText("" if line is None else told(line))

    def _on_chosen(self, line: Line) -> None:
        """Enter narrows the list to this case; opening it is for who may read cases."""
        if line.case_key:
            self.filters.case.set_value(line.case_key)
            self._read()

    def _on_closing(self) -> None:
        services = self.context.services
        papers, actor = services.audit_papers, services.actor
        self.papers.show_paper(
            LoosePaper(
                "日结单",
                lambda: papers.preview_closing_sheet(actor),
                lambda formats, folder: papers.closing_sheet(actor, formats, folder),
                lambda: papers.note_closing(actor),
            )
        )


def told(line: Line) -> str:
    """All an entry says, in one sentence after another."""
    parts = [f"第{line.seq}条", f"{line.at.astimezone():%Y-%m-%d %H:%M:%S}", line.account, line.sentence]
    if line.case_key:
        parts.append(f"案件{line.case_key}")
    if fields := line.details.get("fields"):
        parts.append("改动的位置：" + " ".join(map(str, fields)))
    parts += [
        f"{detail_word(name)}：{detail_value(value)[:_LONGEST]}"
        for name, value in line.details.items()
        if name not in _SAID
    ]
    return "　".join(parts)


def _page(services: Services, query: EntryQuery) -> Page:
    audit, actor = services.audit, services.actor
    return Page(audit.lines(actor, query), audit.accounts(actor))


COLUMNS: tuple[Column[Line], ...] = (
    Column("序号", lambda line: str(line.seq), width=80, number=True),
    Column("时间", lambda line: f"{line.at.astimezone():%Y-%m-%d %H:%M:%S}", width=170),
    Column("账号", lambda line: line.account, width=110),
    Column(
        "操作",
        lambda line: line.sentence,
        tone=lambda line: Tone.SEAL if line.result is Result.REFUSED else Tone.INK,
        explain=told,
    ),
    Column("留意", lambda line: "留意" if line.flagged else "", width=60, tone=lambda _line: Tone.SOON),
    Column("案件", lambda line: line.case_key or "", width=140),
)
