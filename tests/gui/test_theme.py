"""The tokens are readable and everything derives from them."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from mediation_desk.shared.assets import asset
from ui.icons import NAMES, glyph
from ui.theme import Theme
from ui.tokens import DARK, LIGHT, Tokens

TEXT_ON_GROUND = [
    (text, ground)
    for text in ("ink", "quiet", "accent", "seal", "soon", "done")
    for ground in ("paper", "raised", "sunken")
] + [
    ("on_accent", "accent"),
    ("on_accent", "accent_strong"),
    ("accent", "accent_wash"),
    ("seal", "seal_wash"),
    ("soon", "soon_wash"),
    ("done", "done_wash"),
    ("quiet", "hover"),
    ("ink", "accent_wash"),
]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_is_readable(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "raised"])
def test_lines_that_carry_meaning_are_visible(tokens: Tokens, ground: str) -> None:
    assert contrast(tokens.edge, getattr(tokens, ground)) >= 3


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_pictures_of_the_style_sheet_use_token_colours(tokens: Tokens) -> None:
    allowed = set(tokens.mapping().values()) | {"none"}
    for picture in asset(f"icons/{tokens.name}").iterdir():
        used = set(re.findall(r'(?:fill|stroke)="([^"]+)"', picture.read_text("utf-8")))
        assert used <= allowed, picture.name


def test_the_style_sheet_is_filled_and_scaled(qapp: QApplication) -> None:
    theme = Theme(qapp, "dark", 200)
    sheet = theme.sheet()
    assert "$" not in sheet
    assert not re.search(r"\ddp\b", sheet)
    assert DARK.accent in sheet
    assert "font-size: 30px" in sheet
    assert theme.px(15) == 30


def test_text_size_keeps_within_its_bounds(qapp: QApplication) -> None:
    theme = Theme(qapp)
    theme.set_percent(500)
    assert theme.percent == 200
    theme.set_percent(10)
    assert theme.percent == 90


def test_the_bundled_face_is_used(qapp: QApplication) -> None:
    assert Theme(qapp).family == "Noto Sans SC"


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_draws_something(qapp: QApplication, name: str) -> None:
    image = glyph(name, "#000000", 20).toImage()
    inked = any(image.pixelColor(x, y).alpha() for x in range(20) for y in range(20))
    assert inked


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    seen = QColor(color)
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (float(seen.redF()), float(seen.greenF()), float(seen.blueF()))
    ]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
