"""What finding needs from storage."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.audit.trail import Trail
from mediation_desk.cases.finding.query import Question
from mediation_desk.cases.finding.said import Group, Passage
from mediation_desk.cases.summary import CaseSummary
from mediation_desk.parties.covering import CaseNames


class Index(Protocol):
    """The index of all words of all cases on record."""

    def day_of_hit(self, question: Question, place: int) -> date | None:
        """Day of receipt of the hit in this place, the newest being 0; None where there are fewer."""

    def newest(
        self, question: Question, group: Group, *, limit: int, since: date | None
    ) -> tuple[CaseSummary, ...]:
        """The newest cases that fit and have a word of the question in ``group``, received since that day."""

    def passages(self, keys: Iterable[str]) -> dict[str, tuple[Passage, ...]]:
        """What these cases say."""


class FindingWork(Protocol):
    """One unit of work over the index."""

    @property
    def names(self) -> CaseNames:
        """Who is named in which case."""

    @property
    def index(self) -> Index:
        """The index."""

    @property
    def audit(self) -> Trail:
        """Audit trail."""


class FindingStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[FindingWork]:
        """A consistent view that cannot write."""

    def write(self, actor: Actor) -> AbstractContextManager[FindingWork]:
        """A unit that commits when left without an exception."""
