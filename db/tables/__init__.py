"""All tables of the desk; importing this package fills ``db.base.metadata``."""

from __future__ import annotations

from db.tables import (
    afterwards,
    agreements,
    beside,
    board,
    bookings,
    cases,
    centre,
    choosing,
    counter,
    course,
    deadlines,
    ledgers,
    minutes,
    parties,
    pool,
    record,
    rooms,
    views,
    words,
)

__all__ = [
    "afterwards",
    "agreements",
    "beside",
    "board",
    "bookings",
    "cases",
    "centre",
    "choosing",
    "counter",
    "course",
    "deadlines",
    "ledgers",
    "minutes",
    "parties",
    "pool",
    "record",
    "rooms",
    "views",
    "words",
]
