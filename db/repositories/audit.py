"""Appends to the audit trail; there is no way here to change or remove an entry."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert

from db.tables.centre import audit


class AuditRepository:
    """Implements ``AuditTrail`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def write(
        self,
        *,
        at: datetime,
        account: str,
        action: str,
        case_key: str | None = None,
        details: dict[str, object] | None = None,
    ) -> None:
        """Append one entry in the transaction of the act."""
        entry = {"at": at, "account": account, "action": action, "case_key": case_key, "details": details}
        self._connection.execute(insert(audit), entry)
