"""Looks at everything a program still holds on to: windows, models, documents, the clipboard, Python's own objects."""

from __future__ import annotations

import gc
import linecache
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from types import CellType, FrameType, GeneratorType

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QCompleter, QLineEdit, QWidget
from shiboken6 import isValid

from mediation_desk.cases.model import CaseFile
from mediation_desk.parties.model import IdType

_SAID = (
    "windowTitle",
    "accessibleName",
    "accessibleDescription",
    "toolTip",
    "statusTip",
    "whatsThis",
    "text",
)
_MORE = (
    "toPlainText",
    "currentText",
    "placeholderText",
    "title",
    "plainText",
    "windowFilePath",
    "objectName",
)
_PERSONAL = ("name", "id_no", "phone", "address", "employer", "credit_code")
_SHORTEST = 3
_DEEPEST = 5
_PASSING = (FrameType, GeneratorType, CellType)


def personal(files: Iterable[CaseFile]) -> frozenset[str]:
    """Names, numbers, addresses and what was told, of everybody in these cases."""
    found: set[str] = set()
    for file in files:
        for party in file.parties:
            found |= _strings(party, only=_PERSONAL)
        found.add(file.facts[:24])
    return frozenset(one for one in found if len(one) >= _SHORTEST)


def _strings(value: object, only: tuple[str, ...]) -> set[str]:
    found: set[str] = set()
    if is_dataclass(value) and not isinstance(value, type | IdType):
        for field in fields(value):
            inner = getattr(value, field.name)
            if isinstance(inner, str) and not isinstance(inner, Enum):
                if field.name in only:
                    found.add(inner)
            else:
                found |= _strings(inner, only)
    elif isinstance(value, tuple | list):
        for inner in value:
            found |= _strings(inner, only)
    return found


class Looker:
    """Finds marks; ``places`` are sentences fit for an assertion, without the mark's neighbours."""

    def __init__(self, marks: Iterable[str]) -> None:
        self.marks = tuple(marks)
        self._pattern = re.compile("|".join(re.escape(one) for one in sorted(self.marks)))
        self._own = {id(self._pattern.pattern), *map(id, self.marks)}

    def places(self, *, python: bool = True) -> list[str]:
        """Where marks can be found now."""
        found = [*self._in_widgets(), *self._in_objects(), *self._in_clipboard()]
        if python:
            linecache.clearcache()  # lines of our own source, kept for tracebacks, are no records
            gc.collect()
            found += self._in_python()
        return found

    def _is_marked(self, text: object) -> bool:
        return isinstance(text, str) and self._pattern.search(text) is not None

    def _in_widgets(self) -> Iterator[str]:
        for widget in QApplication.allWidgets():
            for name in (*_SAID, *_MORE):
                read = getattr(widget, name, None)
                if callable(read) and self._is_marked(_asked(read)):
                    yield f"{type(widget).__name__}.{name}"
            if isinstance(widget, QComboBox):
                yield from self._in_combo(widget)
            if isinstance(widget, QLineEdit) and widget.isUndoAvailable() and self._undoes(widget):
                yield f"undo of {type(widget).__name__}"
            if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
                yield from self._in_model(model, type(widget).__name__)
            pixmap = getattr(widget, "pixmap", None)
            if callable(pixmap) and widget.property("paper") is not None and not pixmap().isNull():
                yield f"picture of {type(widget).__name__}"

    def _in_combo(self, box: QComboBox) -> Iterator[str]:
        for row in range(box.count()):
            if self._is_marked(box.itemText(row)):
                yield f"{type(box).__name__} entry"

    def _undoes(self, edit: QLineEdit) -> bool:
        before = edit.text()
        edit.undo()
        marked = self._is_marked(edit.text())
        edit.redo()
        edit.setText(before)
        return marked

    def _in_model(self, model: QAbstractItemModel, name: str) -> Iterator[str]:
        for row in range(min(model.rowCount(), 200)):
            for column in range(model.columnCount()):
                index = model.index(row, column, QModelIndex())
                for role in (
                    Qt.ItemDataRole.DisplayRole,
                    Qt.ItemDataRole.ToolTipRole,
                    Qt.ItemDataRole.EditRole,
                ):
                    if self._is_marked(model.data(index, role)):
                        yield f"model of {name}"
                        return

    def _in_objects(self) -> Iterator[str]:
        """Objects that are no widgets, found by Python; those only C++ knows die with their windows."""
        for one in gc.get_objects():
            if not isinstance(one, QObject) or not isValid(one) or isinstance(one, QWidget):
                continue
            if isinstance(one, QTextDocument) and self._holds(one):
                yield "QTextDocument"
            elif isinstance(one, QAction) and self._is_marked(f"{one.text()}{one.toolTip()}"):
                yield "QAction"
            elif isinstance(one, QCompleter) and one.model() is not None:
                yield from self._in_model(one.model(), "QCompleter")
            elif isinstance(one, QAbstractItemModel):
                yield from self._in_model(one, type(one).__name__)

    def _holds(self, document: QTextDocument) -> bool:
        """In sight, or one undo away."""
        marked = self._is_marked(document.toPlainText())
        if not marked and document.isUndoAvailable():
            document.undo()
            marked = self._is_marked(document.toPlainText())
            document.redo()
        return marked

    def _in_clipboard(self) -> Iterator[str]:
        clipboard = QGuiApplication.clipboard()
        mime = clipboard.mimeData()
        formats: list[str] = getattr(mime, "formats", list)()  # an empty clipboard may have none
        for kind in formats:
            if self._is_marked(bytes(mime.data(kind).data()).decode("utf-8", "replace")):
                yield f"clipboard {kind}"

    def _in_python(self) -> Iterator[str]:
        for holder in gc.get_objects():
            if holder is self or isinstance(holder, FrameType) or holder is self.__dict__:
                continue
            for one in gc.get_referents(holder):
                marked = type(one) is str and id(one) not in self._own and self._is_marked(one)
                if marked or (type(one) is bytes and self._is_marked(one.decode("utf-8", "ignore"))):
                    yield f"python {_story(holder)}"
                    break


def strangers(stays: QWidget) -> list[str]:
    """Widgets that are no part of the page in front."""
    return [
        f"{type(one).__name__} {one.objectName()}"
        for one in QApplication.allWidgets()
        if one is not stays and not stays.isAncestorOf(one)
    ]


def _asked(read: object) -> object:
    try:
        return read()  # type: ignore[operator]  # found callable
    except TypeError:  # asks for something
        return None


def _story(holder: object) -> str:
    """What holds it, and what holds that, for whoever has to find the leak; no contents."""
    told, at = [_kind(holder)], holder
    for _level in range(_DEEPEST):
        above = [
            one
            for one in gc.get_referrers(at)
            if not isinstance(one, _PASSING)
            and not (isinstance(one, list) and (len(one) > 10_000 or at in one[:1]))
        ]
        if not above:
            break
        at = above[0]
        told.append(_kind(at))
    return " < ".join(told)


def _kind(one: object) -> str:
    if isinstance(one, dict):
        keys = [str(key) for key in list(one)[:3]]
        return f"dict({'|'.join(key if key.isascii() else '…' for key in keys)})"
    name = getattr(one, "__qualname__", "")
    return f"{type(one).__name__}{f'({name})' if isinstance(name, str) and name else ''}"
