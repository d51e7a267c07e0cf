"""A file behind a piece of evidence: what it is called, what is in it, and who agreed to being recorded."""

from __future__ import annotations

from datetime import datetime

from mediation_desk.shared.record import record


@record
class Attachment:
    """Belongs to the evidence ``evidence_ref``; the bytes lie in the file store under ``sha256``.

    ``session_no`` where it was taken of a session, else None. ``recorded`` are the refs of those who are heard or
    seen in it, ``consents`` those of them who agreed. ``taken_at`` is aware; ``by`` whoever made it.
    """

    evidence_ref: str
    name: str
    size: int
    sha256: str
    taken_at: datetime
    by: str
    session_no: int | None = None
    recorded: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()
