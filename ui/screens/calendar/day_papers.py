"""The day as paper, for the door or for the desk, and its sessions as a calendar file, in the side pane."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from mediation_desk.documents.printing import Job
from ui.fields.check_field import CheckField
from ui.screens.base import Context
from ui.screens.loose_papers import LoosePaper, LoosePapers
from ui.screens.print_run import PrintRun
from ui.widgets.buttons import button
from ui.widgets.plain import plain_tooltip

TITLE = "调解日程"


class DayPapers(LoosePapers):
    """One day at a time; without the tick it holds full names and is not for the door."""

    code = "calendar"

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(context, owner)
        self._day: date | None = None
        self._span: tuple[date, date] | None = None
        self.door = CheckField("贴在门口用（不写全名）", self)
        self.door.setObjectName("calendar.door")
        self.door.set_value(True)
        self.door.edited.connect(self._show)
        self.calendar = button("存成日历", self._on_calendar_clicked, symbol="calendar")
        self.calendar.setObjectName("calendar.file")
        self.notices = button("打印通知书", self._on_notices_clicked, symbol="print")
        self.notices.setObjectName("calendar.notices")
        plain_tooltip(self.notices, "当天安排好的调解会，每方的通知书一起打印")
        self.run = PrintRun(context, "calendar.print", self._settle, self)
        self.stack.insertWidget(0, self.door)
        self.stack.addWidget(self.run)
        self.deeds.insertWidget(1, self.calendar)
        self.deeds.insertWidget(2, self.notices)

    def open(self, day: date, first: date, last: date) -> None:
        """Paper for ``day``; the calendar file has the days from ``first`` to ``last``."""
        self._day, self._span = day, (first, last)
        self._show()

    def _show(self) -> None:
        services, day, public = self._context.services, self._day, self.door.value()
        if day is None:
            return
        self.show_paper(
            LoosePaper(
                TITLE,
                lambda: services.schedules.preview_day(services.actor, day, public=public),
                lambda formats, folder: services.schedules.write_day(
                    services.actor, day, formats, folder, public=public
                ),
            )
        )

    def _on_notices_clicked(self) -> None:
        services, day = self._context.services, self._day
        if day is None:
            return

        def planned() -> tuple[Job, ...]:
            lines = services.calendar.days(services.actor, day, day).sessions
            keys = dict.fromkeys(line.case_key for line in lines if not line.held)
            return tuple(Job(case_key=key, form="summons") for key in keys)

        self._context.desk.query(planned, self._print_notices, owner=self, slot="notices")

    def _print_notices(self, jobs: tuple[Job, ...]) -> None:
        if not jobs:
            self._context.say("这一天没有安排好的调解会，没有通知书要打印。")
            return
        self.run.print(jobs, title="调解会通知书")
        self._settle()

    def _settle(self) -> None:
        self.notices.setEnabled(not self.run.isVisibleTo(self))

    def _on_calendar_clicked(self) -> None:
        services, span = self._context.services, self._span
        if span is not None:
            self.write(lambda folder: services.schedules.write_calendar(services.actor, *span, folder))
