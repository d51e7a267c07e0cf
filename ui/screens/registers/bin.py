"""回收站: cases put away with everything that hangs on them, each one step from coming back."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.registers import MOST_BINNED
from mediation_desk.cases.steps.binning import TakeOut
from mediation_desk.cases.summary import BinnedCase
from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.errors import BookedError
from ui.screens.base import Context, Screen
from ui.screens.taking_back import TOUCHED, offer
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.widgets.buttons import button, primary
from ui.widgets.card import Card
from ui.widgets.message_bar import Action, Kind
from ui.widgets.text import small


class BinScreen(Screen):
    """Enter opens the case; 放回 puts the current one back."""

    code = "bin"
    caption = "回收站"
    topics = frozenset((Topic.CASES,))

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._count = small()
        self.table: RecordTable[BinnedCase] = RecordTable(
            "回收站里的案件", _COLUMNS, key=lambda one: one.case_key, empty="回收站是空的。"
        )
        self.table.setObjectName("bin.cases")
        self.restore = primary("放回", self._on_restore)
        self.restore.setObjectName("bin.restore")
        self._open = button("打开", self._on_open)
        self._open.setObjectName("bin.open")
        self.primary, self.first = self.restore, self.table
        card = Card("移入的案件", flush=True)
        card.header.addWidget(self._count)
        card.add(self.table)
        for one in (self._open, self.restore):
            self.top.addWidget(one)
        self.body.addWidget(
            small("这里的案件不在任何列表、检索和统计里。放回以后和原来一样，编号也恢复。", wrap=True)
        )
        self.body.addWidget(card, 1)
        self.table.chosen.connect(lambda one: context.open_case(one.case_key))
        self.table.moved.connect(lambda _one: self._settle())
        self._settle()

    def refresh(self) -> None:
        """Read the bin."""
        services = self.context.services
        self.context.desk.query(lambda: services.registers.binned(services.actor), self._show, owner=self)

    def _show(self, binned: tuple[BinnedCase, ...]) -> None:
        self.table.show_records(binned)
        if self.table.current() is None and binned:
            self.table.selectRow(0)
        more = "，只列最近的" if len(binned) == MOST_BINNED else ""
        self._count.setText(f"{len(binned)} 件{more}" if binned else "")
        self._settle()

    def _settle(self) -> None:
        for one in (self.restore, self._open):
            one.setEnabled(self.table.current() is not None)

    def _on_open(self) -> None:
        if (one := self.table.current()) is not None:
            self.context.open_case(one.case_key)

    def _on_restore(self) -> None:
        one = self.table.current()
        if one is None:
            return
        services, step = self.context.services, TakeOut()

        def done(file: CaseFile) -> None:
            undo = offer(self.context, file, (step,), self)
            self.context.say(f"“{file.title}”已经放回。", Kind.SUCCESS, undo)

        def failed(error: BaseException) -> bool:
            if not isinstance(error, BookedError):
                return False
            # Where it can still be put back, with a reason: on the case itself.
            there = Action("去写理由", lambda: self.context.open_case(one.case_key, "overview"))
            self.context.say(error.message, Kind.WARN, there)
            return True

        self.context.desk.command(
            lambda: services.cases.perform(services.actor, one.case_key, step),
            done,
            failed,
            touches=Changes.of(*TOUCHED, case_key=one.case_key),
            owner=self,
        )


_COLUMNS: tuple[Column[BinnedCase], ...] = (
    Column("移入", lambda one: one.on.isoformat(), width=104),
    Column("编号", lambda one: one.number or one.case_key, width=190),
    Column("案件", lambda one: one.title),
    Column("状态", lambda one: one.state.value, width=96),
    Column("理由", lambda one: one.reason, width=220),
    Column("经办", lambda one: one.by, width=80),
)
