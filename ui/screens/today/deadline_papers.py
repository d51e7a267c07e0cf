"""期限提示单 and calendar file for a span of days, in the side pane."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from ui.fields.date_field import DateField
from ui.fields.field import Field
from ui.screens.base import Context
from ui.screens.loose_papers import LoosePaper, LoosePapers
from ui.widgets.buttons import button
from ui.widgets.layout import column

_AHEAD = timedelta(days=7)
TITLE = "期限提示单"


class DeadlinePapers(LoosePapers):
    """From one day to another; without a first day what is late and not done comes first."""

    code = "deadlines"

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(context, owner)
        self._first = Field("从", DateField(), hint="空着，连过期未办的", beside=True)
        self._last = Field("到", DateField(), required=True, beside=True)
        self._first.editor.setObjectName("deadlines.from")
        self._last.editor.setObjectName("deadlines.to")
        self.calendar = button("存成日历", self._on_calendar_clicked, symbol="calendar")
        self.calendar.setObjectName("deadlines.calendar")
        self.stack.insertLayout(0, column(self._first, self._last, gap=4))
        self.deeds.insertWidget(1, self.calendar)
        for field in (self._first, self._last):
            field.editor.editingFinished.connect(self._show)

    def open(self) -> None:
        """What is late and the week ahead."""
        self._last.editor.set_value(self._context.services.deadlines.local_today + _AHEAD)
        self._show()

    def _show(self) -> None:
        services, first, last = self._context.services, self._first.editor.value(), self._last.editor.value()
        if last is None or self._first.editor.problem():
            return
        self.show_paper(
            LoosePaper(
                TITLE,
                lambda: services.slips.preview_days(services.actor, first, last),
                lambda formats, folder: services.slips.write_days(
                    services.actor, first, last, formats, folder
                ),
            )
        )

    def _on_calendar_clicked(self) -> None:
        services, first, last = self._context.services, self._first.editor.value(), self._last.editor.value()
        if last is not None:
            self.write(lambda folder: services.slips.write_calendar(services.actor, first, last, folder))
