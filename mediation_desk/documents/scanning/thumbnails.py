"""Small pictures of scans: made once, sealed like the scans, named so that those of a scan are found by its name."""

from __future__ import annotations

import contextlib
from pathlib import Path

from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.file_store import SEALED, FileStore
from mediation_desk.shared.files import atomic_write
from mediation_desk.shared.sealed_file import Broken, seal, unseal

_CLEAR = ".jpg"


class Thumbnails:
    """Only pictures of pictures: what is lost or broken is made again when it is wanted."""

    def __init__(self, folder: Path, store: FileStore) -> None:
        self._folder, self._store = folder, store

    def get(self, sha256: str, page: int, side: int) -> bytes | None:
        """The picture, where there is one."""
        key, place = self._store.key(), self._place(sha256, page, side)
        with contextlib.suppress(OSError, Broken):
            data = place.read_bytes()
            return data if key is None else unseal(data, key, place.name.encode())
        return None

    def keep(self, sha256: str, page: int, side: int, picture: bytes) -> None:
        """For the next time, where the disk allows it."""
        key, place = self._store.key(), self._place(sha256, page, side)
        with contextlib.suppress(OSError, StorageError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            atomic_write(place, picture if key is None else seal(picture, key, place.name.encode()))

    def drop_clear(self) -> None:
        """Where pictures are sealed, away with those of before."""
        if self._store.key() is not None:
            self._drop(_CLEAR)

    def drop_sealed(self) -> None:
        """Away with those that are sealed: under another key they would never be found again."""
        self._drop(SEALED)

    def drop_gone(self) -> None:
        """Away with those of scans that are gone: another counter may have destroyed them."""
        there = {Path(name).stem for shelf in self._store.shelves for name in shelf.names()}
        with contextlib.suppress(OSError):
            for picture in self._folder.iterdir():
                if picture.stem.rsplit("-", 2)[0] not in there:
                    picture.unlink(missing_ok=True)

    def _drop(self, suffix: str) -> None:
        with contextlib.suppress(OSError):
            for picture in self._folder.glob(f"*{suffix}"):
                picture.unlink(missing_ok=True)

    def _place(self, sha256: str, page: int, side: int) -> Path:
        scan = Path(self._store.name(sha256))
        return self._folder / f"{scan.stem}-{page}-{side}{scan.suffix or _CLEAR}"
