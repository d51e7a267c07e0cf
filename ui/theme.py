"""Dresses the application: font, palette and style sheet from the tokens, at the chosen text size."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from string import Template

from PySide6.QtCore import QDir, QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from mediation_desk.shared.assets import asset, read_text
from ui.tokens import DARK, LIGHT, MAX_PERCENT, MIN_PERCENT, STEP_PERCENT, TYPE, Tokens

_SHEETS = ("10-controls", "20-window")
_DESK_PIXELS = re.compile(r"(\d+)dp\b")
_FALLBACK_FAMILIES = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "SimHei", "sans-serif")


class Theme(QObject):
    """The appearance of the whole program; one per application, reached by `theme()`."""

    changed = Signal()

    def __init__(self, app: QApplication, mode: str = "light", percent: int = 100) -> None:
        super().__init__(app)
        self._app = app
        self.tokens: Tokens = DARK if mode == "dark" else LIGHT
        self.percent = _allowed(percent)
        self.family = _load_interface_font()
        app.setProperty("deskTheme", self)
        app.setStyle("Fusion")
        self.apply()

    def px(self, desk_pixels: float) -> int:
        """Desk pixels at the chosen text size, in the logical pixels Qt counts."""
        return max(1, round(desk_pixels * self.percent / 100))

    def font(self, size: int = TYPE.body) -> QFont:
        """The interface face in one of the token sizes; there is one weight, rank is size and ink."""
        font = QFont([self.family, *_FALLBACK_FAMILIES])
        font.setPixelSize(self.px(size))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def set_mode(self, mode: str) -> None:
        """``light`` or ``dark``."""
        self.tokens = DARK if mode == "dark" else LIGHT
        self.apply()

    def toggle(self) -> None:
        """Change between light and dark."""
        self.set_mode("light" if self.tokens.name == "dark" else "dark")

    def set_percent(self, percent: int) -> None:
        """Text size, 90 to 200, on top of the system's own scale."""
        wanted = _allowed(percent)
        if wanted != self.percent:
            self.percent = wanted
            self.apply()

    def step(self, direction: int) -> None:
        """One step larger (+1) or smaller (-1)."""
        self.set_percent(self.percent + direction * STEP_PERCENT)

    def apply(self) -> None:
        """Hand font, palette and style sheet to the application and tell everybody who paints himself."""
        QDir.setSearchPaths("deskicons", [str(asset(f"icons/{self.tokens.name}"))])
        self._app.setFont(self.font())
        self._app.setPalette(_palette(self.tokens))
        self._app.setStyleSheet(self.sheet())
        self.changed.emit()

    def sheet(self) -> str:
        """The style sheet: token names filled in, ``12dp`` scaled to the text size."""
        families = ", ".join(f'"{name}"' for name in (self.family, *_FALLBACK_FAMILIES))
        filled = Template(_sheet_template()).substitute(self.tokens.mapping(), family=families)
        return _DESK_PIXELS.sub(lambda match: f"{self.px(int(match[1]))}px", filled)


def theme() -> Theme:
    """The theme of the running application; made plain when a test built none.

    Raises RuntimeError when there is no application yet.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("theme() needs a QApplication")
    found = app.property("deskTheme")
    return found if isinstance(found, Theme) else Theme(app)


def _allowed(percent: int) -> int:
    return min(MAX_PERCENT, max(MIN_PERCENT, percent))


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for name, value in (
        (role.Window, tokens.paper),
        (role.WindowText, tokens.ink),
        (role.Base, tokens.raised),
        (role.AlternateBase, tokens.sunken),
        (role.Text, tokens.ink),
        (role.Button, tokens.raised),
        (role.ButtonText, tokens.ink),
        (role.BrightText, tokens.on_accent),
        (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent),
        (role.ToolTipBase, tokens.raised),
        (role.ToolTipText, tokens.ink),
        (role.PlaceholderText, tokens.quiet),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.accent),
        (role.Light, tokens.raised),
        (role.Midlight, tokens.line),
        (role.Mid, tokens.line),
        (role.Dark, tokens.edge),
        (role.Shadow, tokens.edge),
        (role.Accent, tokens.accent),
    ):
        palette.setColor(name, QColor(value))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.faint))
    return palette


@cache
def _load_interface_font() -> str:
    """Register Noto Sans SC from its package, found without importing it, and return the family name."""
    spec = find_spec("pylopdf_fonts_zh_cn")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        number = QFontDatabase.addApplicationFont(str(Path(folder) / "NotoSansSC-Regular.otf"))
        families = QFontDatabase.applicationFontFamilies(number)
        if families:
            return families[0]
    return _FALLBACK_FAMILIES[0]


@cache
def _sheet_template() -> str:
    return "\n".join(read_text(f"styles/{name}.qss") for name in _SHEETS)
