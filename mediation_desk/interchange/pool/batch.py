"""What one import did, kept so that all of it can be taken back at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from mediation_desk.experts.mediator import Mediator
from mediation_desk.interchange.pool.staging import Plan
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")


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
    return hashlib.sha256(_adapter(Mediator).dump_json(bare)).hexdigest()[:24]


def to_note(kept: Batch | Plan) -> Any:
    """As JSON data."""
    kind: Any = type(kept)
    return _adapter(kind).dump_python(kept, mode="json")


def from_note(kind: type[T], note: Any) -> T:
    """What was kept. Raises ``InputError`` when another version of the program wrote it differently."""
    from pydantic import ValidationError

    kept: Any = kind
    try:
        found: T = _adapter(kept).validate_json(json.dumps(note))
    except ValidationError:
        raise InputError("这份记录是程序的另一个版本保存的，读不出来。") from None
    return found


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)
