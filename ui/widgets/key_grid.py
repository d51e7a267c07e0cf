"""The keys of the desk as a grid, for the list under Ctrl+/ and the system screen."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout

from ui.keys import KEYS, ON_EVERY_SCREEN
from ui.theme import theme
from ui.widgets.plain import PlainLabel


def key_grid() -> QGridLayout:
    """Two columns: the key, what it does."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme().px(24))
    grid.setVerticalSpacing(theme().px(6))
    grid.setColumnStretch(1, 1)
    named = tuple((shown(key.sequence), key.words) for key in KEYS)
    for line, (sequence, words) in enumerate((*named, *ON_EVERY_SCREEN)):
        grid.addWidget(PlainLabel(sequence, role="strong"), line, 0)
        grid.addWidget(PlainLabel(words), line, 1)
    return grid


def shown(sequence: str) -> str:
    """A sequence as the platform writes it, with Enter for Return."""
    return QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")
