"""The errors the desk tells its user about; anything else that is raised is a bug."""

from __future__ import annotations


class DeskError(Exception):
    """Root of all expected errors. The message is one complete Chinese sentence for the user."""

    exit_code = 1

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InputError(DeskError):
    """Something typed or imported is wrong. ``field`` names the field, ``pointer`` the place in a file."""

    exit_code = 2

    def __init__(self, message: str, *, field: str = "", pointer: str = "") -> None:
        super().__init__(message)
        self.field = field
        self.pointer = pointer


class RuleError(DeskError):
    """A rule of law or of the centre forbids the step. ``rule`` is its number, e.g. ``LR-12``."""

    exit_code = 3

    def __init__(self, message: str, *, rule: str = "") -> None:
        super().__init__(message)
        self.rule = rule


class PermissionDenied(RuleError):
    """The acting account may not do this."""


class ConflictError(RuleError):
    """Somebody else saved the same record meanwhile."""


class StaleError(ConflictError):
    """The record is newer than the one the caller read; what he wrote can be compared with it."""


class BookedError(ConflictError):
    """The time of a room or of somebody is taken already; a reason on record may let the new booking overlap."""


class DuplicateError(ConflictError):
    """What is to be registered is on file already; ``keys`` are the cases the caller has to have seen."""

    def __init__(self, message: str, keys: tuple[str, ...]) -> None:
        super().__init__(message)
        self.keys = keys


class StorageError(DeskError):
    """Full or read-only disk, lock, foreign or newer database, unreachable server: not the program's fault."""

    exit_code = 4


class AwayError(StorageError):
    """The database server does not answer; nothing was stored. It may be tried again when the server is back."""


class UncertainError(AwayError):
    """The same, and whether the last unit was stored could not be found out yet; trying again finds out first."""


class OutdatedError(StorageError):
    """Another counter has brought the database to a newer schema; this program must be started anew."""


class StoredError(DeskError):
    """What was tried again had been stored the first time, and was not done twice."""
