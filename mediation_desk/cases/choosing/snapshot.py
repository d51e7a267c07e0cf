"""The pool at one revision, with what is worked out from it once."""

from __future__ import annotations

from mediation_desk.experts.conflicts.index import ConflictIndex
from mediation_desk.experts.mediator import Mediator


class PoolSnapshot:
    """Made again only when a record changes: a shortlist then costs no reading of the pool."""

    def __init__(self, mediators: tuple[Mediator, ...]) -> None:
        self.mediators = mediators
        self.conflicts = ConflictIndex(mediators)
        self.by_number = {mediator.pool_no: mediator for mediator in mediators}
