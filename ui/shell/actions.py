"""Makes an action for each key of `ui.keys` and for Alt+1 … Alt+9."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.icons import icon
from ui.keys import ALSO, KEYS

_MENU = ("lock", "names", "dark", "larger", "smaller", "normal", "keys", "manual")
_SYMBOLS = {
    "lock": "lock",
    "larger": "larger",
    "smaller": "smaller",
    "keys": "keys",
    "manual": "manual",
    "dark": "dark",
}


def add_actions(window: QWidget, deeds: dict[str, Callable[[], object]]) -> dict[str, QAction]:
    """One action per key, wired to ``deeds`` by code. Raises KeyError when a key has no deed."""
    made = {}
    for key in KEYS:
        action = QAction(key.words, window)
        sequences = [key.sequence, *([ALSO[key.code]] if key.code in ALSO else [])]
        action.setShortcuts([QKeySequence(sequence) for sequence in sequences])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setStatusTip(key.words)
        deed = deeds[key.code]
        action.triggered.connect(lambda _checked=False, deed=deed: deed())
        window.addAction(action)
        made[key.code] = action
    return made


def add_screen_actions(window: QWidget, codes: tuple[str, ...], go: Callable[[str], object]) -> None:
    """Alt+1 … Alt+9 in the order of the navigation."""
    for number, code in enumerate(codes[:9], start=1):
        action = QAction(window)
        action.setShortcut(QKeySequence(f"Alt+{number}"))
        action.triggered.connect(lambda _checked=False, code=code: go(code))
        window.addAction(action)


def add_account_actions(
    window: QWidget, deeds: tuple[tuple[str, Callable[[], object]], ...]
) -> tuple[QAction, ...]:
    """What only somebody who signed in can do; hidden until it is offered."""
    made = []
    for word, deed in deeds:
        action = QAction(word, window, visible=False)
        action.triggered.connect(lambda _checked=False, deed=deed: deed())
        made.append(action)
    return tuple(made)


def menu_actions(made: dict[str, QAction]) -> tuple[QAction, ...]:
    """Those that also stand in the menu under the user's name."""
    return tuple(made[code] for code in _MENU)


def draw_icons(made: dict[str, QAction]) -> None:
    """Icons in the present colours."""
    for code, symbol in _SYMBOLS.items():
        made[code].setIcon(icon(symbol))
