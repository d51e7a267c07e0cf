"""The key of the chain, drawn from the data key so that neither gives the other away."""

from __future__ import annotations


def chain_key(data_key: bytes) -> bytes:
    """HKDF-SHA256 (RFC 5869) of the 32-byte data key that a sign-in unwraps."""
    from cryptography.hazmat.primitives.hashes import SHA256  # loaded late: a practice centre never needs it
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"mediation-desk audit chain").derive(data_key)
