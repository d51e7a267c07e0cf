"""A date that can be typed in every usual way or picked from a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QWidget, QWidgetAction

from mediation_desk.shared.clock import local_day, system_clock
from mediation_desk.shared.typed_days import read_day
from mediation_desk.shared.workdays import is_public_holiday, is_working_day
from ui.theme import theme
from ui.widgets.buttons import IconButton
from ui.widgets.inside import Inside
from ui.widgets.plain import plain_tooltip

__all__ = ["DateField", "day_mark", "read_day", "show_day"]

_WEEKDAYS = "一二三四五六日"
_SATURDAY = 5
_MARKS = {"休": "休息日", "假": "法定节假日", "班": "调休上班"}


def _here_and_now() -> date:
    return local_day(system_clock())


def show_day(day: date | None) -> str:
    """``2026-03-24 周二``; "" for None."""
    return "" if day is None else f"{day.isoformat()} 周{_WEEKDAYS[day.weekday()]}"


def day_mark(day: date) -> str:
    """``休`` a weekend, ``假`` a public holiday, ``班`` a weekend on which offices work; "" an ordinary day."""
    if is_working_day(day):
        return "班" if day.weekday() >= _SATURDAY else ""
    return "假" if is_public_holiday(day) else "休"


class DateField(QLineEdit):
    """A day; completed with its weekday and rest-day mark when the focus leaves. Alt+Down opens the calendar."""

    edited = Signal()

    def __init__(self, *, today: Callable[[], date] = _here_and_now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.setPlaceholderText("3.5、+7、下周三")
        self.setMaxLength(24)
        self.setMinimumWidth(theme().px(176))
        opener = IconButton("calendar", "打开日历")
        opener.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        opener.clicked.connect(self.open_calendar)
        self._inside = Inside(self, opener)
        self.textEdited.connect(lambda _text: self.edited.emit())

    def value(self) -> date | None:
        """The day; None when empty or when `problem` has something to say."""
        try:
            return read_day(self.text(), self._today())
        except ValueError:
            return None

    def set_value(self, day: date | None) -> None:
        """Show ``day``."""
        mark = day_mark(day) if day is not None else ""
        self.setText(f"{show_day(day)} {mark}".rstrip())
        plain_tooltip(self, _MARKS.get(mark, ""))

    def problem(self) -> str:
        """One sentence when the text is no day."""
        try:
            read_day(self.text(), self._today())
        except ValueError as error:
            return str(error)
        return ""

    def open_calendar(self) -> None:
        """Let the user pick the day; Enter takes it, Escape leaves the field as it was."""
        menu = QMenu(self)
        calendar = _calendar(self.value() or self._today())
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        calendar.activated.connect(menu.close)
        calendar.clicked.connect(menu.close)
        calendar.activated.connect(self._on_calendar_activated)
        calendar.clicked.connect(self._on_calendar_activated)
        menu.aboutToHide.connect(menu.deleteLater)
        calendar.setFocus()
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write the day out."""
        if not self.problem():
            self.set_value(self.value())
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the calendar, Up and Down move by one day."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and (day := self.value()) is not None:
            self.set_value(day + timedelta(days=1 if event.key() == Qt.Key.Key_Up else -1))
            self.edited.emit()
        else:
            super().keyPressEvent(event)

    def _on_calendar_activated(self, picked: QDate) -> None:
        self.set_value(date(picked.year(), picked.month(), picked.day()))
        self.edited.emit()


def _calendar(day: date) -> QCalendarWidget:
    calendar = QCalendarWidget()
    calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setSelectedDate(QDate(day.year, day.month, day.day))
    calendar.setAccessibleName("日历")
    calendar.setMinimumSize(QSize(theme().px(320), theme().px(260)))
    return calendar
