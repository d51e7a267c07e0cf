"""Faces a desk has: those official paper asks for are not free, so they are used where they are, never shipped."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

from mediation_desk.documents.letterhead import face_files

_RESTRICTED = 0x0002  # OS/2 fsType: may not be embedded


def folders() -> tuple[Path, ...]:
    """Where this system keeps its fonts, the user's own last."""
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        local = Path(os.environ.get("LOCALAPPDATA", str(home / "AppData" / "Local")))
        return windows / "Fonts", local / "Microsoft" / "Windows" / "Fonts"
    return Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local" / "share" / "fonts"


def installed(name: str) -> Path | None:
    """The file of the face called ``name``, None where there is none that can be read and embedded."""
    known = _known(folders())
    candidates = (known.get(file.lower()) for file in face_files().get(name, ()))
    return next((path for path in candidates if path is not None and _embeddable(path)), None)


@functools.cache
def _known(places: tuple[Path, ...]) -> Mapping[str, Path]:
    """Every font file by its name in small letters; looked up once, when the first paper is printed."""
    return {
        path.name.lower(): path
        for place in places
        for path in sorted(place.rglob("*"))
        if path.suffix.lower() in (".ttf", ".ttc", ".otf")
    }


@functools.cache
def _embeddable(path: Path) -> bool:
    try:
        with path.open("rb") as file, TTFont(file, fontNumber=0, lazy=True) as font:
            return not int(font["OS/2"].fsType) & _RESTRICTED and font.getBestCmap() is not None
    except (TTLibError, OSError, KeyError, ValueError):
        return False
