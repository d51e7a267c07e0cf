"""The folder a scanner writes into: what is there, whole, and not dealt with yet."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

from mediation_desk.documents.scanning.rules import scanning_rules
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.uploads.kinds import SCANS

DONE = "已入卷"
"""Folder inside the watched one where filed files are put."""

_ENDINGS = frozenset(ending for kind in SCANS for ending in kind.endings)


class Inbox:
    """``look`` again and again: a file counts once its size and time stood still for a while."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.folder = folder
        self._clock = clock
        self._seen: dict[Path, tuple[int, int, float]] = {}

    def look(self) -> tuple[Path, ...]:
        """Files that are whole, oldest first; what is still being written comes with a later look."""
        now, wait = self._clock(), scanning_rules().settled_seconds
        found: dict[Path, tuple[int, int, float]] = {}
        with contextlib.suppress(OSError):  # gone or not reachable: nothing is there
            for path in self.folder.iterdir():
                with contextlib.suppress(OSError):
                    about = path.stat()
                    if path.is_file() and path.suffix.lower().lstrip(".") in _ENDINGS and about.st_size:
                        state = (about.st_size, about.st_mtime_ns)
                        before = self._seen.get(path)
                        since = before[2] if before is not None and before[:2] == state else now
                        found[path] = (*state, since)
        self._seen = found
        whole = [path for path, (_, _, since) in found.items() if now - since >= wait]
        return tuple(sorted(whole, key=lambda path: (found[path][1], path.name)))

    @property
    def waiting(self) -> bool:
        """Whether something is there that was not whole at the last look."""
        wait, now = scanning_rules().settled_seconds, self._clock()
        return any(now - since < wait for _, _, since in self._seen.values())

    def put_away(self, path: Path) -> Path:
        """Move a filed file into the folder of filed ones, under a name that is free; returns where it is now."""
        folder = self.folder / DONE
        try:
            folder.mkdir(exist_ok=True)
            target, number = folder / path.name, 1
            while target.exists():
                number += 1
                target = folder / f"{path.stem}（{number}）{path.suffix}"
            return path.rename(target)
        except OSError as error:
            raise StorageError(f"文件已经入卷，但是移不到“{folder}”：{error.strerror}。") from error
