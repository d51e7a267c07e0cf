"""Shades between two colours, and ink that can be read on them."""

from __future__ import annotations


def mixed(first: str, second: str, share: float) -> str:
    """``share`` of ``second`` in ``first``, both #RRGGBB."""
    one, other = _parts(first), _parts(second)
    made = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return "#" + "".join(f"{part:02X}" for part in made)


def readable_on(ground: str, first: str, second: str) -> str:
    """Whichever of two inks stands out more on ``ground``."""
    return max((first, second), key=lambda ink: contrast(ground, ink))


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2, 0 to 1."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
