"""Scans for volumes: pictures and PDFs in a file store, and cases that hold them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageDraw

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.scan import Scan, ScanKind
from mediation_desk.shared.file_store import FileStore

AT = datetime(2026, 4, 29, 2, 40, tzinfo=UTC)
A4_PIXELS = (827, 1169)  # 100 dpi


def picture(size: tuple[int, int] = A4_PIXELS, fmt: str = "JPEG", mode: str = "RGB", **more: Any) -> bytes:
    """Grey paper with a black bar along its upper edge."""
    grey, black = (30, 255) if mode == "CMYK" else (230, 0)  # ink is counted the other way round
    image = Image.new(mode, size, grey if mode in ("L", "P") else (grey,) * len(mode))
    bar = black if mode in ("L", "P") else (black,) * len(mode)
    ImageDraw.Draw(image).rectangle((0, 0, size[0], size[1] // 10), fill=bar)
    stream = io.BytesIO()
    image.save(stream, fmt, **more)
    return stream.getvalue()


def pdf(pages: int = 1, size: tuple[float, float] = (595, 842), **more: Any) -> bytes:
    """Blank pages."""
    made = pikepdf.new()
    for _page in range(pages):
        made.add_blank_page(page_size=size)
    stream = io.BytesIO()
    made.save(stream, **more)
    return stream.getvalue()


class Scanner:
    """Puts files into a store and scans into a case."""

    def __init__(self, folder: Path) -> None:
        self.store = FileStore(folder / "attachments")
        self._folder = folder

    def keep(self, data: bytes, name: str) -> str:
        """SHA-256 of the file put in."""
        source = self._folder / f"in-{name}"
        source.write_bytes(data)
        return self.store.put(source).sha256

    def scan(self, kind: ScanKind, data: bytes, name: str = "扫描.jpg", title: str = "", **more: Any) -> Scan:
        """A scan of these bytes; its number counts up."""
        self.count = getattr(self, "count", 0) + 1
        values: dict[str, Any] = {
            "no": self.count,
            "kind": kind,
            "title": title or f"{kind}{self.count}",
            "sha256": self.keep(data, name),
            "name": name,
            "media": "application/pdf" if name.endswith("pdf") else "image/jpeg",
            "size": len(data),
            "pages": 1,
            "at": AT,
            "by": "登记员",
        }
        return Scan(**(values | more))


def with_scans(file: CaseFile, *scans: Scan) -> CaseFile:
    """The case with these scans beside it."""
    return replace(file, beside=replace(file.beside, scans=scans))
