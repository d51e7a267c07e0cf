"""The data key of the centre, wrapped so that a password, and nothing else, opens it.

One Argon2id run serves both ends: the key it gives opens the wrap, and that the wrap opens proves the password.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime

from mediation_desk.access.accounts.cost import KEY_BYTES, Cost, Derive
from mediation_desk.access.accounts.sealing import (
    is_proved,
    new_pair,
    proof,
    seal,
    seal_to,
    subkey,
    unseal,
    unseal_with,
)
from mediation_desk.shared.errors import RuleError
from mediation_desk.shared.record import record

RECOVERY = ""
"""Stands for an account's name where the holder is the recovery code."""
FORGED = "{holder}的公钥不是这个中心放进去的，可能有人改过钥匙文件：没有换钥匙。请先重置它，再查是谁改的。"

_SALT = 16


@record
class Former:
    """A password that was used before: enough to know it again."""

    salt: str
    cost: Cost
    check: str


@record
class Wrap:
    """The data key as one holder keeps it; every part in hexadecimal.

    The password opens ``private``, and that the data key, which is ``sealed`` to ``public``: so another data key can
    be given to its holder without his password. ``proof``: somebody who had the data key put ``public`` there.
    Wraps made before there were such pairs have no ``public``; there the password opens ``sealed`` itself.
    """

    holder: str
    salt: str
    cost: Cost
    public: str = ""
    private: str = ""
    sealed: str
    proof: str = ""
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
    salt, (private, public) = secrets.token_bytes(_SALT), new_pair()
    strong = derive(secret.encode("utf-8"), salt, cost)
    kept = seal(subkey(strong, "private"), private, _bound_to(holder) + public.hex())
    empty = Wrap(
        holder=holder,
        salt=salt.hex(),
        cost=cost,
        public=public.hex(),
        private=kept.hex(),
        sealed="",
        made_at=at,
        former=former,
    )
    return _given(empty, key)


def unwrap(wrapped: Wrap, secret: str, derive: Derive) -> bytes | None:
    """The data key, or None where ``secret`` does not open it; takes the same time either way."""
    strong = derive(secret.encode("utf-8"), bytes.fromhex(wrapped.salt), wrapped.cost)
    bound, sealed = _bound_to(wrapped.holder), bytes.fromhex(wrapped.sealed)
    if not wrapped.public:
        return unseal(subkey(strong, "wrap"), sealed, bound)
    kept = bytes.fromhex(wrapped.private)
    private = unseal(subkey(strong, "private"), kept, bound + wrapped.public)
    return private and unseal_with(private, bytes.fromhex(wrapped.public), sealed, bound)


def is_genuine(wrapped: Wrap, key: bytes) -> bool:
    """Whether its public key was put there by somebody who had the data key ``key``; not one made before pairs."""
    public = bytes.fromhex(wrapped.public)
    return bool(public) and is_proved(key, public, _bound_to(wrapped.holder), wrapped.proof)


def rewrapped(wrapped: Wrap, old: bytes, new: bytes) -> Wrap:
    """The data key ``new`` for the holder of ``old``. Raises ``RuleError`` where his public key is not genuine."""
    if not is_genuine(wrapped, old):
        raise RuleError(FORGED.format(holder=f"账号{wrapped.holder}" if wrapped.holder else "恢复单"))
    return _given(wrapped, new)


def decoy(cost: Cost, at: datetime) -> Wrap:
    """A wrap nothing opens: an unknown name must cost as much as a known one."""
    return Wrap(
        holder="?",
        salt=secrets.token_hex(_SALT),
        cost=cost,
        public=secrets.token_hex(KEY_BYTES),
        private=secrets.token_hex(KEY_BYTES),
        sealed="",
        made_at=at,
    )


def remembered(secret: str, cost: Cost, derive: Derive) -> Former:
    """What is kept of a password that is given up."""
    salt = secrets.token_bytes(_SALT)
    check = subkey(derive(secret.encode("utf-8"), salt, cost), "former")
    return Former(salt=salt.hex(), cost=cost, check=check.hex())


def was(former: Former, secret: str, derive: Derive) -> bool:
    """Whether this was that password."""
    strong = derive(secret.encode("utf-8"), bytes.fromhex(former.salt), former.cost)
    return secrets.compare_digest(subkey(strong, "former").hex(), former.check)


def _given(wrapped: Wrap, key: bytes) -> Wrap:
    public, bound = bytes.fromhex(wrapped.public), _bound_to(wrapped.holder)
    return replace(wrapped, sealed=seal_to(public, key, bound).hex(), proof=proof(key, public, bound))


def _bound_to(holder: str) -> str:
    return f"mediation-desk/data-key/{holder}"
