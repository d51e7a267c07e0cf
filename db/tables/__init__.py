"""All tables of the desk; importing this package fills ``db.base.metadata``."""

from __future__ import annotations

from db.tables import (
    afterwards,
    agreements,
    beside,
    bookings,
    cases,
    centre,
    choosing,
    counter,
    course,
    deadlines,
    ledgers,
    parties,
    pool,
    record,
    rooms,
    summoning,
    views,
    words,
)

__all__ = [
    "afterwards",
    "agreements",
    "beside",
    "bookings",
    "cases",
    "centre",
    "choosing",
    "counter",
    "course",
    "deadlines",
    "ledgers",
    "parties",
    "pool",
    "record",
    "rooms",
    "summoning",
    "views",
    "words",
]
