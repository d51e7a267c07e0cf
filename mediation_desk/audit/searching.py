"""Searches on record: the words somebody looked for, once for all pages and refreshes of the same list."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Lock

from mediation_desk.audit.rules import audit_rules
from mediation_desk.audit.trail import Trail
from mediation_desk.shared.text import cleaned

SEARCH = "case.search"
LONGEST = 500
"""Characters of a search on record: nobody types more, and what a program pasted in is told by its beginning."""


class Searches:
    """Remembers, while the program runs, what each account searched for last and when."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[str, datetime]] = {}
        self._lock = Lock()

    def is_new(self, account: str, words: str, at: datetime) -> bool:
        """Whether these words are another search than the last one on record."""
        with self._lock:
            last = self._last.get(account)
        since = at - timedelta(minutes=audit_rules().view_minutes)
        return last is None or last[0] != words or not since < last[1] <= at

    def write(self, trail: Trail, account: str, words: str, at: datetime, *, where: str, count: int) -> None:
        """Put the search on record in the transaction that found something."""
        trail.write(
            at=at,
            account=account,
            action=SEARCH,
            details={"where": where, "count": count},
            words={"words": _readable(words)},
        )

    def done(self, account: str, words: str, at: datetime) -> None:
        """The transaction is committed."""
        with self._lock:
            self._last[account] = (words, at)


def _readable(words: str) -> str:
    """The words as a reader of the trail can see them; a search is answered whatever was typed."""
    plain, _removed = cleaned(words[: LONGEST + 1], multiline=False)
    return plain if len(words) <= LONGEST else f"{plain[:LONGEST]}…"
