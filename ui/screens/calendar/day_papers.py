"""The day as paper, for the door or for the desk, and its sessions as a calendar file, in the side pane."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from ui.fields.check_field import CheckField
from ui.screens.base import Context
from ui.screens.loose_papers import LoosePaper, LoosePapers
from ui.widgets.buttons import button

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
        self.stack.insertWidget(0, self.door)
        self.deeds.insertWidget(1, self.calendar)

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

    def _on_calendar_clicked(self) -> None:
        services, span = self._context.services, self._span
        if span is not None:
            self.write(lambda folder: services.schedules.write_calendar(services.actor, *span, folder))
