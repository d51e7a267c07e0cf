"""The neutral order in which candidates are shown: nobody, paid or trusted, moves anybody in it (§5.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

_DIGITS = "0123456789"


def neutral_order(
    pool_nos: Iterable[str], running: Mapping[str, int], last_chosen: Mapping[str, date]
) -> tuple[str, ...]:
    """Fewest running cases first; then who was never chosen, then longest not chosen; then the pool number.

    ``running`` and ``last_chosen`` may lack a number: no open case, never chosen.
    """
    return tuple(
        sorted(pool_nos, key=lambda no: (running.get(no, 0), last_chosen.get(no, date.min), by_number(no)))
    )


def rotation_asked(pool_nos: Iterable[str], running: Mapping[str, int], most: int) -> tuple[str, ...]:
    """Whose day of last choice :func:`neutral_order` needs, so that storage is asked for no others.

    Only ties in running cases look at the day, and only those that reach into the first ``most`` places.
    The first ``most`` of the neutral order come out the same as if all days were known.
    """
    tied: defaultdict[int, list[str]] = defaultdict(list)
    for pool_no in pool_nos:
        tied[running.get(pool_no, 0)].append(pool_no)
    asked: list[str] = []
    before = 0
    for count in sorted(tied):
        if before >= most:
            break
        if len(tied[count]) > 1:
            asked += tied[count]
        before += len(tied[count])
    return tuple(asked)


@lru_cache(maxsize=1 << 15)
def by_number(code: str) -> tuple[str, int, str]:
    """Sort key for pool numbers and party references: M99 stands before M100, A2 before A10."""
    letters = code.rstrip(_DIGITS)
    digits = code[len(letters) :]
    return letters, int(digits) if digits else 0, code
