"""The keys of the board, and beneath the lines a button for each deed that fits the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from mediation_desk.hearings.board.notes import Note
from ui.keys import ON_BOARD
from ui.preferences import Preferences
from ui.screens.board.book import Book
from ui.screens.board.chips import compact
from ui.screens.board.deeds import DEEDS
from ui.widgets.buttons import DeskButton, link
from ui.widgets.key_grid import shown
from ui.widgets.plain import plain_caption, plain_tooltip
from ui.widgets.wrapping import WrappingRow

STRIKE = "board.strike"


class DeedRow(WrappingRow):
    """``do(code)`` is called for deeds on the chosen line; ``others`` are keys that need none."""

    def __init__(
        self,
        screen: QWidget,
        preferences: Preferences,
        do: Callable[[str], object],
        others: Mapping[str, Callable[[], object]],
    ) -> None:
        super().__init__(gap=2, line_gap=0, parent=screen)
        self.actions_by_code: dict[str, QAction] = {}
        self.buttons: dict[str, DeskButton] = {}
        words = {deed.code: deed.word for deed in DEEDS}
        for key in ON_BOARD:
            wanted = QKeySequence(preferences.sequence(key.code, key.sequence))
            deed = others.get(key.code) or partial(do, key.code)
            action = QAction(plain_caption(words.get(key.code, key.words)), screen)
            action.setShortcut(wanted)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _checked=False, deed=deed: deed())
            screen.addAction(action)
            self.actions_by_code[key.code] = action
            if key.code in words:
                made = compact(link(words[key.code], deed), Qt.FocusPolicy.NoFocus)
                made.setObjectName(key.code)
                plain_tooltip(made, f"{key.words}　{shown(wanted.toString())}")
                self.buttons[key.code] = made
                self.add(made)
        self.hide()

    def sequences(self) -> tuple[QKeySequence, ...]:
        """Every key of the board."""
        return tuple(action.shortcut() for action in self.actions_by_code.values())

    def fitting(self) -> tuple[QAction, ...]:
        """What can be done with the chosen line, for its menu."""
        return tuple(self.actions_by_code[code] for code, made in self.buttons.items() if not made.isHidden())

    def show_for(self, book: Book | None, note: Note | None) -> None:
        """The deeds that fit ``note``; without one the row is away."""
        for deed in DEEDS:
            self.buttons[deed.code].setVisible(
                book is not None and note is not None and deed.fits(book, note)
            )
        word = "恢复" if note is not None and note.struck is not None else "划去"
        if self.buttons[STRIKE].accessibleName() != word:
            self.buttons[STRIKE].set_caption(word)
            self.actions_by_code[STRIKE].setText(word)
        self.setVisible(note is not None)
