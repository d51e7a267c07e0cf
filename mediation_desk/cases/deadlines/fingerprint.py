"""By which rules and holidays the kept lines were counted: a sum that changes with the tables."""

from __future__ import annotations

import hashlib

from mediation_desk.shared.assets import remembered, rules

NOTE = "deadlines.rules"
"""Under which note of the centre the sum is kept."""

_ENGINE = "1"
"""Another number where the program itself counts otherwise than before."""

_TABLES = ("deadlines", "holidays", "centre", "archiving")


@remembered
def fingerprint() -> str:
    """The sum of the tables in force."""
    words = _ENGINE + "".join(repr(rules(name)) for name in _TABLES)
    return hashlib.sha256(words.encode()).hexdigest()
