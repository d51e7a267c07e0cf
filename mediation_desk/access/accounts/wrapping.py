"""The data key of the centre, wrapped so that a password, and nothing else, opens it.

One Argon2id run serves both ends: the key it gives opens the wrap, and that the wrap opens proves the password.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from mediation_desk.access.accounts.cost import KEY_BYTES, Cost, Derive
from mediation_desk.shared.record import record

RECOVERY = ""
"""Stands for an account's name where the holder is the recovery code."""

_NONCE = 12
_SALT = 16


@record
class Former:
    """A password that was used before: enough to know it again."""

    salt: str
    cost: Cost
    check: str


@record
class Wrap:
    """The data key as one holder keeps it. ``salt`` and ``sealed`` (nonce and ciphertext) are hexadecimal."""

    holder: str
    salt: str
    cost: Cost
    sealed: str
    made_at: datetime
    former: tuple[Former, ...] = ()


def new_key() -> bytes:
    """A data key nobody ever had."""
    return secrets.token_bytes(KEY_BYTES)


def wrap(
    key: bytes,
    secret: str,
    *,
    holder: str,
    cost: Cost,
    derive: Derive,
    at: datetime,
    former: tuple[Former, ...] = (),
) -> Wrap:
    """``key`` behind ``secret``; bound to its holder, so that a wrap moved to another account's row does not open."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    strong = _part(derive(secret.encode("utf-8"), salt, cost), "wrap")
    sealed = nonce + AESGCM(strong).encrypt(nonce, key, _bound_to(holder))
    return Wrap(holder=holder, salt=salt.hex(), cost=cost, sealed=sealed.hex(), made_at=at, former=former)


def unwrap(wrapped: Wrap, secret: str, derive: Derive) -> bytes | None:
    """The data key, or None where ``secret`` does not open it; takes the same time either way."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    strong = derive(secret.encode("utf-8"), bytes.fromhex(wrapped.salt), wrapped.cost)
    sealed = bytes.fromhex(wrapped.sealed)
    try:
        return AESGCM(_part(strong, "wrap")).decrypt(
            sealed[:_NONCE], sealed[_NONCE:], _bound_to(wrapped.holder)
        )
    except InvalidTag:
        return None


def decoy(cost: Cost, at: datetime) -> Wrap:
    """A wrap nothing opens: an unknown name must cost as much as a known one."""
    sealed = secrets.token_hex(_NONCE + KEY_BYTES + 16)
    return Wrap(holder="?", salt=secrets.token_hex(_SALT), cost=cost, sealed=sealed, made_at=at)


def remembered(secret: str, cost: Cost, derive: Derive) -> Former:
    """What is kept of a password that is given up."""
    salt = secrets.token_bytes(_SALT)
    check = _part(derive(secret.encode("utf-8"), salt, cost), "former")
    return Former(salt=salt.hex(), cost=cost, check=check.hex())


def was(former: Former, secret: str, derive: Derive) -> bool:
    """Whether this was that password."""
    strong = derive(secret.encode("utf-8"), bytes.fromhex(former.salt), former.cost)
    return secrets.compare_digest(_part(strong, "former").hex(), former.check)


def subkey(key: bytes, purpose: str) -> bytes:
    """A key for one ``purpose``, from which neither the data key nor another's follows (HKDF-SHA256)."""
    return _part(key, purpose)


def _part(key: bytes, purpose: str) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(
        algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"mediation-desk/{purpose}".encode()
    ).derive(key)


def _bound_to(holder: str) -> bytes:
    return f"mediation-desk/data-key/{holder}".encode()
