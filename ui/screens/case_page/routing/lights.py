"""Lights in words and tones; the word always stands beside the colour."""

from __future__ import annotations

from datetime import date

from mediation_desk.cases.routing.lights import Light, light
from mediation_desk.shared.errors import InputError
from ui.tokens import Tone
from ui.widgets.why_line import short_day

TONES = {
    Light.NONE: Tone.QUIET,
    Light.GREEN: Tone.DONE,
    Light.REMIND: Tone.ACCENT,
    Light.YELLOW: Tone.SOON,
    Light.RED: Tone.SEAL,
    Light.OVERDUE: Tone.SEAL,
}


def due_brief(due_on: date | None, today: date) -> tuple[str, Tone]:
    """The same for a narrow column: ``3月13日 黄灯 2 天``."""
    shown = _shown(due_on, today)
    if due_on is None:
        return shown.value, TONES[shown]
    left = abs((due_on - today).days)
    return f"{due_on.month}月{due_on.day}日 {shown.value}{f' {left} 天' if left else ''}", TONES[shown]


def due_words(due_on: date | None, today: date) -> tuple[str, Tone]:
    """``3月13日 周五 · 黄灯，还有 2 天``."""
    shown = _shown(due_on, today)
    if due_on is None:
        return shown.value, TONES[shown]
    left = (due_on - today).days
    far = f"还有 {left} 天" if left > 0 else "就是今天" if left == 0 else f"过了 {-left} 天"
    return f"{short_day(due_on, today)} · {shown.value}，{far}", TONES[shown]


def _shown(due_on: date | None, today: date) -> Light:
    """Green where the distances cannot be read; the day itself still stands there."""
    try:
        return light(due_on, today)
    except InputError:
        return Light.GREEN
