"""What lies on disk and tells nothing: AES-256-GCM in chunks; without the key nobody reads it, or changes it unnoticed.

``TJTSEAL`` and a version, 32 random bytes, then the chunks: 1 MiB each, the last one shorter, each with 16 bytes that
prove it. The key of the file comes from the key given and those random bytes; the nonce of a chunk is its number and
whether it is the last. A chunk changed, cut off, left out, put elsewhere or taken from another file is refused.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterator
from typing import BinaryIO

from mediation_desk.shared.chunked import Chunked
from mediation_desk.shared.errors import InputError

CHUNK = 1 << 20
MAGIC = b"TJTSEAL\x01"
_SALT, _TAG = 32, 16
HEADER = len(MAGIC) + _SALT
KEY = 32


class Broken(InputError):
    """A sealed file that does not open."""

    def __init__(self) -> None:
        super().__init__("加密的文件打不开：密钥不对，或者文件被改动、截短过。", field="file")


class Sealer:
    """Write clear bytes, in pieces of any size, to a stream that gets sealed ones; ``finish`` writes the last chunk.

    ``label`` says what the file is: it opens under no other.
    """

    def __init__(self, target: BinaryIO, key: bytes, label: bytes = b"") -> None:
        header = MAGIC + secrets.token_bytes(_SALT)
        self._target, self._cipher = target, _Cipher(key, header, label)
        self._held, self._number = b"", 0
        target.write(header)

    def write(self, piece: bytes) -> None:
        """Raises what the stream raises."""
        if len(self._held) == CHUNK and piece:
            self._put(self._held, last=False)
            self._held = b""
        self._held += piece
        while len(self._held) > CHUNK:
            self._put(self._held[:CHUNK], last=False)
            self._held = self._held[CHUNK:]

    def finish(self) -> None:
        """Nothing is whole before."""
        self._put(self._held, last=True)

    def _put(self, chunk: bytes, *, last: bool) -> None:
        self._target.write(self._cipher.sealed(chunk, self._number, last=last))
        self._number += 1


class Unsealed(Chunked):
    """The clear bytes of a sealed stream, from any place on. Raises ``Broken``; what was cut off is told at once."""

    def __init__(self, source: BinaryIO, key: bytes, label: bytes = b"") -> None:
        self._source = source
        source.seek(0)
        header = source.read(HEADER)
        body = source.seek(0, io.SEEK_END) - HEADER
        if len(header) != HEADER or not header.startswith(MAGIC) or body < _TAG:
            raise Broken
        self._cipher = _Cipher(key, header, label)
        self._count = -(-body // (CHUNK + _TAG))
        super().__init__(self._opened, size=body - self._count * _TAG, whole=CHUNK)
        self._chunk(self._count - 1)

    def chunks(self) -> Iterator[bytes]:
        """All of it, in order."""
        return map(self._opened, range(self._count))

    def close(self) -> None:
        """Close what it reads from, too."""
        self._source.close()
        super().close()

    def _opened(self, number: int) -> bytes:
        self._source.seek(HEADER + number * (CHUNK + _TAG))
        return self._cipher.opened(self._source.read(CHUNK + _TAG), number, last=number == self._count - 1)


def seal(data: bytes, key: bytes, label: bytes = b"") -> bytes:
    """The same for what is small."""
    target = io.BytesIO()
    sealer = Sealer(target, key, label)
    sealer.write(data)
    sealer.finish()
    return target.getvalue()


def unseal(data: bytes, key: bytes, label: bytes = b"") -> bytes:
    """What was sealed. Raises ``Broken``."""
    return b"".join(Unsealed(io.BytesIO(data), key, label).chunks())


def derived(key: bytes, purpose: bytes, salt: bytes | None = None) -> bytes:
    """A key for one ``purpose`` (HKDF-SHA256)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=KEY, salt=salt, info=b"mediation-desk/" + purpose).derive(key)


class _Cipher:
    """One file's key and what its chunks are bound to."""

    def __init__(self, key: bytes, header: bytes, label: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._aead = AESGCM(derived(key, b"sealed-file", header[len(MAGIC) :]))
        self._bound = header + label

    def sealed(self, chunk: bytes, number: int, *, last: bool) -> bytes:
        return self._aead.encrypt(_nonce(number, last), chunk, self._bound)

    def opened(self, chunk: bytes, number: int, *, last: bool) -> bytes:
        from cryptography.exceptions import InvalidTag

        try:
            return self._aead.decrypt(_nonce(number, last), chunk, self._bound)
        except (InvalidTag, ValueError):
            raise Broken from None


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes((last,))
