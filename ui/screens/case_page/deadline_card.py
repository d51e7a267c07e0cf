"""期限: every open deadline of the case with its light and why it falls on that day; slip and calendar."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal

from mediation_desk.cases.deadlines.lights import Signal as Shown
from mediation_desk.cases.deadlines.lights import signal
from mediation_desk.cases.deadlines.model import Deadline, Group
from mediation_desk.cases.steps.timing import Extend, Resume, Suspend
from ui.lights import light_tone
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day
from ui.screens.loose_papers import LoosePaper, LoosePapers
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.widgets.buttons import DeskButton, link
from ui.widgets.card import Card

_MOST_ROWS = 6
_WAYS = (("suspend", "中止", Suspend), ("resume", "恢复", Resume), ("extend", "延长期限", Extend))


class DeadlineCard(Card):
    """``wanted`` carries the form asked for; choosing a line says the whole sentence."""

    wanted = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__("期限", flush=True)
        self._page = page
        self._slips: LoosePapers | None = None
        self._ways: dict[str, DeskButton] = {}
        for code, word, _step in _WAYS:
            self._ways[code] = self._link(f"{code}.way", word, partial(self.wanted.emit, code))
        self._slip = self._link("deadlines.slip", "提示单", self._on_slip_clicked)
        self._calendar = self._link("deadlines.calendar", "存成日历", self._on_calendar_clicked)
        self.table: RecordTable[Deadline] = RecordTable(
            "期限", self._columns(), key=lambda one: one.code, empty="没有未办的期限。", sortable=False
        )
        self.table.setObjectName("overview.deadlines")
        self.table.chosen.connect(self._on_chosen)
        self.add(self.table)

    def show_case(self, view: CaseView) -> None:
        """Open deadlines, the earliest first."""
        found = view.deadlines
        self.table.show_records(found)
        self.table.setVisible(bool(found))
        self.table.setFixedHeight(self.table.content_height(min(max(len(found), 1), _MOST_ROWS)))
        self.remark.setText(f"{len(found)} 项" if found else "没有未办的")
        possible = {code for code, _word, step in _WAYS if view.state in step.transition.sources}
        for code, way in self._ways.items():
            way.setVisible(code in possible)
        self.setVisible(bool(found or possible))
        self._slip.setVisible(bool(found))
        self._calendar.setVisible(bool(found))

    def _columns(self) -> tuple[Column[Deadline], ...]:
        return (
            Column("事项", _what, width=140),
            Column("到期", _due_words, width=140),
            Column(
                "远近",
                lambda one: self._shown(one).text,
                width=172,
                tone=lambda one: light_tone(self._shown(one).light),
            ),
            Column("为什么是这天", lambda one: one.why, explain=_explained),
        )

    def _shown(self, one: Deadline) -> Shown:
        view = self._page.view
        return signal(
            one.due_on,
            view.today,
            held=one.held_from is not None,
            promised=one.group is Group.PROMISE,
            overdue=view.overdue,
        )

    def _link(self, name: str, word: str, on_click: Callable[[], object]) -> DeskButton:
        made = link(word, on_click)
        made.setObjectName(name)
        self.header.addWidget(made)
        return made

    def _on_chosen(self, one: Deadline) -> None:
        self._page.context.say(f"{one.what}到{day(one.due_on)}：{one.why}。")

    def _on_slip_clicked(self) -> None:
        services, key = self._page.context.services, self._page.view.file.case_key
        self._papers().show_paper(
            LoosePaper(
                "期限提示单",
                lambda: services.slips.preview_case(services.actor, key),
                lambda formats, folder: services.slips.write_case(services.actor, key, formats, folder),
            )
        )

    def _on_calendar_clicked(self) -> None:
        services, key = self._page.context.services, self._page.view.file.case_key
        self._papers().write(lambda folder: services.slips.write_case_calendar(services.actor, key, folder))

    def _papers(self) -> LoosePapers:
        if self._slips is None:
            self._slips = LoosePapers(self._page.context, self)
        return self._slips


def _what(one: Deadline) -> str:
    return f"{one.what}（暂定）" if one.provisional else one.what


def _due_words(one: Deadline) -> str:
    return "恢复以后顺延" if one.held_from is not None else day(one.due_on)


def _explained(one: Deadline) -> str:
    overrun = f"\n期满：{one.overrun}。" if one.overrun else ""
    return f"{one.why}。{overrun}"
