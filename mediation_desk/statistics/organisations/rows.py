"""What storage tells for 表一: plain rows, narrow enough to be read whole for any day."""

from __future__ import annotations

from datetime import date

from mediation_desk.cases.vocabulary import BodyType
from mediation_desk.experts.mediator import Post, PostSource, Standing
from mediation_desk.experts.model import Employment
from mediation_desk.parties.model import Gender
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track


@record
class BodyRow:
    """A body as cases carry it: ``id`` and ``name`` of the table ``bodies``."""

    id: int
    name: str
    type: BodyType


@record
class MediatorRow:
    """Somebody of the pool as the record reads now; no name, no number of identity."""

    pool_no: str
    organisation: str
    gender: Gender
    political_status: str | None
    education: str | None
    employment: Employment
    post: Post
    post_source: PostSource | None
    tracks: tuple[Track, ...]
    standing: Standing
    standing_on: date | None
    standing_reason: str
    filed_on: date | None
    term_from: date | None
