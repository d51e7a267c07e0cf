"""How the keys of a centre are sealed: by a key both ends have, or to somebody's public key.

AES-256-GCM, HKDF-SHA256 and X25519 of ``cryptography``; everything sealed is bound to what it stands for, so that it
opens nowhere else.
"""

from __future__ import annotations

import hmac
import secrets

from mediation_desk.access.accounts.cost import KEY_BYTES

_NONCE = 12
_PUBLIC = 32


def subkey(key: bytes, purpose: str) -> bytes:
    """A key for one ``purpose``, from which neither ``key`` nor another's follows (HKDF-SHA256)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(
        algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"mediation-desk/{purpose}".encode()
    ).derive(key)


def seal(key: bytes, data: bytes, bound: str) -> bytes:
    """``data`` under ``key``, bound to the words ``bound``."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, bound.encode())


def unseal(key: bytes, sealed: bytes, bound: str) -> bytes | None:
    """What was sealed, or None where the key or the words are others."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound.encode())
    except (InvalidTag, ValueError):
        return None


def new_pair() -> tuple[bytes, bytes]:
    """A private key nobody ever had, and its public key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def seal_to(public: bytes, data: bytes, bound: str) -> bytes:
    """``data`` so that only the private key of ``public`` opens it. Raises ``ValueError`` for what is no public key."""
    once, told = new_pair()
    return told + seal(_shared(once, public, (told, public)), data, bound)


def unseal_with(private: bytes, public: bytes, sealed: bytes, bound: str) -> bytes | None:
    """What was sealed to ``public``, or None where its private key is another."""
    told = sealed[:_PUBLIC]
    try:
        key = _shared(private, told, (told, public))
    except ValueError:
        return None
    return unseal(key, sealed[_PUBLIC:], bound)


def proof(key: bytes, public: bytes, bound: str) -> str:
    """Shows that somebody who had ``key`` put ``public`` there."""
    return hmac.digest(subkey(key, "holders"), public + bound.encode(), "sha256").hex()


def is_proved(key: bytes, public: bytes, bound: str, told: str) -> bool:
    """Whether that is the proof."""
    return hmac.compare_digest(proof(key, public, bound).encode(), told.encode())


def _shared(private: bytes, public: bytes, both: tuple[bytes, bytes]) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    mine, theirs = X25519PrivateKey.from_private_bytes(private), X25519PublicKey.from_public_bytes(public)
    return subkey(mine.exchange(theirs), "to-" + "".join(one.hex() for one in both))
