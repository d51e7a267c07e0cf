"""The marks beside a case, by which it is in somebody's reach or not (decision 41)."""

from __future__ import annotations

from collections.abc import Iterator

from mediation_desk.access.sight import body_mark, card_mark, named_mark, person_mark
from mediation_desk.cases.beside import OrderStatus
from mediation_desk.cases.model import CaseFile

_GONE_BACK = (OrderStatus.REFUSED, OrderStatus.TO_DECIDE, OrderStatus.VOIDED)


def marks_of(file: CaseFile) -> frozenset[str]:
    """Body and units at work on it, whoever mediates, records, registers or is responsible, and who is named.

    A unit that sent its order back, and a mediator who was replaced, are out of it again.
    """
    return frozenset(_marks(file))


def _marks(file: CaseFile) -> Iterator[str]:
    yield body_mark(file.organisation.name)
    yield person_mark(file.intake.registrar)
    yield from (card_mark(mediator.pool_no) for mediator in file.mediators)
    if file.recorder is not None:
        yield card_mark(file.recorder.pool_no)
        yield person_mark(file.recorder.name)
    yield from (card_mark(session.recorder) for session in file.sessions if session.recorder)
    for order in file.beside.orders:
        if order.status in _GONE_BACK:
            continue
        yield from map(body_mark, (order.to, *order.helpers))
        yield from (person_mark(name) for name in (order.person, order.received_by) if name)
    if file.beside.lock is not None:
        yield person_mark(file.beside.lock.by)
        yield from map(named_mark, file.beside.lock.named)
