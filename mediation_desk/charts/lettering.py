"""Widths of words in the face they are drawn with, lines that fit, and numbers as they are written."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from mediation_desk.charts.model import Value

if TYPE_CHECKING:
    from mediation_desk.documents.render.typeface import Face

NOTHING = "—"
_MISSING = "〓"
_CUT = "…"
_NEVER_FIRST = "，。、；：！？）》”’…％%,.;:!?)"


def clean(text: str) -> str:
    """``text`` on one line, without control characters; what no face can show becomes 〓."""
    words = (" " if char.isspace() else char for char in text)
    return "".join(_shown(char) for char in words if char == " " or unicodedata.category(char)[0] != "C")


def _shown(char: str) -> str:
    return char if char == " " or any(face.has(char) for face in _faces()) else _MISSING


@cache
def _faces() -> tuple[Face, Face]:
    """Hei and Song; opened with the first chart, not with the window that may show one."""
    from mediation_desk.documents.render.typeface import hei, song

    return hei(), song()


def width(text: str, size: float) -> float:
    """Width of one line in points."""
    first, second = _faces()
    return sum((first if first.has(char) else second).width(char) for char in text) * size


def cut(text: str, size: float, room: float) -> str:
    """``text`` shortened with … to fit into ``room`` points; at least its first character."""
    if width(text, size) <= room:
        return text
    kept = text
    while len(kept) > 1 and width(kept + _CUT, size) > room:
        kept = kept[:-1]
    return kept.rstrip() + _CUT


def lines(text: str, size: float, room: float, most: int) -> tuple[str, ...]:
    """``text`` broken into at most ``most`` lines of ``room`` points; the last is cut where more is left."""
    rest = text
    made: list[str] = []
    while rest and len(made) < most - 1 and width(rest, size) > room:
        place = _break(rest, size, room)
        made.append(rest[:place].rstrip())
        rest = rest[place:].lstrip()
    return (*made, cut(rest, size, room)) if rest else tuple(made)


def balanced(text: str, size: float, room: float, most: int) -> tuple[str, ...]:
    """Like ``lines``, but no last line of one character beneath a full one."""
    made = lines(text, size, room, most)
    if len(made) < 2 or made[-1].endswith(_CUT):
        return made
    even = lines(text, size, min(room, width(text, size) / len(made) + size), most)
    return even if len(even) == len(made) and not even[-1].endswith(_CUT) else made


def _break(text: str, size: float, room: float) -> int:
    """How many characters go on this line: never inside a number or Latin word, never a full stop ahead."""
    place, wide = 0, 0.0
    while place < len(text):
        wide += width(text[place], size)
        if wide > room:
            break
        place += 1
    best = max(place, 1)
    while place > 1 and (_joined(text[place - 1], text[place]) or text[place] in _NEVER_FIRST):
        place -= 1
    return place if place > 1 else best


def _joined(before: str, after: str) -> bool:
    return before.isascii() and after.isascii() and not before.isspace() and not after.isspace()


def number(amount: float | Decimal) -> str:
    """1,234 · 1,234.50 · 61.5: whole numbers without decimals, others with one or, where money, two."""
    if amount == int(amount) and not isinstance(amount, Decimal):
        return f"{int(amount):,}"
    if isinstance(amount, Decimal):
        return (
            f"{amount:,.0f}"
            if amount == int(amount) and amount.as_tuple().exponent == 0
            else f"{amount:,.2f}"
        )
    return f"{amount:,.1f}"


def written(value: Value, unit: str, *, with_unit: bool = False) -> str:
    """What stands beside a bar: the caller's words, else the number; "%" always with its sign."""
    if value.words:
        return value.words
    if value.amount is None:
        return NOTHING
    text = f"{float(value.amount):.1f}" if unit == "%" else number(value.amount)
    if unit == "%":
        return f"{text}%"
    return f"{text} {unit}".rstrip() if with_unit else text


def spoken(*parts: str) -> str:
    """A statement for screen readers and tool tips."""
    return "，".join(part for part in parts if part)


def told(value: Value, unit: str) -> str:
    """A value in words: with unit, the counts behind a rate, and the range."""
    if value.amount is None:
        return "没有数字"
    words = written(value, unit, with_unit=True)
    if value.whole is not None and not value.words:
        words += f"（{value.part:,}/{value.whole:,}）"
    if value.low is not None and value.high is not None:
        words += f"，可能范围 {value.low:.0f}至{value.high:.0f}{unit if unit == '%' else ' ' + unit}"
    return words
