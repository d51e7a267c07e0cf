"""请求: somebody asks to see, copy, correct or delete personal information, and is answered in time (arts. 44-50)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.trail import Trail
from mediation_desk.cases.privacy.personal_rules import personal_rules
from mediation_desk.parties.covering import Cover, NamedIn
from mediation_desk.parties.model import PartyKind
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import ConflictError, InputError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical

MOST_LISTED = 200
_LONGEST_NAME, _LONGEST_NUMBER, _LONGEST = 120, 40, 2000


class RequestKind(StrEnum):
    """What somebody may ask for."""

    READ = "查阅"
    COPY = "复制"
    CORRECT = "更正"
    DELETE = "删除"


@record
class NewRequest:
    """What the counter notes; ``agent`` is who asks for somebody else, with his relation."""

    kind: RequestKind
    name: str
    id_no: str = ""
    agent: str = ""
    what: str
    on: date | None = None


@record
class PersonRequest:
    """A request on record; ``granted`` None until it is answered. Never changed otherwise, never removed."""

    id: int
    kind: RequestKind
    name: str
    id_no: str
    agent: str
    what: str
    on: date
    due_on: date
    clerk: str
    at: datetime
    answered_on: date | None = None
    granted: bool | None = None
    answer: str = ""
    answered_by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its answer."""
        return self.answered_on is None

    def overdue(self, on: date) -> bool:
        """Whether it waits, or was answered, behind its day."""
        return (self.answered_on or on) > self.due_on

    def standing(self, on: date) -> str:
        """In words, as lists show it."""
        if self.answered_on is not None:
            late = "（逾期）" if self.overdue(on) else ""
            return f"{cn_date(self.answered_on)}{'已办' if self.granted else '不予办理'}{late}"
        left = (self.due_on - on).days
        return f"逾期{-left}天" if left < 0 else f"还有{left}天"


class PersonRequests(Protocol):
    """Requests on record."""

    def add(self, request: PersonRequest) -> PersonRequest:
        """Store a new one; the number is given here."""

    def find(self, number: int) -> PersonRequest | None:
        """The one with this number."""

    def listed(self, *, waiting: bool, limit: int) -> tuple[PersonRequest, ...]:
        """Open ones first, by the day they are due; ``waiting`` leaves out those that were answered."""

    def answer(self, request: PersonRequest) -> bool:
        """Store the answer; False where somebody answered before."""


class RequestWork(Protocol):
    """One unit of work over requests."""

    @property
    def requests(self) -> PersonRequests:
        """Requests."""

    @property
    def audit(self) -> Trail:
        """Audit trail."""


class RequestStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[RequestWork]:
        """A consistent view that cannot write."""

    def write(self, actor: Actor) -> AbstractContextManager[RequestWork]:
        """A unit that commits when left without an exception."""


class RequestService:
    """Notes requests, tells which are due, notes the answers."""

    def __init__(self, storage: RequestStorage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    @property
    def local_today(self) -> date:
        """The day at the counter."""
        return local_day(self._clock())

    def add(self, actor: Actor, new: NewRequest) -> PersonRequest:
        """Keep a request; its day is counted from the day it was made. Raises ``InputError`` naming the field."""
        actor.require(Permission.PERSON_KEEP)
        on = new.on or self.local_today
        if on > self.local_today:
            raise InputError("提出的日期不能晚于今天。", field="on")
        request = PersonRequest(
            id=0,
            kind=new.kind,
            name=_needed(new.name, "谁提出的", "name", _LONGEST_NAME),
            id_no=_words(new.id_no, "证件号码", "id_no", _LONGEST_NUMBER).upper(),
            agent=_words(new.agent, "代为提出的人", "agent", _LONGEST_NAME),
            what=_needed(new.what, "请求的内容", "what", _LONGEST),
            on=on,
            due_on=on + timedelta(days=personal_rules().request_days),
            clerk=actor.display_name,
            at=self._clock(),
        )
        with self._storage.write(actor) as work:
            stored = work.requests.add(request)
            self._tell(work, actor, "person.request", stored)
            return stored

    def listed(
        self, actor: Actor, *, waiting: bool = False, limit: int = MOST_LISTED
    ) -> tuple[PersonRequest, ...]:
        """Those that wait first, the most urgent on top; who asked is covered unless names are shown in full."""
        actor.require(Permission.PERSON_KEEP)
        with self._storage.read(actor) as work:
            return _covered(actor, work.requests.listed(waiting=waiting, limit=limit))

    def find(self, actor: Actor, number: int) -> PersonRequest:
        """One request in full, to work on it: the look is on record. Raises ``InputError`` where there is none."""
        actor.require(Permission.PERSON_KEEP)
        with self._storage.write(actor) as work:
            found = _known(work, number)
            self._tell(work, actor, "person.request.view", found)
            return found

    def answer(self, actor: Actor, number: int, answer: str, *, granted: bool = True) -> PersonRequest:
        """Keep what was answered; a refusal needs its reason as much as a grant says what was done.

        Raises ``InputError`` without words, ``ConflictError`` where it was answered before.
        """
        actor.require(Permission.PERSON_KEEP)
        said = _needed(answer, "怎样答复的；不予办理的，写明理由", "answer", _LONGEST)
        with self._storage.write(actor) as work:
            answered = replace(
                _known(work, number),
                answered_on=self.local_today,
                granted=granted,
                answer=said,
                answered_by=actor.display_name,
            )
            if not work.requests.answer(answered):
                raise ConflictError(f"第{number}号请求已经答复过，不能再改；当事人再提的，另登记一件。")
            self._tell(work, actor, "person.request.answer", answered)
            return answered

    def _tell(self, work: RequestWork, actor: Actor, action: str, request: PersonRequest) -> None:
        work.audit.write(
            at=self._clock(),
            account=actor.account,
            action=action,
            details={"request": request.id, "kind": request.kind.value},
        )


def _covered(actor: Actor, found: Sequence[PersonRequest]) -> tuple[PersonRequest, ...]:
    return tuple(found) if actor.in_full else tuple(map(_cover, found))


def _cover(one: PersonRequest) -> PersonRequest:
    names = Cover(NamedIn(name=name, kind=PartyKind.PERSON) for name in (one.name, one.agent))
    return replace(names.line(one), clerk=one.clerk, answered_by=one.answered_by)


def _known(work: RequestWork, number: int) -> PersonRequest:
    found = work.requests.find(number)
    if found is None:
        raise InputError(f"没有第{number}号请求。", field="number")
    return found


def _needed(typed: str, what: str, field: str, longest: int) -> str:
    words = _words(typed, what, field, longest)
    if not words:
        raise InputError(f"请写明{what}。", field=field)
    return words


def _words(typed: str, what: str, field: str, longest: int) -> str:
    try:
        return canonical(typed.strip(), what, longest=longest).strip()
    except InputError as error:
        raise InputError(error.message, field=field) from error
