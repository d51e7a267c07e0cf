"""A date with its reason: what falls due, when, how long still, why then, and by which rule."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from mediation_desk.cases.deadlines.lights import Light, signal
from ui.lights import light_tone
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.plain import PlainLabel

_WEEKDAYS = "一二三四五六日"


class WhyLine(QWidget):
    """``调解期限 4月9日 周四 · 还有 12 天　自3月10日受理次日起30日　依据：若干规定第33条``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._when = PlainLabel()
        self._why = PlainLabel(tone=Tone.QUIET)
        self._when.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._why.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(16))
        row.addWidget(self._when)
        row.addWidget(self._why, 1)

    def show_due(self, what: str, day: date, today: date, *, reason: str = "", basis: str = "") -> None:
        """Show when ``what`` falls due, seen from ``today``."""
        words, tone = distance(day, today)
        self._when.setText(f"{what} {short_day(day, today)} · {words}")
        self._when.set_tone(tone)
        self._why.setText("　".join(part for part in (reason, f"依据：{basis}" if basis else "") if part))
        self.setAccessibleName(f"{self._when.text()}，{self._why.text()}")

    def show_sentence(self, sentence: str, *, reason: str = "", tone: Tone = Tone.INK) -> None:
        """Show a sentence without a date, for instance 已结案."""
        self._when.setText(sentence)
        self._when.set_tone(tone)
        self._why.setText(reason)
        self.setAccessibleName(f"{sentence}，{reason}")


def distance(day: date, today: date) -> tuple[str, Tone]:
    """``还有 12 天`` with the tone of its light; what is far reads like any other text."""
    shown = signal(day, today)
    return shown.words, Tone.INK if shown.light is Light.LATER else light_tone(shown.light)


def short_day(day: date, today: date) -> str:
    """``4月9日 周四``, with the year when it is not this one."""
    year = f"{day.year}年" if day.year != today.year else ""
    return f"{year}{day.month}月{day.day}日 周{_WEEKDAYS[day.weekday()]}"
