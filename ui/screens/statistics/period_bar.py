"""Which period: a word or a kind with arrows, two days, and the day performance is judged on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.periods import before, following
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.field import Field
from ui.screens.statistics.periods import KINDS, WORDS, called, kind_of, period_of
from ui.widgets.buttons import IconButton
from ui.widgets.layout import boxed, row
from ui.widgets.wrapping import WrappingRow

OWN = "自选"
_MISSING = "请写好统计期间的起止日和截至日。"


class PeriodBar(QWidget):
    """``changed()`` whenever another period or day is asked for and all three days can be read."""

    changed = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.choice: ChoiceField[str] = ChoiceField((*WORDS, *KINDS, OWN))
        self.earlier = IconButton("left", "前一期", self)
        self.later = IconButton("right", "后一期", self)
        self.since, self.until = DateField(today=today), DateField(today=today)
        self.as_of = DateField(today=today)
        self.until_field = Field("至", self.until, name="to")
        self._last: tuple[date | None, ...] = ()
        self._connect()
        self.as_of.set_value(today())
        self.choice.set_value(WORDS[0])
        self._put(*period_of(WORDS[0], today()))
        self._last = (self.since.value(), self.until.value(), self.as_of.value())

    def place_in(self, line: WrappingRow) -> None:
        """Put the fields into a line of the head."""
        chooser = row(self.earlier, self.choice, self.later, gap=0)
        line.add(Field("期间", boxed(chooser)), 196)
        line.add(Field("自", self.since), 176)
        line.add(self.until_field, 176)
        line.add(Field("履行和司法确认截至", self.as_of), 176)

    def period(self) -> Period | None:
        """What is asked for; None, with a sentence beneath the field, where it is no period."""
        first, last = self.since.value(), self.until.value()
        if first is None or last is None or self.as_of.value() is None:
            self.until_field.set_error(_MISSING)
            return None
        try:
            period = Period(first=first, last=last)
        except InputError as error:
            self.until_field.set_error(error.message)
            return None
        self.until_field.set_error("")
        return period

    def show_period(self, period: Period) -> None:
        """Ask for another period, for instance the month of a point on a chart."""
        self.choice.set_value(OWN)
        self._put(period.first, period.last)
        self._tell()

    def step(self, *, forward: bool) -> None:
        """The same kind of period before or after; a word such as 本月 becomes its kind."""
        period = self.period()
        if period is None:
            return
        try:
            other = following(period) if forward else before(period)
        except (ValueError, OverflowError):
            return
        word = self.choice.value() or OWN
        self.choice.set_value(kind_of(word) or OWN)
        self._put(other.first, other.last)
        self._tell()

    def _connect(self) -> None:
        self.choice.edited.connect(self._on_chosen)
        self.earlier.clicked.connect(lambda: self.step(forward=False))
        self.later.clicked.connect(lambda: self.step(forward=True))
        for field in (self.since, self.until):
            field.edited.connect(lambda: self.choice.set_value(OWN))
        for field in (self.since, self.until, self.as_of):
            field.editingFinished.connect(self._tell)

    def _on_chosen(self) -> None:
        word = self.choice.value()
        if word is None or word == OWN:
            self.since.setFocus()
            return
        if word in KINDS:
            period = KINDS[word](min(self.until.value() or self._today(), self._today()))
            self._put(period.first, period.last)
        else:
            self._put(*period_of(word, self._today()))
        self._tell()

    def _put(self, first: date, last: date) -> None:
        self.since.set_value(first)
        self.until.set_value(last)

    def _tell(self) -> None:
        """Leaving a field that was not changed asks for nothing."""
        period = self.period()
        now = (self.since.value(), self.until.value(), self.as_of.value())
        if period is not None:
            self.choice.setAccessibleDescription(called(period))
        if period is not None and now != self._last:
            self._last = now
            self.changed.emit()
