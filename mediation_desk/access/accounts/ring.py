"""The keys of a centre by purpose: they follow from its data key, but for former ones that are still needed.

A data key has a number; the first is 0. Beside each later one stands, sealed under it, when it was made and what must
outlive those before it: the key the audit trail is linked with, and keys of files that were not sealed anew yet.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from mediation_desk.access.accounts.sealing import seal, subkey, unseal
from mediation_desk.shared.errors import RuleError
from mediation_desk.shared.record import record

STALE = "数据的钥匙刚刚换过，请退出以后重新登录。"


@record
class Turn:
    """Which data key: its ``number``, and what is ``sealed`` under it (hexadecimal).

    ``mark``: the head of the file it opens, while that file has not taken its place yet (see ``db.rekeying``).
    """

    number: int
    sealed: str
    mark: str = ""


@record
class Ring:
    """Every key of a centre. ``former_files``: the newest first. ``made_at``: None for the first data key."""

    database: bytes
    audit: bytes
    files: bytes
    former_files: tuple[bytes, ...] = ()
    made_at: datetime | None = None


def ring_of(data_key: bytes, turn: Turn | None) -> Ring:
    """The keys behind ``data_key``. Raises ``RuleError`` where ``turn`` belongs to another one."""
    if turn is None:
        return _ring(data_key, subkey(data_key, "audit"))
    told = _told(data_key, turn)
    return _ring(
        data_key,
        bytes.fromhex(told["audit"]),
        former_files=tuple(map(bytes.fromhex, told["former_files"])),
        made_at=datetime.fromisoformat(told["made_at"]),
    )


def turned(number: int, data_key: bytes, before: Ring, at: datetime) -> Turn:
    """The turn of a new ``data_key`` that takes the place of what ``before`` followed from."""
    former = [one.hex() for one in (before.files, *before.former_files)]
    told = {"made_at": at.isoformat(), "audit": before.audit.hex(), "former_files": former}
    return _sealed(number, data_key, told)


def without_former_files(turn: Turn, data_key: bytes) -> Turn:
    """The same, now that no file is sealed under a former key any more."""
    return _sealed(turn.number, data_key, {**_told(data_key, turn), "former_files": []})


def _told(data_key: bytes, turn: Turn) -> dict[str, Any]:
    kept = unseal(subkey(data_key, "turn"), bytes.fromhex(turn.sealed), _bound_to(turn.number))
    if kept is None:
        raise RuleError(STALE)
    return json.loads(kept)  # type: ignore[no-any-return]  # sealed by us


def _sealed(number: int, data_key: bytes, told: dict[str, Any]) -> Turn:
    sealed = seal(subkey(data_key, "turn"), json.dumps(told).encode(), _bound_to(number))
    return Turn(number=number, sealed=sealed.hex())


def _ring(
    data_key: bytes, audit: bytes, *, former_files: tuple[bytes, ...] = (), made_at: datetime | None = None
) -> Ring:
    return Ring(
        database=subkey(data_key, "database"),
        audit=audit,
        files=subkey(data_key, "attachments"),
        former_files=former_files,
        made_at=made_at,
    )


def _bound_to(number: int) -> str:
    return f"mediation-desk/turn/{number}"
