"""Versions of one template, our own layout the last of them; one is used."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal

from mediation_desk.cases.paper_templates import Version
from mediation_desk.documents.templates.service import SlotState
from mediation_desk.shared.clock import local_day
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.card import Card

_LEAST_ROWS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A version, or with None our own layout."""

    version: Version | None
    used: bool


class VersionsCard(Card):
    """``use_wanted(version or None)``, ``save_wanted(version)``."""

    use_wanted = Signal(object)
    save_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("各版", flush=True)
        self._may = False
        self._preferred = 0
        self.table: RecordTable[Line] = RecordTable(
            "模板的各版", _COLUMNS, key=_key, empty="还没有模板。", sortable=False
        )
        self.table.setObjectName("templates.versions")
        self.use = button("启用", self._on_use_clicked)
        self.use.setObjectName("templates.use")
        self.save = button("下载", self._on_save_clicked, symbol="export")
        self.save.setObjectName("templates.save")
        self.header.addWidget(self.save)
        self.header.addWidget(self.use)
        self.table.setMinimumHeight(self.table.content_height(_LEAST_ROWS))
        self.add(self.table, 1)
        self.table.moved.connect(lambda _line: self._settle())

    def allow(self, *, may: bool) -> None:
        """Whether this account may decide what is used."""
        self._may = may
        self._settle()

    def version(self) -> Version | None:
        """The version of the current line."""
        line = self.table.current()
        return line.version if line else None

    def prefer(self, version: Version) -> None:
        """Make this one current when it is next shown."""
        self._preferred = version.id

    def forget(self) -> None:
        """Another template is shown next: begin at the version it uses."""
        self.table.show_records(())

    def show_state(self, state: SlotState) -> None:
        """Newest first, our own layout last."""
        lines = [Line(one, one == state.used) for one in state.versions]
        self.table.show_records((*lines, Line(None, state.used is None)))
        if self._preferred and self.table.choose_key(self._preferred):
            self._preferred = 0
        elif self.table.current() is None:
            self.table.choose_key(state.used.id if state.used else 0)
        self._settle()

    def _settle(self) -> None:
        line = self.table.current()
        self.use.setEnabled(self._may and line is not None and not line.used)
        self.save.setEnabled(line is not None and line.version is not None)

    def _on_use_clicked(self) -> None:
        if (line := self.table.current()) is not None:
            self.use_wanted.emit(line.version)

    def _on_save_clicked(self) -> None:
        if (version := self.version()) is not None:
            self.save_wanted.emit(version)


def _key(line: Line) -> object:
    return line.version.id if line.version else 0


def _no(line: Line) -> str:
    return f"第{line.version.no}版" if line.version else "内置"


_COLUMNS: tuple[Column[Line], ...] = (
    Column("版", _no, width=80),
    Column("现在", lambda line: "在用" if line.used else "", width=70, tone=lambda _line: Tone.DONE),
    Column("文件", lambda line: line.version.name if line.version else "程序自带的格式"),
    Column("改了什么", lambda line: line.version.note if line.version else "", width=200, optional=True),
    Column(
        "日期",
        lambda line: local_day(line.version.at).isoformat() if line.version else "",
        width=110,
    ),
    Column("经办", lambda line: line.version.by if line.version else "", width=90, optional=True),
    Column("号", lambda line: str(line.version.id) if line.version else "", width=60, number=True),
)
