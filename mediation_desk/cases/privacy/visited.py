"""咨询: what one person asked at the counter, as it belongs into the copy of that person (art. 45)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from mediation_desk.cases.counter.visits import Visit
from mediation_desk.experts.conflicts.sameness import is_mobile, name_key, phone_keys
from mediation_desk.parties.covering import Cover
from mediation_desk.shared.record import record


@record
class Marks:
    """By what a visit is known as somebody's: the names and telephones on file, and the cases it may have become."""

    names: frozenset[str]
    phones: frozenset[str]
    cases: frozenset[str]


@record
class HeldVisit:
    """One consultation of the person; other people in it covered as far as they are on file."""

    id: int
    on: date
    clerk: str
    name: str
    phone: str
    category: str
    matter: str
    answer: str
    remedies: tuple[str, ...]
    case_key: str | None


class Consulted(Protocol):
    """Visits on record, looked up by whose they may be."""

    def like(self, phones: frozenset[str], cases: frozenset[str]) -> tuple[Visit, ...]:
        """Those with one of these telephones, or that became one of these cases; oldest first."""


def marks_of(own: Iterable[object], cases: Iterable[str]) -> Marks:
    """From the records of the person in ``cases``: ``own`` are those of a party, member, guardian, agent …"""
    words = tuple(own)
    return Marks(
        names=frozenset(name_key(getattr(one, "name", "")) for one in words),
        phones=frozenset(key for one in words for key in phone_keys(getattr(one, "phone", "") or "")),
        cases=frozenset(cases),
    )


def is_of(visit: Visit, marks: Marks) -> bool:
    """By telephone and name; a mobile number alone where no name was left; the name alone in a case it became."""
    shared = marks.phones & set(phone_keys(visit.phone))
    if not visit.name:
        return any(map(is_mobile, shared))
    same_name = name_key(visit.name) in marks.names
    return same_name and (bool(shared) or visit.case_key in marks.cases)


def visit_held(visit: Visit, cover: Cover) -> HeldVisit:
    """``visit`` as it is handed out."""
    return HeldVisit(
        id=visit.id,
        on=visit.on,
        clerk=visit.clerk,
        name=visit.name,
        phone=visit.phone,
        category=visit.category,
        matter=cover.text(visit.matter),
        answer=cover.text(visit.answer),
        remedies=visit.remedies,
        case_key=visit.case_key,
    )
