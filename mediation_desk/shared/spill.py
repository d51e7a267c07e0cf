"""Large things on their way, on disk for as long as they are needed: sealed under a key that is written nowhere."""

from __future__ import annotations

import io
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.files import PREFIX
from mediation_desk.shared.sealed_file import KEY, Unsealed, seal, unseal


class Spill:
    """A folder of its own below ``folder``, gone with ``close``; what a crash leaves there nobody can read."""

    def __init__(self, folder: Path) -> None:
        """Raises ``StorageError``."""
        self._key = secrets.token_bytes(KEY)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder = tempfile.TemporaryDirectory(prefix=PREFIX, dir=folder, ignore_cleanup_errors=True)
        except OSError as error:
            raise StorageError(f"文件夹“{folder}”写不了，请检查磁盘和权限。") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget everything."""
        self._folder.cleanup()

    def put(self, name: str, data: bytes) -> None:
        """Raises ``StorageError``."""
        try:
            self._path(name).write_bytes(seal(data, self._key, name.encode()))
        except OSError as error:
            raise StorageError("磁盘可能满了或者出了错，没有办成，请腾出空间再试。") from error

    def holds(self, name: str) -> bool:
        """Whether it was put there."""
        return self._path(name).exists()

    def read(self, name: str) -> bytes:
        """All of it. Raises ``StorageError``."""
        with _reading():
            return unseal(self._path(name).read_bytes(), self._key, name.encode())

    def open(self, name: str) -> BinaryIO:
        """The same, to be read from any place on. Raises ``StorageError``."""
        with _reading():
            opened = Unsealed(self._path(name).open("rb"), self._key, name.encode())
        return cast(BinaryIO, io.BufferedReader(opened))

    def _path(self, name: str) -> Path:
        return Path(self._folder.name) / name


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError("临时文件读不出来：磁盘可能出了错，没有办成，请检查磁盘再试。") from error
