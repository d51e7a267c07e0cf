"""分流督办: units on the left with what they owe, the list of the chosen one on the right, its line beneath."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QPushButton

from mediation_desk.cases.routing.worklist import SHOWN, Span
from mediation_desk.shared.changes import Topic
from ui.fields.date_field import show_day
from ui.fields.text_field import TextField
from ui.screens.base import Context, Screen
from ui.screens.loose_papers import LoosePaper, LoosePapers
from ui.screens.routing.board import Board, read_board
from ui.screens.routing.detail import LineDetail
from ui.screens.routing.rows import (
    ALL,
    LATE,
    LEADER,
    LISTS,
    UNDECIDED,
    UNHEARD,
    UNREPORTED,
    TaskRow,
    UnitRow,
    counts_words,
    special_rows,
    unit_rows,
    worklist_rows,
)
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.layout import boxed, column
from ui.widgets.plain import plain_caption
from ui.widgets.segments import Segments
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow

_SPANS = {"today": Span.TODAY, "week": Span.WEEK, "month": Span.MONTH, "quarter": Span.QUARTER}
_SETTLE_MS = 200
_BESIDE, _ANY_WIDTH = 760, 16_777_215
_UNITS_WIDTH, _LISTS_HEIGHT, _TASKS_HEIGHT = 260, 400, 190
_NOTHING = "这段时间没有任务。交给这个单位的案件会出现在这里。"
_NOTHING_SPECIAL = {
    UNREPORTED: "发现的情况都已经上报。",
    UNDECIDED: "没有两次退回的案件。",
    LATE: "没有到期还没有反馈的任务。",
    LEADER: "没有再次逾期的督办，也没有包案。",
    UNHEARD: "办完的都已经反馈。",
}


class TaskPapers(LoosePapers):
    """The list of a unit as paper."""

    code = "routing"


class RoutingScreen(Screen):
    """Enter on a line goes to its first button; what is done here are the steps of the case page."""

    code = "routing"
    caption = "分流督办"
    topics = frozenset((Topic.CASES, Topic.CENTRE))
    scrolled = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._unit, self._span = ALL, Span.WEEK
        self._board: Board | None = None
        self._filling = False
        self._lists = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.spans = Segments(
            "哪段时间", tuple((code, span.value, "calendar") for code, span in _SPANS.items())
        )
        self.spans.choose("week")
        self.person = TextField("责任人", longest=40)
        self.mine = QCheckBox(plain_caption("只看我的"))
        self.print = button("打印清单", self._on_print_clicked, symbol="print")
        self.papers = TaskPapers(context, self)
        self._counts = small()
        self.units: RecordTable[UnitRow] = RecordTable(
            "单位", _unit_columns(), key=lambda one: one.name, sortable=False
        )
        self.tasks: RecordTable[TaskRow] = RecordTable(
            "任务", _task_columns(), key=lambda one: one.key, empty=_NOTHING
        )
        self.detail = LineDetail(context)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._name()
        self._lay_out()
        self._connect()
        self.first = self.tasks

    def refresh(self) -> None:
        """Read units, lists and the list of the chosen unit."""
        services, span = self.context.services, self._span
        unit = "" if self._unit in (ALL, *LISTS) else self._unit
        person = services.actor.display_name if self.mine.isChecked() else self.person.value()
        self.context.desk.query(
            lambda: read_board(services, unit, span, person), self._show, owner=self, slot="board"
        )

    def open(self, argument: str) -> None:
        """Show the list of this unit, or one of the five lists."""
        self._choose(argument or ALL)

    @property
    def primary(self) -> QPushButton | None:
        """What Ctrl+Enter presses: the open form."""
        return self.detail.primary()

    @primary.setter
    def primary(self, button: QPushButton | None) -> None:
        """The base class sets it once; here it follows from what is open."""

    def where(self) -> str:
        """The list in front."""
        return self._unit

    def print_preview(self) -> None:
        """Ctrl+P: the list as paper."""
        self._on_print_clicked()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window or with large text the units stand above their list."""
        super().resizeEvent(event)
        self._place_lists()

    def sentence(self) -> str:
        """What is counted above the list."""
        return self._counts.text()

    def _place_lists(self) -> None:
        beside = self.width() * 100 // theme().percent >= _BESIDE
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._lists.direction() is not way:
            self._lists.setDirection(way)
        px = theme().px
        self._left.setMaximumWidth(px(_UNITS_WIDTH) if beside else _ANY_WIDTH)
        self._left.setMinimumWidth(px(_UNITS_WIDTH) if beside else 0)
        self.units.setMinimumHeight(px(_LISTS_HEIGHT if beside else _TASKS_HEIGHT))

    def _choose(self, name: str) -> None:
        self._unit = name
        if self._board is not None and name in LISTS:
            self._show(self._board)
        else:
            self.refresh()

    def _show(self, board: Board) -> None:
        self._board = board
        with QSignalBlocker(self.units):  # filling is no choice
            self.units.show_records(unit_rows(board.tree, board.loads, board.special))
            self.units.choose_key(self._unit)
        special = self._unit in LISTS
        tasks = (
            special_rows(self._unit, board.special, board.tree, board.worklist.on)
            if special
            else worklist_rows(board.worklist, board.tree)
        )
        self.tasks.set_empty(_NOTHING_SPECIAL[self._unit] if special else _NOTHING)
        self._filling = True
        self.tasks.show_records(tasks)
        self._filling = False
        found = board.worklist
        cut = f"；只列前 {SHOWN} 件" if len(found.lines) == SHOWN else ""
        days = show_day(found.first) + ("" if found.first == found.last else f" 至 {show_day(found.last)}")
        self._counts.setText(
            f"{self._unit}　{len(tasks)} 件"
            if special
            else f"{self._unit}　{days}　{counts_words(found)}{cut}"
        )
        self.print.setEnabled(not special)
        for control in (self.spans, self.person, self.mine):
            control.setEnabled(not special)
        self.person.setEnabled(not special and not self.mine.isChecked())
        pressing = len(board.special.unreported) + len(board.special.undecided) + len(board.special.late)
        self.context.frame.show_count(self.code, pressing)
        if self.tasks.current() is not None or not self.detail.is_busy():
            self._show_line(self.tasks.current())

    def _show_line(self, line: TaskRow | None) -> None:
        if not self._filling:
            self.detail.show_row(line)

    def _on_unit_moved(self, unit: UnitRow | None) -> None:
        if unit is not None and unit.name != self._unit:
            self._choose(unit.name)

    def _on_mine_toggled(self, on: bool) -> None:
        self.person.setEnabled(not on)
        self.refresh()

    def _on_span_chosen(self, code: str) -> None:
        self._span = _SPANS[code]
        self.refresh()

    def _on_print_clicked(self) -> None:
        if self._board is None or self._unit in LISTS:
            self.context.say("这张清单在屏幕上办理；要打印的，先选一个单位。")
            return
        services, found = self.context.services, self._board.worklist
        self.papers.show_paper(
            LoosePaper(
                "任务清单",
                lambda: services.loose_printing.preview_worklist(services.actor, found),
                lambda formats, folder: services.loose_printing.worklist(
                    services.actor, found, formats, folder
                ),
            )
        )

    def _connect(self) -> None:
        self.units.moved.connect(self._on_unit_moved)
        self.units.chosen.connect(lambda _unit: self.tasks.setFocus())
        self.tasks.moved.connect(self._show_line)
        self.tasks.chosen.connect(lambda _task: self.detail.focus_first())
        self.spans.chosen.connect(self._on_span_chosen)
        self.mine.toggled.connect(self._on_mine_toggled)
        self.person.edited.connect(self._settle.start)
        self._settle.timeout.connect(self.refresh)

    def _name(self) -> None:
        for name, control in (
            ("units", self.units),
            ("tasks", self.tasks),
            ("person", self.person),
            ("mine", self.mine),
            ("print", self.print),
            ("spans", self.spans),
        ):
            control.setObjectName(f"routing.{name}")
        for code, segment in self.spans.buttons.items():
            segment.setObjectName(f"routing.span.{code}")
        self.person.setAccessibleName("只看这个责任人")
        self.mine.setAccessibleName("只看我的")
        self._counts.setObjectName("routing.counts")

    def _lay_out(self) -> None:
        px = theme().px
        self.person.setMaximumWidth(px(150))
        left, right = Card(flush=True), Card(flush=True)
        self._left = left
        left.add(self.units, 1)
        right.add(self.tasks, 1)
        self.tasks.setMinimumHeight(px(_TASKS_HEIGHT))
        self._place_lists()
        tools = WrappingRow(gap=10)
        for control in (self.spans, self.mine, self.person, self.print):
            tools.add(control)
        self.body.addWidget(tools)
        self.body.addWidget(self._counts)
        beside = column(gap=12)
        beside.addWidget(right, 1)
        beside.addWidget(self.detail)
        self._lists.setSpacing(px(12))
        self._lists.addWidget(left)
        self._lists.addWidget(boxed(beside), 1)
        self.body.addLayout(self._lists, 1)


def _unit_columns() -> tuple[Column[UnitRow], ...]:
    return (
        Column(
            "单位",
            lambda one: one.label,
            tone=lambda one: Tone.ACCENT if one.is_list else Tone.INK,
            explain=lambda one: one.name,
        ),
        Column("没办完", lambda one: str(one.open) if one.open else "", width=66, number=True),
        Column(
            "逾期",
            lambda one: str(one.overdue) if one.overdue else "",
            width=54,
            number=True,
            tone=lambda _one: Tone.SEAL,
        ),
    )


def _task_columns() -> tuple[Column[TaskRow], ...]:
    return (
        Column("案件", lambda one: one.title, explain=lambda one: f"{one.title}\n{one.case_key}"),
        Column("任务", lambda one: one.what, optional=True),
        Column("谁办", lambda one: one.who, width=160),
        Column("交出", lambda one: f"{one.since:%m-%d}", width=76, sort=lambda one: one.since, optional=True),
        Column(
            "期限",
            lambda one: one.due,
            width=176,
            tone=lambda one: one.tone,
        ),
        Column("情况", lambda one: one.standing, width=104, optional=True),
    )
