"""What one import did, kept so that all of it can be taken back at once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from mediation_desk.experts.mediator import Mediator
from mediation_desk.interchange.sheets.notes import adapter
from mediation_desk.shared.record import record


@record
class Replaced:
    """A record as it was before the import changed it, and the mark of what the import made of it."""

    before: Mediator
    mark: str


@record
class Batch:
    """One import. ``added`` has the mark of each record as it came in, by number."""

    id: str
    at: datetime
    account: str
    file: str
    added: Mapping[str, str]
    replaced: tuple[Replaced, ...] = ()
    undone_at: datetime | None = None

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every record it touched."""
        return (*self.added, *(one.before.pool_no for one in self.replaced))


@record
class BatchResult:
    """What taking in did: ``skipped`` rows were left out on purpose, ``wrong`` ones because of their problems."""

    batch: str
    added: int
    updated: int
    skipped: int
    wrong: int


def mark(mediator: Mediator) -> str:
    """The same for two records that say the same; version, batch and photo do not count."""
    bare = replace(mediator, version=0, batch=None, has_photo=False)
    return hashlib.sha256(adapter(Mediator).dump_json(bare)).hexdigest()[:24]
