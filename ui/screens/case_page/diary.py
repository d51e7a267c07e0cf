"""历史: what happened, in sentences by day, and the papers that were printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from mediation_desk.audit.reading import Line as Entry
from mediation_desk.cases.summary import HistoryEntry, PrintedPaper
from ui.screens.case_page.tab import Page, Tab
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day, with_names
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.card import Card
from ui.widgets.layout import clear
from ui.widgets.plain import PlainLabel


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the course of the case."""

    on: date
    what: str
    who: str


class DiaryTab(Tab):
    """Newest first, because one comes here to see what happened last."""

    code = "history"
    papers = ("agreement", "notice", "record", "acceptance", "application", "rights")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._course = Card("办案经过")
        self._acts = Card("操作记录")
        self._printed = Card("印过、存过的文书", flush=True)
        self._papers: RecordTable[PrintedPaper] = RecordTable(
            "印过、存过的文书", _COLUMNS, empty="还没有写出过文书。"
        )
        self._papers.setObjectName("history.papers")
        self._printed.add(self._papers)
        self._seen = Card("谁看过、改过、打印过", flush=True)
        self._looks: RecordTable[Entry] = RecordTable(
            "谁看过、改过、打印过", _LOOKS, key=lambda one: one.seq, empty="还没有记录。", sortable=False
        )
        self._looks.setObjectName("history.looks")
        self._seen.add(self._looks)
        for card in (self._course, self._acts, self._printed, self._seen):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def show_case(self, view: CaseView) -> None:
        """Write the diary out."""
        name_of = view.card_name
        lines = [
            Line(entry.on, f"{entry.stage}：{entry.note}", name_of(entry.actor))
            for entry in view.file.closed_loop
        ]
        _write(self._course, [(day(one.on), one.what, one.who) for one in reversed(lines)])
        _write(self._acts, [_told(entry, view) for entry in reversed(view.history)])
        self._papers.show_records(tuple(reversed(view.papers)))
        self._papers.setFixedHeight(self._papers.content_height(min(max(len(view.papers), 2), 8)))
        self._looks.show_records(view.looks)
        self._looks.setFixedHeight(self._looks.content_height(min(max(len(view.looks), 2), 10)))


def _told(entry: HistoryEntry, view: CaseView) -> tuple[str, str, str]:
    moment = entry.at.astimezone()
    return f"{day(moment.date())} {moment:%H:%M}", with_names(entry.sentence, view.card_name), entry.account


def _for_what(paper: PrintedPaper) -> str:
    """A file saved to be read waits for nobody's hand; what went to a printer does."""
    return "送去打印" if paper.copies else "存成文件"


def _changes(entry: Entry) -> str:
    """Place, before and after of what an entry changed, a line each."""
    told = entry.words.get("changes", ())
    return "\n".join(f"{where}：{before or '无'} → {after or '无'}" for where, before, after in told)


_LOOKS: tuple[Column[Entry], ...] = (
    Column("时间", lambda entry: f"{entry.at.astimezone():%Y-%m-%d %H:%M}", width=150),
    Column("账号", lambda entry: entry.account, width=110),
    Column("操作", lambda entry: entry.sentence, width=240, explain=_changes),
    Column("改动", _changes, explain=_changes),
)

_COLUMNS: tuple[Column[PrintedPaper], ...] = (
    Column("时间", lambda paper: f"{paper.at.astimezone():%Y-%m-%d %H:%M}", width=150),
    Column("文书", lambda paper: paper.title, width=170),
    Column("印还是存", _for_what, width=110),
    Column("文件", lambda paper: paper.file_name),
    Column(
        "模板",
        lambda paper: f"{paper.template}号" if paper.template else "内置",
        width=70,
        number=True,
        optional=True,
    ),
    Column("经办", lambda paper: paper.account, width=80),
)


def _write(card: Card, lines: list[tuple[str, str, str]]) -> None:
    clear(card.body)
    ground = QWidget()
    grid = QGridLayout(ground)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme().px(16))
    grid.setVerticalSpacing(theme().px(6))
    grid.setColumnStretch(1, 1)
    before = ""
    for number, (when, what, who) in enumerate(lines):
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(PlainLabel("" if when == before else when, tone=Tone.QUIET), number, 0, top)
        grid.addWidget(PlainLabel(what, wrap=True), number, 1)
        grid.addWidget(PlainLabel(who, tone=Tone.QUIET), number, 2, top)
        before = when
    if not lines:
        grid.addWidget(PlainLabel("还没有记录。", tone=Tone.QUIET), 0, 0)
    card.add(ground)
