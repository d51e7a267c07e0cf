"""One thing wrong with a case."""

from __future__ import annotations

from mediation_desk.shared.record import record


@record
class Problem:
    """What is wrong, where (JSON pointer into the exchange format), against which rule (LR-n)."""

    pointer: str
    message: str
    rule: str = ""
