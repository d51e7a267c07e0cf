"""Who is shown to the parties: the pool in its neutral order, narrowed by the field of the dispute (§5.4)."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.cases.model import CaseFile
from mediation_desk.experts.service import PoolEntry

_FEWEST = 3
_MOST = 8
_GENERIC = ("纠纷", "争议", "其他")


def shortlist(file: CaseFile, pool: Sequence[PoolEntry]) -> tuple[PoolEntry, ...]:
    """Mediators whose field fits; the whole pool where too few do. The order is never changed by hand."""
    excluded = {recusal.mediator for recusal in file.recusals}
    free = [entry for entry in pool if entry.card.pool_no not in excluded]
    subject = file.dispute.category.value + file.dispute.category_zz.name
    fitting = [entry for entry in free if any(_fits(field, subject) for field in entry.card.specialties)]
    return tuple((fitting if len(fitting) >= _FEWEST else free)[:_MOST])


def _fits(field: str, subject: str) -> bool:
    core = field
    for word in _GENERIC:
        core = core.replace(word, "")
    return len(core) >= 2 and core[:2] in subject
