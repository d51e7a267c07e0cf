"""The three kinds of mediation (三调)."""

from __future__ import annotations

from enum import StrEnum


class Track(StrEnum):
    """A case belongs to exactly one at a time; a mediator may serve several."""

    PEOPLES = "人民调解"
    ADMINISTRATIVE = "行政调解"
    JUDICIAL = "司法调解"
