"""What a submitted period is, what changed since, and a correction that was booked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from mediation_desk.shared.record import record
from mediation_desk.statistics.figures import Book, Counted, Derived
from mediation_desk.statistics.model import Period, StatTable, Value
from mediation_desk.statistics.organisations.rules import OrganisationFigure
from mediation_desk.statistics.ports import EVERYTHING, Filter
from mediation_desk.statistics.tables import TableRule

PlaceKey = tuple[str | int | None, ...]
"""A value of each dimension of a table."""


@record
class Submission:
    """A period as it was reported and signed; ``no`` counts the reports of the same period.

    ``reason`` is why it was reported again (更正、补报), ``override`` why it was reported in spite of broken checks.
    ``cases`` is the number of cases kept with it, ``sha256`` the seal over everything it holds.
    """

    id: int
    period: Period
    as_of: date
    no: int
    at: datetime
    account: str
    display_name: str
    cases: int
    sha256: str
    unit: str = ""
    note: str = ""
    reason: str = ""
    override: str = ""
    supersedes: int | None = None


@record
class Behind:
    """What a figure of 表一 was counted from, by code of the line and of the column."""

    row: str
    column: str
    keys: tuple[str, ...]


@record
class KeptOrganisations:
    """表一 as it was reported: its definitions, and the keys behind each figure that is not nothing."""

    figures: tuple[OrganisationFigure, ...]
    behind: tuple[Behind, ...]

    def members(self, row: str, column: str) -> tuple[str, ...]:
        """Names of bodies and rooms, pool numbers, numbers of work entries."""
        found = (one.keys for one in self.behind if (one.row, one.column) == (row, column))
        return next(found, ())


@record
class Kept:
    """The content of a submission: filled tables, and every rule they were filled by, as they were that day."""

    tables: tuple[StatTable, ...]
    rules: tuple[TableRule, ...]
    counted: Mapping[str, Counted]
    derived: Mapping[str, Derived]
    definitions: str
    facts_by: str
    versions: Mapping[str, str]
    broken: tuple[str, ...] = ()
    among: Filter = EVERYTHING
    organisations: KeptOrganisations | None = None

    @property
    def book(self) -> Book:
        """The figures in force that day."""
        return Book(counted=self.counted, derived=self.derived, splits={})

    def table(self, code: str) -> StatTable | None:
        """The filled table, where it was reported."""
        return next((one for one in self.tables if one.code == code), None)

    def rule(self, code: str) -> TableRule:
        """The rule it was filled by."""
        return next(one for one in self.rules if one.code == code)


@record
class Delta:
    """By how much one case moves the sums of a table at one place since it was reported (base figures only)."""

    case_key: str
    table: str
    place: PlaceKey
    sums: Mapping[str, int | Decimal]


@record
class Event:
    """What the diary or the corrections of a case say about a change; ``sentence`` only for who may read cases."""

    at: datetime
    account: str
    step: str
    sentence: str = ""


@record
class FactChange:
    """A fact of a case in the words of its field, when reported and now."""

    name: str
    before: str
    after: str


@record
class CaseChange:
    """A case that moves figures of a reported period: what changed, and what the case says about it."""

    case_key: str
    kind: str
    facts: tuple[FactChange, ...]
    events: tuple[Event, ...] = ()
    booked: tuple[int, ...] = ()
    pending: bool = True


@record
class CellChange:
    """A figure that is no longer what was reported. ``corrected`` is the reported one with booked corrections.

    Of 表一 there are no cases: ``came`` and ``gone`` are what is counted today and was not, and the other way round;
    ``key`` is the code of the line.
    """

    table: str
    caption: str
    row: str
    column: str
    name: str
    unit: str
    submitted: Value
    corrected: Value
    now: Value
    cases: tuple[str, ...]
    came: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    key: str = ""

    @property
    def members(self) -> str:
        """What came and what went, in words; empty where cases say it."""
        told = (("增", self.came), ("减", self.gone))
        return "；".join(f"{word}{'、'.join(keys)}" for word, keys in told if keys)

    @property
    def difference(self) -> Value:
        """Now against what was reported; None where one of them is no number."""
        return None if self.now is None or self.submitted is None else self.now - self.submitted

    @property
    def pending(self) -> bool:
        """Whether part of it is not booked."""
        return self.now != self.corrected


@record
class Booked:
    """A correction of a submitted period, kept for good: who, when, why, which cases, which figures by how much.

    ``outside``: how many more cases there are than whoever asks may see; the figures are whole.
    """

    submission: int
    no: int
    at: datetime
    account: str
    display_name: str
    reason: str
    deltas: tuple[Delta, ...]
    cells: tuple[CellChange, ...]
    cases: tuple[CaseChange, ...]
    sha256: str = ""
    outside: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """The cases corrected."""
        return tuple(one.case_key for one in self.cases)


@record
class Difference:
    """A submission against today. Empty ``cells`` and ``cases``: nothing has moved since.

    ``rules_changed``: figures are defined otherwise today; they are compared by the definitions of that day.
    ``facts_changed``: facts are worked out by other rules today, so cases nobody touched may have moved.
    ``outside``: how many more cases moved than whoever asks may see; the figures are whole.
    """

    submission: Submission
    cells: tuple[CellChange, ...]
    cases: tuple[CaseChange, ...]
    corrections: tuple[Booked, ...]
    rules_changed: bool = False
    facts_changed: bool = False
    outside: int = 0

    @property
    def pending(self) -> tuple[CaseChange, ...]:
        """Cases whose change nobody has booked."""
        return tuple(one for one in self.cases if one.pending)

    @property
    def unbooked(self) -> bool:
        """Whether anything is left to book: a case, or a figure without cases."""
        return bool(self.pending) or any(one.pending for one in self.cells)


@record
class OutOfStep:
    """V-11 does not hold: a sentence, and the cells and cases it comes from."""

    message: str
    period: Period | None = None
    cells: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    rule: str = "V-11"


Facts = Mapping[str, Mapping[str, object]]
"""Facts of cases by key, each by the name of its column."""
