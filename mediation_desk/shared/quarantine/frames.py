"""How the desk and the worker talk: JSON with bytes behind it, each with its length told first and bounded."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import Any, BinaryIO

from mediation_desk.shared.quarantine.plain import Garbage

_LENGTH = struct.Struct(">Q")
_PIECE = 1 << 20
_MOST_BLOBS = 4096


def send(stream: BinaryIO, said: dict[str, Any], blobs: Sequence[bytes] = ()) -> None:
    """Write one frame. Raises ``OSError`` where nobody listens, ``ValueError`` for a number JSON does not know."""
    head = json.dumps(
        {**said, "blobs": [len(blob) for blob in blobs]}, allow_nan=False, separators=(",", ":")
    ).encode("ascii")
    stream.write(_LENGTH.pack(len(head)))
    stream.write(head)
    stream.writelines(blobs)
    stream.flush()


def receive(stream: BinaryIO, most: int) -> tuple[dict[str, Any], list[bytes]] | None:
    """The next frame, None at the end. Raises ``Garbage`` for what is none, or is larger than ``most`` bytes."""
    start = stream.read(_LENGTH.size)
    if not start:
        return None
    try:
        (length,) = _LENGTH.unpack(start)
        said = json.loads(_exact(stream, length, most), parse_constant=_no_number)
        sizes = said.pop("blobs")
        if len(sizes) > _MOST_BLOBS or not all(type(size) is int and size >= 0 for size in sizes):
            raise Garbage
        if sum(sizes) > most:
            raise Garbage
        return said, [_exact(stream, size, most) for size in sizes]
    except (struct.error, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Garbage(type(error).__name__) from None


def _exact(stream: BinaryIO, length: int, most: int) -> bytes:
    """Just so many bytes; memory grows with what really comes, not with what was announced."""
    if length > most:
        raise Garbage
    if length <= _PIECE:
        data = stream.read(length)
    else:
        pieces, left = bytearray(), length
        while left and (piece := stream.read(min(left, _PIECE))):
            pieces += piece
            left -= len(piece)
        data = bytes(pieces)
    if len(data) != length:
        raise Garbage
    return data


def _no_number(name: str) -> float:
    raise Garbage(name)
