"""Where tests put their databases: in memory where the machine has room, since nothing here outlives a test."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_SHARED = Path(
    "/dev/shm"
)  # Linux: a file system in memory, where making and dropping databases costs no disk
_ROOM = 2 << 30


def memory_folder() -> Path | None:
    """A folder in memory with two gigabytes to spare, or None."""
    if not _SHARED.is_dir() or not os.access(_SHARED, os.W_OK):
        return None
    return _SHARED if shutil.disk_usage(_SHARED).free >= _ROOM else None
