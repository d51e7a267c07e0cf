"""工作台: what this day asks for, each thing one press away from its place."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from mediation_desk.backups.state import State
from mediation_desk.shared.changes import Changes, Topic
from ui.fields.date_field import show_day
from ui.screens.base import Context, Screen
from ui.screens.intake.drafts import TOPIC as DRAFTS
from ui.screens.today.backups import backup_words
from ui.screens.today.day_list import DayList
from ui.screens.today.deadline_papers import DeadlinePapers
from ui.screens.today.entries import (
    Entry,
    accepting_entries,
    at_work_entries,
    deadline_entries,
    draft_entries,
    ink_entries,
    item_entries,
    order_entries,
    pressing,
    session_entries,
    signing_entries,
)
from ui.screens.today.reading import Day, read_day
from ui.screens.today.welcome import Welcome
from ui.theme import theme
from ui.widgets.buttons import link, primary
from ui.widgets.layout import boxed
from ui.widgets.message_bar import Kind
from ui.widgets.text import small

_THREE_ABREAST, _TWO_ABREAST = 960, 620
_EVERYTHING = Changes.of(*Topic, DRAFTS)
_LISTS = (
    ("sessions", "将要调解", "场", 136, "安排好的调解会出现在这里。"),
    ("deadlines", "最近的期限", "项", 104, "受理之后，各种期限会出现在这里，最近的十项。"),
    ("orders", "等答复的分流督办", "项", 104, "转办、交办、协办、督办，还没有答复的会出现在这里。"),
    ("items", "付款和行为到期", "项", 108, "协议生效后，七天内到期和已经逾期的会出现在这里。"),
    ("to_accept", "等受理", "件", 104, "登记了还没有决定受理的会出现在这里。"),
    ("to_sign", "等签名", "件", 80, "达成了还没有签完的协议会出现在这里。"),
    ("ink", "印了待签", "份", 84, "印出来还没有签齐的文书会出现在这里，印得最久的在前。"),
    ("at_work", "在办的案件", "件", 116, "登记了还没有办完的会出现在这里，新的在前。"),
    ("drafts", "没登记完的", "份", 116, "先存着的登记会出现在这里。"),
)
_WHOLE = {
    "orders": ("routing", ""),
    "to_accept": ("cases", "#等受理"),
    "to_sign": ("cases", "#等签名"),
    "at_work": ("cases", "#在办"),
}
"""Where the whole list is: a screen, or a saved view of the cases."""


class TodayScreen(Screen):
    """Nine lists; every line leads to its case or to the intake it was left in."""

    code = "today"
    caption = "工作台"
    topics = frozenset((Topic.CASES, Topic.SESSIONS, Topic.DOCUMENTS, Topic.CENTRE, DRAFTS))
    scrolled = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._columns = 0
        self._focus_wanted = False
        self._date = small()
        self.top.insertWidget(1, self._date)
        self._backup = small()
        self._backup.setObjectName("today.backup")
        self._backup.hide()
        self.top.insertWidget(2, self._backup)
        self._register = primary("登记新的纠纷", lambda: context.open_screen("intake"), symbol="intake")
        self._register.setObjectName("today.register")
        self.top.addWidget(self._register)
        self.lists = {
            code: DayList(code, title, unit, empty, room=room) for code, title, unit, room, empty in _LISTS
        }
        self._grid = QGridLayout()
        self._grid.setSpacing(theme().px(12))
        self.welcome = Welcome(context, self._on_sample_wanted)
        self._pages = QStackedWidget()
        self._pages.addWidget(boxed(self._grid))
        self._pages.addWidget(self.welcome)
        self.body.addWidget(self._pages, 1)
        for one in self.lists.values():
            one.chosen.connect(self._on_chosen)
        self.slips = DeadlinePapers(context, self)
        for code, (screen, argument) in _WHOLE.items():
            self.lists[code].header.addWidget(self._whole(code, screen, argument))
        printed = link("打印、日历", self.slips.open)
        printed.setObjectName("today.deadlines.papers")
        self.lists["deadlines"].header.addWidget(printed)
        self._show_day(context.services.cases.local_today, 0)
        self._place_lists()
        self.primary = self.first = self._register

    def refresh(self) -> None:
        """Read the day, what was left unfinished, and whether there is anything at all."""
        services = self.context.services
        self.context.desk.query(lambda: read_day(services), self._show, owner=self)
        self.context.desk.render(services.backups.state, self._show_backups, owner=self, slot="backups")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer lists abreast when the window is narrow or the text large."""
        super().resizeEvent(event)
        self._place_lists()

    def _show(self, day: Day) -> None:
        today, on = day.today, day.today.on
        unfinished = draft_entries(day.drafts, on)
        self._show_first_steps(day.nothing_yet and not unfinished)
        for code, entries in (
            ("sessions", session_entries(today.sessions, on)),
            ("deadlines", deadline_entries(day.due, on)),
            ("orders", order_entries(day.orders, on)),
            ("items", item_entries(today.due_items, on)),
            ("to_accept", accepting_entries(today.to_accept, on)),
            ("to_sign", signing_entries(today.to_sign)),
            ("ink", ink_entries(day.ink, on)),
            ("at_work", at_work_entries(day.at_work)),
            ("drafts", unfinished),
        ):
            self.lists[code].show_entries(entries)
        self._show_day(on, today.open_cases)
        self.context.frame.show_count(self.code, pressing(today, day.due))

    def _show_backups(self, state: State) -> None:
        """Whether everything could be brought back, in a few words; what is wrong stands in 系统."""
        said, tone = backup_words(state)
        self._backup.setText(said)
        self._backup.set_tone(tone)
        self._backup.setVisible(bool(said))

    def _show_first_steps(self, shown: bool) -> None:
        self._pages.setCurrentIndex(1 if shown else 0)
        self.primary = self.welcome.register if shown else self._register
        self._register.setVisible(not shown)
        self._date.setVisible(not shown)
        had_focus = self._focus_wanted or (self.first is not None and self.first.hasFocus())
        changed, self.first = self.first is not self.primary, self.primary
        if changed and had_focus and self.isVisible():
            self._focus_wanted = False
            self.primary.setFocus()

    def _whole(self, code: str, screen: str, argument: str) -> QWidget:
        made = link("全部", lambda: self.context.open_screen(screen, argument))
        made.setObjectName(f"today.{code}.all")
        titles = {name: title for name, title, *_ in _LISTS}
        made.setAccessibleName(f"全部{titles[code]}")
        return made

    def _show_day(self, on: date, open_cases: int) -> None:
        self._date.setText(f"{show_day(on)}　在办 {open_cases:,} 件")

    def _place_lists(self) -> None:
        width = self.width() * 100 // theme().percent
        columns = 3 if width >= _THREE_ABREAST else 2 if width >= _TWO_ABREAST else 1
        if columns == self._columns:
            return
        self._columns = columns
        for place, one in enumerate(self.lists.values()):
            self._grid.addWidget(one, place // columns, place % columns)
        for column in range(len(_LISTS)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _on_chosen(self, entry: Entry) -> None:
        if entry.place:
            self.context.open_case(entry.place, entry.part)
        else:
            self.context.open_screen("intake", entry.key)

    def _on_sample_wanted(self) -> None:
        self._focus_wanted = True
        self.welcome.show_busy(True)
        self.context.desk.command(
            self.context.services.fill_sample,
            self._on_sample_filled,
            self._on_sample_refused,
            touches=_EVERYTHING,
            owner=self,
        )

    def _on_sample_filled(self, _nothing: None) -> None:
        self.welcome.show_busy(False)
        self.context.say("示例中心已经装好，里面的人和事都是编的。", Kind.SUCCESS)

    def _on_sample_refused(self, _error: BaseException) -> bool:
        self.welcome.show_busy(False)
        return False
