"""The faces of one PDF: subsets with just the characters it shows."""

from __future__ import annotations

import functools
import io
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from mediation_desk.documents.render.typeface import Face, hei, named, require_printable, song

_LOCK = threading.Lock()  # ReportLab keeps its fonts in one registry for the whole process
_BEYOND_BMP = re.compile(r"<(\w\w)> <(\w{5,6})>")


@contextmanager
def embedded_fonts(text: str, names: Iterable[str] = (), among: str = "") -> Iterator[None]:
    """Both bundled faces, and those of ``names`` the desk has, known to ReportLab for one document.

    ``among`` is the text of all papers that are rendered together: their faces are then prepared only once.
    Raises ``InputError`` naming every character of ``text`` that no face can show.
    """
    with _LOCK:
        require_printable(text)
        own = dict.fromkeys(face for face in map(named, sorted(names)) if face is not None)
        fonts = [_EmbeddedFont(face, among + text if among else text) for face in (song(), hei(), *own)]
        try:
            for font in fonts:
                pdfmetrics.registerFont(font)
            yield
        finally:  # the registry keeps the first font of a name: the next paper would miss its characters
            for font in fonts:
                font.unregister()


class _EmbeddedFont(TTFont):
    """A subset of one face for one document."""

    def __init__(self, face: Face, text: str) -> None:
        super().__init__(face.name, io.BytesIO(truetype_of(face, frozenset(text))), shapable=False)

    def addObjects(self, doc: Any) -> None:
        """Write the font, and mend the text map: ReportLab writes 𬱖 as five digits where UTF-16 is asked for."""
        super().addObjects(doc)
        for name, thing in doc.idToObject.items():
            if str(name).startswith("toUnicodeCMap:"):
                thing.content = _BEYOND_BMP.sub(_surrogates, thing.content)


@functools.lru_cache(maxsize=8)
def truetype_of(face: Face, chars: frozenset[str]) -> bytes:
    """One file for papers that are rendered one after the other with the same characters."""
    return face.truetype(chars)


def _surrogates(match: re.Match[str]) -> str:
    return f"<{match[1]}> <{chr(int(match[2], 16)).encode('utf-16-be').hex().upper()}>"
