"""专家库: who can mediate, in the neutral order, with the card of the one chosen beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mediation_desk.access.permissions import Permission
from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.experts.service import PoolEntry
from mediation_desk.shared.changes import Topic
from ui.fields.text_field import TextField
from ui.screens.base import Context, Screen
from ui.screens.experts.card_view import CardView
from ui.screens.experts.engage_form import EngageForm
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.widgets.buttons import primary
from ui.widgets.card import Card
from ui.widgets.text import small

_SHORT = {
    Employment.FULL_TIME: "专职",
    Employment.PART_TIME: "兼职",
    Employment.INVITED: "特邀",
    Employment.OFFICIAL: "行政",
}


class ExpertsScreen(Screen):
    """Fewest open cases first, then by number: the order itself recommends nobody."""

    code = "experts"
    caption = "专家库"
    topics = frozenset((Topic.EXPERTS, Topic.CASES))

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._entries: tuple[PoolEntry, ...] = ()
        self.search = TextField("按姓名、单位、擅长查找", longest=60)
        self.search.setAccessibleName("查找专家")
        self.search.setMinimumWidth(theme().px(280))
        self.table: RecordTable[PoolEntry] = RecordTable(
            "专家", _COLUMNS, key=lambda entry: entry.card.pool_no, empty="入库的调解员会出现在这里。"
        )
        self.search.setObjectName("experts.search")
        self.table.setObjectName("experts.table")
        self._view = CardView()
        self._view.setObjectName("experts.card")
        self._count = small()
        self.top.addWidget(self.search)
        self.primary = primary("聘任调解员", self._on_engage_clicked)
        self.primary.setObjectName("experts.engage")
        self.primary.setEnabled(context.services.actor.can(Permission.EXPERT_ENGAGE))
        self.top.addWidget(self.primary)
        self._engage = EngageForm(context)
        self._engage.hide()
        self._engage.closed.connect(self._on_engage_closed)
        self.body.addWidget(self._engage)
        card = Card(flush=True)
        card.add(self.table, 1)
        self.body.addWidget(card, 1)
        self.body.addWidget(self._count)
        self.search.edited.connect(self._narrow)
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.moved.connect(self._on_table_moved)
        self.table.chosen.connect(lambda _entry: self.context.show_pane(self._view, "专家"))
        self.first = self.table

    def refresh(self) -> None:
        """Read the pool."""
        services = self.context.services
        self.context.desk.query(lambda: services.experts.pool(services.actor), self._show, owner=self)

    def pane(self) -> tuple[str, QWidget] | None:
        """The card of the chosen mediator."""
        return "专家", self._view

    def _on_engage_clicked(self) -> None:
        if self._engage.isVisible():
            self._engage.submit.click()
        else:
            self._engage.begin()

    def _on_engage_closed(self) -> None:
        self._engage.hide()
        self.table.setFocus()

    def _show(self, entries: tuple[PoolEntry, ...]) -> None:
        self._entries = entries
        self._narrow()

    def _narrow(self) -> None:
        words = self.search.value().split()
        shown = tuple(
            entry for entry in self._entries if all(word in _searched(entry.card) for word in words)
        )
        self.table.set_empty("没有符合的专家，换一个词试试。" if words else "入库的调解员会出现在这里。")
        self.table.show_records(shown)
        self._count.setText(f"共 {len(shown)} 人，手头案件从少到多，再按编号")
        if shown and self.table.current() is None:
            self.table.selectRow(0)

    def _on_table_moved(self, entry: object) -> None:
        if isinstance(entry, PoolEntry):
            self._view.show_entry(entry)


def _grade(card: MediatorCard) -> str:
    return (card.grade or "—").removesuffix("人民调解员")


def _years(card: MediatorCard) -> str:
    return f"{card.years_mediating} 年" if card.years_mediating is not None else "—"


def _searched(card: MediatorCard) -> str:
    return " ".join((card.pool_no, card.name, card.organisation, *card.specialties, *card.languages))


_COLUMNS: tuple[Column[PoolEntry], ...] = (
    Column("编号", lambda entry: entry.card.pool_no, width=66),
    Column("姓名", lambda entry: entry.card.name, width=96),
    Column("单位", lambda entry: entry.card.organisation),
    Column("擅长", lambda entry: "、".join(entry.card.specialties) or "—", width=216),
    Column(
        "在办", lambda entry: f"{entry.running} 件", width=70, number=True, sort=lambda entry: entry.running
    ),
    Column("聘任", lambda entry: _SHORT.get(entry.card.employment, ""), width=66, optional=True),
    Column("等级", lambda entry: _grade(entry.card), width=76, optional=True),
    Column(
        "从事年限",
        lambda entry: _years(entry.card),
        width=88,
        number=True,
        sort=lambda entry: entry.card.years_mediating or 0,
        optional=True,
    ),
    Column("语言", lambda entry: "、".join(entry.card.languages) or "—", width=150, optional=True),
)
"""What anybody may see of a mediator; the last columns give way first."""
