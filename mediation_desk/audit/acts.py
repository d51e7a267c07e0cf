"""Acts that may be written before anybody has signed in."""

from __future__ import annotations

WITHOUT_KEY = frozenset(
    (
        "account.refused",
        "window.refused",
        "window.leave",
    )
)
"""Nobody has unwrapped the key yet: such entries prove nothing by themselves until the next keyed one seals them."""
