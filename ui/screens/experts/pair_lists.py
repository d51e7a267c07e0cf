"""查重 and 组成提醒: two lists beside the register, each line with its reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.access.permissions import Permission
from mediation_desk.experts.composition import CompositionNotice
from mediation_desk.experts.duplicates import Duplicate
from mediation_desk.experts.mediator import Mediator
from mediation_desk.shared.changes import Changes, Topic
from ui.screens.base import Context
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.widgets.buttons import button, link
from ui.widgets.card import Card
from ui.widgets.danger_dialog import confirm_danger
from ui.widgets.layout import row
from ui.widgets.message_bar import Kind
from ui.widgets.text import heading, small

_CONSEQUENCE = (
    "{keep}里空着的项目用{drop}的补上，清单合在一起，已有的内容不变。"
    "{drop}如果有案件记录，就标为离任（并入{number}）留作查考；没有的从名册里删去。"
    "合并记入操作记录，不能撤回。"
)


class _Beside(QWidget):
    """A list that stands in front of the register until the user goes back."""

    left = Signal()

    def __init__(self, word: str, remark: str, name: str) -> None:
        super().__init__()
        self._remark = small(remark, wrap=True)
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(theme().px(8))
        back = link("名册", self.left.emit, symbol="left")
        back.setObjectName(f"{name}.back")
        self._stack.addLayout(row(back, heading(word), None))
        self._stack.addWidget(self._remark)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
        else:
            super().keyPressEvent(event)


class DuplicatesPage(_Beside):
    """Pairs that may be one person."""

    def __init__(self, context: Context) -> None:
        super().__init__("疑似重复", "这些档案可能是同一个人。先看理由，再决定合并还是留着。", "duplicates")
        self._context = context
        self.table: RecordTable[Duplicate] = RecordTable(
            "疑似重复",
            (
                Column("编号", lambda one: one.first.pool_no, width=72),
                Column("姓名", lambda one: one.first.name, width=120),
                Column("单位", lambda one: one.first.card.organisation, optional=True),
                Column("编号", lambda one: one.second.pool_no, width=72),
                Column("姓名", lambda one: one.second.name, width=120),
                Column("单位", lambda one: one.second.card.organisation, optional=True),
                Column("理由", lambda one: "；".join(one.reasons), width=230),
            ),
            key=lambda one: (one.first.pool_no, one.second.pool_no),
            empty="没有疑似重复的档案。",
        )
        self.table.setObjectName("duplicates.table")
        self.keep_first = button("", lambda: self._merge(first=True))
        self.keep_second = button("", lambda: self._merge(first=False))
        self.keep_first.setObjectName("duplicates.keep_first")
        self.keep_second.setObjectName("duplicates.keep_second")
        card = Card(flush=True)
        card.add(self.table, 1)
        self._stack.addWidget(card, 1)
        self._stack.addLayout(row(None, self.keep_first, self.keep_second))
        self.table.moved.connect(self._on_moved)
        self._on_moved(None)

    def refresh(self) -> None:
        """Look again."""
        services = self._context.services
        self._context.desk.query(lambda: services.experts.duplicates(services.actor), self._show, owner=self)

    def _show(self, pairs: tuple[Duplicate, ...]) -> None:
        self.table.show_records(pairs)
        if pairs and self.table.current() is None:
            self.table.selectRow(0)
        self._on_moved(self.table.current())
        self.table.setFocus()

    def _on_moved(self, pair: object) -> None:
        may = self._context.services.actor.can(Permission.EXPERT_ENGAGE)
        for word, deed in (("first", self.keep_first), ("second", self.keep_second)):
            deed.setVisible(isinstance(pair, Duplicate) and may)
            if isinstance(pair, Duplicate):
                one: Mediator = getattr(pair, word)
                deed.set_caption(f"合并，保留 {one.pool_no}")

    def _merge(self, *, first: bool) -> None:
        pair = self.table.current()
        if pair is None:
            return
        keep, drop = (pair.first, pair.second) if first else (pair.second, pair.first)
        words = _CONSEQUENCE.format(keep=_who(keep), drop=_who(drop), number=keep.pool_no)
        if not confirm_danger(self, "合并两份档案", words, "合并"):
            return
        services = self._context.services

        def done(after: Mediator) -> None:
            self._context.say(f"{_who(drop)}已并入{_who(after)}。", Kind.SUCCESS)
            self.refresh()

        self._context.desk.command(
            lambda: services.experts.merge(services.actor, keep.pool_no, drop.pool_no),
            done,
            touches=Changes.of(Topic.EXPERTS, Topic.CASES),
            owner=self,
        )


class CompositionPage(_Beside):
    """What the bodies of the pool lack, with the article it rests on."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            "组成提醒", "按入库的人员核对各调解委员会的组成；只是提醒，不影响选调解员。", "composition"
        )
        self._context = context
        self.table: RecordTable[CompositionNotice] = RecordTable(
            "组成提醒",
            (
                Column("单位", lambda one: one.organisation, width=210),
                Column("提醒", lambda one: one.sentence),
                Column("依据", lambda one: one.article, width=210, optional=True),
                Column("规则", lambda one: one.rule, width=72, optional=True),
            ),
            key=lambda one: (one.organisation, one.sentence),
            empty="各调解委员会的组成没有要提醒的。",
        )
        self.table.setObjectName("composition.table")
        card = Card(flush=True)
        card.add(self.table, 1)
        self._stack.addWidget(card, 1)

    def refresh(self) -> None:
        """Check again."""
        services = self._context.services
        self._context.desk.query(lambda: services.experts.composition(services.actor), self._show, owner=self)

    def _show(self, notices: tuple[CompositionNotice, ...]) -> None:
        self.table.show_records(notices)
        self.table.setFocus()


def _who(one: Mediator) -> str:
    return f"{one.pool_no} {one.name}"
