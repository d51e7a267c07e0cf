"""What early warning reads and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.vocabulary import Category
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.warning.rules import Band, Level


@record
class Situation:
    """A case as far as its risk goes. ``noted`` are kinds of risks on record, ``failed`` sessions that did not agree.

    ``again`` are keys of earlier cases of the same two sides, ``broken_since`` the day of the earliest promise that
    fell due and was not kept; ``facts`` is read for words and shown nowhere.
    """

    case_key: str
    number: str | None
    title: str
    track: Track
    category: Category
    body: str
    state: State
    presiding: str | None
    received_on: date
    accepted_on: date | None
    due_on: date | None
    concluded_on: date | None
    people: int
    claimed_yuan: Decimal
    facts: str
    noted: tuple[str, ...] = ()
    failed: int = 0
    again: tuple[str, ...] = ()
    broken_since: date | None = None
    ended_without: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the case has not ended."""
        return self.concluded_on is None


@record
class Sign:
    """A signal seen in a case, and why, with its numbers."""

    code: str
    name: str
    why: str
    probability: int
    harm: int
    source: str


@record
class Assessed:
    """A case with its level and every signal that made it, the weightiest first."""

    case: Situation
    signs: tuple[Sign, ...]
    probability: Band
    harm: Band
    level: Level

    @property
    def reason(self) -> str:
        """All signals in one line."""
        return "；".join(sign.why for sign in self.signs) or "没有看到信号"


@record
class RiskMatrix:
    """Every case looked at on ``on``, the most dangerous first; each stands in one cell of probability × harm."""

    on: date
    probability: tuple[Band, ...]
    harm: tuple[Band, ...]
    levels: tuple[tuple[Level, ...], ...]
    cases: tuple[Assessed, ...]

    def at(self, probability: str, harm: str) -> tuple[Assessed, ...]:
        """The cases of one cell, by the words of its row and column."""
        return tuple(
            one for one in self.cases if (one.probability.word, one.harm.word) == (probability, harm)
        )

    def of(self, level: int) -> tuple[Assessed, ...]:
        """The cases of one level, 4 being the highest."""
        return tuple(one for one in self.cases if one.level.no == level)


@record
class Rise:
    """A count that is higher than its own history explains, with the test behind it.

    ``figure``, ``period`` and ``place`` are what opens the cases. ``history`` are the months compared with, oldest
    first, without the month itself. ``chance`` is the probability of so many by chance, ``corrected`` the same after
    the correction for all ``tests`` groups looked at; ``spread`` the index of dispersion of the history.
    ``exposure`` is the part of the month gone by.
    """

    among: str
    label: str
    figure: str
    period: Period
    place: Mapping[str, tuple[str | int | None, ...]]
    count: int
    exposure: float
    expected: float
    mean: float
    deviation: float
    spread: float
    history: tuple[tuple[int, int], ...]
    same_month: tuple[tuple[int, int], ...]
    chance: float
    corrected: float
    tests: int
    words: str


@record
class Rises:
    """What was found in a month: the rises, the most certain first, and how many groups were tested.

    ``note`` says why nothing could be tested, where that is so.
    """

    period: Period
    rises: tuple[Rise, ...]
    tests: int
    alpha: float
    note: str = ""


@record
class Meeting:
    """A case in which the same two sides met before."""

    case_key: str
    number: str | None
    title: str
    category: Category
    state: State
    received_on: date


@record
class Repeat:
    """A case whose two sides stood against each other before, and those cases, the newest first."""

    case: Meeting
    sides: tuple[str, str]
    before: tuple[Meeting, ...]


@record
class Repeats:
    """Disputes that came back among the cases received in ``period``; ``more``: not all of them are listed."""

    period: Period
    days: int
    found: tuple[Repeat, ...]
    more: bool = False


@record
class Prevented:
    """One kind of danger prevented in the period: cases, persons, and the keys of the cases behind each."""

    name: str
    cases_figure: str
    persons_figure: str
    cases: int
    persons: int
    keys: tuple[str, ...]


@record
class Workload:
    """What one presiding mediator has done in the period and has in hand; not for the public, not a ranking.

    ``few``: too few concluded cases for a rate, an average or a comparison. ``against`` says where the mediator
    stands to the median of all those with enough cases.
    """

    pool_no: str
    name: str
    concluded: int
    success: int
    open: int
    open_overdue: int
    overdue: int
    success_rate: Decimal | None
    average_days: Decimal | None
    few: bool
    against: str


@record
class Workloads:
    """All of them by name, and the medians they are compared with (None where nobody has enough cases)."""

    period: Period
    as_of: date
    lines: tuple[Workload, ...]
    median_open: Decimal | None
    median_concluded: Decimal | None
    median_days: Decimal | None
    few: int
