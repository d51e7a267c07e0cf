"""The day of an order with its light in words; the word always stands beside the colour."""

from __future__ import annotations

from datetime import date

from mediation_desk.cases.deadlines.lights import Signal, signal
from mediation_desk.shared.errors import InputError
from ui.lights import light_tone
from ui.tokens import Tone
from ui.widgets.why_line import short_day

_NO_DAY = "未定期限"


def due_words(due_on: date | None, today: date) -> tuple[str, Tone]:
    """``3月13日 周五 · 将到期，还有 2 天``."""
    if due_on is None:
        return _NO_DAY, Tone.QUIET
    seen = _seen(due_on, today)
    day = short_day(due_on, today)
    return (f"{day} · {seen.text}", light_tone(seen.light)) if seen is not None else (day, Tone.INK)


def due_brief(due_on: date | None, today: date) -> tuple[str, Tone]:
    """The same for a narrow column: ``3月13日 还有 2 天``."""
    if due_on is None:
        return _NO_DAY, Tone.QUIET
    seen = _seen(due_on, today)
    day = f"{due_on.month}月{due_on.day}日"
    return (f"{day} {seen.words}", light_tone(seen.light)) if seen is not None else (day, Tone.INK)


def _seen(due_on: date, today: date) -> Signal | None:
    """None where the distances cannot be read; the day itself still stands there."""
    try:
        return signal(due_on, today)
    except InputError:
        return None
