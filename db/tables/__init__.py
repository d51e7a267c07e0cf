"""All tables of the desk; importing this package fills ``db.base.metadata``."""

from __future__ import annotations

from db.tables import afterwards, agreements, cases, centre, course, parties, record

__all__ = ["afterwards", "agreements", "cases", "centre", "course", "parties", "record"]
