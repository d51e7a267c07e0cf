"""Appends to the audit trail; there is no way here to change or remove an entry but for its personal words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from db.tables.centre import audit

_WORDS = "words"


class AuditRepository:
    """Implements ``Trail`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def write(
        self,
        *,
        at: datetime,
        account: str,
        action: str,
        case_key: str | None = None,
        person: str | None = None,
        details: Mapping[str, object] | None = None,
        words: Mapping[str, object] | None = None,
        reason: str = "",
    ) -> None:
        """Append one entry in the transaction of the act."""
        kept = (
            dict(details or {}) | ({"person": person} if person else {}) | ({_WORDS: words} if words else {})
        )
        entry = {
            "at": at,
            "account": account,
            "action": action,
            "case_key": case_key,
            "details": kept or None,
            "reason": reason or None,
        }
        self._connection.execute(insert(audit), entry)

    def forget(self, case_key: str) -> int:
        """Destroy the words of all entries about a case; how many had some."""
        about = select(audit.c.seq, audit.c.details, audit.c.reason).where(audit.c.case_key == case_key)
        forgotten = 0
        for seq, details, reason in self._connection.execute(about).all():
            if reason is None and _WORDS not in (details or {}):
                continue
            kept = {name: value for name, value in (details or {}).items() if name != _WORDS}
            change = update(audit).where(audit.c.seq == seq).values(details=kept or None, reason=None)
            self._connection.execute(change)
            forgotten += 1
        return forgotten
