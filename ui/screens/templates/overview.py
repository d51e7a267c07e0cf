"""Every paper that has a template, and which version it uses."""

from __future__ import annotations

from mediation_desk.documents.registry import form
from mediation_desk.documents.templates.service import SlotState
from mediation_desk.shared.track import Track
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.widgets.card import Card

_LEAST_ROWS = 3


class OverviewCard(Card):
    """Enter shows the versions of a line."""

    def __init__(self) -> None:
        super().__init__("有模板的文书", flush=True)
        self.table: RecordTable[SlotState] = RecordTable(
            "有模板的文书", _COLUMNS, key=lambda state: state.slot, empty="还没有上传过模板。"
        )
        self.table.setObjectName("templates.overview")
        self.table.setMinimumHeight(self.table.content_height(_LEAST_ROWS))
        self.add(self.table)

    def show_states(self, states: tuple[SlotState, ...]) -> None:
        """All slots with a version."""
        self.table.show_records(states)
        self.table.setMinimumHeight(self.table.content_height(max(_LEAST_ROWS, min(8, len(states)))))


def _used(state: SlotState) -> str:
    return f"第{state.used.no}版" if state.used else "内置"


_COLUMNS: tuple[Column[SlotState], ...] = (
    Column("文书", lambda state: form(state.slot.form).titles[Track(state.slot.track or Track.PEOPLES)]),
    Column("调解种类", lambda state: state.slot.track or "每一种", width=120),
    Column("组织", lambda state: state.slot.body or "每一个", width=220),
    Column("在用", _used, width=90),
    Column("共几版", lambda state: str(len(state.versions)), width=80, number=True),
)
