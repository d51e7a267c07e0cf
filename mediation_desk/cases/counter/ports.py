"""What the counter needs from storage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from mediation_desk.cases.counter.people import Acquaintance, By, Known, Named
from mediation_desk.cases.counter.phrases import Phrase


class Counter(Protocol):
    """Look-ups while somebody types; the cost of each is bounded whatever is on file."""

    def acquaintances(self, typed: str, by: By) -> tuple[Acquaintance, ...]:
        """People and organisations met before."""

    def met(self, person: Named) -> tuple[Acquaintance, ...]:
        """Who this is, by the whole number or name; a few where namesakes came."""

    def known(self, people: Sequence[Named]) -> tuple[Known, ...]:
        """Earlier cases of these people or of somebody called nearly the same."""

    def known_everywhere(self, people: Sequence[Named]) -> tuple[Known, ...]:
        """The same, cases out of reach among them: to be judged, never to be shown."""

    def phrases(self, phrase: Phrase, typed: str) -> tuple[str, ...]:
        """Phrases used here before."""

    def linked_from(self, case_key: str) -> tuple[tuple[str, str], ...]:
        """Key and relation of the cases that name this one as related, oldest first."""
