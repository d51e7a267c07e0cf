"""清单化、销号: what a unit or person has to do in a period, line by line, and what is counted of it (§4.3)."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from mediation_desk.cases.beside import OrderKind, OrderStatus
from mediation_desk.cases.deadlines.lights import Signal, signal
from mediation_desk.cases.feedback import Listener
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.vocabulary import SourceStat
from mediation_desk.shared.record import record

OPEN_STATUSES = (OrderStatus.WAITING, OrderStatus.AT_WORK)
SHOWN = 200
_QUARTER = 3


class Span(StrEnum):
    """The periods a list is made for."""

    TODAY = "今天"
    WEEK = "本周"
    MONTH = "本月"
    QUARTER = "本季"

    def days(self, on: date) -> tuple[date, date]:
        """First and last day of the period ``on`` lies in; a week begins on Monday."""
        match self:
            case Span.TODAY:
                return on, on
            case Span.WEEK:
                monday = on - timedelta(days=on.weekday())
                return monday, monday + timedelta(days=6)
            case Span.MONTH:
                return on.replace(day=1), _end_of_month(on.year, on.month)
        first = on.month - (on.month - 1) % _QUARTER
        return date(on.year, first, 1), _end_of_month(on.year, first + _QUARTER - 1)


@record
class OrderQuery:
    """Orders to ``unit`` (any when empty) and ``person`` with something to do or done from ``first`` to ``last``."""

    on: date
    first: date
    last: date
    unit: str = ""
    person: str = ""
    limit: int = SHOWN


@record
class OrderLine:
    """One order in a list, with its case."""

    case_key: str
    number: str | None
    title: str
    state: State
    no: int
    kind: OrderKind
    to: str
    person: str
    given_on: date
    given_by: str
    due_on: date | None
    task: str
    status: OrderStatus
    refused_on: date | None
    refusal: str
    replied_on: date | None
    reply: str
    about: int | None

    @property
    def is_open(self) -> bool:
        """Whether somebody still owes an answer."""
        return self.status in OPEN_STATUSES

    def signal(self, on: date) -> Signal | None:
        """Its light as seen on ``on``; what is answered or has no day has none."""
        return signal(self.due_on, on) if self.is_open and self.due_on is not None else None


@record
class Counts:
    """Open and overdue now, done in the period."""

    open: int = 0
    overdue: int = 0
    done: int = 0


@record
class Load:
    """What one unit has open, and how much of it is overdue."""

    to: str
    open: int
    overdue: int


@record
class Worklist:
    """A unit's list: ``lines`` are cut at the query's limit, ``counts`` are not."""

    unit: str
    person: str
    span: Span
    first: date
    last: date
    on: date
    lines: tuple[OrderLine, ...]
    counts: Counts


@record
class SponsoredCase:
    """An open case a leading official answers for."""

    case_key: str
    number: str | None
    title: str
    state: State
    name: str
    post: str
    since: date
    due_on: date | None


@record
class UnreportedRisk:
    """A danger of an open case that nobody has reported yet (LR-9)."""

    case_key: str
    number: str | None
    title: str
    state: State
    kind: str
    noted_on: date
    noted_by: str
    note: str


@record
class UnheardCase:
    """A case that ended while somebody has not been told; ``helpers`` are (order no., unit)."""

    case_key: str
    number: str | None
    title: str
    unheard_since: date
    channel: str
    source_stat: SourceStat
    source_org: str | None
    told_on: date | None
    helpers: tuple[tuple[int, str], ...] = ()


@record
class Unheard:
    """One who is to be told, and about which case."""

    case_key: str
    number: str | None
    title: str
    listener: Listener


@record
class Special:
    """The lists nobody's unit covers: what must be reported, what the duty manager decides, what wants a 督办单,
    what the leader sees, who has not heard."""

    unreported: tuple[UnreportedRisk, ...]
    undecided: tuple[OrderLine, ...]
    late: tuple[OrderLine, ...]
    escalated: tuple[OrderLine, ...]
    sponsored: tuple[SponsoredCase, ...]
    unheard: tuple[Unheard, ...]


def _end_of_month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
