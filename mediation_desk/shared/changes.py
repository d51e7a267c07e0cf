"""What a command touched: plain data that tells open screens whether they are still current."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Topic(StrEnum):
    """The kinds of data a screen can show."""

    CASES = "cases"
    SESSIONS = "sessions"
    DOCUMENTS = "documents"
    EXPERTS = "experts"
    CENTRE = "centre"
    STATISTICS = "statistics"


@dataclass(frozen=True, slots=True)
class Changes:
    """Topics touched by one committed transaction and, when it was about one case, that case's key."""

    topics: frozenset[str] = frozenset()
    case_key: str | None = None

    @classmethod
    def of(cls, *topics: str, case_key: str | None = None) -> Changes:
        """The usual way to write it: ``Changes.of(Topic.CASES, case_key=key)``."""
        return cls(frozenset(str(topic) for topic in topics), case_key)

    def concern(self, topics: frozenset[str]) -> bool:
        """True when a screen that shows ``topics`` has to read again."""
        return bool(self.topics & topics)
