"""What a file was called where it came from: kept as words, never used as a path."""

from __future__ import annotations

import re

from mediation_desk.shared.text import cleaned

LONGEST = 120  # characters
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")
_NAMELESS = "未命名"


def clean_name(name: str) -> str:
    """The last part of ``name`` without control characters, direction marks and emoji, short, never empty.

    A name Windows keeps for devices gets a dash in front, so that it harms nobody who saves the file under it.
    """
    last = re.split(r"[/\\]", name)[-1]
    last = re.sub(r"[\ud800-\udfff]", "", last)  # bytes of a file system that were no text
    plain = cleaned(last, multiline=False)[0].strip().rstrip(". ").strip()
    if not plain.strip("."):
        return _NAMELESS
    if _RESERVED.fullmatch(plain):
        plain = f"-{plain}"
    stem, dot, ending = plain.rpartition(".")
    if len(plain) > LONGEST:
        plain = (
            f"{stem[: LONGEST - len(ending) - 1]}{dot}{ending}" if 0 < len(ending) < 6 else plain[:LONGEST]
        )
    return plain


def ending_of(name: str) -> str:
    """``pdf`` of ``a.PDF``; empty where there is none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""
