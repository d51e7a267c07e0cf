"""``{字段名}``: how a field is written, with everything a word processor makes of it on the way.

There is nothing else to write: no expression, no condition, no loop. A list repeats the row it stands in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from mediation_desk.shared.record import record

_OPEN, _CLOSE = "{｛﹛", "}｝﹜"
_BEFORE, _AFTER = "“‘\"'＂＇", "”’\"'＂＇"
_QUOTES = "“”‘’\"'＂＇„‟「」`"
_FIELD = re.compile(
    f"(?:[{_BEFORE}][{_OPEN}][{_AFTER}]|[{_OPEN}]{{1,2}})"
    f"(?P<name>[^{_OPEN}{_CLOSE}\n\t]{{0,80}}?)"
    f"(?:[{_BEFORE}][{_CLOSE}][{_AFTER}]|[{_CLOSE}]{{1,2}})"
)
_BRACE = re.compile(f"[{_OPEN}{_CLOSE}]")
_DOTS = re.compile("[．。·・•]")
_NOTHING = re.compile("[\\s\u200b-\u200f\u2060\ufeff]+")
_CLOSE_ENOUGH = 60


@record
class Found:
    """A field in a text, from ``start`` up to ``end``, its name in one form."""

    start: int
    end: int
    name: str

    @property
    def list_name(self) -> str:
        """The list it belongs to (``当事人`` of ``当事人.姓名``), or ""."""
        head, dot, _ = self.name.partition(".")
        return head if dot else ""


def fields_in(text: str) -> tuple[Found, ...]:
    """Every field of ``text``, in order."""
    return tuple(
        Found(start=match.start(), end=match.end(), name=normal(match["name"]))
        for match in _FIELD.finditer(text)
    )


def stray_braces(text: str) -> tuple[int, ...]:
    """Places (from 0) of braces that belong to no field."""
    taken = {place for found in fields_in(text) for place in range(found.start, found.end)}
    return tuple(match.start() for match in _BRACE.finditer(text) if match.start() not in taken)


def normal(name: str) -> str:
    """The name without blanks and quotation marks, its letters and dots in one width."""
    bare = _NOTHING.sub("", name).strip(_QUOTES)
    return _DOTS.sub(".", unicodedata.normalize("NFKC", bare))


def suggestion(name: str, known: Iterable[tuple[str, str]]) -> str:
    """The field meant by an unknown ``name``, or ""; ``known`` are pairs of a word and the field it stands for."""
    from rapidfuzz import fuzz, process

    words = dict(known)
    best = process.extractOne(name, words.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
    return words[best[0]] if best else ""
