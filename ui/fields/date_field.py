"""A date that can be typed in every usual way or picked from a calendar."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QWidget, QWidgetAction

from mediation_desk.shared.clock import local_day, system_clock
from ui.theme import theme
from ui.widgets.buttons import IconButton
from ui.widgets.inside import Inside

_WEEKDAYS = "一二三四五六日"
_WORDS = {"今天": 0, "明天": 1, "后天": 2, "昨天": -1, "前天": -2}
_FULL = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})[-./月](\d{1,2})日?")
_OFFSET = re.compile(r"([+-])(\d{1,4})")


def _here_and_now() -> date:
    return local_day(system_clock())


def read_day(text: str, today: date) -> date | None:
    """What somebody means by ``text``: 2026-3-24, 20260324, 2026年3月24日, 3-24, 今天, +7; None when empty.

    Raises ValueError with one sentence for anything else and for days that do not exist.
    """
    plain = re.sub(r"\s*(周|星期).$", "", unicodedata.normalize("NFKC", text).strip())
    if not plain:
        return None
    if plain in _WORDS:
        return today + timedelta(days=_WORDS[plain])
    if match := _OFFSET.fullmatch(plain):
        return today + timedelta(days=int(match[1] + match[2]))
    if match := _FULL.fullmatch(plain) or _DIGITS.fullmatch(plain):
        return _day(int(match[1]), int(match[2]), int(match[3]), text)
    if match := _SHORT.fullmatch(plain):
        return _day(today.year, int(match[1]), int(match[2]), text)
    raise ValueError(f"“{text.strip()}”不是日期，请写成 {today.isoformat()}。")


def show_day(day: date | None) -> str:
    """``2026-03-24 周二``; "" for None."""
    return "" if day is None else f"{day.isoformat()} 周{_WEEKDAYS[day.weekday()]}"


class DateField(QLineEdit):
    """A day; completed with its weekday when the focus leaves. Alt+Down opens the calendar."""

    edited = Signal()

    def __init__(self, *, today: Callable[[], date] = _here_and_now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.setPlaceholderText("年-月-日，或 +7")
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
        self.setText(show_day(day))

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


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"“{text.strip()}”这一天不存在。") from None
