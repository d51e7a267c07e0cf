"""What is noted of a window before it goes: the page, the words on every screen, and where the cursor was."""

from __future__ import annotations

from typing import Any, TypedDict
from weakref import WeakKeyDictionary

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget
from shiboken6 import isValid

from ui.fields.typed import editor_of, path_of, read_word
from ui.main_window import MainWindow
from ui.screens.base import Screen
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Tab

HANDS = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.Drop,
        QEvent.Type.TouchBegin,
    )
)
"""What a hand does that may change an editor."""
ELSEWHERE = "window"
"""The place of editors outside the screens: the side pane."""


class Word(TypedDict):
    """A word, the place it belongs to and where it stood there."""

    place: str
    path: str
    word: Any


class Form(TypedDict):
    """A form of the case page: ``words`` is None when it merely stood open."""

    place: str
    tab: str
    code: str
    is_open: bool
    words: dict[str, Any] | None


class Note(TypedDict):
    """One window, fit for JSON. ``rest`` are words from before that have not found their place again yet."""

    screen: str
    argument: str
    focus: str
    words: list[Word]
    forms: list[Form]
    rest: dict[str, list[Any]]


class Leaving(QObject):
    """Remembers what stood in each editor before a hand first changed it; `note` tells what is different now."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._before: WeakKeyDictionary[QWidget, object] = WeakKeyDictionary()

    def look(self, watched: QObject) -> bool:
        """Called before ``watched`` is handed what a hand did; whether this may change words."""
        editor = editor_of(watched) if isinstance(watched, QWidget) else None
        if editor is None:
            return False
        if editor not in self._before:
            self._before[editor] = read_word(editor)
        return True

    def note(self) -> Note:
        """The window as it is now."""
        front = self._window.screen_in_front()
        focused = QApplication.focusWidget()
        inside = front is not None and focused is not None and front.isAncestorOf(focused)
        return Note(
            screen=front.code if front else "",
            argument=self._window.where(),
            focus=path_of(focused, front) if inside and focused and front else "",
            words=self._words(),
            forms=[form for screen in self._window.built_screens() for form in _forms(screen)],
            rest={"words": [], "forms": []},
        )

    def _words(self) -> list[Word]:
        found = []
        for editor, before in list(self._before.items()):
            if not isValid(editor) or (word := read_word(editor)) == before:
                continue
            root = root_of(editor)
            if isinstance(root, Screen) and not root.holds_words():
                del self._before[editor]
            elif root is not None:
                found.append(Word(place=place_of(root), path=path_of(editor, root), word=word))
        return found


def root_of(widget: QWidget) -> QWidget | None:
    """The screen, dialog or window ``widget`` stands in."""
    at: QWidget | None = widget
    while at is not None:
        if isinstance(at, Screen | QDialog | QMainWindow):
            return at
        at = at.parentWidget()
    return None


def place_of(root: QWidget) -> str:
    """What words in ``root`` belong to: no other case, and no other dialog, gets them."""
    if isinstance(root, Screen):
        return f"{root.code}|{root.about()}"
    return ELSEWHERE if isinstance(root, QMainWindow) else f"dialog|{type(root).__name__}"


def _forms(screen: Screen) -> list[Form]:
    """Forms in which something was typed, and those that stand open in the tab in front."""
    found = []
    for one in screen.findChildren(StepForm):
        tab = _tab_of(one)
        is_open = tab is not None and one.isVisibleTo(tab)
        if one.is_dirty() or (is_open and tab is not None and tab.isVisibleTo(screen)):
            words = one.words() if one.is_dirty() else None
            code = tab.code if tab is not None else ""
            found.append(Form(place=place_of(screen), tab=code, code=one.code, is_open=is_open, words=words))
    return found


def _tab_of(form: StepForm) -> Tab | None:
    at = form.parentWidget()
    while at is not None and not isinstance(at, Tab):
        at = at.parentWidget()
    return at
