"""The keys of the desk as a grid, for the list under Ctrl+/ and the system screen."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout

from ui.keys import KEYS, MARKS_ON_BOARD, ON_BOARD, ON_EVERY_SCREEN
from ui.theme import theme
from ui.widgets.plain import PlainLabel


def key_grid() -> QGridLayout:
    """Two columns: the key, what it does; those of the session board apart."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme().px(24))
    grid.setVerticalSpacing(theme().px(6))
    grid.setColumnStretch(1, 1)
    named = tuple((shown(key.sequence), key.words) for key in KEYS)
    board = tuple((shown(key.sequence), key.words) for key in ON_BOARD)
    _add(grid, (*named, *ON_EVERY_SCREEN))
    for heading, lines in (("议事板上", board), ("议事板上，写在一行的前面", MARKS_ON_BOARD)):
        grid.addWidget(PlainLabel(heading, role="label"), grid.rowCount(), 0, 1, 2)
        _add(grid, lines)
    return grid


def _add(grid: QGridLayout, lines: tuple[tuple[str, str], ...]) -> None:
    for sequence, words in lines:
        place = grid.rowCount()
        grid.addWidget(PlainLabel(sequence, role="strong"), place, 0)
        grid.addWidget(PlainLabel(words), place, 1)


def shown(sequence: str) -> str:
    """A sequence as the platform writes it, with Enter for Return."""
    return QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")
