"""Keeps the words of a form while they are typed, so that a restart loses at most a second of typing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import draft_key
from ui.tasks.keeper import Keeper

_PAUSE_MS = 800


class WordKeeper(Keeper):
    """`note` after each keystroke; a pause in typing stores the words, `drop` forgets them."""

    def __init__(
        self, page: Page, code: str, words: Callable[[], dict[str, object]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.code = code
        self._page = page
        self._words = words
        self._case = ""
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    def note(self) -> None:
        """Something was typed."""
        self._case = self._page.view.file.case_key
        self._timer.start()

    def flush(self) -> None:
        """Do not wait for the pause."""
        if self._timer.isActive():
            self._timer.stop()
            self._on_timer_timeout()

    def drop(self) -> None:
        """The words became a record or are not wanted."""
        self._timer.stop()
        services = self._page.context.services
        file = self._page.view.file
        key = draft_key(file.case_key, self.code)
        self._page.view.drafts.pop(self.code, None)
        self._page.context.desk.command(lambda: services.cases.drop_draft(services.actor, key))

    def _on_timer_timeout(self) -> None:
        if self._case != self._page.view.file.case_key:
            return
        services = self._page.context.services
        key, words = draft_key(self._case, self.code), self._words()
        self._page.context.desk.command(lambda: services.cases.keep_draft(services.actor, key, words))


def read_words(editor: QWidget) -> object:
    """What stands in an editor, as plain data for a draft."""
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    if isinstance(editor, QLineEdit):
        return editor.text()
    if isinstance(editor, QComboBox):
        return editor.currentText()
    ask = getattr(editor, "value", None)
    return list(ask()) if ask is not None else ""


def put_words(editor: QWidget, kept: object) -> None:
    """Put back what `read_words` gave."""
    if isinstance(editor, QPlainTextEdit):
        editor.setPlainText(str(kept))
    elif isinstance(editor, QLineEdit):
        editor.setText(str(kept))
    elif isinstance(editor, QComboBox):
        place = editor.findText(str(kept))
        editor.setCurrentIndex(place if place >= 0 else editor.currentIndex())
    elif isinstance(kept, list) and (put := getattr(editor, "set_value", None)) is not None:
        put(tuple(str(item) for item in kept))
