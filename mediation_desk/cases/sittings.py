"""A session with what belongs to it, so that several planned ones keep their order and numbers together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Around
from mediation_desk.hearings.arrangement import Arrangement, Guest
from mediation_desk.hearings.model import Session
from mediation_desk.shared.record import record

CALLED_OFF = 0
"""Number under which the board keeps lines of a session that was called off: they stand, and belong to no record."""


@record
class Sitting:
    """One session of a file; the numbers in the parts are those of the session."""

    session: Session
    arrangement: Arrangement
    guests: tuple[Guest, ...] = ()

    @property
    def begun(self) -> bool:
        """Whether it was held, or had begun when it was adjourned."""
        return self.session.held or self.arrangement.adjourned_at is not None


def sittings(file: CaseFile) -> tuple[Sitting, ...]:
    """The sessions of a file in order."""
    return tuple(
        Sitting(
            session=session,
            arrangement=file.beside.arrangement(session.no),
            guests=file.beside.guests_of(session.no),
        )
        for session in file.sessions
    )


def with_sittings(file: CaseFile, those: Iterable[Sitting]) -> CaseFile:
    """The file with these sessions and no others: held ones first, then by time, numbered through from one.

    What lay beside a session that is gone goes with it; its story stays in ``Beside.rearrangements``.
    """
    ordered = sorted(those, key=_place)
    numbered = [_numbered(sitting, no) for no, sitting in enumerate(ordered, start=1)]
    numbers = _numbers(ordered)
    empty = Arrangement(session_no=0)
    beside = file.beside
    kept = replace(
        beside,
        meetings=_along(beside.meetings, numbers),
        remote_consents=_along(beside.remote_consents, numbers),
        joinings=_along(beside.joinings, numbers),
        summonses=tuple(  # what was told stays on record, even of a session called off
            replace(one, session_no=numbers.get(one.session_no, one.session_no)) for one in beside.summonses
        ),
        attachments=tuple(
            replace(one, session_no=numbers.get(one.session_no)) if one.session_no else one
            for one in beside.attachments
        ),
        arrangements=tuple(
            one.arrangement for one in numbered if replace(one.arrangement, session_no=0) != empty
        ),
        guests=tuple(guest for one in numbered for guest in one.guests),
    )
    return replace(file, sessions=tuple(one.session for one in numbered), beside=kept)


def arranged(file: CaseFile, those: Iterable[Sitting], around: Around) -> CaseFile:
    """:func:`with_sittings`, and what stands on the board goes along with its session."""
    ordered = sorted(those, key=_place)
    numbers = _numbers(ordered)
    moved = {one.no: numbers.get(one.no, CALLED_OFF) for one in file.sessions}
    moved = {was: now for was, now in moved.items() if was != now}
    if moved:
        around.renumber_board(file, moved)
    return with_sittings(file, ordered)


def only_held(file: CaseFile) -> CaseFile:
    """The file without what was only planned."""
    return with_sittings(file, (one for one in sittings(file) if one.session.held))


def _place(sitting: Sitting) -> tuple[object, ...]:
    session = sitting.session
    if session.held:
        return (0, session.no)
    return (1, not sitting.begun, session.date, session.start)


def _numbers(ordered: Iterable[Sitting]) -> dict[int, int]:
    """The number each session gets, by the one it had; a new one had none."""
    return {one.session.no: no for no, one in enumerate(ordered, start=1) if one.session.no}


def _along(parts: Iterable[Any], numbers: Mapping[int, int]) -> tuple[Any, ...]:
    """Parts that carry the number of their session, under its new number; those of a session gone are gone."""
    return tuple(
        replace(one, session_no=numbers[one.session_no]) for one in parts if one.session_no in numbers
    )


def _numbered(sitting: Sitting, no: int) -> Sitting:
    return replace(
        sitting,
        session=replace(sitting.session, no=no),
        arrangement=replace(sitting.arrangement, session_no=no),
        guests=tuple(replace(guest, session_no=no) for guest in sitting.guests),
    )
