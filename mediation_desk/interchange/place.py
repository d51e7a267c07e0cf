"""Places in an exchanged file: JSON pointers, safe to print, and refusals that name them."""

from __future__ import annotations

from collections.abc import Iterable

from mediation_desk.shared.errors import InputError


def pointer(steps: Iterable[str | int]) -> str:
    """The JSON pointer (RFC 6901) of ``steps``; characters that do not print are shown as ``\\uXXXX``."""
    return "".join("/" + _step(str(step)) for step in steps)


def refusal(place: str, reason: str) -> InputError:
    """The error that names ``place`` (empty: the whole file) and the ``reason``, given without full stop."""
    return InputError(f"{place or '整个文件'}：{reason}。", pointer=place)


def _step(text: str) -> str:
    escaped = text.replace("~", "~0").replace("/", "~1")
    return "".join(char if char.isprintable() else f"\\u{ord(char):04X}" for char in escaped)[:80]
