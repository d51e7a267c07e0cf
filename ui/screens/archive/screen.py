"""档案: what has to be filed, where volumes stand, who has them, whose period is over; and the oral register."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget

from mediation_desk.cases.archiving.lists import VolumeLine, VolumeList, VolumeQuery
from mediation_desk.shared.changes import Topic
from ui.fields.text_field import TextField
from ui.screens.archive.destroying import DestroyingPage
from ui.screens.archive.oral import OralPage
from ui.screens.archive.reading import PAGE, Board, read_board
from ui.screens.archive.rows import (
    DEEDS,
    DESTROYING,
    EMPTY,
    FOUND,
    ORAL,
    ListRow,
    list_columns,
    volume_columns,
)
from ui.screens.base import Context, Screen
from ui.screens.loose_papers import LoosePaper, LoosePapers
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.widgets.buttons import button, primary
from ui.widgets.card import Card
from ui.widgets.layout import boxed, column, row

_FEW_LISTS = 4  # seen at once where the lists stand above their volumes
_BESIDE, _LISTS_WIDTH, _ANY_WIDTH, _LOWEST = 760, 220, 16_777_215, 320


class ArchivePapersPane(LoosePapers):
    """Labels and lists on paper."""

    code = "archive"


class ArchiveScreen(Screen):
    """Lists on the left, volumes on the right; every deed is a form of the case page, one step away."""

    code = "archive"
    caption = "档案"
    topics = frozenset((Topic.CASES, Topic.CENTRE))
    scrolled = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._which: str = VolumeList.TO_FILE
        self._lines: tuple[VolumeLine, ...] = ()
        self._today = context.services.archive.local_today
        self.search = TextField("卷号、架号、案件代码", longest=80)
        self.search.setAccessibleName("找卷宗")
        self.lists: RecordTable[ListRow] = RecordTable(
            "清单", list_columns(), key=lambda one: one.name, sortable=False
        )
        self.table: RecordTable[VolumeLine] = RecordTable(
            "卷宗",
            volume_columns(self._which, self._today),
            key=lambda one: one.case_key,
            empty=EMPTY[VolumeList.TO_FILE],
            sortable=False,
        )
        self.oral = OralPage(context)
        self.destroying = DestroyingPage(context)
        self._own_pages: dict[str, OralPage | DestroyingPage] = {ORAL: self.oral, DESTROYING: self.destroying}
        self.papers = ArchivePapersPane(context, self)
        self.deed = primary("去归档", self._on_deed)
        self.open_button = button("打开案件", self._on_open)
        self.print = button("打印", self.print_preview, symbol="print")
        self.more = button("再看一些", self._on_more)
        self._pages = QStackedWidget()
        self._card = Card(flush=True)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.primary, self.first = self.deed, self.table
        self._name()
        self._lay_out()
        self._connect()
        self._settle()

    def refresh(self) -> None:
        """Read the counts and the list in front."""
        services, which = self.context.services, self._which
        words = self.search.value()
        self._today = services.archive.local_today
        self.context.desk.query(
            lambda: read_board(services, which, words), self._show, owner=self, slot="archive"
        )
        if which in self._own_pages:
            self._own_pages[which].refresh()

    def open(self, argument: str) -> None:
        """Show the list called ``argument``."""
        if argument and (argument != DESTROYING or DestroyingPage.is_for(self.context)):
            self._choose(argument)

    def where(self) -> str:
        """The list in front."""
        return self._which

    def print_preview(self) -> None:
        """Ctrl+P: the paper of the list in front."""
        paper = self._paper()
        if paper is None:
            self.context.say("这张清单没有要打印的。")
            return
        self.papers.show_paper(paper)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window or with large text the lists stand above."""
        super().resizeEvent(event)
        self._place_lists()

    # Showing

    def _show(self, board: Board) -> None:
        rows = [ListRow(which.value, board.counts[which]) for which in VolumeList]
        if DestroyingPage.is_for(self.context):
            rows.append(ListRow(DESTROYING))
        rows.append(ListRow(ORAL))
        if self.search.value():
            rows.append(ListRow(FOUND, len(board.lines) if self._which == FOUND else 0))
        with QSignalBlocker(self.lists.selectionModel()):
            self.lists.show_records(tuple(rows))
            self.lists.choose_key(self._which)
        late = board.counts[VolumeList.OVERDUE]
        self.context.frame.show_count(self.code, late)
        self._show_lines(board.lines)

    def _show_lines(self, lines: tuple[VolumeLine, ...]) -> None:
        self._lines = lines
        self.table.set_columns(volume_columns(self._which, self._today))
        self.table.set_empty(EMPTY.get(self._which, ""))
        self.table.show_records(lines)
        if self.table.current() is None and lines:
            self.table.selectRow(0)
        self._settle()

    def _settle(self) -> None:
        own = self._own_pages.get(self._which)
        self._pages.setCurrentWidget(own or self.table)
        self.primary = self.destroying.forward() if own is self.destroying else self.deed
        self._card.setAccessibleName(self._which)
        word = self._deed_of(self.table.current())[0]
        self.deed.setVisible(bool(word) and own is None)
        self.deed.set_caption(word or "打开")
        current = self.table.current() if own is None else None
        self.deed.setEnabled(current is not None)
        self.open_button.setVisible(own is None)
        self.open_button.setEnabled(current is not None)
        self.print.setVisible(self._paper() is not None)
        asked = own is None and self._which != FOUND
        self.more.setVisible(asked and bool(self._lines) and len(self._lines) % PAGE == 0)

    def _deed_of(self, line: VolumeLine | None) -> tuple[str, str]:
        if self._which == FOUND and line is not None:
            found = (
                VolumeList.LENT if line.is_out else VolumeList.SHELVED if line.shelf else VolumeList.UNSHELVED
            )
            return DEEDS[found]
        if self._which == VolumeList.SHELVED and line is not None and line.is_out:
            return DEEDS[VolumeList.LENT]
        return DEEDS.get(self._which, ("", ""))

    def _paper(self) -> LoosePaper | None:
        services = self.context.services
        papers, actor = services.archive_papers, services.actor
        if self._which == ORAL:
            body, day = self.oral.wanted()
            return LoosePaper(
                ORAL,
                lambda: papers.preview_oral(actor, body, day),
                lambda formats, folder: papers.oral(actor, body, day, formats, folder),
            )
        if self._which == DESTROYING:
            return self.destroying.paper()
        if self._which == VolumeList.ENDED:
            return LoosePaper(
                "到期鉴定清单",
                lambda: papers.preview_appraisal(actor),
                lambda formats, folder: papers.appraisal(actor, formats, folder),
            )
        labelled = (VolumeList.SHELVED, VolumeList.UNSHELVED, FOUND)
        if self._which not in labelled or not self._lines:
            return None
        keys = [line.case_key for line in self._lines[:PAGE]]
        return LoosePaper(
            "脊背标签",
            lambda: papers.preview_labels(actor, keys),
            lambda formats, folder: papers.labels(actor, keys, formats, folder),
        )

    # Doing

    def _choose(self, which: str) -> None:
        self._which = which
        self.refresh()

    def _on_list_moved(self, one: ListRow | None) -> None:
        if one is not None and one.name != self._which:
            self._choose(one.name)

    def _on_search(self) -> None:
        if self.search.value():
            self._choose(FOUND)
        elif self._which == FOUND:
            self._choose(VolumeList.SHELVED)

    def _on_deed(self) -> None:
        line = self.table.current()
        if line is not None:
            self.context.open_case(line.case_key, self._deed_of(line)[1])

    def _on_open(self) -> None:
        line = self.table.current()
        if line is not None:
            self.context.open_case(line.case_key, "papers")

    def _on_more(self) -> None:
        if not self._lines:
            return
        services = self.context.services
        query = VolumeQuery(which=VolumeList(self._which), limit=PAGE, after=self._lines[-1].place)
        before = self._lines
        self.context.desk.query(
            lambda: services.archive.lines(services.actor, query),
            lambda page: self._show_lines((*before, *page)),
            owner=self,
            slot="archive",
        )

    # Building

    def _place_lists(self) -> None:
        beside = self.width() * 100 // theme().percent >= _BESIDE
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._sides.direction() is not way:
            self._sides.setDirection(way)
        self._side.setMaximumWidth(theme().px(_LISTS_WIDTH) if beside else _ANY_WIDTH)
        self._side.setMinimumWidth(theme().px(_LISTS_WIDTH) if beside else 0)
        self.lists.setFixedHeight(self.lists.content_height(len(VolumeList) + 3 if beside else _FEW_LISTS))

    def _name(self) -> None:
        for name, control in (
            ("search", self.search),
            ("lists", self.lists),
            ("volumes", self.table),
            ("deed", self.deed),
            ("open", self.open_button),
            ("print", self.print),
            ("more", self.more),
        ):
            control.setObjectName(f"archive.{name}")

    def _lay_out(self) -> None:
        for one in (self.print, self.open_button, self.deed):
            self.top.addWidget(one)
        side = Card(flush=True)
        side.add(self.lists)
        left = column(gap=8)
        left.addWidget(self.search)
        left.addWidget(side)
        left.addStretch(1)
        self._side = boxed(left)
        self._pages.addWidget(self.table)
        for page in self._own_pages.values():
            self._pages.addWidget(page)
        self._pages.setMinimumHeight(theme().px(_LOWEST))
        self._card.add(self._pages, 1)
        self._card.add(row(None, self.more))
        self._sides.setSpacing(theme().px(12))
        self._sides.addWidget(self._side)
        self._sides.addWidget(self._card, 1)
        self.body.addLayout(self._sides, 1)
        self._place_lists()

    def _connect(self) -> None:
        self.lists.moved.connect(self._on_list_moved)
        self.lists.chosen.connect(lambda _one: self.table.setFocus())
        self.table.moved.connect(lambda _one: self._settle())
        self.table.chosen.connect(lambda _one: self._on_open())
        for page in self._own_pages.values():
            page.chosen.connect(lambda key: self.context.open_case(key, "papers"))
        self.destroying.settled.connect(self._settle)
        self.destroying.moved_on.connect(lambda: self.print_preview() if self.papers.isVisible() else None)
        self.search.returnPressed.connect(self._on_search)
