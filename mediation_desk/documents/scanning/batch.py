"""One file from outside, looked at and read page by page, waiting to be filed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from mediation_desk.documents.scanning.pages import join, read_page, split
from mediation_desk.documents.scanning.rules import ScanningRules, scanning_rules
from mediation_desk.documents.scanning.sorting import Piece, ReadPage, code_on, pieces
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.files import PREFIX
from mediation_desk.shared.quarantine.process import workshop
from mediation_desk.shared.quarantine.refusal import told
from mediation_desk.shared.uploads.guard import FIELD, Upload, checked
from mediation_desk.shared.uploads.kinds import SCANS, UploadKind
from mediation_desk.shared.watching import Stopped

Progress = Callable[[int, int], bool]
"""Told how many pages of how many are read; False stops."""


class Batch:
    """``upload`` and ``pages`` of a file; made pages lie in a folder of their own, gone with ``close``."""

    def __init__(self, path: Path, progress: Progress | None = None) -> None:
        """Look and read. Raises ``InputError`` naming the file, ``Stopped``, ``StorageError``."""
        self.path = path
        self.upload: Upload = checked(path, SCANS)
        try:
            self._folder = tempfile.TemporaryDirectory(prefix=PREFIX)
        except OSError as error:
            raise StorageError("临时文件夹写不了，文件没有导入。") from error
        try:
            with told(self._undone, FIELD):
                self.pages = self._read(progress)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Pages that belong together."""
        return pieces(self.pages)

    @property
    def case_keys(self) -> tuple[str, ...]:
        """Cases its codes name."""
        return tuple(dict.fromkeys(page.code.mark.case_key for page in self.pages if page.code is not None))

    def file_of(self, piece: Piece) -> tuple[Path, str]:
        """The file to keep for a piece, and its media type: the very file where nothing had to be done to it."""
        with told(self._undone, FIELD):
            return self._made(piece)

    def close(self) -> None:
        """Forget the made pages."""
        self._folder.cleanup()

    @property
    def _undone(self) -> str:
        return f"没有导入“{self.upload.name}”"

    @property
    def _source(self) -> str:
        return os.fspath(self.path.absolute())

    def _made(self, piece: Piece) -> tuple[Path, str]:
        out = Path(self._folder.name) / f"piece-{piece.pages[0]}"
        if self.upload.kind is UploadKind.PDF:
            if piece.pages == tuple(range(self.upload.pages)):
                return self.path, UploadKind.PDF.media
            workshop.run(split, path=self._source, pages=piece.pages, out=str(out))
            return out, UploadKind.PDF.media
        pictures = tuple(self._page_file(page) for page in piece.pages)
        if len(pictures) == 1:
            return Path(pictures[0]), UploadKind.JPEG.media
        workshop.run(join, pictures=pictures, out=str(out))
        return out, UploadKind.PDF.media

    def _page_file(self, page: int) -> str:
        return str(Path(self._folder.name) / f"page-{page}.jpg")

    def _read(self, progress: Progress | None) -> tuple[ReadPage, ...]:
        rules = scanning_rules()
        read: list[ReadPage] = []
        for page in range(self.upload.pages):
            if progress is not None and not progress(page, self.upload.pages):
                raise Stopped("已经停下，文件没有存入。", field=FIELD)
            read.append(self._read_page(page, rules))
        return tuple(read)

    def _read_page(self, page: int, rules: ScanningRules) -> ReadPage:
        found = workshop.run(
            read_page,
            path=self._source,
            kind=str(self.upload.kind),
            page=page,
            out=self._page_file(page),
            rules=rules,
        )
        return ReadPage(code=code_on(found.codes), dpi=found.dpi, skew=found.skew)
