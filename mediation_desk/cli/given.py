"""What a command is given to read: a file, or - for what is piped in."""

from __future__ import annotations

import sys
from pathlib import Path

from mediation_desk.shared.uploads.whole import read_stream, read_whole


def given(source: str | Path, most: int) -> bytes:
    """All of it. Raises ``InputError`` for what cannot be read, is no ordinary file or has more than ``most`` bytes."""
    if source == "-":
        return read_stream(sys.stdin.buffer, most, "-")
    return read_whole(Path(source), most)
