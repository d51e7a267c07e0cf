"""Reads what is to be done about sessions of a case (``case session``): plan, move, adjourn, cancel, record."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.hearing import PlanSession, RecordSession
from mediation_desk.cases.steps.inviting import InviteGuests, RecordConsents
from mediation_desk.cases.steps.rearranging import AdjournSession, CancelSession, MoveSession
from mediation_desk.cases.steps.step import Step
from mediation_desk.hearings.arrangement import Consent, Guest, Subject
from mediation_desk.hearings.model import Attendance, PrivateNote, SessionMode, SessionResult
from mediation_desk.interchange.parse import parse
from mediation_desk.interchange.place import pointer, refusal
from mediation_desk.interchange.wording import reason
from mediation_desk.shared.record import record

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@record
class NewGuest:
    """Somebody invited: name, unit or capacity, and what he or she is to the parties."""

    name: str
    capacity: str = ""
    relation: str = ""


@record
class NewConsent:
    """What parties said on a day (today unless given) about a guest; without a guest, about an open session."""

    guest: str = ""
    agreed: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    on: datetime.date | None = None
    how: str = "口头"


@record
class Plan:
    """A session to plan; names are those of ``mediation-case/1``, ``room`` is a code of rules/centre.toml."""

    date: datetime.date
    start: datetime.time
    until: datetime.time | None = None
    room: str = ""
    place: str = ""
    mode: SessionMode = SessionMode.ON_SITE
    public: bool = False
    guests: tuple[NewGuest, ...] = ()
    override_reason: str = ""


@record
class Move:
    """Another day, time or place for session ``no``."""

    no: int
    reason: str
    date: datetime.date | None = None
    start: datetime.time | None = None
    until: datetime.time | None = None
    room: str = ""
    place: str = ""
    override_reason: str = ""


@record
class Adjourn:
    """Session ``no`` broken off at ``at``; with a day and start it goes on then."""

    no: int
    at: datetime.time
    reason: str
    date: datetime.date | None = None
    start: datetime.time | None = None
    until: datetime.time | None = None
    room: str = ""
    place: str = ""
    override_reason: str = ""


@record
class Cancel:
    """Session ``no`` taken off."""

    no: int
    reason: str


@record
class Record:
    """The record of session ``no``: without it the one just planned, otherwise the next without a record."""

    no: int | None = None
    end: datetime.time
    attendees: tuple[Attendance, ...]
    absent: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    rights_notice_given: bool = False
    record: str
    private_notes: tuple[PrivateNote, ...] = ()
    result: SessionResult


@record
class SessionOrder:
    """The keys of the file; each may be left out. They are done in this order, all or none."""

    plan: Plan | None = None
    move: Move | None = None
    adjourn: Adjourn | None = None
    cancel: Cancel | None = None
    guests: tuple[NewGuest, ...] | None = None
    consents: tuple[NewConsent, ...] = ()
    record: Record | None = None
    no: int | None = None


def read_session(text: str | bytes) -> SessionOrder:
    """What ``text`` asks for. Raises ``InputError`` with the JSON pointer of the first place at fault."""
    from pydantic import ValidationError  # loaded late: only the command line needs it

    data = parse(text)
    try:
        order = _adapter().validate_json(json.dumps(data))
    except ValidationError as trouble:
        first: Any = trouble.errors(include_url=False, include_input=False)[0]
        raise refusal(pointer(step for step in first["loc"] if step != "[key]"), reason(first)) from None
    if order == SessionOrder(no=order.no):
        raise refusal("", "至少要有 plan、move、adjourn、cancel、guests、consents、record 中的一项")
    return order


Maker = Callable[[CaseFile], Step]
"""Makes a step of the file as it then stands."""


def steps_of(order: SessionOrder, today: datetime.date) -> tuple[Maker, ...]:
    """The steps of ``order``, each made of the file as the one before left it."""
    plan = _plan(order, today) if order.plan is not None else None

    def number(file: CaseFile, given: int | None) -> int:
        """The session spoken of: the one named, the one just planned, the next without a record."""
        named = given or order.no
        if named:
            return named
        if plan is not None:
            return plan.number(file)
        return next((session.no for session in file.sessions if not session.held), 0)

    made: list[Maker] = []
    if plan is not None:
        made.append(lambda _file: plan)
    made += [partial(_made, step) for step in _changes(order)]
    if (guests := order.guests) is not None:
        made.append(lambda file: InviteGuests(no=number(file, None), guests=_guests(guests)))
    if plan is None:
        made += [partial(_made, _asked(one, today)) for one in order.consents]
    if (written := order.record) is not None:
        made.append(lambda file: RecordSession(**_fields(written) | {"no": number(file, written.no)}))
    return tuple(made)


def number_of(step: Step, file: CaseFile) -> int | None:
    """Which session of ``file`` the step was about, as they are numbered now; None where it is about none."""
    match step:
        case PlanSession():
            return step.number(file)
        case MoveSession():
            change = file.beside.rearrangements[-1]
            to = (change.to_date, change.to_start)
            return next((s.no for s in file.sessions if not s.held and (s.date, s.start) == to), step.no)
        case AdjournSession() | CancelSession() | InviteGuests() | RecordSession():
            return step.no
    return None


def _plan(order: SessionOrder, today: datetime.date) -> PlanSession:
    """Consents come along, so that an open session can be planned at once."""
    given = {
        "guests": _guests(order.plan.guests if order.plan else ()),
        "consents": _consents(order.consents, today),
    }
    return PlanSession(**_fields(order.plan) | given)


def _changes(order: SessionOrder) -> Iterator[Step]:
    if order.move is not None:
        yield MoveSession(**_fields(order.move))
    if order.adjourn is not None:
        yield AdjournSession(**_fields(order.adjourn))
    if order.cancel is not None:
        yield CancelSession(**_fields(order.cancel))


def _made(step: Step, _file: CaseFile) -> Step:
    return step


def _fields(part: Any) -> dict[str, Any]:
    return {name: getattr(part, name) for name in type(part).__dataclass_fields__}


def _guests(given: tuple[NewGuest, ...]) -> tuple[Guest, ...]:
    return tuple(Guest(session_no=0, **_fields(one)) for one in given)


def _about(one: NewConsent) -> Subject:
    return Subject.GUEST if one.guest else Subject.OPEN


def _consents(given: tuple[NewConsent, ...], today: datetime.date) -> tuple[Consent, ...]:
    return tuple(
        Consent(about=_about(one), guest=one.guest, by=by, agreed=yes, on=one.on or today, how=one.how)
        for one in given
        for yes, refs in ((True, one.agreed), (False, one.refused))
        for by in refs
    )


def _asked(one: NewConsent, today: datetime.date) -> RecordConsents:
    return RecordConsents(
        about=_about(one),
        guest=one.guest,
        on=one.on or today,
        agreed=one.agreed,
        refused=one.refused,
        how=one.how,
    )


@cache
def _adapter() -> TypeAdapter[SessionOrder]:
    from pydantic import TypeAdapter

    return TypeAdapter(SessionOrder)
