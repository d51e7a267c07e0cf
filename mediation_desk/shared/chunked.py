"""A stream over chunks of one size that are fetched one by one: pieces in a database, sealed parts of a file."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache

_AT_HAND = 4  # chunks kept readable


class Chunked(io.RawIOBase):
    """Read from any place on; ``chunk`` gives the bytes of a chunk by its number, all but the last ``whole`` long."""

    def __init__(self, chunk: Callable[[int], bytes], *, size: int, whole: int) -> None:
        self.size = size
        self._chunk, self._whole, self._at = lru_cache(maxsize=_AT_HAND)(chunk), whole, 0

    def readable(self) -> bool:
        """For whoever asks."""
        return True

    def seekable(self) -> bool:
        """For whoever asks."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """The place from which is read next."""
        self._at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence])
        return self._at

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # any buffer is one
        """As much as its chunk has. Raises what ``chunk`` raises."""
        if self._at >= self.size:
            return 0
        number, begin = divmod(self._at, self._whole)
        part = self._chunk(number)[begin : begin + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)
