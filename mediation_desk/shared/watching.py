"""Long work tells how far it is, and may be stopped."""

from __future__ import annotations

from collections.abc import Callable

from mediation_desk.shared.errors import InputError

Watch = Callable[[int, int], bool]
"""Told how much of how much is done; False stops the work."""


class Stopped(InputError):
    """Somebody stopped the work; what was done by then is told in the message."""
