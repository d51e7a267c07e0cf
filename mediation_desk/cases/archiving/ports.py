"""What the archive room needs from storage."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.cases.archiving.lists import OralLine, Threshold, VolumeLine, VolumeQuery
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.summary import CaseQuery, CaseSummary
from mediation_desk.parties.covering import CaseNames


class Volumes(Protocol):
    """Volumes of all cases on record; each list is bounded and read from an index."""

    def at(self, place: str) -> str | None:
        """Key of the case whose volume stands there."""

    def lines(self, query: VolumeQuery, on: date, ended: Sequence[Threshold]) -> tuple[VolumeLine, ...]:
        """A page of a list; ``ended`` says which volumes are past their period on the day ``on``."""

    def of(self, keys: Sequence[str]) -> tuple[VolumeLine, ...]:
        """Filed volumes of these cases, the newest first."""

    def count(self, query: VolumeQuery, on: date, ended: Sequence[Threshold], most: int) -> int:
        """How many lines the list has; counting stops at ``most``."""

    def oral(self, body: str, first: date, last: date, limit: int) -> tuple[OralLine, ...]:
        """Oral agreements of a body concluded in these days, by day and number."""


class Cases(Protocol):
    """Whole case files, and the search."""

    def find(self, key_or_number: str) -> CaseFile | None:
        """The file with this key or number."""

    def summaries(self, query: CaseQuery) -> tuple[CaseSummary, ...]:
        """Lines of a list."""


class VolumeWork(Protocol):
    """A unit of work over volumes and cases."""

    @property
    def names(self) -> CaseNames:
        """Who is named in which case."""

    @property
    def cases(self) -> Cases:
        """Case files."""

    @property
    def volumes(self) -> Volumes:
        """Volumes."""


class VolumeStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[VolumeWork]:
        """A consistent view that cannot write."""
