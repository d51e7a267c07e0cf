"""One entry of the chain: what is bound by its link, in bytes that are the same on every database."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple

START = bytes(32)
"""Stands where the first entry would name the link before it."""

MOMENT = "%Y-%m-%d %H:%M:%S.%f"


class Seal(StrEnum):
    """With what an entry's link was made.

    A link made with the data key proves that the program wrote it for somebody signed in. The open key lies in the
    database itself: it only finds careless changes, and is all a practice centre has. A bare link needs no key: it is
    for what happens before anybody has signed in. Entries taken over are older than the chain.
    """

    KEYED = "keyed"
    OPEN = "open"
    BARE = "bare"
    TAKEN_OVER = "taken"


class Entry(NamedTuple):
    """A row of the trail, as written and as read; a plain tuple, because a million of them are checked."""

    seq: int
    at: str
    account: str
    action: str
    case_key: str | None
    person: str | None
    result: str
    clock: int
    details: str
    words: str
    seal: str
    link: str

    @property
    def moment(self) -> datetime:
        """When it happened, in UTC."""
        return datetime.strptime(self.at, MOMENT).replace(tzinfo=UTC)

    @property
    def facts(self) -> dict[str, Any]:
        """The codes and counts."""
        found: dict[str, Any] = json.loads(self.details)
        return found


def moment_text(at: datetime) -> str:
    """``at`` as it is bound: UTC, microseconds."""
    return at.astimezone(UTC).strftime(MOMENT)


def canonical(value: Mapping[str, Any]) -> str:
    """JSON with sorted keys and no spaces; what is stored is what is bound."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


_encoded = json.JSONEncoder(separators=(",", ":"), check_circular=False, default=repr).encode


def content(entry: tuple[Any, ...], seq: int) -> bytes:
    """All of an ``Entry`` but its link, as if it stood at ``seq``; a JSON list cannot be read in two ways."""
    return _encoded((seq, *entry[1:-1])).encode("ascii")


class Linker:
    """Makes links: HMAC-SHA256 over the link before and the content; plain SHA-256 where there is no key."""

    def __init__(self, key: bytes | None) -> None:
        self._begun = hashlib.sha256() if key is None else hmac.new(key, digestmod="sha256")

    def link(self, before: bytes, bound: bytes) -> str:
        """The link of what follows ``before``, in hexadecimal."""
        made = self._begun.copy()
        made.update(before + bound)
        return made.hexdigest()


def words_digest(salt: bytes, words: str) -> str:
    """What the chain keeps of personal words: nobody can guess them from it once their salt is destroyed."""
    return hashlib.sha256(salt + words.encode("utf-8")).hexdigest()


def head_seal(key: bytes, seq: int, last: str, keyed_from: int | None) -> str:
    """Proves with the key that the chain once reached ``seq``: a cut tail is seen without any paper."""
    return hmac.digest(key, f"head {seq} {last} {keyed_from}".encode(), "sha256").hex()
