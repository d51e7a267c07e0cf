"""Two people on one line: field by field, and both words where both changed the words."""

from __future__ import annotations

from dataclasses import replace

from mediation_desk.hearings.board.notes import Note
from mediation_desk.shared.record import record

_TYPED = ("speaker", "kind", "text", "wall", "side", "issue", "terms", "answers")


@record
class Merged:
    """The line to store, and whether the caller's words have to stand in a line of their own."""

    note: Note
    collided: bool


def merged(base: Note, wanted: Note, current: Note) -> Merged:
    """``wanted`` is what the caller made of ``base``; ``current`` what is stored now.

    The caller's change of a field counts where nobody else changed it; otherwise what is stored stays.
    """
    changes = {}
    for name in _TYPED:
        was, mine, now = getattr(base, name), getattr(wanted, name), getattr(current, name)
        if mine != was and now == was:
            changes[name] = mine
    words = {base.text, wanted.text, current.text}
    collided = wanted.text != base.text and current.text != base.text and len(words) > 2
    return Merged(note=replace(current, **changes), collided=collided)
