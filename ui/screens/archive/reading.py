"""One reading of the archive room."""

from __future__ import annotations

from dataclasses import dataclass

from mediation_desk.cases.archiving.lists import VolumeLine, VolumeList, VolumeQuery
from ui.screens.archive.rows import DESTROYING, FOUND, ORAL
from ui.services import Services

PAGE = 200
"""Lines read at once."""


@dataclass(frozen=True, slots=True)
class Board:
    """One reading: the length of every list, and the lines of the one in front."""

    counts: dict[VolumeList, int]
    lines: tuple[VolumeLine, ...]


def read_board(services: Services, which: str, words: str) -> Board:
    """Counts of every list, and the lines of ``which``; ``words`` are what was searched for."""
    counts = services.archive.counts(services.actor)
    if which in (ORAL, DESTROYING):
        return Board(counts, ())
    if which == FOUND:
        return Board(counts, services.archive.find(services.actor, words))
    query = VolumeQuery(which=VolumeList(which), limit=PAGE)
    return Board(counts, services.archive.lines(services.actor, query))
