"""What every editor offers, so that a `Field` can carry any of them."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import SignalInstance


class Editor(Protocol):
    """``problem()`` is "" or one sentence; ``edited`` is emitted when the user changed the value."""

    edited: SignalInstance

    def problem(self) -> str:
        """One sentence about what is wrong with the present text, or ""."""
        ...
