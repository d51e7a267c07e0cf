"""Every way a unit of work hands out cases or parts of them, each with a call that would show them all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from db.work import Work
from mediation_desk.cases.archiving.lists import VolumeList, VolumeQuery
from mediation_desk.cases.archiving.service import thresholds
from mediation_desk.cases.counter.people import By, Named
from mediation_desk.cases.counter.visits import VisitQuery
from mediation_desk.cases.deadlines.model import Group
from mediation_desk.cases.finding.query import asked
from mediation_desk.cases.finding.said import Group as Words
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.routing.worklist import OrderQuery
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.experts.conflicts.model import Part, Person
from mediation_desk.shared.record import record
from mediation_desk.statistics.figures import book
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.ports import Question

FIRST, LAST = date(1990, 1, 1), date(2090, 1, 1)
EVER = Period(first=FIRST, last=LAST)
MOST = 100_000
ORDERS = OrderQuery(on=LAST, first=FIRST, last=LAST, limit=MOST)


@record
class Known:
    """What the calls ask about: keys, numbers and people of the cases on file."""

    keys: tuple[str, ...]
    numbers: tuple[tuple[str, str, int], ...]
    people: tuple[Named, ...]
    pool_nos: tuple[str, ...]
    word: str


Read = Callable[[Work, Known], object]


def each(call: Callable[[str], object], known: Known) -> list[object]:
    """What a call says of every case."""
    return [call(key) for key in known.keys]


def everybody(known: Known) -> list[Person]:
    """The people as the conflict engine asks about them."""
    return [Person(ref="A1", part=Part.PARTY, name=one.name, id_no=one.id_no) for one in known.people]


READS: dict[str, Read] = {
    "cases.binned": lambda work, _: work.cases.binned(MOST),
    "cases.bodies": lambda work, _: work.cases.bodies(),
    "cases.count": lambda work, _: [
        work.cases.count(query, MOST) for query in (CaseQuery(), CaseQuery(states=tuple(State)))
    ],
    "cases.find": lambda work, known: each(work.cases.find, known),
    "cases.find_many": lambda work, known: work.cases.find_many(known.keys),
    "cases.history": lambda work, known: each(work.cases.history, known),
    "cases.ink": lambda work, _: work.cases.ink(MOST),
    "cases.newest": lambda work, known: each(work.cases.newest, known),
    "presence.elsewhere": lambda work, known: work.presence.elsewhere(
        known.keys, "x", datetime(1990, 1, 1, tzinfo=UTC)
    ),
    "cases.papers": lambda work, known: each(work.cases.papers, known),
    "cases.printed": lambda work, _: work.cases.printed(version="1"),
    "cases.summaries": lambda work, known: [
        work.cases.summaries(query)
        for query in (
            CaseQuery(limit=MOST),
            CaseQuery(limit=MOST, states=tuple(State)),
            CaseQuery(limit=MOST, search=known.word),
            CaseQuery(limit=MOST, due_within=400, on=FIRST),
        )
    ],
    "cases.today": lambda work, _: work.cases.today(FIRST),
    "bookings.between": lambda work, _: [one.case_key for one in work.bookings.between(*_ever())],
    "bookings.takings": lambda work, _: [
        (one.case_key, one.number) for one in work.bookings.takings(*_ever())
    ],
    "boards.note": lambda work, known: each(lambda key: work.boards.note(key, 1), known),
    "boards.notes": lambda work, known: each(work.boards.notes, known),
    "boards.opened": lambda work, known: each(lambda key: work.boards.opened(key, 1), known),
    "boards.present": lambda work, known: each(lambda key: work.boards.present(key, 1), known),
    "boards.revision": lambda work, known: each(work.boards.revision, known),
    "boards.written": lambda work, known: each(lambda key: work.boards.written(key, "k"), known),
    "destruction.candidates": lambda work, _: work.destruction.candidates(thresholds(LAST), LAST),
    "exchanges.known": lambda work, known: work.exchanges.known(known.keys),
    "exchanges.of": lambda work, known: each(work.exchanges.of, known),
    "exchanges.waiting": lambda work, _: work.exchanges.waiting(),
    "names.of": lambda work, known: work.names.of(known.keys),
    "minutes.answers": lambda work, known: each(lambda key: work.minutes.answers(key, 1), known),
    "minutes.find": lambda work, known: each(lambda key: work.minutes.find(key, 1), known),
    "choosing.ballots": lambda work, known: each(work.choosing.ballots, known),
    "choosing.disclosures": lambda work, known: each(work.choosing.disclosures, known),
    "numbers.given": lambda work, known: [
        [one.case_key for one in work.numbers.given(*series)] for series in known.numbers
    ],
    "numbers.imported": lambda work, known: [
        [one.case_key for one in work.numbers.imported(*series)] for series in known.numbers
    ],
    "pool.earlier": lambda work, known: [
        (one.case_key, one.number) for one in work.pool.earlier("", everybody(known))
    ],
    "ledgers.known": lambda work, known: sorted(
        one.case_key
        for one in work.ledgers.known(
            [file.intake.number for file in work.cases.find_many(known.keys) if file.intake.number], ()
        )
    ),
    "deadlines.lines": lambda work, _: [work.deadlines.lines(one, None, None, MOST) for one in Group],
    "deadlines.promises": lambda work, _: work.deadlines.promises(None, MOST),
    "counter.acquaintances": lambda work, known: [
        work.counter.acquaintances(typed, By.ANY)
        for one in known.people
        for typed in (one.name, one.id_no, one.phone)
        if typed
    ],
    "counter.known": lambda work, known: [work.counter.known((one,)) for one in known.people],
    "counter.linked_from": lambda work, known: each(work.counter.linked_from, known),
    "counter.met": lambda work, known: [work.counter.met(one) for one in known.people],
    "people.standing": lambda work, known: [work.people.standing(one).keys for one in known.people],
    "visits.find": lambda work, _: [work.visits.find(number) for number in range(9)],
    "visits.like": lambda work, known: work.visits.like(frozenset("0123456789"), frozenset(known.keys)),
    "visits.listed": lambda work, _: work.visits.listed(VisitQuery(limit=MOST)),
    "sessions.between": lambda work, _: work.sessions.between(FIRST, LAST, 60),
    "sessions.waiting": lambda work, _: work.sessions.waiting(MOST),
    "orders.counts": lambda work, _: work.orders.counts(ORDERS),
    "orders.escalated": lambda work, _: work.orders.escalated(LAST, MOST),
    "orders.late": lambda work, _: work.orders.late(LAST, MOST),
    "orders.lines": lambda work, _: work.orders.lines(ORDERS),
    "orders.loads": lambda work, _: work.orders.loads(LAST),
    "orders.sponsored": lambda work, _: work.orders.sponsored(MOST),
    "orders.undecided": lambda work, _: work.orders.undecided(MOST),
    "orders.unheard": lambda work, _: work.orders.unheard(MOST),
    "orders.unreported": lambda work, _: work.orders.unreported(MOST),
    "volumes.count": lambda work, _: [
        work.volumes.count(VolumeQuery(which=one, limit=MOST), LAST, thresholds(LAST), MOST)
        for one in VolumeList
    ],
    "volumes.lines": lambda work, _: [
        work.volumes.lines(VolumeQuery(which=one, limit=MOST), LAST, thresholds(LAST)) for one in VolumeList
    ],
    "volumes.of": lambda work, known: work.volumes.of(known.keys),
    "volumes.oral": lambda work, _: [
        work.volumes.oral(body, FIRST, LAST, MOST) for body in work.cases.bodies()
    ],
    "statistics.case_lines": lambda work, known: work.statistics.case_lines(known.keys),
    "statistics.shares": lambda work, _: [
        work.statistics.shares(book().counted[code], Question(period=EVER, as_of=LAST), limit=limit)
        for code in ("registered", "concluded")
        for limit in (None, MOST)
    ],
    "subsidies.of_case": lambda work, known: each(work.subsidies.of_case, known),
    "warning.broken": lambda work, _: work.warning.broken(EVER),
    "warning.met_before": lambda work, known: work.warning.met_before(known.keys, MOST),
    "warning.repeats": lambda work, _: work.warning.repeats(EVER, MOST, MOST),
    "warning.situations": lambda work, known: work.warning.situations(known.keys, LAST),
    "submissions.events": lambda work, known: work.submissions.events(
        known.keys, datetime(1990, 1, 1, tzinfo=UTC)
    ),
    "submissions.seen": lambda work, known: work.submissions.seen(known.keys),
    "index.day_of_hit": lambda work, known: [work.index.day_of_hit(asked(known.word), n) for n in range(40)],
    "index.newest": lambda work, known: [
        work.index.newest(asked(known.word), group, limit=MOST, since=since)
        for group in Words
        for since in (None, FIRST)
    ],
    "index.passages": lambda work, known: work.index.passages(known.keys),
}
"""By the name of the method."""


def _ever() -> tuple[datetime, datetime]:
    return datetime(1990, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)
