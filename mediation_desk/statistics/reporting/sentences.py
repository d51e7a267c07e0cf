"""Sentences with placeholders: understood once, before anything is counted, then filled from the tables."""

from __future__ import annotations

import re

from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.record import record
from mediation_desk.statistics.dimensions import UNKNOWN
from mediation_desk.statistics.reporting.material import (
    Found,
    Material,
    Source,
    When,
    at,
    cell,
    is_withheld,
    lines_of,
)
from mediation_desk.statistics.reporting.naming import Names
from mediation_desk.statistics.reporting.numbers import Style, amount, change, comparable, rate_words
from mediation_desk.statistics.reporting.references import FaultyReference, Reference, reference

WORDS = ("centre", "period", "last", "as_of", "least")
_OF_LINES = ("list", "top")
_VERBS = ("before", "year", "change", "annual", "rate", "list", "top")
_BRACED = re.compile(r"\{([^{}]*)\}")
_LEFT_OVER = re.compile(r"[{}]")
_BEFORE_NOTHING = "，、；"


@record
class Piece:
    """Plain ``text``, a ``word`` that is known of every report, or what ``verb`` says of a cell."""

    text: str = ""
    word: str = ""
    verb: str = ""
    of: Reference | None = None


Sentence = tuple[Piece, ...]


@record
class Voice:
    """How numbers are said: ``style``, how many lines ``top`` names, and the names of the periods."""

    style: Style
    top: int
    names: Names


def sentence(text: str) -> Sentence:
    """The sentence written in ``text``. Raises ``FaultyReference`` naming the placeholder nobody understands."""
    pieces: list[Piece] = []
    for place, part in enumerate(_BRACED.split(text)):
        if place % 2:
            pieces.append(_placeholder(part))
        elif found := _LEFT_OVER.search(part):
            raise FaultyReference(part[max(0, found.start() - 2) : found.start() + 20])
        elif part:
            pieces.append(Piece(text=part))
    return tuple(pieces)


def sources_of(one: Sentence) -> frozenset[Source]:
    """The tables it quotes."""
    return frozenset(piece.of.source for piece in one if piece.of is not None)


def said(one: Sentence, material: Material, voice: Voice) -> str:
    """The sentence for this material; empty where it names lines and there are none.

    A comparison with nothing takes the comma before it away.
    """
    words = ""
    for piece in one:
        told = piece.text or (
            _word(piece.word, material, voice) if piece.word else _told(piece, material, voice)
        )
        if not told and piece.verb in _OF_LINES:
            return ""
        words = words + told if told else words.rstrip(_BEFORE_NOTHING)
    return words


def _placeholder(text: str) -> Piece:
    if text in WORDS:
        return Piece(word=text)
    verb, _, rest = text.rpartition(":")
    if verb and verb not in _VERBS:
        raise FaultyReference(f"{{{text}}}")
    try:
        return Piece(verb=verb, of=reference(rest))
    except FaultyReference:
        raise FaultyReference(f"{{{text}}}") from None


def _word(word: str, material: Material, voice: Voice) -> str:
    return {
        "centre": material.centre,
        "period": voice.names.period,
        "last": cn_date(material.period.last),
        "as_of": cn_date(material.as_of),
        "least": str(voice.style.few),
    }[word]


def _told(piece: Piece, material: Material, voice: Voice) -> str:
    of, style = piece.of, voice.style
    if of is None:
        return ""
    now = material.now[of.source]
    match piece.verb:
        case "before" | "year":
            found = _cell(material, of, When(piece.verb))
            return amount(found, style) if found else "无"
        case "change":
            return _change(material, of, When.BEFORE, voice.names.before, style)
        case "annual" if voice.names.kind == "year":
            return ""  # the period before is the year before
        case "annual":
            return _change(material, of, When.YEAR, voice.names.year, style)
        case "rate":
            return rate_words(now, of.code, of.line, style)
        case "list" | "top":
            return _lines(material, of, voice, voice.top if piece.verb == "top" else 0)
    return amount(cell(now, of.code, of.line), style)


def _cell(material: Material, of: Reference, when: When) -> Found | None:
    table = material.table(of.source, when)
    return cell(table, of.code, of.line) if table else None


def _change(material: Material, of: Reference, when: When, than: str, style: Style) -> str:
    now, then = material.now[of.source], material.table(of.source, when)
    if then is None or not all(comparable(one, of.code, of.line, style) for one in (now, then)):
        return ""
    return change(cell(now, of.code, of.line), cell(then, of.code, of.line), than, style)


def _lines(material: Material, of: Reference, voice: Voice, most: int) -> str:
    """The lines that have something, in their order, or the ``most`` highest."""
    table = material.now[of.source]
    rows = [row for row in lines_of(table) if table.value(row, of.code) or is_withheld(row, of.code)]
    if most:
        rows = [row for row in rows if not is_withheld(row, of.code) and row.label != UNKNOWN]
        rows = sorted(rows, key=lambda row: -(table.value(row, of.code) or 0))[:most]
    told = [f"{row.label}{amount(at(table, row, of.code), voice.style)}" for row in rows]
    return "、".join(told)
