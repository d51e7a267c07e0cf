"""``WorkEntry``: one line of the register of work, and what is asked of that register."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from mediation_desk.shared.record import record

MOST_LISTED = 200

Number = int | Decimal | None


@record
class NewWork:
    """What somebody enters. ``last`` None means the same day; numbers the kind does not ask for stay None.

    ``disputes`` are found ones or prevented ones, as the kind says; ``handed`` of them became cases.
    """

    kind: str
    unit: str
    first: date
    last: date | None = None
    times: int | None = None
    disputes: int | None = None
    handed: int | None = None
    people: int | None = None
    yuan: Decimal | None = None
    category: str = ""
    note: str = ""


@record
class WorkEntry:
    """A line on record; ``unit`` is a code of units.toml, ``unit_name`` what the unit was called on the last day.

    ``category`` is a top code of the 综治 list or empty. Lines are never changed: a wrong one is voided.
    """

    id: int
    kind: str
    unit: str
    unit_name: str
    first: date
    last: date
    times: int | None
    disputes: int | None
    handed: int | None
    people: int | None
    yuan: Decimal | None
    category: str
    note: str
    account: str
    clerk: str
    at: datetime
    operation: str | None = None
    voided_on: date | None = None
    voided_by: str | None = None
    void_reason: str | None = None

    @property
    def counts(self) -> bool:
        """Whether tables count it."""
        return self.voided_on is None

    def number(self, name: str) -> Number:
        """The number called ``name`` in ``rules/work.toml``."""
        value: Number = getattr(self, name)
        return value


@record
class WorkQuery:
    """Lines whose last day lies in the days given, of these units (all when empty), the latest first."""

    kind: str = ""
    units: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    voided: bool = True
    limit: int | None = MOST_LISTED


@record
class WorkSums:
    """What the counting lines of a query add up to."""

    entries: int = 0
    times: int = 0
    disputes: int = 0
    handed: int = 0
    people: int = 0
    yuan: Decimal = Decimal("0.00")
