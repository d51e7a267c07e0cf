"""All tables of the desk; importing this package fills ``db.base.metadata``."""

from __future__ import annotations

from db.tables import afterwards, agreements, bookings, cases, centre, choosing, course, parties, pool, record

__all__ = [
    "afterwards",
    "agreements",
    "bookings",
    "cases",
    "centre",
    "choosing",
    "course",
    "parties",
    "pool",
    "record",
]
