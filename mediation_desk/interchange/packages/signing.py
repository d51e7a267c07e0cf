"""The key a centre signs its packages with, and the centres whose key somebody compared by telephone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mediation_desk.experts.ports import Notes
from mediation_desk.shared.record import record

_OWN = "packages.key"
_KNOWN = "packages.senders"
_GROUPS, _GROUP = 8, 5
_CONTEXT = b"mediation-desk/package\x00"

PUBLIC_BYTES, SIGNATURE_BYTES = 32, 64


@record
class Sender:
    """A centre whose fingerprint ``by`` compared; what it is called is what its packages said then."""

    fingerprint: str
    name: str
    at: str
    by: str


def fingerprint_of(public: bytes) -> str:
    """Forty digits in groups of five, to be read out over the telephone."""
    number = int.from_bytes(hashlib.sha256(public).digest(), "big") % 10 ** (_GROUPS * _GROUP)
    digits = f"{number:0{_GROUPS * _GROUP}d}"
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def same_fingerprint(typed: str, fingerprint: str) -> bool:
    """Whether somebody typed this one, with whatever between the groups."""
    return [sign for sign in typed if sign.isdigit()] == [sign for sign in fingerprint if sign.isdigit()]


class SigningKey:
    """The centre's own key; the private part lies in the settings of the database and is never shown."""

    def __init__(self, seed: bytes) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._key.public_key().public_bytes_raw()

    @property
    def fingerprint(self) -> str:
        """What the other side compares."""
        return fingerprint_of(self.public)

    def sign(self, message: bytes) -> bytes:
        """Ed25519 over the message, which stands for a package and nothing else."""
        return self._key.sign(_CONTEXT + message)


def own_key(notes: Notes) -> SigningKey | None:
    """The key of this centre, None before its first package."""
    seed = notes.get(_OWN)
    return None if seed is None else SigningKey(bytes.fromhex(seed))


def own_key_made(notes: Notes) -> SigningKey:
    """The same, made at the first use."""
    import secrets

    found = own_key(notes)
    if found is None:
        seed = secrets.token_bytes(32)
        notes.put(_OWN, seed.hex())
        found = SigningKey(seed)
    return found


def is_signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the holder of this key signed the message."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _CONTEXT + message)
    except InvalidSignature:
        return False
    return True


def known_senders(notes: Notes) -> Mapping[str, Sender]:
    """Centres somebody compared, by fingerprint."""
    found: dict[str, Any] = notes.get(_KNOWN) or {}
    return {mark: Sender(fingerprint=mark, **said) for mark, said in found.items()}


def note_sender(notes: Notes, fingerprint: str, *, name: str, at: datetime, by: str) -> None:
    """From now on packages signed so are taken."""
    known = notes.get(_KNOWN) or {}
    notes.put(_KNOWN, known | {fingerprint: {"name": name, "at": at.isoformat(), "by": by}})
