"""Where finished files stand by name: in a folder of this computer, or elsewhere (``db.shelf``: in the database)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from mediation_desk.shared.files import make_folder, replace_durably, unwritable

_PARTS = re.compile(r"[0-9a-f]{2}")


class Shelf(Protocol):
    """A file is there whole or not at all, and never changes while it is there."""

    def open(self, name: str) -> io.BufferedReader:
        """Its bytes, from any place on. Raises ``FileNotFoundError``."""

    def give(self, made: Path, name: str) -> None:
        """The finished file stands here from now on, for good. Raises ``StorageError``."""

    def holds(self, name: str) -> bool:
        """Whether it is there."""

    def names(self) -> tuple[str, ...]:
        """All that is there, in order."""

    def remove(self, name: str) -> bool:
        """Away with it; whether it was there. Raises ``OSError``, ``StorageError``."""


class FolderShelf:
    """Files lie in folders named by the first two letters."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        """Where it lies or would lie."""
        return self.folder / name[:2] / name

    def open(self, name: str) -> io.BufferedReader:
        """Opened."""
        return self.path(name).open("rb")

    def give(self, made: Path, name: str) -> None:
        """Renamed: it has to lie on the same disk."""
        place = self.path(name)
        try:
            make_folder(place.parent)
            replace_durably(made, place)
        except OSError as error:
            raise unwritable(place, error) from error

    def holds(self, name: str) -> bool:
        """Looked for."""
        return self.path(name).is_file()

    def names(self) -> tuple[str, ...]:
        """What lies where it belongs."""
        return tuple(sorted(self._names()))

    def remove(self, name: str) -> bool:
        """Unlinked."""
        try:
            self.path(name).unlink()
        except FileNotFoundError:
            return False
        return True

    def _names(self) -> Iterator[str]:
        if self.folder.is_dir():
            for part in self.folder.iterdir():
                if _PARTS.fullmatch(part.name) and part.is_dir():
                    yield from (one.name for one in part.iterdir() if one.name.startswith(part.name))
