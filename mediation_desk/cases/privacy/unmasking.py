"""显示姓名: lists in full for a while, a single number for a moment; never without a reason on record."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.access.seat import Seat
from mediation_desk.audit.trail import Trail
from mediation_desk.cases.privacy.rules import privacy_rules
from mediation_desk.shared.clock import Clock
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.text import canonical

LONGEST_REASON = 200
_SHORTEST_REASON = 2
_MINUTE = 60


class UnmaskWork(Protocol):
    """A unit of work that only puts on record."""

    @property
    def audit(self) -> Trail:
        """Audit trail."""


class UnmaskStorage(Protocol):
    """Opens units of work."""

    def write(self, actor: Actor) -> AbstractContextManager[UnmaskWork]:
        """A unit that commits when left without an exception."""


class UnmaskService:
    """Opens and covers; the reason is on record before anything is seen."""

    def __init__(self, storage: UnmaskStorage, seat: Seat, clock: Clock) -> None:
        self._storage = storage
        self._seat = seat
        self._clock = clock

    def show_names(self, actor: Actor, reason: str) -> int:
        """From now on lists at this seat show names in full; for so many minutes, 0 for the sitting.

        Raises ``InputError`` without a reason, ``PermissionDenied`` for whoever may not.
        """
        actor.require(Permission.PERSON_UNMASK)
        said = reason_of(reason)
        minutes = privacy_rules().lists.minutes
        with self._storage.write(actor) as work:
            work.audit.write(
                at=self._clock(),
                account=actor.account,
                action="person.names.show",
                details={"minutes": minutes},
                reason=said,
            )
        self._seat.show_names(minutes * _MINUTE)
        return minutes

    def cover_names(self) -> None:
        """Lists at this seat are masked again; nobody needs a reason for that."""
        self._seat.cover_names()

    def show_number(self, actor: Actor, case_key: str, what: str, reason: str) -> None:
        """Put on record that one number of a case is shown; ``what`` says which kind, never whose.

        In the practice centre, where lists are in full, there is nothing to reveal and nothing is written. Raises
        ``InputError`` without a reason, ``PermissionDenied`` for whoever may not.
        """
        if actor.in_full:
            return
        actor.require(Permission.PERSON_UNMASK)
        said = reason_of(reason)
        with self._storage.write(actor) as work:
            work.audit.write(
                at=self._clock(),
                account=actor.account,
                action="person.number.show",
                case_key=case_key or None,
                details={"what": what},
                reason=said,
            )


def reason_of(typed: str, field: str = "reason") -> str:
    """The reason as it is kept. Raises ``InputError`` for none."""
    said = canonical(typed.strip(), field, multiline=False, longest=LONGEST_REASON)
    if len(said) < _SHORTEST_REASON:
        raise InputError("请写明理由。", field=field)
    return said
