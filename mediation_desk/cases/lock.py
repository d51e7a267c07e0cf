"""A case only named people see (domain.md §7.1)."""

from __future__ import annotations

from datetime import date

from mediation_desk.shared.record import record


@record
class Lock:
    """Since when, by whom and why; ``grounds`` are the rules that locked it, none where somebody did.

    ``named`` are accounts. Whoever works on the case is named without saying (``cases.marks``).
    """

    on: date
    by: str
    reason: str
    grounds: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
