"""One file from outside, looked at and read page by page, waiting to be filed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from mediation_desk.documents.scanning.pages import join, read_page, split
from mediation_desk.documents.scanning.rules import ScanningRules, scanning_rules
from mediation_desk.documents.scanning.sorting import Piece, ReadPage, code_on, pieces
from mediation_desk.shared.quarantine.process import workshop
from mediation_desk.shared.quarantine.refusal import told
from mediation_desk.shared.spill import Spill
from mediation_desk.shared.uploads.guard import FIELD, Upload, checked
from mediation_desk.shared.uploads.kinds import SCANS, UploadKind
from mediation_desk.shared.watching import Stopped

Progress = Callable[[int, int], bool]
"""Told how many pages of how many are read; False stops."""


class Batch:
    """``upload`` and ``pages`` of a file; made pages lie sealed below ``folder``, gone with ``close``."""

    def __init__(self, path: Path, folder: Path, progress: Progress | None = None) -> None:
        """Look and read. Raises ``InputError`` naming the file, ``Stopped``, ``StorageError``."""
        self.path = path
        self.upload: Upload = checked(path, SCANS)
        self._spill = Spill(folder)
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

    def made_of(self, piece: Piece) -> tuple[bytes | None, str]:
        """What was made of a piece, None where nothing had to be done to the very file; and its media type."""
        with told(self._undone, FIELD):
            return self._made(piece)

    def close(self) -> None:
        """Forget the made pages."""
        self._spill.close()

    @property
    def _undone(self) -> str:
        return f"没有导入“{self.upload.name}”"

    @property
    def _source(self) -> str:
        return os.fspath(self.path.absolute())

    def _made(self, piece: Piece) -> tuple[bytes | None, str]:
        if self.upload.kind is UploadKind.PDF:
            if piece.pages == tuple(range(self.upload.pages)):
                return None, UploadKind.PDF.media
            return workshop.run(split, path=self._source, pages=piece.pages), UploadKind.PDF.media
        pictures = tuple(self._spill.read(_page_name(page)) for page in piece.pages)
        if len(pictures) == 1:
            return pictures[0], UploadKind.JPEG.media
        return workshop.run(join, pictures=pictures), UploadKind.PDF.media

    def _read(self, progress: Progress | None) -> tuple[ReadPage, ...]:
        rules = scanning_rules()
        read: list[ReadPage] = []
        for page in range(self.upload.pages):
            if progress is not None and not progress(page, self.upload.pages):
                raise Stopped("已经停下，文件没有存入。", field=FIELD)
            read.append(self._read_page(page, rules))
        return tuple(read)

    def _read_page(self, page: int, rules: ScanningRules) -> ReadPage:
        found = workshop.run(read_page, path=self._source, kind=str(self.upload.kind), page=page, rules=rules)
        if found.straight:
            self._spill.put(_page_name(page), found.straight)
        return ReadPage(code=code_on(found.codes), dpi=found.dpi, skew=found.skew)


def _page_name(page: int) -> str:
    return f"page-{page}"
