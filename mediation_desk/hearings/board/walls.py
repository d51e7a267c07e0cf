"""The walls of the board: the one place that decides what leaves the mediators' own screen (LR-22).

Papers, second screen, exports, statistics and the search read notes only through :func:`shared`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mediation_desk.hearings.board.notes import Note, NoteKind, Wall


def shared(notes: Iterable[Note]) -> tuple[Note, ...]:
    """What may be shown to all parties: joint, not struck.

    Links to lines behind a wall are cut; why an offer was taken back is for the mediators.
    """
    seen = tuple(note for note in notes if note.is_joint and note.counts)
    numbers = {note.no for note in seen}
    return tuple(_cut(note, numbers) for note in seen)


def _cut(note: Note, numbers: set[int]) -> Note:
    issue = note.issue if note.issue in numbers else None
    answers = note.answers if note.answers in numbers else None
    withdrawn = replace(note.withdrawn, reason="") if note.withdrawn is not None else None
    kept = (note.issue, note.answers, note.beside, note.withdrawn) == (issue, answers, None, withdrawn)
    return note if kept else replace(note, issue=issue, answers=answers, beside=None, withdrawn=withdrawn)


def between(notes: Iterable[Note], side: str) -> tuple[Note, ...]:
    """What may be shown to one side alone: the joint lines and those of its own private talks."""
    lines = tuple(notes)
    seen = {note.no: note for note in lines if note.counts and note.wall is Wall.SIDE and note.side == side}
    seen |= {note.no: note for note in shared(lines)}
    return tuple(seen[no] for no in sorted(seen))


def undisputed(notes: Iterable[Note]) -> tuple[str, ...]:
    """Facts admitted before all, one sentence each; what was conceded or offered is never among them (§1.7)."""
    return tuple(note.text for note in shared(notes) if note.kind is NoteKind.FACT)
