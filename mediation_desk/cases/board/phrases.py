"""Sentences said at every table, offered while they are begun; data in ``rules/phrases.toml`` (for = 议事)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mediation_desk.hearings.board.notes import NoteKind
from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record

OFFERED = 5


@record
class BoardPhrase:
    """A sentence and the kind of line it belongs to."""

    kind: NoteKind
    words: str


def phrases_for(kind: NoteKind, typed: str) -> tuple[str, ...]:
    """Sentences of this kind that begin with ``typed`` or hold it; with nothing typed all of them."""
    fitting = [one.words for one in board_phrases() if one.kind is kind and one.words != typed]
    begun = [words for words in fitting if words.startswith(typed)]
    within = [words for words in fitting if typed in words]
    return tuple(dict.fromkeys((*begun, *within)))[:OFFERED]


@remembered
def board_phrases() -> tuple[BoardPhrase, ...]:
    """As the rule file writes them. Raises ``InputError`` for a faulty file."""
    return built("phrases", _board_phrases)


def _board_phrases(data: Mapping[str, Any]) -> tuple[BoardPhrase, ...]:
    return tuple(
        BoardPhrase(kind=NoteKind(entry["line"]), words=words)
        for entry in data.get("board", ())
        for words in entry["words"]
    )
