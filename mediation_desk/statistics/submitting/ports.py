"""What submissions need from storage."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.audit.trail import Trail
from mediation_desk.cases.ports import Drafts
from mediation_desk.statistics.figures import Counted
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.ports import Question, Sums, TableWork
from mediation_desk.statistics.submitting.model import Booked, Event, Facts, Submission

PerCase = Mapping[tuple[str | int, ...], Sums]
"""Sums by case key and the values of the dimensions asked for."""


class SubmissionKeeper(Protocol):
    """Keeps submissions and corrections; what is in stays as it is."""

    def alone(self) -> None:
        """From here to the end of the unit nobody else submits or books."""

    def listed(self) -> tuple[Submission, ...]:
        """All of them, the latest period first, of a period the latest report first."""

    def find(self, submission: int) -> Submission | None:
        """One of them."""

    def content(self, submission: int) -> Any:
        """Its tables and rules as plain data."""

    def next_id(self) -> int:
        """The number of the next one."""

    def copy(self, figures: Sequence[Counted], question: Question, span: Period, some: range) -> int:
        """Keep the facts of cases with these row numbers that count within ``span``; how many they are."""

    def last_case(self) -> int:
        """The highest row number of a case."""

    def rows_digest(self, submission: int) -> str:
        """SHA-256 over the rows kept with it."""

    def add(self, submission: Submission, content: Any) -> None:
        """The last act of submitting: nothing more goes in afterwards."""

    def corrections(self, submission: int | None = None) -> tuple[Booked, ...]:
        """Corrections booked, in order."""

    def book(self, booked: Booked) -> None:
        """Keep a correction."""

    # Comparing

    def moved(self, question: Question) -> tuple[str, ...]:
        """Keys of cases whose facts in the period are not those kept; not all of them move a figure."""

    def per_case(
        self, figures: Sequence[Counted], question: Question, by: tuple[str, ...], keys: Sequence[str]
    ) -> PerCase:
        """Sums of these cases one by one, kept or as they are now."""

    def facts_of(self, submission: int | None, keys: Sequence[str]) -> Facts:
        """All facts of cases, kept or as they are now."""

    def events(self, keys: Sequence[str], since: datetime) -> Mapping[str, tuple[Event, ...]]:
        """What happened to these cases since."""

    def known(self, keys: Collection[str]) -> frozenset[str]:
        """Which of these cases are stored, in the bin or not."""

    def seen(self, keys: Collection[str]) -> frozenset[str]:
        """Which of these cases the actor of this unit may see."""


class SubmissionWork(TableWork, Protocol):
    """One unit of work over submissions; sums are kept ones or those of now."""

    @property
    def drafts(self) -> Drafts:
        """Words kept before they are a record."""

    @property
    def submissions(self) -> SubmissionKeeper:
        """What was submitted."""

    @property
    def audit(self) -> Trail:
        """Who did what."""


class SubmissionStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[SubmissionWork]:
        """A consistent view that cannot write."""

    def write(self, actor: Actor) -> AbstractContextManager[SubmissionWork]:
        """A unit that stores everything or nothing."""
