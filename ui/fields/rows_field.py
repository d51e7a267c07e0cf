"""A short list typed in place: one line for each entry, more by a button, fewer by a bin."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from ui.fields.check_field import CheckField
from ui.fields.rows_line import Cell, Line
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import link
from ui.widgets.plain import PlainLabel, restyle

R = TypeVar("R")


class RowsField(QWidget, Generic[R]):
    """``value()`` are the records ``build`` makes of the lines; blank lines do not count.

    With ``add_only`` entries already on file can be read but neither changed nor taken away.
    """

    edited = Signal()

    def __init__(
        self,
        cells: tuple[Cell, ...],
        build: Callable[..., R],
        *,
        add: str,
        add_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cells, self._build, self._add_only = cells, build, add_only
        self._lines: list[Line] = []
        self._kept: list[R] = []
        self._nothing = PlainLabel("还没有。", tone=Tone.QUIET)
        self.adder = link(add, self._on_add_clicked, symbol="add")
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(theme().px(4))
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self.adder)

    def setObjectName(self, name: str) -> None:
        """The lines are called ``<name>.0.<key>``, the button ``<name>.add``."""
        super().setObjectName(name)
        self.adder.setObjectName(f"{name}.add")

    def value(self) -> tuple[R, ...]:
        """The records; call `problem` first, lines with a gap are left out."""
        made = [self._build(**line.values()) for line in self._typed() if not self._gap(line)]
        return (*self._kept, *made)

    def set_value(self, records: Sequence[R]) -> None:
        """Show these."""
        self._clear()
        for record in records:
            line = self._append()
            line.touch()
            for cell in self._cells:
                line.editors[cell.key].set_value(getattr(record, cell.key))
            if self._add_only:
                line.lock()
        self._kept = list(records) if self._add_only else []
        self._settle()

    def words(self) -> list[dict[str, object]]:
        """What stands in the lines as typed, for a draft."""
        return [
            {key: _words(editor) for key, editor in line.editors.items()}
            for line in self._lines
            if not line.locked and not line.is_blank()
        ]

    def put_words(self, kept: object) -> None:
        """Put back what `words` gave."""
        for line in [one for one in self._lines if not one.locked]:
            self._drop(line)
        for words in kept if isinstance(kept, list) else ():
            line = self._append()
            line.touch()
            for key, word in words.items() if isinstance(words, Mapping) else ():
                if key in line.editors:
                    _put_word(line.editors[key], word)
        self._settle()

    def problem(self) -> str:
        """One sentence about the first line that has a gap or a wrong value; its editor is framed."""
        found = ""
        for number, line in enumerate(self._lines, start=1):
            checked = not line.locked and not line.is_blank()
            gap = self._gap(line) if checked else None
            for cell in self._cells:
                editor = line.editors[cell.key]
                editor.setProperty("wrong", "true" if gap and gap[0] is cell else "false")
                restyle(editor)
            if gap and not found:
                found = f"第{number}行：{gap[1]}"
        return found

    def wrong_editor(self) -> QWidget:
        """Where the cursor belongs after `problem` found something."""
        framed = (
            one for line in self._lines for one in line.editors.values() if one.property("wrong") == "true"
        )
        return next(framed, self._lines[-1].editors[self._cells[0].key] if self._lines else self.adder)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on to the next editor."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and not event.modifiers()
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.focusNextPrevChild(True)
            return True
        return super().eventFilter(watched, event)

    def _typed(self) -> list[Line]:
        return [line for line in self._lines if not line.locked and not line.is_blank()]

    def _gap(self, line: Line) -> tuple[Cell, str] | None:
        for cell in self._cells:
            editor = line.editors[cell.key]
            if sentence := editor.problem():
                return cell, sentence
            if cell.required and editor.value() in (None, ""):
                return cell, f"请填写{cell.word}。"
        return None

    def _on_add_clicked(self) -> None:
        line = self._append()
        self._settle()
        line.editors[self._cells[0].key].setFocus()
        self.edited.emit()

    def _on_remove_clicked(self, line: Line, _checked: bool = False) -> None:
        self._drop(line)
        self._settle()
        self.adder.setFocus()
        self.edited.emit()

    def _append(self) -> Line:
        line = Line(self._cells)
        line.bin.clicked.connect(partial(self._on_remove_clicked, line))
        for editor in line.editors.values():
            editor.edited.connect(line.touch)
            editor.edited.connect(self.edited)
            if isinstance(editor, QLineEdit):
                editor.installEventFilter(self)
        self._stack.insertWidget(self._stack.count() - 1, line)
        self._lines.append(line)
        return line

    def _drop(self, line: Line) -> None:
        self._lines.remove(line)
        self._stack.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _clear(self) -> None:
        for line in tuple(self._lines):
            self._drop(line)

    def _settle(self) -> None:
        """Words over the first line, Tab from line to line and then to the button."""
        self._nothing.setVisible(not self._lines)
        before = self._before()
        for place, line in enumerate(self._lines):
            line.name(self.objectName(), place)
            line.show_labels(place == 0)
            for widget in (*line.editors.values(), line.bin):
                QWidget.setTabOrder(before, widget)
                before = widget
        if before is not self.adder:
            QWidget.setTabOrder(before, self.adder)

    def _before(self) -> QWidget:
        """What Tab reaches before this list; new lines come at the end of the window's chain otherwise."""
        found: QWidget | None = self.adder.previousInFocusChain()
        while found is not None and found is not self.adder:
            if found.focusPolicy() and not self.isAncestorOf(found):
                return found
            found = found.previousInFocusChain()
        return self.adder


def _words(editor: Any) -> object:
    if isinstance(editor, QComboBox):
        return editor.currentText()
    return editor.value() if isinstance(editor, CheckField) else str(editor.text())


def _put_word(editor: Any, word: object) -> None:
    if isinstance(editor, CheckField):
        editor.set_value(word is True)
    elif isinstance(editor, QComboBox):
        editor.setCurrentIndex(max(editor.findText(str(word)), 0))
    else:
        editor.setText(str(word))
