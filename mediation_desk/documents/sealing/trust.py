"""What is told of a signature, and whom the centre trusts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from mediation_desk.shared.record import record

_LARGEST = 1 << 20  # bytes; a certificate has some thousands


@record
class SealState:
    """One signature. ``whole``: neither what it covers nor anything that matters behind it was changed.

    ``trusted``: its certificate leads to a root the centre trusts; ``stamped``: a time stamp server vouches for ``at``,
    else it is the clock of the machine that signed.
    """

    name: str
    at: datetime | None
    whole: bool
    trusted: bool
    stamped: bool = False
    reason: str = ""


def trusted_roots(folder: Path) -> tuple[bytes, ...]:
    """Certificates (PEM or DER) the centre put into ``folder``, as they lie there; unreadable ones are passed over."""
    found: list[bytes] = []
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        try:
            if path.is_file() and path.stat().st_size <= _LARGEST:
                found.append(path.read_bytes())
        except OSError:
            continue
    return tuple(found)
