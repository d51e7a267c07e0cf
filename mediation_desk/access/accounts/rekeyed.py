"""A change of the data key: what is stored for it, and what is told about the key a centre has."""

from __future__ import annotations

from datetime import datetime

from mediation_desk.access.accounts.model import Account
from mediation_desk.access.accounts.ring import Ring, Turn
from mediation_desk.access.accounts.wrapping import Wrap
from mediation_desk.shared.record import record


@record
class Renewal:
    """Another data key: its turn, who holds it, and the keys that follow from it."""

    turn: Turn
    ring: Ring
    wraps: tuple[Wrap, ...]


@record
class KeyStanding:
    """How it stands with the data key of a centre.

    changed_at: None while it has its first. left: accounts locked since, whose owners once had a password to this key.
    waiting: accounts in use that do not hold it and need a reset. old: accounts in use and, as "", the recovery code,
    whose wrap was made before there were key pairs: they cannot be given another key before their next sign-in.
    files: whether there are files sealed under a former key.
    """

    number: int
    changed_at: datetime | None
    left: tuple[Account, ...]
    waiting: tuple[Account, ...]
    old: tuple[str, ...]
    files: bool


@record
class Rekeyed:
    """A data key was changed. ``waiting``: who needs a new password; ``code``: the new recovery code, or ""."""

    number: int
    waiting: tuple[str, ...]
    code: str = ""
