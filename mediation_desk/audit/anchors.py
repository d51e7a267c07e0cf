"""Outside anchors: how far the chain had come, told in a code short enough for paper.

Who holds key and database can write a new history, but not one that meets the codes that left the building.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from datetime import datetime
from pathlib import Path

from mediation_desk.shared.errors import InputError, StorageError
from mediation_desk.shared.files import unwritable
from mediation_desk.shared.record import record

WORD = "审计"
FILE_NAME = "anchors.jsonl"
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U to be taken for others
_HALF = 4
_TYPED = re.compile(
    r"(?:审计)?[\s:：]*(\d{1,12})\s*[-－—]\s*([0-9A-Z]{4})\s*[-－—]?\s*([0-9A-Z]{4})", re.IGNORECASE
)


@record
class Anchor:
    """At entry ``seq`` the link of the chain had this code (40 bits of it); ``origin`` says where that stands."""

    seq: int
    code: str
    at: datetime | None = None
    origin: str = ""

    @property
    def text(self) -> str:
        """As it is printed: ``审计 12345-7KQ3-M9PX``."""
        return f"{WORD} {self.seq}-{self.code}"


def code_of(link: str) -> str:
    """Eight signs that stand for a link; one cannot choose another link with the same code by trying a few."""
    bits = int.from_bytes(hashlib.sha256(b"anchor" + link.encode("ascii", "replace")).digest()[:5], "big")
    signs = "".join(_SIGNS[bits >> shift & 31] for shift in range(35, -1, -5))
    return f"{signs[:_HALF]}-{signs[_HALF:]}"


def typed_anchor(text: str) -> Anchor:
    """An anchor read off a paper. Raises ``InputError``."""
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        raise InputError("审计码应形如 审计 12345-7KQ3-M9PX。", field="anchor")
    likely = str.maketrans("OIL", "011")  # as Crockford reads them
    code = f"{found[2]}-{found[3]}".upper().translate(likely)
    return Anchor(seq=int(found[1]), code=code, origin="手工输入")


def keep(folder: Path, anchor: Anchor) -> None:
    """Add a line to the file of anchors, on the disk when this returns. Raises ``StorageError``."""
    file = folder / FILE_NAME
    line = {
        "seq": anchor.seq,
        "code": anchor.code,
        "at": anchor.at and anchor.at.isoformat(),
        "for": anchor.origin,
    }
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # beside a server nobody else makes it
        handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "ab") as out:
            out.write((json.dumps(line, ensure_ascii=False) + "\n").encode("utf-8"))
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise unwritable(file, error) from error


def kept(folder: Path) -> tuple[Anchor, ...]:
    """The anchors of the file, oldest first; a line cut short by a crash is passed over. Raises ``StorageError``."""
    file = folder / FILE_NAME
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise StorageError(
            f"读不了审计码文件“{file}”：{error.strerror}。请检查文件的权限和磁盘，再试一次。"
        ) from error
    return tuple(anchor for line in lines if (anchor := _read(line)) is not None)


def _read(line: str) -> Anchor | None:
    try:
        found = json.loads(line)
        at = datetime.fromisoformat(found["at"]) if found.get("at") else None
        return Anchor(seq=int(found["seq"]), code=str(found["code"]), at=at, origin=str(found.get("for", "")))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None
