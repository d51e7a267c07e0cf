"""What a backup says about itself, and how that is sealed.

One backup is one folder. Its manifest names every file with its hash; a seal under a key that follows from the key of
the database tells a manifest that was changed.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from mediation_desk.access.accounts.sealing import subkey
from mediation_desk.audit.anchors import Anchor
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.record import record

MANIFEST = "manifest.json"
ATTACHMENTS = "attachments.json"
"""Beside the manifest: every attachment with its hash. The files themselves lie once in a place, for all backups."""
NAME = "调解台备份-"
_FORMAT = 1
UNREADABLE = "备份“{name}”的清单读不出来，这份备份不能用了，请换一份。"
ALTERED = "备份“{name}”的清单和封签对不上：清单被改动过，或者不是这个中心的备份。没有使用它。"


class Reason(StrEnum):
    """Why a backup was made."""

    HAND = "hand"
    HOUR = "hour"
    CLOSE = "close"
    UPGRADE = "upgrade"


REASONS = {Reason.HAND: "手工", Reason.HOUR: "定时", Reason.CLOSE: "关闭窗口时", Reason.UPGRADE: "升级之前"}


@record
class Stored:
    """A file: SHA-256 of its bytes, and how many they are."""

    sha256: str
    size: int


@record
class Manifest:
    """``rows`` counts the rows of each table, ``files`` names what lies in the folder, ``anchor`` is the audit code."""

    made_at: datetime
    reason: Reason
    program: str
    schema: str
    encrypted: bool
    cases: int
    rows: Mapping[str, int]
    files: Mapping[str, Stored]
    attachments: int
    anchor: Anchor | None


class Standing(StrEnum):
    """How far a listed backup can be trusted before it is opened."""

    GOOD = "good"
    SEALED = "sealed"  # under a key that is not at hand: a password of its own time opens it
    BROKEN = "broken"
    OLD = "old"  # one file, as earlier versions wrote it


@record
class Backup:
    """A finished backup in some place; without a manifest where it cannot be read or is of the old form."""

    path: Path
    standing: Standing
    made_at: datetime
    manifest: Manifest | None = None

    @property
    def cases(self) -> int | None:
        """How many cases are in it, where it says so."""
        return self.manifest.cases if self.manifest else None


def folder_name(at: datetime) -> str:
    """What the folder of a backup made now is called."""
    return f"{NAME}{at.astimezone():%Y%m%d-%H%M%S}"


def written(manifest: Manifest, key: bytes | None) -> bytes:
    """The manifest as a file, sealed; without a key (a practice centre) the seal notices accidents only."""
    plain = {
        "format": _FORMAT,
        "made_at": manifest.made_at.isoformat(),
        "reason": manifest.reason.value,
        "program": manifest.program,
        "schema": manifest.schema,
        "encrypted": manifest.encrypted,
        "cases": manifest.cases,
        "rows": dict(manifest.rows),
        "files": listed(manifest.files),
        "attachments": manifest.attachments,
        "anchor": manifest.anchor and {"seq": manifest.anchor.seq, "code": manifest.anchor.code},
    }
    return json.dumps(plain | {"seal": _seal(plain, key)}, ensure_ascii=False, indent=1).encode("utf-8")


def read(data: bytes, name: str) -> tuple[Manifest, dict[str, Any]]:
    """The manifest, and what `is_sealed` looks at. Raises ``StorageError`` where it cannot be read."""
    try:
        plain = json.loads(data)
        anchor = plain["anchor"]
        manifest = Manifest(
            made_at=datetime.fromisoformat(plain["made_at"]),
            reason=Reason(plain["reason"]),
            program=str(plain["program"]),
            schema=str(plain["schema"]),
            encrypted=bool(plain["encrypted"]),
            cases=int(plain["cases"]),
            rows={str(name): int(count) for name, count in plain["rows"].items()},
            files=unlisted(plain["files"]),
            attachments=int(plain["attachments"]),
            anchor=Anchor(seq=int(anchor["seq"]), code=str(anchor["code"])) if anchor else None,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise StorageError(UNREADABLE.format(name=name)) from error
    if plain.get("format") != _FORMAT or manifest.made_at.tzinfo is None:
        raise StorageError(UNREADABLE.format(name=name))
    return manifest, plain


def is_sealed(plain: Mapping[str, Any], key: bytes | None) -> bool:
    """Whether the seal was made with this key over these very words."""
    bare = {name: value for name, value in plain.items() if name != "seal"}
    return hmac.compare_digest(str(plain.get("seal", "")).encode(), _seal(bare, key).encode())


def listed(files: Mapping[str, Stored]) -> dict[str, list[object]]:
    """Files as they are written down."""
    return {name: [one.sha256, one.size] for name, one in sorted(files.items())}


def unlisted(plain: Mapping[str, Any]) -> dict[str, Stored]:
    """The same read; raises ``ValueError`` and its like, for names too that lead out of their folder."""
    found = {}
    for name, (sha256, size) in plain.items():
        parts = str(name).split("/")
        if any(part in ("", ".", "..") or "\\" in part or ":" in part for part in parts):
            raise ValueError(name)
        found[str(name)] = Stored(sha256=str(sha256), size=int(size))
    return found


def _seal(plain: Mapping[str, Any], key: bytes | None) -> str:
    words = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")
    return hmac.digest(subkey(key, "backup-manifest") if key else b"", words, "sha256").hex()
