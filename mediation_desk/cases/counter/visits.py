"""咨询: somebody asks and is answered (T-1). A visit has no case number; it may become a case later (T-2)."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.trail import Trail
from mediation_desk.cases.vocabulary import Category
from mediation_desk.parties.covering import Cover, NamedIn
from mediation_desk.parties.model import PartyKind
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import ConflictError, InputError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical

ANONYMOUS = "未留姓名"
LONGEST_NAME, LONGEST_TEXT = 120, 5000
MOST_LISTED = 100


@record
class Consult:
    """What the counter notes of a consultation; who asked may stay unknown."""

    name: str = ""
    phone: str = ""
    category: Category | None = None
    matter: str
    answer: str
    remedies: tuple[str, ...] = ()


@record
class Visit:
    """A consultation on record; ``case_key`` once it has become a case."""

    id: int
    on: date
    at: datetime
    account: str
    clerk: str
    name: str
    phone: str
    category: str
    matter: str
    answer: str
    remedies: tuple[str, ...]
    case_key: str | None = None

    @property
    def who(self) -> str:
        """The name, or that none was left."""
        return self.name or ANONYMOUS


@record
class VisitQuery:
    """Visits of ``on``, or of the days up to ``before`` (a visit already listed), the newest first."""

    on: date | None = None
    before: int | None = None
    limit: int = MOST_LISTED


class Visits(Protocol):
    """Consultations on record."""

    def add(self, visit: Visit) -> Visit:
        """Store a new one; the number is given here."""

    def find(self, number: int) -> Visit | None:
        """The one with this number."""

    def listed(self, query: VisitQuery) -> tuple[Visit, ...]:
        """Newest first, cut to what the query asks for."""

    def became(self, number: int, case_key: str) -> bool:
        """Remember the case; False when it has become another one already."""


def visit_of(command: Consult, *, actor: Actor, now: datetime) -> Visit:
    """The record of ``command``. Raises ``InputError`` naming what is missing or cannot be kept."""
    matter = _kept(command.matter, "咨询的事", "matter")
    answer = _kept(command.answer, "答复", "answer")
    if not matter:
        raise InputError("请写下问的是什么事。", field="facts", pointer="/facts")
    if not answer:
        raise InputError("请写下怎样答复的。", field="answer", pointer="/answer")
    return Visit(
        id=0,
        on=local_day(now),
        at=now,
        account=actor.account,
        clerk=actor.display_name,
        name=_kept(command.name, "姓名", "name", longest=LONGEST_NAME),
        phone=_kept(command.phone, "电话", "phone", longest=20),
        category=command.category.value if command.category else "",
        matter=matter,
        answer=answer,
        remedies=tuple(one for one in command.remedies if one.strip()),
    )


def _kept(words: str, what: str, field: str, *, longest: int = LONGEST_TEXT) -> str:
    try:
        return canonical(words.strip(), what, longest=longest)
    except InputError as error:
        raise InputError(error.message, field=field, pointer=f"/{field}") from error


class VisitWork(Protocol):
    """One unit of work over visits."""

    @property
    def visits(self) -> Visits:
        """Consultations."""

    @property
    def audit(self) -> Trail:
        """Audit trail."""

    def once(self, operation_id: str) -> bool:
        """False when this operation was already done."""


class VisitStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[VisitWork]:
        """A consistent view that cannot write."""

    def write(self, actor: Actor) -> AbstractContextManager[VisitWork]:
        """A unit that commits when left without an exception."""


def _covered(actor: Actor, visit: Visit) -> Visit:
    if actor.in_full:
        return visit
    cover = Cover([NamedIn(name=visit.name, kind=PartyKind.PERSON)])
    return replace(cover.line(visit), account=visit.account, clerk=visit.clerk)


class VisitService:
    """Stores and lists consultations."""

    def __init__(self, storage: VisitStorage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def consult(self, actor: Actor, command: Consult, *, operation_id: str = "") -> Visit:
        """Store a consultation; no case, no number. Raises ``InputError``, or ``ConflictError`` when done before."""
        actor.require(Permission.CASE_REGISTER)
        visit = visit_of(command, actor=actor, now=self._clock())
        with self._storage.write(actor) as work:
            if operation_id and not work.once(operation_id):
                raise ConflictError("这次咨询已经记下，没有重复记。")
            stored = work.visits.add(visit)
            work.audit.write(
                at=visit.at, account=actor.account, action="visit.咨询", details={"visit": stored.id}
            )
            return stored

    def listed(self, actor: Actor, query: VisitQuery) -> tuple[Visit, ...]:
        """Visits, newest first; who asked is covered unless names are shown in full."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return tuple(_covered(actor, one) for one in work.visits.listed(query))

    def find(self, actor: Actor, number: int) -> Visit:
        """One visit. Raises ``InputError`` when there is none."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            visit = work.visits.find(number)
        if visit is None:
            raise InputError(f"没有第{number}次咨询。", field="visit")
        return visit
