"""Reads back what a rendered file says, with tools that know nothing of the desk."""

from __future__ import annotations

import io
import re
from functools import lru_cache

import docx
import pypdf
from docx.table import Table, _Cell

from mediation_desk.shared.text import folded

_PAGE = re.compile(r"第\d+页共\d+页|—\d+—|校验码[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}")


def docx_text(data: bytes) -> str:
    """All words of the body in reading order, without white space."""
    parts: list[str] = []
    for item in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(item, Table):
            parts += [_Cell(tc, item).text for row in item.rows for tc in row._tr.tc_lst]  # each cell once
        else:
            parts.append(item.text)
    return folded("".join(parts))


def pdf_pages(data: bytes) -> list[str]:
    """Words of each page, without white space."""
    return list(_pages(data))


@lru_cache(maxsize=8)  # one file is asked for its words and then for its pages
def _pages(data: bytes) -> tuple[str, ...]:
    return tuple(folded(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def pdf_text(data: bytes) -> str:
    """All words in reading order, without white space and page numbers."""
    return _PAGE.sub("", "".join(pdf_pages(data)))


def embedded_fonts(data: bytes) -> dict[str, bool]:
    """Every font of the file and whether its outlines are inside."""
    fonts: dict[str, bool] = {}
    for thing in pypdf.PdfReader(io.BytesIO(data)).pages:
        for font in thing["/Resources"].get("/Font", {}).values():  # type: ignore[attr-defined]
            entry = font.get_object()
            descriptor = entry.get("/FontDescriptor")
            fonts[str(entry["/BaseFont"])] = (
                descriptor is not None and "/FontFile2" in descriptor.get_object()
            )
    return fonts
