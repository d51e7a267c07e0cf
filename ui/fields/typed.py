"""What somebody typed or chose, read from any editor as plain data, found again by its place, and put back.

Putting back goes the way of the hand: the same signals follow, so that forms notice and drafts are kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTabBar,
    QWidget,
)

_STEP = "/"
_INNER = "qt_"  # parts of Qt's own widgets


@runtime_checkable
class Wordy(Protocol):
    """A list of editors that is read and put back as a whole, as lines come and go."""

    words: Callable[[], object]
    put_words: Callable[..., None]


def editor_of(widget: QWidget | None) -> QWidget | None:
    """The editor ``widget`` is, or is a part of; None when there is none, or its words are secret."""
    found: QWidget | None = None
    while widget is not None and not widget.isWindow():
        if is_editor(widget):
            found = widget  # the outermost: a line of a list belongs to the list
        widget = widget.parentWidget()
    if found is None and widget is not None and is_editor(widget):
        found = widget
    return None if found is None or is_secret(found) else found


def is_editor(widget: QWidget) -> bool:
    """Whether words or choices stand in it."""
    if isinstance(widget, QAbstractButton):
        return widget.isCheckable()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QComboBox | QSpinBox | QAbstractSlider | QTabBar) or _is_list(widget)


def is_secret(widget: QWidget) -> bool:
    """Passwords and PINs are kept nowhere."""
    return isinstance(widget, QLineEdit) and widget.echoMode() is not QLineEdit.EchoMode.Normal


def read_word(editor: QWidget) -> object:
    """What stands in ``editor``, fit for JSON."""
    match editor:
        case QComboBox():
            return editor.currentText()
        case QAbstractButton():
            return editor.isChecked()
        case QLineEdit():
            return editor.text()
        case QPlainTextEdit():
            return editor.toPlainText()
        case QSpinBox() | QAbstractSlider():
            return editor.value()
        case QTabBar():
            return editor.currentIndex()
        case Wordy():
            return editor.words()
    return None


def put_word(editor: QWidget, word: object) -> None:
    """Make ``word`` stand in ``editor`` as if it had been typed; what does not fit is left out."""
    if not editor.isEnabled() or read_word(editor) == word:
        return
    match editor:
        case QComboBox():
            _choose(editor, str(word))
        case QAbstractButton():
            editor.click()
        case QLineEdit():
            _lift(editor)
            editor.setText(str(word))
            editor.textEdited.emit(editor.text())
        case QPlainTextEdit():
            editor.setPlainText(str(word))
        case QSpinBox() | QAbstractSlider() if isinstance(word, int):
            editor.setValue(word)
        case QTabBar() if isinstance(word, int) and 0 <= word < editor.count():
            editor.setCurrentIndex(word)
        case Wordy():
            editor.put_words(word)
            _edited(editor)


def path_of(widget: QWidget, root: QWidget) -> str:
    """Where ``widget`` stands beneath ``root``: the nearest name and the steps from there."""
    steps: list[str] = []
    at: QWidget | None = widget
    while at is not None and at is not root:
        name = at.objectName()
        if name and not name.startswith(_INNER):
            same = root.findChildren(QWidget, name)
            return _STEP.join([f"#{name}:{same.index(at)}", *reversed(steps)])
        above = at.parentWidget()
        if above is None:
            break
        steps.append(f"{type(at).__name__}:{_alike(above, type(at).__name__).index(at)}")
        at = above
    return _STEP.join(reversed(steps))


def find(root: QWidget, path: str) -> QWidget | None:
    """The widget at ``path`` beneath ``root``; None while there is none."""
    at: QWidget = root
    for step in path.split(_STEP):
        name, _, number = step.rpartition(":")
        found = root.findChildren(QWidget, name[1:]) if name.startswith("#") else _alike(at, name)
        place = int(number) if number.isdigit() else len(found)
        if place >= len(found):
            return None
        at = found[place]
    return at


def _alike(above: QWidget, kind: str) -> list[QWidget]:
    return [
        child
        for child in above.children()
        if isinstance(child, QWidget) and type(child).__name__ == kind and not child.isWindow()
    ]


def _is_list(widget: QWidget) -> bool:
    """A list of lines in one field; a whole form or screen keeps its words itself."""
    return isinstance(widget, Wordy) and hasattr(widget, "edited") and hasattr(widget, "problem")


def _choose(editor: QComboBox, word: str) -> None:
    place = editor.findText(word)
    if place >= 0:
        editor.setCurrentIndex(place)
        editor.activated.emit(place)
    elif editor.isEditable():
        editor.setEditText(word)


def _lift(editor: QLineEdit) -> None:
    """A covered number that was being changed is changed again."""
    veil = getattr(editor, "veil", None)
    if veil is not None and veil.hidden() is not None:
        veil.lift()


def _edited(editor: QWidget) -> None:
    edited = getattr(editor, "edited", None)
    if edited is not None:
        edited.emit()
