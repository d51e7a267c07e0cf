"""What every keeper of words offers: to store at once what waits for a pause in typing."""

from __future__ import annotations

from PySide6.QtCore import QObject


class Keeper(QObject):
    """Base of the objects that store words while they are typed."""

    def flush(self) -> None:
        """Store now what is not stored yet; called when the desk is locked."""
        raise NotImplementedError
