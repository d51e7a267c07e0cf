"""What a search while typing answers."""

from __future__ import annotations

from datetime import date

from mediation_desk.cases.finding.marking import Range
from mediation_desk.cases.finding.said import Group
from mediation_desk.cases.lifecycle import State
from mediation_desk.shared.record import record


@record
class Hit:
    """One case found: what stands where (``label``), the text itself, and the marked places in it."""

    case_key: str
    number: str | None
    title: str
    state: State
    received_on: date
    label: str
    text: str
    marks: tuple[Range, ...]
    near: bool = False


@record
class HitGroup:
    """Hits of one group, newest first; ``more`` when there are others."""

    group: Group
    hits: tuple[Hit, ...]
    more: bool


@record
class Found:
    """All groups with a hit; ``near`` when nothing was found as typed and look-alike names are shown instead."""

    groups: tuple[HitGroup, ...] = ()
    near: bool = False

    @property
    def hits(self) -> tuple[Hit, ...]:
        """All hits in the order shown."""
        return tuple(hit for group in self.groups for hit in group.hits)
