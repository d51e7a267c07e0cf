"""以案定补: what a month would pay, the lists it has, their approval and payment, and what was wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from mediation_desk.access.permissions import Permission
from mediation_desk.documents.forms.subsidy_list import standing
from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.money import figures
from mediation_desk.subsidy.model import BatchSheet, BatchStatus
from mediation_desk.subsidy.months import last_day, month_word
from ui.fields.choice_field import ChoiceField
from ui.screens.base import Context, Screen
from ui.screens.loose_papers import LoosePaper, LoosePapers
from ui.screens.subsidy.deeds_card import DeedsCard
from ui.screens.subsidy.reading import Board, month_to_do, months_offered, read_board
from ui.screens.subsidy.rows import (
    CHANGED,
    EMPTY,
    LATER,
    NEVER,
    READY,
    Line,
    ListRow,
    line_columns,
    list_columns,
)
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.widgets.buttons import button, primary
from ui.widgets.card import Card
from ui.widgets.layout import boxed, column
from ui.widgets.message_bar import Kind
from ui.widgets.text import small

_BESIDE, _LISTS_WIDTH, _ANY_WIDTH, _LOWEST, _LISTS_SHOWN = 760, 210, 16_777_215, 240, 8


class SubsidyPapersPane(LoosePapers):
    """The payment list on paper."""

    code = "subsidy"


class SubsidyScreen(Screen):
    """Lists on the left, cases on the right; the blue button takes the list one step further."""

    code = "subsidy"
    caption = "以案定补"
    topics = frozenset((Topic.CASES, Topic.STATISTICS))
    scrolled = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._today = context.services.subsidies.local_today
        self._which, self._no = READY, 0
        self._board: Board | None = None
        self._refused: dict[str, str] = {}
        self.month: ChoiceField[date] = ChoiceField(months_offered(self._today), word=month_word)
        self.month.set_value(month_to_do(self._today))
        self.month.setMinimumContentsLength(9)
        self.month.setAccessibleName("哪个月的清单")
        self.lists: RecordTable[ListRow] = RecordTable(
            "清单", list_columns(), key=lambda one: one.batch.no if one.batch else one.name, sortable=False
        )
        self.table: RecordTable[Line] = RecordTable(
            "案件",
            line_columns(READY, prepared=False),
            key=lambda one: (one.case_key, one.takes_back),
            empty=EMPTY[READY],
        )
        self.told = small("", wrap=True)
        self.papers = SubsidyPapersPane(context, self)
        self.deed = primary("编制清单", self._on_deed)
        self.open_button = button("打开案件", self._on_open)
        self.print = button("打印", self.print_preview, symbol="print")
        self.deeds = DeedsCard(self._today, self)
        self._card = Card(flush=True)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.primary, self.first = self.deed, self.table
        self._name()
        self._lay_out()
        self._connect()
        self._settle()

    def refresh(self) -> None:
        """Read the month."""
        services, month = self.context.services, self._month()
        self.context.desk.query(lambda: read_board(services, month), self._show, owner=self, slot="subsidy")

    def open(self, argument: str) -> None:
        """Show the list called ``argument``."""
        if argument in EMPTY:
            self._choose(argument, 0)

    def where(self) -> str:
        """The list in front."""
        return self._which

    def print_preview(self) -> None:
        """Ctrl+P: the payment list, or a draft of it."""
        services, month, no = self.context.services, self._month(), self._no
        papers, actor = services.subsidy_papers, services.actor
        self.papers.show_paper(
            LoosePaper(
                "发放表" if no else "发放表（草稿）",
                lambda: papers.preview_list(actor, month, no),
                lambda formats, folder: papers.list(actor, month, no, formats, folder),
            )
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window or with large text the lists stand above."""
        super().resizeEvent(event)
        self._place_lists()

    # Showing

    def _show(self, board: Board) -> None:
        self._board = board
        if self._no and self._no not in board.sheets:
            self._which, self._no = READY, 0
        with QSignalBlocker(self.lists.selectionModel()):
            self.lists.show_records(board.rows())
            self.lists.choose_key(self._no or self._which)
        self._show_lines()

    def _show_lines(self) -> None:
        board = self._board
        if board is None:
            return
        lines = board.lines(self._which, self._no, self._refused)
        self.table.set_columns(line_columns(self._which, prepared=bool(self._no)))
        self.table.set_empty(EMPTY.get(self._which, "清单里没有案件。"))
        self.table.show_records(lines)
        if self.table.current() is None and lines:
            self.table.selectRow(0)
        self.told.setText(self._words(board))
        self._settle()

    def _words(self, board: Board) -> str:
        sheet = board.sheets.get(self._no)
        if sheet is not None:
            return f"{sheet.batch.name}，{standing(sheet)}。合计 {figures(sheet.total)} 元。"
        month = board.month
        told = f"截至 {month.on.isoformat()}，可以列入 {len(month.ready)} 件，"
        told += f"连同冲减合计 {figures(month.total)} 元。补贴由财政支付，不向当事人收取（LR-2）。"
        return told + (f"还有 {month.left} 件没有核算，请先处理这些。" if month.left else "")

    def _settle(self) -> None:
        sheet, can = self._sheet(), self.context.services.actor.can
        status = sheet.batch.status if sheet else None
        approver, preparer = can(Permission.SUBSIDY_APPROVE), can(Permission.SUBSIDY_PREPARE)
        word = {None: "编制清单", BatchStatus.WAITING: "批准", BatchStatus.APPROVED: "登记发放"}.get(
            status, ""
        )
        self.deed.setVisible(bool(word))
        self.deed.set_caption(word or "编制清单")
        self.deed.setEnabled(self._may_go_on(status, approver=approver, preparer=preparer))
        line = self.table.current()
        self.open_button.setEnabled(line is not None)
        waiting = status is BatchStatus.WAITING
        on_list = status in (BatchStatus.WAITING, BatchStatus.APPROVED, BatchStatus.PAID)
        own_line = line is not None and not line.takes_back and line.state != "作废"
        self.deeds.allow(
            refuse=approver
            and own_line
            and (waiting or (self._which in (READY, LATER, NEVER) and not self._no)),
            void=approver and own_line and (on_list or (self._which == CHANGED and not self._no)),
            withdraw=preparer and waiting,
            pay=preparer and status is BatchStatus.APPROVED,
        )

    def _may_go_on(self, status: BatchStatus | None, *, approver: bool, preparer: bool) -> bool:
        if status is BatchStatus.WAITING:
            return approver
        if status is not None:
            return preparer
        board = self._board
        anything = board is not None and bool(board.month.ready or board.month.to_take_back)
        return preparer and anything and last_day(self._month()) <= self._today

    # Doing

    def _on_deed(self) -> None:
        services, month, no = self.context.services, self._month(), self._no
        subsidies, actor, sheet = services.subsidies, services.actor, self._sheet()
        if sheet is None:
            self._do(lambda: subsidies.prepare(actor, month), self._on_prepared)
        elif sheet.batch.status is BatchStatus.WAITING:
            refused = dict(self._refused)
            self._do(lambda: subsidies.approve(actor, month, no, refuse=refused), self._told("已批准"))
        else:
            day = self.deeds.day.value()
            self._do(lambda: subsidies.paid(actor, month, no, on=day), self._told("已登记发放"))

    def _on_prepared(self, sheet: BatchSheet) -> None:
        self._which, self._no = "", sheet.batch.no
        self._told("已编制，等审批")(sheet)

    def _on_refuse(self) -> None:
        line, reason = self.table.current(), self.deeds.reason.value()
        if line is None or not self._has_reason(reason):
            return
        if self._no:  # stands beside the line until the list is approved
            self._refused[line.case_key] = reason
            self.deeds.clear()
            self._show_lines()
            return
        services, key = self.context.services, line.case_key
        self._do(
            lambda: services.subsidies.refuse(services.actor, key, reason),
            lambda _claim: self.context.say(f"{line.name}不予批准，以后的清单不再列。", Kind.SUCCESS),
        )

    def _on_void(self) -> None:
        line, reason, again = self.table.current(), self.deeds.reason.value(), self.deeds.again.value()
        if line is None or not self._has_reason(reason):
            return
        services, key = self.context.services, line.case_key
        self._do(
            lambda: services.subsidies.void(services.actor, key, reason, again=again),
            lambda _claims: self.context.say(f"{line.name}的计补已作废。", Kind.SUCCESS),
        )

    def _on_withdraw(self) -> None:
        services, month, no = self.context.services, self._month(), self._no
        reason = self.deeds.reason.value()
        if self._has_reason(reason):
            self._do(
                lambda: services.subsidies.withdraw(services.actor, month, no, reason),
                self._told("已撤回，案件可以重新列入"),
            )

    def _do(self, deed: Callable[[], Any], on_done: Callable[[Any], object]) -> None:
        """What a deed touches is read again by itself."""

        def done(result: Any) -> None:
            self._refused.clear()
            self.deeds.clear()
            on_done(result)

        self.context.desk.command(deed, done, touches=Changes.of(Topic.STATISTICS), owner=self)

    def _told(self, words: str) -> Callable[[BatchSheet], None]:
        def say(sheet: BatchSheet) -> None:
            self.context.say(f"{sheet.batch.name}清单{words}。", Kind.SUCCESS)

        return say

    def _has_reason(self, reason: str) -> bool:
        self.deeds.reason_field.set_error("" if reason else "请写明理由。")
        if not reason:
            self.deeds.reason.setFocus()
        return bool(reason)

    def _choose(self, which: str, no: int) -> None:
        self._which, self._no = which, no
        self._refused.clear()
        self.deeds.clear()
        self.deeds.again.set_value(which == CHANGED)
        with QSignalBlocker(self.lists.selectionModel()):
            self.lists.choose_key(no or which)
        self._show_lines()

    def _on_list_moved(self, one: ListRow | None) -> None:
        if one is not None:
            self._choose("" if one.batch else one.name, one.batch.no if one.batch else 0)

    def _on_month(self) -> None:
        self._which, self._no = READY, 0
        self._refused.clear()
        self.refresh()

    def _on_open(self) -> None:
        line = self.table.current()
        if line is not None:
            self.context.open_case(line.case_key)

    def _month(self) -> date:
        return self.month.value() or month_to_do(self._today)

    def _sheet(self) -> BatchSheet | None:
        return self._board.sheets.get(self._no) if self._board else None

    # Building

    def _place_lists(self) -> None:
        beside = self.width() * 100 // theme().percent >= _BESIDE
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._sides.direction() is not way:
            self._sides.setDirection(way)
        self._side.setMaximumWidth(theme().px(_LISTS_WIDTH) if beside else _ANY_WIDTH)
        self._side.setMinimumWidth(theme().px(_LISTS_WIDTH) if beside else 0)
        self.lists.setFixedHeight(self.lists.content_height(_LISTS_SHOWN if beside else _LISTS_SHOWN // 2))

    def _name(self) -> None:
        for name, control in (
            ("month", self.month),
            ("lists", self.lists),
            ("cases", self.table),
            ("told", self.told),
            ("deed", self.deed),
            ("open", self.open_button),
            ("print", self.print),
        ):
            control.setObjectName(f"subsidy.{name}")

    def _lay_out(self) -> None:
        for one in (self.month, self.print, self.open_button, self.deed):
            self.top.addWidget(one)
        side = Card(flush=True)
        side.add(self.lists)
        left = column(side, None)
        self._side = boxed(left)
        self.table.setMinimumHeight(theme().px(_LOWEST))
        self._card.add(self.table, 1)
        right = column(self.told, gap=8)
        right.addWidget(self._card, 1)
        right.addWidget(self.deeds)
        self._sides.setSpacing(theme().px(12))
        self._sides.addWidget(self._side)
        self._sides.addLayout(right, 1)
        self.body.addLayout(self._sides, 1)
        self._place_lists()

    def _connect(self) -> None:
        self.month.edited.connect(self._on_month)
        self.lists.moved.connect(self._on_list_moved)
        self.lists.chosen.connect(lambda _one: self.table.setFocus())
        self.table.moved.connect(lambda _one: self._settle())
        self.table.chosen.connect(lambda _one: self._on_open())
        self.deeds.refuse_wanted.connect(self._on_refuse)
        self.deeds.void_wanted.connect(self._on_void)
        self.deeds.withdraw_wanted.connect(self._on_withdraw)
