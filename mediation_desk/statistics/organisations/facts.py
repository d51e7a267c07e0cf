"""Bodies, rooms, people and work of a period as facts: each with its key, the line it stands on, and what it is.

Of the pool only the present record is kept, so for a day in the past: who was engaged follows from the day of the last
change of standing and from filing or term; education, post, employment and body are those of today.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from mediation_desk.cases.bodies import BodyRegister
from mediation_desk.cases.vocabulary import BodyType
from mediation_desk.experts.mediator import Post, PostSource, Standing
from mediation_desk.experts.model import Employment
from mediation_desk.parties.model import Gender
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track
from mediation_desk.statistics.organisations.rows import BodyRow, MediatorRow
from mediation_desk.statistics.organisations.rules import OrganisationRules, organisation_rules
from mediation_desk.statistics.organisations.tree import ReportingTree
from mediation_desk.statistics.work.model import WorkEntry

MEMBER, ENGAGED = "委员", "聘任"
MERGED = "并入"
"""How the pool says that a record was one of two about the same person."""

_SEATS = (Post.CHAIR, Post.VICE_CHAIR, Post.MEMBER)


@record
class BodyFact:
    """A mediating body that exists on the day; ``registered`` False where only cases tell of it."""

    key: str
    line: str
    type: BodyType
    committee: bool
    field: str
    registered: bool


@record
class StationFact:
    """A room elsewhere or a studio that exists on the day."""

    key: str
    line: str
    kind: str


@record
class PersonFact:
    """A people's mediator engaged on the day; ``sure`` False where the record cannot tell about that day,
    ``placed`` False where no line has the body."""

    key: str
    line: str
    employed: str
    woman: bool
    party: bool
    schooling: str
    seat: str
    sure: bool
    placed: bool


@record
class WorkFact:
    """A line of the register of work whose last day lies in the period."""

    key: str
    line: str
    kind: str
    times: int
    disputes: int
    handed: int
    people: int
    yuan: Decimal


Fact = BodyFact | StationFact | PersonFact | WorkFact


@record
class OrganisationFacts:
    """Everything 表一 is counted from, by population (``rules.Population``)."""

    bodies: tuple[BodyFact, ...]
    stations: tuple[StationFact, ...]
    people: tuple[PersonFact, ...]
    work: tuple[WorkFact, ...]


def organisation_facts(
    tree: ReportingTree,
    register: BodyRegister,
    bodies: Iterable[BodyRow],
    mediators: Iterable[MediatorRow],
    entries: Iterable[WorkEntry],
) -> OrganisationFacts:
    """The facts of the tree's period, organisations and people as on its last day."""
    day, rules = tree.period.last, organisation_rules()
    return OrganisationFacts(
        bodies=_bodies(tree, register, bodies),
        stations=tuple(
            StationFact(key=one.name, line=_line_of_short(tree, register, one.body), kind=one.kind.value)
            for one in register.stations
            if one.life.exists_on(day)
        ),
        people=tuple(
            _person(one, tree, rules, sure=sure)
            for one in mediators
            for served, sure in (served_on(one, day),)
            if served
        ),
        work=tuple(_work(one, tree) for one in entries if one.counts and _within(one, tree)),
    )


def served_on(row: MediatorRow, day: date) -> tuple[bool, bool]:
    """Whether somebody was an engaged people's mediator on ``day``, and whether the record says so for certain.

    A record begins with filing or term, whichever came first; without either it has no beginning.
    """
    if Track.PEOPLES not in row.tracks or row.standing_reason.startswith(MERGED):
        return False, True
    begun = min((one for one in (row.filed_on, row.term_from) if one is not None), default=None)
    changed = row.standing_on
    if row.standing is Standing.ENGAGED:
        if changed is not None and changed <= day:
            return True, True
        return begun is None or begun <= day, changed is None or (begun is not None and begun > day)
    if changed is None:
        return False, False
    return day < changed and (begun is None or begun <= day), True


def _bodies(tree: ReportingTree, register: BodyRegister, rows: Iterable[BodyRow]) -> tuple[BodyFact, ...]:
    day = tree.period.last
    known = [
        BodyFact(
            key=body.name,
            line=tree.of_body(body.name).code,
            type=body.type,
            committee=body.type.is_committee,
            field=body.field,
            registered=True,
        )
        for body in register.bodies
        if body.life.exists_on(day)
    ]
    told = [
        BodyFact(
            key=row.name,
            line=tree.of_body(row.name).code,
            type=row.type,
            committee=row.type.is_committee,
            field="",
            registered=False,
        )
        for row in rows
        if register.called(row.name) is None
    ]
    return (*known, *told)


def _line_of_short(tree: ReportingTree, register: BodyRegister, short: str) -> str:
    body = register.short(short)
    return tree.of_body(body.name).code if body else tree.root.code


def _person(row: MediatorRow, tree: ReportingTree, rules: OrganisationRules, *, sure: bool) -> PersonFact:
    full = row.employment is Employment.FULL_TIME
    seated = row.post in _SEATS or row.post_source is PostSource.ELECTED
    return PersonFact(
        key=row.pool_no,
        line=tree.of_body(row.organisation).code,
        employed=Employment.FULL_TIME.value if full else Employment.PART_TIME.value,
        woman=row.gender is Gender.FEMALE,
        party=rules.is_party(row.political_status),
        schooling=rules.school(row.education),
        seat=MEMBER if seated else ENGAGED,
        sure=sure,
        placed=row.organisation in tree.of_names,
    )


def _within(entry: WorkEntry, tree: ReportingTree) -> bool:
    return tree.period.first <= entry.last <= tree.period.last


def _work(entry: WorkEntry, tree: ReportingTree) -> WorkFact:
    return WorkFact(
        key=str(entry.id),
        line=tree.of_unit(entry.unit).code,
        kind=entry.kind,
        times=entry.times or 0,
        disputes=entry.disputes or 0,
        handed=entry.handed or 0,
        people=entry.people or 0,
        yuan=entry.yuan or Decimal("0.00"),
    )
