"""What is told of a package: where each case stands, what both sides changed, and how many of each there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

from mediation_desk.shared.record import record


class Side(StrEnum):
    """Whose words."""

    OURS = "ours"
    THEIRS = "theirs"


class Standing(StrEnum):
    """What a case of a package is to this centre."""

    NEW = "新"
    NEWER = "更新"
    BOTH = "两边都改"
    ENDED = "本处已了结"
    SAME = "未动"
    BAD = "坏"


class Outcome(StrEnum):
    """What became of it."""

    NEW = "新"
    UPDATED = "更新"
    WAITING = "待看"
    BAD = "坏"
    UNTOUCHED = "未动"


@record
class Difference:
    """One place both changed: its name on screen, and the words of before, ours, theirs ("" for nothing).

    ``take`` is what somebody decided, None where nobody did.
    """

    place: str
    name: str
    before: str
    ours: str
    theirs: str
    take: Side | None = None


@record
class CaseLine:
    """One case of a package. ``key`` is its key here, ``their_key`` the one it has there; ``reason`` says what is odd.

    ``fields`` are the names of what follows the other side by itself.
    """

    standing: Standing
    key: str
    their_key: str
    number: str
    title: str
    reason: str = ""
    fields: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    outcome: Outcome | None = None


@record
class Decisions:
    """``take``: for a key of the package, or for key and place (``AJ2026000001/facts``), whose words stand.

    ``bring_back``: keys of cases that are over, in the bin or destroyed here, and yet are wanted.
    """

    take: Mapping[str, Side]
    bring_back: frozenset[str] = frozenset()

    def on(self, key: str, place: str) -> Side | None:
        """Whose words stand at a place."""
        return self.take.get(f"{key}{place}", self.take.get(key))


NONE_YET = Decisions(take={})


@record
class Told:
    """A package as it is told: who packed it, when, why; its cases line by line."""

    package: str
    fingerprint: str
    known: bool
    centre: str
    packed_by: str
    packed_at: str
    reason: str
    lines: tuple[CaseLine, ...]

    def counts(self) -> str:
        """Every case once: 新、更新、待看、坏、未动."""
        counted = Counter(expected(one) for one in self.lines)
        return "、".join(f"{counted[one]}件{one.value}" for one in Outcome)


def expected(line: CaseLine) -> Outcome:
    """What became of a case, or would become of it."""
    if line.outcome is not None:
        return line.outcome
    match line.standing:
        case Standing.NEW:
            return Outcome.NEW
        case Standing.BAD:
            return Outcome.BAD
        case Standing.SAME:
            return Outcome.UNTOUCHED
        case Standing.ENDED:
            return Outcome.WAITING
    undecided = any(one.take is None for one in line.differences)
    return Outcome.WAITING if undecided else Outcome.UPDATED
