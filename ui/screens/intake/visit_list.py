"""咨询记录: who asked what, newest first or of one day; a visit can be taken up as a registration."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QWidget

from mediation_desk.cases.counter.visits import MOST_LISTED, Visit, VisitQuery
from ui.fields.date_field import DateField
from ui.fields.field import Field
from ui.screens.base import Context
from ui.screens.loose_papers import LoosePaper, LoosePapers
from ui.widgets.buttons import button, link
from ui.widgets.layout import column, row
from ui.widgets.text import paragraph, small

_SHORT = 40


class VisitList(QWidget):
    """``taken(visit)`` asks to register it, ``opened(case_key)`` to see the case it became."""

    taken = Signal(object)
    opened = Signal(str)

    def __init__(self, context: Context, today: Callable[[], date]) -> None:
        super().__init__()
        self._context = context
        self._visits: tuple[Visit, ...] = ()
        self._day = DateField(today=today)
        self._day.setObjectName("visits.day")
        self._list = QListWidget()
        self._list.setObjectName("visits.list")
        self._list.setAccessibleName("咨询记录")
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._whole = paragraph()
        self._take = button("转成登记", self._on_take, symbol="edit")
        self._take.setObjectName("visits.take")
        self._open = link("看案件", self._on_open)
        self._open.setObjectName("visits.open")
        self._print = button("打印咨询登记表", self._on_print, symbol="print")
        self._print.setObjectName("visits.print")
        self._papers: LoosePapers | None = None
        self._more = link("再早的", self._on_more)
        self._more.setObjectName("visits.more")
        self._told = small()
        day = Field("哪一天（空着是全部）", self._day)
        self.setLayout(
            column(
                day,
                self._list,
                row(self._told, None, self._more),
                self._whole,
                row(self._take, self._print, self._open, None),
            )
        )
        day.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._whole.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._day.edited.connect(self.refresh)
        self._list.currentRowChanged.connect(self._show_whole)
        self._list.itemActivated.connect(lambda _item: self._on_take())

    def refresh(self) -> None:
        """Read the newest anew."""
        self._read(None)

    def _read(self, before: int | None) -> None:
        query = VisitQuery(on=self._day.value(), before=before)
        services = self._context.services
        self._context.desk.query(
            lambda: services.visits.listed(services.actor, query),
            lambda found: self._show(found, older=before is not None),
            owner=self,
        )

    def _show(self, found: tuple[Visit, ...], *, older: bool) -> None:
        self._visits = (*self._visits, *found) if older else found
        self._list.clear()
        for visit in self._visits:
            QListWidgetItem(_line(visit), self._list)  # entries are drawn as plain text
        self._more.setVisible(len(found) == MOST_LISTED)
        self._told.setText(f"{len(self._visits)} 次咨询" if self._visits else "还没有咨询记录。")
        self._list.setCurrentRow(0 if self._visits else -1)
        self._show_whole(self._list.currentRow())

    def _show_whole(self, place: int) -> None:
        visit = self._visits[place] if 0 <= place < len(self._visits) else None
        self._take.setEnabled(visit is not None and visit.case_key is None)
        self._print.setEnabled(visit is not None)
        self._open.setVisible(visit is not None and visit.case_key is not None)
        if visit is None:
            self._whole.setText("")
            return
        ways = f"\n告知途径：{'；'.join(visit.remedies)}" if visit.remedies else ""
        self._whole.setText(f"问：{visit.matter}\n答：{visit.answer}{ways}\n接待：{visit.clerk}")

    def _on_more(self) -> None:
        if self._visits:
            self._read(self._visits[-1].id)

    def _on_take(self) -> None:
        visit = self._chosen()
        if visit is not None and visit.case_key is None:
            self._whole_visit(visit, self.taken.emit)

    def _on_open(self) -> None:
        visit = self._chosen()
        if visit is not None and visit.case_key is not None:
            self.opened.emit(visit.case_key)

    def _on_print(self) -> None:
        visit = self._chosen()
        if visit is not None:
            self._whole_visit(visit, self._print_visit)

    def _whole_visit(self, visit: Visit, then: Callable[[Visit], object]) -> None:
        """The list covers who asked; a sheet and a paper need the whole."""
        services = self._context.services
        self._context.desk.query(
            lambda: services.visits.find(services.actor, visit.id), then, owner=self, slot="whole"
        )

    def _print_visit(self, visit: Visit) -> None:
        if self._papers is None:
            self._papers = LoosePapers(self._context, self)
        services = self._context.services
        self._papers.show_paper(
            LoosePaper(
                "咨询登记表",
                lambda: services.loose_printing.preview_consultation(services.actor, visit),
                lambda formats, folder: services.loose_printing.consultation(
                    services.actor, visit, formats, folder
                ),
            )
        )

    def _chosen(self) -> Visit | None:
        place = self._list.currentRow()
        return self._visits[place] if 0 <= place < len(self._visits) else None


def _line(visit: Visit) -> str:
    local = visit.at.astimezone()
    matter = " ".join(visit.matter.split())
    short = matter if len(matter) <= _SHORT else f"{matter[:_SHORT]}…"
    became = "　已转登记" if visit.case_key else ""
    return f"{local:%m-%d %H:%M}　{visit.who}　{short}{became}"
