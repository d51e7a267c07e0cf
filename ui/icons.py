"""The desk's icons: one name each, glyphs from the Remix Icon set in qtawesome, coloured from tokens.

qtawesome is found but not imported: the import pulls in every Qt class through its compatibility layer and
takes 0.2 s, longer than a bare window needs to open. Glyph table and font are plain files of the package.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPixmap

from ui.theme import theme

NAMES = {
    "brand": "scales-3-line",
    "today": "dashboard-line",
    "intake": "user-add-line",
    "cases": "folder-open-line",
    "calendar": "calendar-line",
    "experts": "team-line",
    "statistics": "bar-chart-box-line",
    "archive": "archive-line",
    "system": "settings-3-line",
    "search": "search-line",
    "user": "account-circle-line",
    "success": "checkbox-circle-line",
    "info": "information-line",
    "warn": "alert-line",
    "error": "error-warning-line",
    "close": "close-line",
    "add": "add-line",
    "remove": "delete-bin-line",
    "edit": "pencil-line",
    "undo": "arrow-go-back-line",
    "check": "check-line",
    "print": "printer-line",
    "paper": "file-text-line",
    "history": "history-line",
    "why": "question-line",
    "manual": "book-open-line",
    "keys": "keyboard-line",
    "dark": "moon-line",
    "light": "sun-line",
    "larger": "zoom-in-line",
    "smaller": "zoom-out-line",
    "pane": "layout-right-line",
    "seal": "award-line",
    "sign": "quill-pen-line",
    "session": "discuss-line",
    "choice": "list-ordered",
    "evidence": "attachment-line",
    "money": "money-cny-circle-line",
    "phone": "phone-line",
    "lock": "lock-line",
    "eye": "eye-line",
    "eye_off": "eye-off-line",
    "refresh": "refresh-line",
    "up": "arrow-up-s-line",
    "down": "arrow-down-s-line",
    "left": "arrow-left-s-line",
    "right": "arrow-right-s-line",
    "arrow": "arrow-right-line",
    "export": "download-line",
    "copy": "file-copy-line",
    "deadline": "timer-line",
    "routing": "git-branch-line",
    "filter": "filter-line",
    "more": "more-line",
    # What a dispute is about, in pictures (rules/window.toml).
    "family": "parent-line",
    "neighbour": "community-line",
    "work": "briefcase-line",
    "traffic": "car-line",
    "medical": "stethoscope-line",
    "property": "building-2-line",
    "injury": "first-aid-kit-line",
}
_BASE_SIZE = 20


def icon(name: str, color: str = "", *, active: str = "") -> QIcon:
    """The icon called ``name`` in a token colour (default: quiet ink); ``active`` colours the checked state.

    Raises KeyError for a name that is not in `NAMES`.
    """
    tokens = theme().tokens
    made = QIcon()
    normal = color or tokens.quiet
    _add(made, name, normal, QIcon.Mode.Normal, QIcon.State.Off)
    if active:
        _add(made, name, active, QIcon.Mode.Normal, QIcon.State.On)
    _add(made, name, tokens.faint, QIcon.Mode.Disabled, QIcon.State.Off)
    return made


def glyph(name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """One icon as a picture of ``size`` logical pixels for painting."""
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    font = QFont(_family())
    font.setPixelSize(size)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(font)
    painter.setPen(QColor(color))
    painter.drawText(QRectF(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, _character(NAMES[name]))
    painter.end()
    return pixmap


def _add(made: QIcon, name: str, color: str, mode: QIcon.Mode, state: QIcon.State) -> None:
    screen = cast(QGuiApplication, QGuiApplication.instance()).devicePixelRatio()
    for ratio in {1.0, screen}:
        made.addPixmap(glyph(name, color, theme().px(_BASE_SIZE), ratio), mode, state)


@cache
def _folder() -> Path:
    spec = find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("qtawesome is not installed")
    return Path(next(iter(spec.submodule_search_locations))) / "fonts"


@cache
def _characters() -> dict[str, str]:
    table = next(_folder().glob("remixicon-charmap-*.json"))
    return {name: chr(int(code, 16)) for name, code in json.loads(table.read_text("utf-8")).items()}


def _character(glyph_name: str) -> str:
    return _characters()[glyph_name]


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(next(_folder().glob("remixicon-2*.ttf"))))
    return QFontDatabase.applicationFontFamilies(number)[0]
