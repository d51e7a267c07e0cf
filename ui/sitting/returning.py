"""Brings a window back to where somebody left it: the page, the form, the words, the cursor."""

from __future__ import annotations

from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui.fields.typed import find, put_word, read_word
from ui.main_window import MainWindow
from ui.screens.base import Screen
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.screen import CasePage
from ui.sitting.leaving import ELSEWHERE, Form, Note, Word, place_of

_LOOK_MS, _LATER_MS = 40, 1000
_OWN_WAY = 2
_LONGEST_S = 5.0
"""Not even work of minutes beside the screen keeps the words away for longer."""
_PATIENCE = 6
"""Looks in vain, nothing being read any more, before the words wait for their page to be opened again."""


class Returning(QObject):
    """Words are put back when their place can be seen; until then they stay in the note, so that none is lost.

    ``settled`` once the page in front is as it was.
    """

    settled = Signal()

    def __init__(self, window: MainWindow, note: Note) -> None:
        super().__init__(window)
        self._window = window
        rest = note.get("rest") or {}
        self._words: list[Word] = [*note["words"], *rest.get("words", [])]
        self._forms: list[Form] = [*note["forms"], *rest.get("forms", [])]
        self._page = (note["screen"], note["argument"])
        self._focus = note["focus"]
        self._tried: dict[str, int] = {}
        self._vain = 0
        self._since = monotonic()
        self._is_settled = False
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._on_look)

    def start(self, *, page: bool = True) -> None:
        """Begin; without ``page`` the window stays on its first page, and words wait in their places."""
        screen, argument = self._page
        if page and screen:
            self._window.open_screen(screen, argument)
        else:
            self._focus = ""
        self._look.start()

    def rest(self) -> dict[str, list[Any]]:
        """What has not found its place yet."""
        return {"words": list(self._words), "forms": list(self._forms)}

    def is_settled(self) -> bool:
        """Whether what could be put back has been."""
        return self._is_settled

    def _on_look(self) -> None:
        if not self._window.is_idle() and monotonic() - self._since < _LONGEST_S:
            return
        before = len(self._words) + len(self._forms)
        roots = self._roots()
        self._forms = [form for form in self._forms if not self._put_form(roots.get(form["place"]), form)]
        self._words = [one for one in self._words if not _put(roots.get(one["place"]), one)]
        self._vain = 0 if len(self._words) + len(self._forms) < before else self._vain + 1
        if not (self._words or self._forms) or self._vain > _PATIENCE:
            self._settle()

    def _settle(self) -> None:
        if not self._is_settled:
            self._is_settled = True
            screen = self._window.screen_in_front()
            target = find(screen, self._focus) if screen is not None and self._focus else None
            if target is not None:
                target.setFocus()
            self.settled.emit()
        if self._words or self._forms:
            self._look.setInterval(_LATER_MS)
        else:
            self._look.stop()

    def _roots(self) -> dict[str, QWidget]:
        """What can be seen now, by place."""
        found: dict[str, QWidget] = {ELSEWHERE: self._window}
        screen = self._window.screen_in_front()
        if screen is not None:
            found[place_of(screen)] = screen
        for one in QApplication.topLevelWidgets():
            if isinstance(one, QDialog) and one.isVisible():
                found[place_of(one)] = one
        return found

    def _put_form(self, root: QWidget | None, form: Form) -> bool:
        if not isinstance(root, CasePage) or not root.isEnabled() or root.tab_bar.code() != form["tab"]:
            return False
        made = next((one for one in root.findChildren(StepForm) if one.code == form["code"]), None)
        if form["is_open"] and (made is None or not made.isVisibleTo(root)):
            self._open_form(root, made, form)
            return False
        if made is None:
            return False
        if form["words"] is not None:
            made.take_up(form["words"])
        return True

    def _open_form(self, page: CasePage, made: StepForm | None, form: Form) -> None:
        """As its button does; if that does not help, by showing it; a form made for a line waits for its line."""
        tries = self._tried[form["code"]] = self._tried.get(form["code"], 0) + 1
        if tries == 1:
            page.go(form["tab"], form["code"])
        elif made is not None and tries > _OWN_WAY:
            made.settle(page.view)
            made.show()


def _put(root: QWidget | None, word: Word) -> bool:
    if root is None or (isinstance(root, Screen) and not root.isEnabled()):
        return False
    editor = find(root, word["path"])
    if editor is None or not editor.isEnabled() or not editor.isVisible():
        return False
    put_word(editor, word["word"])
    return bool(read_word(editor) == word["word"])
