"""The day in numbers, for the sheet that is printed and filed when the centre closes."""

from __future__ import annotations

from collections import Counter
from datetime import date

from mediation_desk.audit.anchors import Anchor
from mediation_desk.audit.wording import Kind, kind_of
from mediation_desk.shared.record import record


@record
class Done:
    """How often an account did something."""

    account: str
    action: str
    count: int


@record
class Day:
    """All acts of a day and where the chain stood when the sheet was made."""

    on: date
    done: tuple[Done, ...]
    flagged: int
    anchor: Anchor | None

    @property
    def entries(self) -> int:
        """How many entries the day has."""
        return sum(one.count for one in self.done)

    def by_account(self) -> tuple[tuple[str, dict[Kind, int]], ...]:
        """For each account how many acts of which kind."""
        found: dict[str, Counter[Kind]] = {}
        for one in self.done:
            found.setdefault(one.account, Counter())[kind_of(one.action)] += one.count
        return tuple((account, dict(counts)) for account, counts in sorted(found.items()))
