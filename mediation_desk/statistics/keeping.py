"""``Keeping``: facts are worked out again when their rules change, sums of months when their cases do."""

from __future__ import annotations

from mediation_desk.access.actor import PROGRAM
from mediation_desk.statistics.figures import FACTS_BY, facts_by
from mediation_desk.statistics.ports import Progress, StatisticsStorage

_AT_ONCE = 200


class Keeping:
    """Makes what is kept agree with the rules in force; nothing is lost where it is stopped."""

    def __init__(self, storage: StatisticsStorage) -> None:
        self._storage = storage

    def renew(self, progress: Progress | None = None) -> None:
        """Work out the facts of all cases anew where the rules they follow from changed, a few at a time.

        Does nothing where they have not. ``progress`` is told how many of how many are done and may stop it; what
        is done stays done, and the rest is done the next time.
        """
        wanted = facts_by()
        with self._storage.read(PROGRAM) as work:
            if work.notes.get(FACTS_BY) == wanted:
                return
            total = work.facts.number()
        last, done, more = "", 0, True
        while more:
            with self._storage.write(PROGRAM) as work:
                keys = work.facts.work_out(last, _AT_ONCE)
                done, more = done + len(keys), len(keys) == _AT_ONCE
                last = keys[-1] if keys else last
                if not more:
                    work.notes.put(FACTS_BY, wanted)
            if progress is not None and not progress(done, total):
                return

    def settle(self, progress: Progress | None = None, *, most: int | None = None) -> int:
        """Add up months whose kept sums no longer hold, the newest first; how many were added up."""
        self.renew()
        with self._storage.read(PROGRAM) as work:
            months = work.statistics.stale_months()[:most]
        for done, month in enumerate(months, start=1):
            with self._storage.write(PROGRAM) as work:
                work.sums.settle(month)
            if progress is not None and not progress(done, len(months)):
                return done
        return len(months)
