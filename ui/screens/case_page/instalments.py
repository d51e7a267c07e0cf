"""Rows of day and amount for a payment in parts; shared out evenly, then free to be changed."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from mediation_desk.agreements.model import Instalment
from mediation_desk.shared.money import distribute
from ui.fields.date_field import DateField
from ui.fields.money_field import MoneyField
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.layout import clear
from ui.widgets.plain import PlainLabel


def month_later(day: date, months: int) -> date:
    """The same day some months later; the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class InstalmentRows(QWidget):
    """``share_out`` makes even parts month by month, the last taking the remainder."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[DateField, MoneyField]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(10))
        self._grid.setVerticalSpacing(theme().px(6))
        self._sum = PlainLabel(tone=Tone.QUIET, parent=self)
        self._sum.hide()

    def share_out(self, total: Decimal | None, parts: int, first: date) -> None:
        """Even parts, the first due on ``first``."""
        amounts = distribute(total, parts) if total else (None,) * parts
        self._show([(month_later(first, place), amount) for place, amount in enumerate(amounts)])

    def set_parts(self, parts: tuple[Instalment, ...]) -> None:
        """Show these."""
        self._show([(part.due_on, part.amount) for part in parts])

    def parts(self) -> tuple[Instalment, ...]:
        """What the rows say; rows with a gap are left out."""
        found = []
        for on, amount in self._rows:
            day, money = on.value(), amount.value()
            if day is not None and money is not None:
                found.append((day, money))
        return tuple(
            Instalment(no=no, due_on=day, amount=money) for no, (day, money) in enumerate(found, start=1)
        )

    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def problem(self, total: Decimal | None) -> str:
        """One sentence when a row has a gap, days run backwards or the sum is another one."""
        if not self._rows:
            return ""
        parts = self.parts()
        if len(parts) < len(self._rows):
            return "每一期都要有日期和金额。"
        if any(after.due_on < before.due_on for before, after in pairwise(parts)):
            return "后一期的日期早于前一期。"
        whole = sum((part.amount for part in parts), Decimal())
        if total is not None and whole != total:
            return f"各期合计 {whole:,.2f}，与金额 {total:,.2f} 不符。"
        return ""

    def show_sum(self, total: Decimal | None) -> None:
        """Say whether the parts add up."""
        trouble = self.problem(total)
        whole = sum((part.amount for part in self.parts()), Decimal())
        self._sum.setText(trouble or f"合计 {whole:,.2f}，与金额相符")
        self._sum.set_tone(Tone.SEAL if trouble else Tone.DONE)

    def _show(self, rows: list[tuple[date, Decimal | None]]) -> None:
        if len(rows) != len(self._rows):
            self._build(len(rows))
        for (on, amount), (day, money) in zip(self._rows, rows, strict=True):
            on.set_value(day)
            amount.set_value(money)

    def _build(self, count: int) -> None:
        self._grid.removeWidget(self._sum)
        self._sum.hide()
        clear(self._grid)
        self._rows = []
        for line in range(count):
            on, amount = DateField(), MoneyField()
            amount.setMaximumWidth(theme().px(150))
            on.setObjectName(f"clause.instalment.{line + 1}.on")
            amount.setObjectName(f"clause.instalment.{line + 1}.amount")
            on.setAccessibleName(f"第{line + 1}期日期")
            amount.setAccessibleName(f"第{line + 1}期金额")
            self._grid.addWidget(PlainLabel(f"第{line + 1}期", role="quiet"), line, 0)
            self._grid.addWidget(on, line, 1)
            self._grid.addWidget(amount, line, 2)
            self._rows.append((on, amount))
            on.edited.connect(self.edited)
            amount.edited.connect(self.edited)
        if count:
            self._grid.addWidget(self._sum, count, 1, 1, 2)
            self._sum.show()
        self._grid.setColumnStretch(3, 1)

    def editors(self) -> tuple[QWidget, ...]:
        """All editors in reading order."""
        return tuple(editor for pair in self._rows for editor in pair)
