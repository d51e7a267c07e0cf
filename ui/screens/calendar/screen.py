"""日程: what happens in which room and when, and who waits for a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QBoxLayout, QStackedWidget

from mediation_desk.cases.calendar.model import SessionLine, WaitingLine
from mediation_desk.cases.calendar.rooms import ELSEWHERE, CalendarRoom, room_of
from mediation_desk.cases.lifecycle import IN_ROOM
from mediation_desk.shared.changes import Topic
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.screens.base import Context, Screen
from ui.screens.calendar.day_papers import DayPapers
from ui.screens.calendar.queue import QueueCard
from ui.screens.calendar.reading import Board, read_board
from ui.screens.calendar.time_grid import GridColumn, TimeGrid
from ui.screens.calendar.week_list import WeekList
from ui.screens.calendar.words import brief_names, day_head, free_spans, free_text, open_on, staff_text
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import IconButton, button
from ui.widgets.card import Card
from ui.widgets.segments import Segments
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow

DAY, WEEK, ROOM = "day", "week", "room"
_WAYS = ((DAY, "日", ""), (WEEK, "周", ""), (ROOM, "调解室", ""))
_BESIDE, _QUEUE_WIDTH, _ANY_WIDTH = 860, 320, 16_777_215
_LOWEST = 300
_ONE, _SEVEN = timedelta(days=1), timedelta(days=7)
ELSEWHERE_HEAD = "其他地点、网上"


class CalendarScreen(Screen):
    """Three views of the same days. Every session leads to its case, every waiting case to its plan."""

    code = "calendar"
    caption = "日程"
    topics = frozenset((Topic.CASES, Topic.SESSIONS, Topic.EXPERTS, Topic.CENTRE))
    scrolled = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._day = context.services.calendar.local_today
        self._way = DAY
        self._board: Board | None = None
        self._focus_wanted = False
        self.ways = Segments("看法", _WAYS)
        self.ways.choose(DAY)
        self.back = IconButton("left", "往前")
        self.ahead = IconButton("right", "往后")
        self.now = button("今天  T", self._go_today)
        self.date = DateField(today=lambda: context.services.calendar.local_today)
        self.room: ChoiceField[CalendarRoom] = ChoiceField((), word=lambda room: room.name)
        self.print = button("打印、日历", self.print_preview, symbol="print")
        self.papers = DayPapers(context, self)
        self._people = small("", Tone.QUIET, wrap=True)
        self._count = small()
        self.grid = TimeGrid()
        self.week = WeekList()
        self.queue = QueueCard()
        self._pages = QStackedWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._name()
        self._lay_out()
        self._connect()
        self.first = self.grid

    def refresh(self) -> None:
        """Read the days in view and the waiting list."""
        services, (first, last) = self.context.services, self._span()
        self.context.desk.query(
            lambda: read_board(services, first, last), self._show, owner=self, slot="calendar"
        )

    def open(self, argument: str) -> None:
        """Show the day that ``argument`` names, in ISO form."""
        if argument:
            self._go(date.fromisoformat(argument))

    def where(self) -> str:
        """The day."""
        return self._day.isoformat()

    def print_preview(self) -> None:
        """Ctrl+P: the day as paper."""
        self.papers.open(self._day, *self._span())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window or with large text the waiting list stands beneath."""
        super().resizeEvent(event)
        self._place_queue()

    # Moving about

    def _span(self) -> tuple[date, date]:
        if self._way == DAY:
            return self._day, self._day
        monday = self._day - self._day.weekday() * _ONE
        return monday, monday + _SEVEN - _ONE

    def _go(self, day: date) -> None:
        self._day = day
        self.date.set_value(day)
        self.refresh()

    def _go_today(self) -> None:
        self._go(self.context.services.calendar.local_today)

    def _step(self, way: int) -> None:
        self._go(self._day + way * (_ONE if self._way == DAY else _SEVEN))

    def _leave_at_edge(self, way: int) -> None:
        self._focus_wanted = True
        self._step(way)

    def _look(self, way: str) -> None:
        self._way = way
        self.ways.choose(way)
        self.refresh()

    def _look_at_day(self, day: date) -> None:
        self._day = day
        self.date.set_value(day)
        self._look(DAY)

    def _on_date_edited(self) -> None:
        day = self.date.value()
        if day is not None and day != self._day:
            self._day = day
            self.refresh()

    # Showing

    def _show(self, board: Board) -> None:
        self._board = board
        with QSignalBlocker(self.room):
            self.room.set_values(board.rooms)
        calendar = board.calendar
        front = self.week if self._way == WEEK else self.grid
        before, focused = self._pages.currentWidget(), QApplication.focusWidget()
        if (
            focused is not None
            and before is not front
            and (focused is before or before.isAncestorOf(focused))
        ):
            self._focus_wanted = True
            self.ways.buttons[self._way].setFocus()  # what is hidden must not hand the focus on
        self._pages.setCurrentWidget(front)
        self.room.setVisible(self._way == ROOM)
        if self._way == WEEK:
            days = [calendar.first + place * _ONE for place in range(7)]
            self.week.show_week(calendar, days, board.today)
        elif self._way == DAY:
            self.grid.show_columns(self._rooms_of_day(board), calendar.notes)
        else:
            self.grid.show_columns(self._days_of_room(board), calendar.notes)
        people = staff_text(calendar.staff_on(self._day)) if self._way == DAY else ""
        self._people.setText(people)
        self._people.setVisible(bool(people))
        self._count.setText(self._counted(board))
        self.grid.setAccessibleName(self._count.text())
        self.week.setAccessibleName(self._count.text())
        self.queue.show_lines(board.waiting, board.today)
        self.context.frame.show_count(self.code, len(board.waiting))
        self.first = front
        if self._focus_wanted:
            self._focus_wanted = False
            front.focus_first()

    def _show_again(self) -> None:
        if self._board is not None:
            self._show(self._board)

    def _counted(self, board: Board) -> str:
        calendar = board.calendar
        days = day_head(calendar.first)
        if calendar.last != calendar.first:
            days += f" 至 {day_head(calendar.last)}"
        clashes = sum(any(not note.startswith("仍按") for note in notes) for notes in calendar.notes.values())
        unaware = sum(line.notices_open > 0 for line in calendar.sessions)
        parts = (
            f"{days}　{len(calendar.sessions)} 场",
            f"冲突 {clashes} 场" if clashes else "",
            f"还有人没通知的 {unaware} 场" if unaware else "",
        )
        return "，".join(part for part in parts if part)

    def _rooms_of_day(self, board: Board) -> tuple[GridColumn, ...]:
        lines = board.calendar.on(self._day)
        briefs = brief_names([room.name for room in board.rooms])
        columns = [
            replace(
                self._column(board, self._day, room.name, self._in_room(board, lines, room.code)), brief=brief
            )
            for room, brief in zip(board.rooms, briefs, strict=True)
        ]
        others = self._in_room(board, lines, ELSEWHERE)
        if others or not columns:
            columns.append(
                GridColumn(ELSEWHERE_HEAD, f"{len(others)} 场", others, open_on(self._day, board.hours))
            )
        return tuple(columns)

    def _days_of_room(self, board: Board) -> tuple[GridColumn, ...]:
        room = self.room.value()
        code = room.code if room is not None else ELSEWHERE
        days = [board.calendar.first + place * _ONE for place in range(7)]
        return tuple(
            self._column(board, day, day_head(day), self._in_room(board, board.calendar.on(day), code))
            for day in days
        )

    @staticmethod
    def _in_room(board: Board, lines: tuple[SessionLine, ...], code: str) -> tuple[SessionLine, ...]:
        return tuple(line for line in lines if room_of(line, board.rooms) == code)

    @staticmethod
    def _column(board: Board, day: date, head: str, lines: tuple[SessionLine, ...]) -> GridColumn:
        hours = open_on(day, board.hours)
        free = free_text(free_spans(hours, (line.span for line in lines))) if hours else "休息日"
        return GridColumn(head, free, lines, hours)

    # Going elsewhere

    def _open_session(self, line: SessionLine) -> None:
        self.context.open_case(line.case_key, "sessions")

    def _plan(self, line: WaitingLine) -> None:
        if line.state in IN_ROOM:
            self.context.open_case(line.case_key, "sessions.plan")
            return
        self.context.open_case(line.case_key, "choice")
        self.context.say("本案还没有选定调解员，选定以后再安排调解会（人民调解法第十九条）。")

    def _plan_current(self) -> None:
        if not self.queue.plan_current():
            self.context.say("没有案件在等候安排。要安排别的案件，先在“案件”里打开它。")

    # Building

    def _place_queue(self) -> None:
        beside = self.width() * 100 // theme().percent >= _BESIDE
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._sides.direction() is not way:
            self._sides.setDirection(way)
        px = theme().px
        self.queue.setMaximumWidth(px(_QUEUE_WIDTH) if beside else _ANY_WIDTH)
        self.queue.setMinimumWidth(px(_QUEUE_WIDTH) if beside else 0)
        self.queue.setMinimumHeight(0 if beside else px(_LOWEST - 100))

    def _name(self) -> None:
        for name, control in (
            ("ways", self.ways),
            ("back", self.back),
            ("ahead", self.ahead),
            ("now", self.now),
            ("date", self.date),
            ("room", self.room),
            ("print", self.print),
            ("grid", self.grid),
            ("week", self.week),
            ("people", self._people),
            ("count", self._count),
        ):
            control.setObjectName(f"calendar.{name}")
        for code, segment in self.ways.buttons.items():
            segment.setObjectName(f"calendar.way.{code}")
        self.date.setAccessibleName("看哪一天")
        self.room.setAccessibleName("看哪间调解室")
        self.date.set_value(self._day)

    def _lay_out(self) -> None:
        tools = WrappingRow(gap=8)
        for control in (self.ways, self.back, self.now, self.ahead, self.date, self.room, self.print):
            tools.add(control)
        self.room.setMinimumWidth(theme().px(230))
        self.room.hide()
        self.body.addWidget(tools)
        self.body.addWidget(self._count)
        self.body.addWidget(self._people)
        ground = Card(flush=True)
        self._pages.addWidget(self.grid)
        self._pages.addWidget(self.week)
        self._pages.setMinimumHeight(theme().px(_LOWEST))
        ground.add(self._pages, 1)
        self._sides.setSpacing(theme().px(12))
        self._sides.addWidget(ground, 1)
        self._sides.addWidget(self.queue)
        self.body.addLayout(self._sides, 1)
        self._place_queue()

    def _connect(self) -> None:
        self.ways.chosen.connect(self._look)
        self.back.clicked.connect(lambda _checked=False: self._step(-1))
        self.ahead.clicked.connect(lambda _checked=False: self._step(1))
        self.date.edited.connect(self._on_date_edited)
        self.date.editingFinished.connect(self._on_date_edited)
        self.room.edited.connect(self._show_again)
        for view in (self.grid, self.week):
            view.chosen.connect(self._open_session)
            view.beyond.connect(self._leave_at_edge)
        self.week.day_chosen.connect(self._look_at_day)
        self.queue.planned.connect(self._plan)
        for key, do in (
            ("D", lambda: self._look(DAY)),
            ("W", lambda: self._look(WEEK)),
            ("R", lambda: self._look(ROOM)),
            ("T", self._go_today),
            ("N", self._plan_current),
            ("Ctrl+Left", lambda: self._step(-1)),
            ("Ctrl+Right", lambda: self._step(1)),
        ):
            shortcut = QShortcut(
                QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
            shortcut.activated.connect(do)
