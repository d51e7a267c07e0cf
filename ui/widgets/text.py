"""Texts in the ranks of the type scale, so that screens never name a size."""

from __future__ import annotations

from ui.tokens import Tone
from ui.widgets.plain import PlainLabel


def title(text: str) -> PlainLabel:
    """The one title of a screen."""
    return PlainLabel(text, role="title")


def heading(text: str) -> PlainLabel:
    """The title of a section or card."""
    return PlainLabel(text, role="heading")


def line(text: str = "", tone: Tone = Tone.INK) -> PlainLabel:
    """One line of ordinary text, elided when it does not fit."""
    return PlainLabel(text, tone=tone)


def paragraph(text: str = "", tone: Tone = Tone.INK) -> PlainLabel:
    """Text that may run over several lines."""
    return PlainLabel(text, tone=tone, wrap=True)


def small(text: str = "", tone: Tone = Tone.QUIET, *, wrap: bool = False) -> PlainLabel:
    """A remark in the small size."""
    return PlainLabel(text, role="small", tone=tone, wrap=wrap)
