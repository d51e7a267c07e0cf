"""Every list the services hand out, enumerated: a new one has to be put here, or the test of the gate fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from db.unit_of_work import Storage
from mediation_desk.access.actor import Actor
from mediation_desk.cases.archiving.lists import VolumeList, VolumeQuery
from mediation_desk.cases.archiving.service import ArchiveService
from mediation_desk.cases.calendar.service import CalendarService
from mediation_desk.cases.counter.alike import Matter
from mediation_desk.cases.counter.people import Named
from mediation_desk.cases.counter.service import CounterService
from mediation_desk.cases.counter.visits import VisitQuery, VisitService
from mediation_desk.cases.deadlines.service import DeadlineService
from mediation_desk.cases.finding.service import FindingService
from mediation_desk.cases.registers import Registers
from mediation_desk.cases.routing.service import RoutingService
from mediation_desk.cases.routing.worklist import Span
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.service import StatisticsService
from mediation_desk.statistics.warning.service import WarningService

NOW = datetime(2026, 7, 1, 2, tzinfo=UTC)
YEAR = Period(first=date(2020, 1, 1), last=date(2026, 12, 31))
CLERK = Actor(account="zhoujingan", display_name="周敬安", roles=("窗口登记员", "值班长", "中心负责人"))

Listing = Callable[[Actor], object]


def listings(
    storage: Storage, words: tuple[str, ...], keys: tuple[str, ...], people: tuple[Named, ...]
) -> Mapping[str, Listing]:
    """Each list by a name; ``words`` are searched for, ``keys`` are cases to list, ``people`` stand at the counter."""

    def clock() -> datetime:
        return NOW

    cases, finding = CaseService(storage, clock), FindingService(storage, clock)
    counter, visits = CounterService(storage, clock), VisitService(storage, clock)
    due, routing = DeadlineService(storage, clock), RoutingService(storage, clock)
    calendar, archive = CalendarService(storage, clock), ArchiveService(storage, clock)
    statistics = StatisticsService(storage, clock)
    warning = WarningService(storage, clock, statistics)
    return {
        "cases": lambda actor: cases.summaries(actor, CaseQuery(limit=1000)),
        "found": lambda actor: [cases.summaries(actor, CaseQuery(search=word)) for word in words],
        "today": cases.today,
        "ink": cases.ink,
        "bin": Registers(storage).binned,
        "hits": lambda actor: [finding.look(actor, word, in_a_group=50) for word in words],
        "recognised": lambda actor: [counter.recognise(actor, word) for word in words],
        "resembling": lambda actor: counter.resembling(actor, Matter(people=people)),
        "visits": lambda actor: visits.listed(actor, VisitQuery()),
        "upcoming": lambda actor: due.upcoming(actor, limit=500),
        "due": lambda actor: due.between(actor, date(2020, 1, 1), date(2030, 1, 1)),
        "promises": due.promises,
        "orders": lambda actor: routing.worklist(actor, span=Span.QUARTER),
        "special": routing.special,
        "calendar": lambda actor: calendar.days(actor, date(2026, 6, 20), date(2026, 7, 20)),
        "waiting": calendar.waiting,
        **{
            f"volumes {which}": lambda actor, which=which: archive.lines(  # type: ignore[misc]  # bound now
                actor, VolumeQuery(which=which)
            )
            for which in VolumeList
        },
        "volumes found": lambda actor: [archive.find(actor, word) for word in words],
        "behind": lambda actor: statistics.cases_behind(actor, keys),
        "repeats": lambda actor: warning.repeats(actor, YEAR),
    }
